import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Room, rooms } from '../rooms.ts';
import { importsOf, type Source, sourcesUnder } from './imports.ts';

const ground = ['kernel', 'ui', 'platform'];
const shellNames = ['store', 'routes', 'jobs', 'pages'];
/** The only files outside the rooms: they start the process and know every room. */
const roof = [
  'src/main.ts',
  'src/cli.ts',
  'src/app.ts',
  'src/events.ts',
  'src/nav.ts',
  'src/verbs.ts',
  'src/colophon.tsx',
  'src/parameters.tsx',
];
/** Libraries that touch no clock, network, file or chance: a pure file may use them. */
const pureLibraries =
  /^(node:crypto|fflate|uqr|temporal-polyfill|topojson-client|d3-[a-z]+|pbf|ical\.js|saxes|preact(\/.*)?)$/;

const roomOf = (path: string): string => path.split('/')[1] ?? '';
const isDoor = (path: string): boolean => path === `src/${roomOf(path)}/${roomOf(path)}.ts`;
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

const kindOf = (path: string): string => {
  const [, , third = ''] = path.split('/');
  const stem = third.replace(/\.tsx?$/, '');
  if (isDoor(path)) return 'door';
  if (stem === 'pages') return 'pages';
  if (shellNames.includes(stem)) return stem;
  return /\.(island|worker)\.tsx?$/.test(path) ? 'island' : 'pure';
};

/** The rules of the house for one file, as sentences; empty when it keeps them all. */
function sinsOf(source: Source): string[] {
  const { path } = source;
  if (isTest(path) || roof.includes(path)) return [];
  const room = roomOf(path);
  const kind = kindOf(path);
  return importsOf(source).flatMap(target => {
    const sin = (why: string) => [`${path} imports ${target}: ${why}`];
    if (!target.startsWith('src/')) {
      if (target.startsWith('.') || /^(tools|bench|journeys|verifier)\//.test(target))
        return sin('the product does not know its tools');
      if (ground.includes(room) || kind !== 'pure') return [];
      return pureLibraries.test(target) ? [] : sin('a pure file may use pure libraries only');
    }
    const other = roomOf(target);
    if (other === room) {
      const shell = ['door', 'store', 'routes', 'jobs'].includes(kindOf(target));
      return kind === 'pure' && shell ? sin('a pure file does not know its shell') : [];
    }
    if (room === 'kernel') return sin('the kernel knows no one');
    if (room === 'ui') return other === 'kernel' ? [] : sin('components know the kernel only');
    if (room === 'platform') return other === 'kernel' ? [] : sin('the ground floor knows no room');
    if (other === 'kernel') return [];
    if (other === 'ui') return ['pages', 'routes', 'island'].includes(kind) ? [] : sin('components are for pages');
    if (other === 'platform') {
      if (target === 'src/platform/http.ts' && !['routes', 'jobs'].includes(kind)) return sin('HTTP is for routes');
      return ['pure', 'pages', 'island'].includes(kind) ? sin('a pure file does not touch the world') : [];
    }
    if (!isDoor(target)) return sin('a room is entered by its door');
    const below: readonly string[] = rooms[room as Room] ?? [];
    return below.includes(other) ? [] : sin(`${other} is not below ${room} in rooms.ts`);
  });
}

const sources = sourcesUnder('src');

describe('the house', () => {
  test('every import runs downward and enters by a door', () => {
    expect(sources.flatMap(sinsOf)).toEqual([]);
  });

  test('the list of rooms has no circle: each names only rooms written above it', () => {
    const seen: string[] = [];
    for (const [room, below] of Object.entries(rooms)) {
      expect(
        below.filter(name => !seen.includes(name)),
        room,
      ).toEqual([]);
      seen.push(room);
    }
  });

  test('every room of the list has its folder, its door and its README', () => {
    const missing = Object.keys(rooms).flatMap(room =>
      [`src/${room}/${room}.ts`, `src/${room}/README.md`].filter(file => !existsSync(file)),
    );
    expect(missing).toEqual([]);
  });

  test('every folder of src is a room of the list or the ground', () => {
    const known = [...Object.keys(rooms), ...ground];
    const strangers = new Set(
      sources.map(s => roomOf(s.path)).filter(room => !/\.tsx?$/.test(room) && !known.includes(room)),
    );
    expect([...strangers]).toEqual([]);
  });
});

describe('the check itself sees', () => {
  const planted: readonly [name: string, source: Source][] = [
    ['a room that calls up', { path: 'src/spaces/spaces.ts', text: "import { book } from '../booking/booking.ts';" }],
    [
      'a type that calls up',
      { path: 'src/people/rules.ts', text: "import type { Booking } from '../booking/booking.ts';" },
    ],
    ['a side door', { path: 'src/mrv/mrv.ts', text: "import { rows } from '../commute/store.ts';" }],
    ['a lazy side door', { path: 'src/mrv/mrv.ts', text: "const s = await import('../commute/store.ts');" }],
    ['a core that reads the database', { path: 'src/booking/rules.ts', text: "import { sql } from 'kysely';" }],
    ['a core that opens a file', { path: 'src/method/factors.ts', text: "import { readFileSync } from 'node:fs';" }],
    ['a core that knows its store', { path: 'src/booking/rules.ts', text: "import { bookings } from './store.ts';" }],
    [
      'a verb that speaks HTTP',
      { path: 'src/booking/booking.ts', text: "import { show } from '../platform/http.ts';" },
    ],
    ['a store that draws', { path: 'src/booking/store.ts', text: "import { Button } from '../ui/button/button.tsx';" }],
    [
      'a kernel that knows the platform',
      { path: 'src/kernel/time.ts', text: "import { systemClock } from '../platform/clock.ts';" },
    ],
    [
      'a platform that knows a room',
      { path: 'src/platform/http.ts', text: "import { visitorOf } from '../people/people.ts';" },
    ],
    [
      'a component that knows a room',
      { path: 'src/ui/map/map.tsx', text: "import { spaces } from '../../spaces/spaces.ts';" },
    ],
    [
      'a multi-line import',
      { path: 'src/method/method.ts', text: "import {\n  type A,\n  b,\n} from '../people/people.ts';" },
    ],
    ['a re-export', { path: 'src/method/method.ts', text: "export { b } from '../people/people.ts';" }],
  ];
  test.each(planted)('%s', (_name, source) => {
    expect(sinsOf(source)).toHaveLength(1);
  });

  test('and lets an honest file pass', () => {
    const text =
      "import { spaceBySlug } from '../spaces/spaces.ts';\nimport { sql } from 'kysely';\nimport { rows } from './store.ts';";
    expect(sinsOf({ path: 'src/booking/booking.ts', text })).toEqual([]);
  });
});
