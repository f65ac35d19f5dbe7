import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { book, bookingsOnDays, cancel, move, standingOn } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations, addPersons, appointFirstOperator } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { examine, type Intake, type Line, type Report, reasonText, takeIn, takeInBatches } from './intake.ts';

const sample = (name: string): string => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8');

let net: TestNetwork;
let operator: Actor;
let host: Actor;
let ana: Actor;
let bea: Actor;
let atelier: Space;
let elsewhere: Space;

const as = (personId: Id<'per'>, role: Actor['memberships'][number]): Actor => ({
  personId,
  firstName: 'Essai',
  memberships: [role],
});

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  operator = done(
    await net.work(work =>
      appointFirstOperator(work, { email: 'olga@exemple.invalid', firstName: 'Olga', lastName: 'Essai' }),
    ),
  );
  const names = ['Ana', 'Bea', 'Hugo'].map(firstName => ({
    email: `${firstName.toLowerCase()}@exemple.invalid`,
    firstName,
    lastName: 'Essai',
  }));
  const people = done(await net.work(work => addPersons(work, operator, names)));
  const [one, two, three] = people.map(({ personId }) => personId) as [Id<'per'>, Id<'per'>, Id<'per'>];
  ana = as(one, { role: 'worker', scope: null });
  bea = as(two, { role: 'worker', scope: null });
  [atelier, elsewhere] = await net.work(async work => {
    const [manager] = done(await addOrganisations(work, operator, [{ kind: 'commune', name: 'Commune d’essai' }]));
    const managerId = manager!.organisationId;
    const added = done(
      await addSpaces(work, operator, [
        sampleSpace({ managerId }),
        sampleSpace({ managerId, name: 'La Gare', resources: [{ kind: 'desk', name: 'Bureau 1', capacity: 1 }] }),
      ]),
    );
    return [added[0]!, added[1]!] as const;
  });
  host = as(three, { role: 'host', scope: atelier.spaceId });
});
const opened: TestNetwork[] = [];
beforeEach(() => {
  opened.push(net);
});
afterAll(async () => {
  for (const one of opened) await one.database.db.destroy();
});

const intake = (changes: Partial<Intake>): Intake => ({
  format: 'csv',
  content: '',
  mapping: '',
  source: '',
  widen: false,
  ...changes,
});
const csv = (...rows: string[]): Intake =>
  intake({ content: ['id;espace;poste;personne;jour;moment;debut;fin', ...rows].join('\n') });
const dry = async (asked: Intake, actor = operator): Promise<Report> =>
  done(await net.work(work => examine(work, actor, asked)));
const write = async (asked: Intake, actor = operator): Promise<Report> =>
  done(await net.work(work => takeIn(work, actor, asked)));

const told = ({ ref, day, part, place, state, reason }: Line): string =>
  [ref, day, part, place?.resource ?? place?.space, state, reason?.code].filter(Boolean).join(' ');
const all = () =>
  net.work(work =>
    standingOn(work, { days: ['2026-06-23', '2026-06-24', '2026-06-25', '2026-06-26'], spaceIds: 'all' }),
  );

