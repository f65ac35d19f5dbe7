import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filesUnder, type Source, sourcesUnder } from './imports.ts';

const bannedNames =
  /^(index|utils?|helpers?|common|misc|lib|service|services|repository|dto|container|types)\.(ts|tsx|js)$/;
const sqlText =
  /\bsql(<[^`]*>)?`|\b(select|insert into|update|delete from)\s+[\w".*]+[\s\S]{0,200}?\b(from|values|set|where)\b[^'"`]*`/i;
const lines = (text: string): number => text.split('\n').length - 1;
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

interface Rule {
  readonly name: string;
  readonly applies: (path: string) => boolean;
  readonly broken: (source: Source) => boolean;
}

const rules: readonly Rule[] = [
  {
    name: 'SQL text stays in stores, in the platform and in migrations',
    applies: path => !isTest(path) && !/\/store(\/|\.ts)/.test(path) && !/^(src\/platform|tools|bench)\//.test(path),
    broken: ({ text }) => sqlText.test(text),
  },
  {
    name: 'the clock, chance and the environment are read in the platform only',
    applies: path =>
      !isTest(path) &&
      !/^(src\/platform|tools|bench|journeys)\//.test(path) &&
      !/\.(island|worker)\.tsx?$/.test(path) &&
      path !== 'src/ui/client.ts',
    broken: ({ text }) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b|\bTemporal\.Now\b|\brandomUUID\(|\brandomBytes\(/.test(
        text,
      ),
  },
  {
    name: 'no `any` and no suppression without a reason',
    applies: () => true,
    broken: ({ text }) =>
      /:\s*any\b|<any>|\bas any\b|@ts-(ignore|nocheck|expect-error)|biome-ignore\s+\S+\s*(:\s*)?$/m.test(text),
  },
  {
    name: 'nothing is left for later',
    applies: () => true,
    broken: ({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text),
  },
  {
    name: 'no test is skipped, focused or empty',
    applies: isTest,
    broken: ({ text }) => /\b(it|test|describe)\.(skip|only|todo)\b(?!If)/.test(text),
  },
  {
    name: 'a file has 400 lines at most, a test 600',
    applies: path => !/\/demo\/[a-z-]*(spaces|names)\.ts$/.test(path),
    broken: ({ path, text }) => lines(text) > (isTest(path) ? 600 : 400),
  },
];

const sinsOf = (source: Source): string[] =>
  rules.filter(rule => rule.applies(source.path) && rule.broken(source)).map(rule => `${source.path}: ${rule.name}`);

// This file spells out what it forbids.
const sources = ['src', 'tools', 'bench', 'journeys']
  .flatMap(sourcesUnder)
  .filter(s => !/^tools\/(tidy|rooms)\.test\.ts$/.test(s.path));

describe('the tree is tidy', () => {
  test.each(rules.map(rule => [rule.name, rule] as const))('%s', (_name, rule) => {
    expect(sources.filter(s => rule.applies(s.path) && rule.broken(s)).map(s => s.path)).toEqual([]);
  });

  test('names are ASCII kebab-case and say what is inside', () => {
    const strange = ['src', 'tools', 'bench', 'journeys', 'migrations', 'docs'].flatMap(filesUnder).filter(path => {
      const name = path.split('/').at(-1)!;
      return bannedNames.test(name) || !/^([a-z0-9][a-z0-9.-]*|\d{4}_[a-z]+\.sql|[A-Z]+\.md)$/.test(name);
    });
    expect(strange).toEqual([]);
  });

  test('folders under src are two deep at most, method versions and pages apart', () => {
    const deep = sources.filter(
      s => s.path.startsWith('src/') && s.path.split('/').length > 5 && !s.path.startsWith('src/method/'),
    );
    expect(deep.map(s => s.path)).toEqual([]);
  });

  test('migrations are numbered without a gap and say why on their first line', () => {
    const files = filesUnder('migrations').map(path => path.split('/').at(-1)!);
    expect(files.map(name => Number(name.slice(0, 4)))).toEqual(files.map((_name, i) => i + 1));
    const silent = files.filter(name => !readFileSync(`migrations/${name}`, 'utf8').startsWith('-- '));
    expect(silent).toEqual([]);
  });

  test('each refusal code is defined once and worded in French and in English', () => {
    const words = sources.filter(s => !isTest(s.path) && s.path.startsWith('src/'));
    const codes = words.flatMap(s => [...s.text.matchAll(/\brefusal\(\s*'([a-z_]+\.[a-z_]+)'/g)].map(m => m[1]!));
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  });

  test('the repository names no registry and no path of a machine', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
    const text = tracked.filter(
      path => /\.(ts|tsx|mjs|md|json|sql|sh|css)$/.test(path) && path !== 'tools/tidy.test.ts',
    );
    const told = text.filter(path => /registry\.npmjs|\/work\/main|"resolved":/.test(readFileSync(path, 'utf8')));
    expect(told).toEqual([]);
  });
});

describe('the check itself sees', () => {
  const planted: readonly [name: string, source: Source][] = [
    ['SQL in a core', { path: 'src/booking/rules.ts', text: 'sql<Row>`select 1`' }],
    ['a clock in a core', { path: 'src/booking/rules.ts', text: 'const t = Date.now();' }],
    ['chance in a core', { path: 'src/booking/rules.ts', text: 'Math.random()' }],
    ['the environment in a room', { path: 'src/people/people.ts', text: 'process.env.HOME' }],
    ['an any', { path: 'src/people/people.ts', text: 'const x: any = 1;' }],
    ['a note for later', { path: 'src/people/people.ts', text: '// TODO finish' }],
    ['a skipped test', { path: 'src/people/people.test.ts', text: "test.skip('x', () => {});" }],
    ['a long file', { path: 'src/people/people.ts', text: '\n'.repeat(401) }],
  ];
  test.each(planted)('%s', (_name, source) => {
    expect(sinsOf(source)).toHaveLength(1);
  });
});