describe('a dump of MRBS', () => {
  const asked = intake({ format: 'mrbs', content: sample('mrbs-dump.sql') });
  const common = [
    '14 2026-06-23 unknown intake.unknown_person',
    '15 2026-06-25 unknown intake.unknown_room',
    '17 2026-06-01 Bureau 1 left intake.past',
    '19 2026-06-23 morning Bureau 1 clash booking.desk_taken',
    ...['23', '23', '23', '23', '24'].map((day, n) => `${20 + n} 2026-06-${day} unknown intake.unknown_room`),
    '16 left intake.unconfirmed',
    '18 unknown intake.periods',
  ];

  test('is told first, and nothing is written', async () => {
    const report = await dry(asked);
    expect(report.lines.map(told)).toEqual([
      '11 2026-06-23 morning Bureau 1 bookable',
      '12 2026-06-23 day Bureau 2 bookable',
      '13 2026-06-24 morning Bureau 1 odd intake.odd_time',
      ...common,
    ]);
    expect(await all()).toEqual([]);
  });

  test('is booked then, each refusal for itself; a second time changes nothing', async () => {
    const report = await write({ ...asked, widen: true });
    expect(report.lines.map(told)).toEqual([
      '11 2026-06-23 morning Bureau 1 booked',
      '12 2026-06-23 day Bureau 2 booked',
      '13 2026-06-24 morning Bureau 1 booked',
      ...common,
    ]);
    const before = await all();
    expect(before.map(one => [one.personId, one.day, one.part, one.price_eur_cents, one.status])).toEqual([
      [ana.personId, '2026-06-23', 'morning', 800n, 'confirmed'],
      [bea.personId, '2026-06-23', 'day', 1400n, 'confirmed'],
      [ana.personId, '2026-06-24', 'morning', 800n, 'confirmed'],
    ]);
    for (const again of [await dry({ ...asked, widen: true }), await write({ ...asked, widen: true })]) {
      expect(again.counts).toMatchObject({ repeat: 3, booked: 0, bookable: 0, clash: 1 });
    }
    expect(await all()).toEqual(before);
  });

  test('widened once, is not to be widened again', async () => {
    await write({ ...asked, widen: true });
    expect((await dry(asked)).counts).toMatchObject({ repeat: 3, odd: 0 });
  });

  test('from another installation, under another name, is another import', async () => {
    await write(asked);
    const other = await dry({ ...asked, source: 'mairie' });
    expect(other.lines[0]).toMatchObject({ ref: '11', state: 'clash', reason: { code: 'intake.person_taken' } });
  });
});

describe('a clash says with what', () => {
  test('a booking that stands, by its number, its time and its holder', async () => {
    const [desk] = ['Bureau 1'];
    const stands = await write(csv(`z;L’Atelier;${desk};bea@exemple.invalid;2026-06-23;journee`));
    const { lines } = await dry(csv('a;L’Atelier;Bureau 1;ana@exemple.invalid;2026-06-23;matin'));
    expect(lines[0]!.state).toBe('clash');
    expect(reasonText(lines[0]!).fr).toBe(
      `Ce bureau est pris. 2 autres sont libres mardi 23 juin matin. Y est déjà : la réservation ${stands.lines[0]!.bookingId} (23 juin 2026, journée, Bea Essai).`,
    );
  });

  test('an entry further up in the file', async () => {
    const rows = [
      'a;L’Atelier;Bureau 1;ana@exemple.invalid;2026-06-23;matin',
      'b;L’Atelier;Bureau 2;ana@exemple.invalid;2026-06-23;journee',
      'c;L’Atelier;Bureau 1;bea@exemple.invalid;2026-06-23;matin',
    ];
    const { lines } = await dry(csv(...rows));
    expect(lines.map(told)).toEqual([
      'a 2026-06-23 morning Bureau 1 bookable',
      'b 2026-06-23 day Bureau 2 clash intake.person_taken',
      'c 2026-06-23 morning Bureau 1 clash booking.desk_taken',
    ]);
    expect(reasonText(lines[1]!).en).toBe(
      'The person already has a place at that time (Tuesday 23 June). Already there: entry a (23 June 2026, morning, Ana Essai).',
    );
    expect((await write(csv(...rows))).lines.map(told)).toEqual([
      'a 2026-06-23 morning Bureau 1 booked',
      'b 2026-06-23 day Bureau 2 clash intake.person_taken',
      'c 2026-06-23 morning Bureau 1 clash booking.desk_taken',
    ]);
  });

  test('a rule: closed, outside the hours, too far ahead', async () => {
    const { lines } = await dry(
      csv(
        'a;L’Atelier;;ana@exemple.invalid;2026-06-27;matin',
        'b;L’Atelier;;ana@exemple.invalid;2026-06-26;;19:00;21:00',
        'c;L’Atelier;;ana@exemple.invalid;2026-10-20;matin',
        'd;L’Atelier;Cabinet;ana@exemple.invalid;2026-06-26;matin',
      ),
    );
    expect(lines.map(told)).toEqual([
      'a 2026-06-27 morning L’Atelier clash booking.space_closed',
      'b 2026-06-26 L’Atelier clash intake.outside_hours',
      'c 2026-10-20 morning L’Atelier clash booking.too_far_ahead',
      'd 2026-06-26 morning Cabinet clash spaces.no_tariff',
    ]);
  });

  test('where the person who imports receives nobody, no more than that there is one', async () => {
    await write(csv('z;La Gare;Bureau 1;ana@exemple.invalid;2026-06-23;matin'));
    const { lines } = await dry(csv('a;L’Atelier;Bureau 1;ana@exemple.invalid;2026-06-23;matin'), host);
    expect(lines[0]).toMatchObject({ state: 'clash', against: [] });
    expect(JSON.stringify(lines, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      /Gare/,
    );
  });
});

describe('imported before', () => {
  const row = 'a;L’Atelier;Bureau 1;ana@exemple.invalid;2026-06-23;matin';
  const taken = async () => (await write(csv(row))).lines[0]!.bookingId!;

  test('then cancelled here: it stays cancelled', async () => {
    const bookingId = await taken();
    done(await net.work(work => cancel(work, ana, { bookingId })));
    expect((await write(csv(row))).counts).toMatchObject({ repeat: 1, booked: 0 });
    expect(await all()).toEqual([]);
  });

  test('then moved here: it stays where it is', async () => {
    const bookingId = await taken();
    done(await net.work(work => move(work, ana, { bookingId, day: '2026-06-24' })));
    expect((await write(csv(row))).counts).toMatchObject({ repeat: 1, booked: 0 });
    expect((await all()).map(one => one.day)).toEqual(['2026-06-24']);
  });

  test('then changed there: it is told, and the one here is left as it is', async () => {
    const bookingId = await taken();
    const { lines } = await write(csv(row.replace('matin', 'journee')));
    expect(lines.map(told)).toEqual(['a 2026-06-23 day Bureau 1 clash intake.changed_since']);
    expect(lines[0]!.against.map(one => one.bookingId)).toEqual([bookingId]);
    expect((await all()).map(one => one.part)).toEqual(['morning']);
  });

  test('twice in one file: once', async () => {
    expect((await write(csv(row, row))).lines.map(told)).toEqual([
      'a 2026-06-23 morning Bureau 1 booked',
      'a 2026-06-23 morning Bureau 1 repeat intake.twice_in_file',
    ]);
  });

  test('by two people at once: once, whoever wins', async () => {
    const rows = ['23', '24', '25', '26'].map((day, n) => `r${n};L’Atelier;;ana@exemple.invalid;2026-06-${day};matin`);
    const reports = await Promise.all([1, 2, 3].map(() => write(csv(...rows))));
    expect(reports.flatMap(one => one.lines).filter(one => one.state === 'clash')).toEqual([]);
    expect(await all()).toHaveLength(4);
  });
});

describe('names', () => {
  test('a mapping says what the former names stand for, and what is set aside', async () => {
    const asked = intake({ format: 'grr', content: sample('grr-dump.sql') });
    expect((await dry(asked)).lines.map(told).slice(0, 2)).toEqual([
      '1 2026-06-23 unknown intake.unknown_room',
      '2 2026-06-24 unknown intake.unknown_room',
    ]);
    const mapping = 'salle;Poste du fond;L’Atelier / Bureau 3\npersonne;bea@exemple.invalid;-';
    expect((await dry({ ...asked, mapping })).lines.map(told)).toEqual([
      '1 2026-06-23 day Bureau 3 bookable',
      '2 2026-06-24 left intake.set_aside',
      ...[5, 6, 7].map(id => `${id} 2026-06-23 unknown intake.unknown_room`),
      '3 left intake.unconfirmed',
      '4 left intake.cancelled_there',
    ]);
  });

  test.each([
    ['salle;Poste du fond;Nulle part', 'intake.mapping_unknown'],
    ['salle;Poste du fond', 'intake.mapping_unreadable'],
    ['bureau;a;b', 'intake.mapping_unreadable'],
  ])('a mapping that leads nowhere is refused: %s', async (mapping, code) => {
    const asked = intake({ format: 'grr', content: sample('grr-dump.sql'), mapping });
    expect(codeOf(await net.work(work => examine(work, operator, asked)))).toBe(code);
  });

  test('two resources of one name are not chosen between; a host sees their own alone', async () => {
    const asked = csv('a;;Bureau 1;ana@exemple.invalid;2026-06-23;matin');
    expect((await dry(asked)).lines.map(told)).toEqual(['a 2026-06-23 unknown intake.several_rooms']);
    expect((await dry(asked, host)).lines.map(told)).toEqual(['a 2026-06-23 morning Bureau 1 bookable']);
    const gare = csv('a;La Gare;Bureau 1;ana@exemple.invalid;2026-06-23;matin');
    const [line] = (await write(gare, host)).lines;
    expect(line!.place?.space).not.toBe('La Gare');
    expect((await all()).filter(one => one.spaceId === elsewhere.spaceId)).toEqual([]);
  });

  test('whoever receives nobody imports nothing', async () => {
    expect(codeOf(await net.work(work => takeIn(work, ana, csv('a;b;c;d;e;f'))))).toBe('intake.not_host');
  });
});

test('a calendar, its series and its days: batch by batch', async () => {
  const asked = intake({ format: 'ics', content: sample('calendar.ics') });
  const source = {
    db: net.database.db,
    clock: () => instant('2026-06-15T08:00:00Z'),
    newId: <K extends string>(kind: K) => `${kind}_unused00` as const,
  };
  const ask = () => takeInBatches(source, net.networkId, { actor: host, intake: asked });
  const report = done(await ask());
  expect(report.lines.map(told)).toEqual([
    'un@essai 2026-06-23 morning Bureau 1 booked',
    'serie@essai 2026-06-24T13:30:00 2026-06-24 afternoon Bureau 2 booked',
    'serie@essai 2026-07-01T13:30:00 2026-07-02 morning Bureau 2 booked',
    'serie@essai 2026-07-08T13:30:00 2026-07-08 afternoon Bureau 2 booked',
    'journees@essai 2026-06-25 day Bureau 3 booked',
    'journees@essai 2026-06-26 day Bureau 3 booked',
    'fuseau-decrit@essai 2026-06-30 morning Bureau 1 booked',
    'salle@essai 2026-06-23T09:00:00 2026-06-23 unknown intake.unknown_room',
    'salle@essai 2026-06-24T09:00:00 2026-06-24 unknown intake.unknown_room',
    'quarts@essai 2026-06-23 unknown intake.unknown_room',
    'fuseau-inconnu@essai unknown intake.unknown_zone',
    'annule@essai left intake.cancelled_there',
    'tache@essai left intake.not_an_event',
  ]);
  expect(done(await ask()).counts).toMatchObject({ repeat: 7, booked: 0 });
});

test('what is foreseen is what is booked, whatever the file asks', async () => {
  const people = ['ana', 'bea', 'hugo'];
  const rows = Array.from({ length: 90 }, (_, n) => {
    const desk = ['', 'Bureau 1', 'Bureau 2', 'Cabinet'][(n * 7) % 4];
    const part = ['matin', 'journee', 'apres-midi'][(n * 5) % 3];
    return `r${n};L’Atelier;${desk};${people[(n * 11) % 3]}@exemple.invalid;2026-06-${22 + ((n * 13) % 5)};${part}`;
  });
  const foreseen = await dry(csv(...rows));
  const written = await write(csv(...rows));
  expect(
    written.lines.map(one => [one.ref, one.state === 'booked' ? 'bookable' : one.state, one.reason?.code]),
  ).toEqual(foreseen.lines.map(one => [one.ref, one.state, one.reason?.code]));
  expect(written.counts.booked).toBeGreaterThan(10);
  expect(await net.work(work => bookingsOnDays(work, { days: ['2026-06-22'] }))).not.toEqual([]);
  expect(
    codeOf(await net.work(work => book(work, ana, { spaceId: atelier.spaceId, day: '2026-06-13', part: 'day' }))),
  ).toBe('booking.past_day');
});
