import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { actorAs, openAttendedSpaces, operator, secrets } from '../../tools/attended-spaces.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { setNoShowPolicy } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { destructions } from '../platform/destruction.ts';
import type { Mount } from '../platform/http.ts';
import { releaseAbsent } from './jobs/releasing.ts';
import {
  attendance,
  enterSheet,
  markPresence,
  printSheet,
  purgeAccessEvents,
  type Sheet,
  sheetFor,
} from './presence.ts';
import { routes } from './routes.ts';

const withSecrets = (mount: Mount) => routes({ ...mount, shell: { ...mount.shell, secrets } });
const day: Day = '2026-06-15';
const morning = '2026-06-15T07:00:00Z';
const evening = '2026-06-15T16:30:00Z';

let net: Awaited<ReturnType<typeof openAttendedSpaces>>;
let spaceId: Id<'spc'>;
let sheet: Sheet;
beforeEach(async () => {
  net = await openAttendedSpaces(morning, 4);
  spaceId = net.spaces[0]!.spaceId;
  await net.book(0, day);
  sheet = done(await net.work(w => printSheet(w, host(), { spaceId, firstDay: day, days: 2 })));
});

const host = () => actorAs(net.people[3]!, 'host', spaceId);
const signed = (person: number, halves: readonly ('morning' | 'afternoon')[] = ['morning', 'afternoon']) => ({
  ...{ personId: net.people[person]!, halves, from_min: 510, to_min: null },
});
const enters = (
  lines: Parameters<typeof enterSheet>[2]['lines'],
  more: { who?: ReturnType<typeof host>; day?: Day; sheetId?: string } = {},
) =>
  net.work(w =>
    enterSheet(w, more.who ?? host(), { sheetId: more.sheetId ?? sheet.sheetId, day: more.day ?? day, lines }),
  );

describe('a signed sheet', () => {
  test('is the host’s word, a weak proof, that says who entered it and when; the hours written are only said', async () => {
    net.at(evening);
    const noted = done(await enters([signed(0)]));
    expect(noted.map(one => [one.half, one.method, one.notedBy, one.happened_at.toString()])).toEqual([
      ['morning', 'paper_sheet', net.people[3], evening],
      ['afternoon', 'paper_sheet', net.people[3], evening],
    ]);
    expect(noted[0]).toMatchObject({ said: { from_min: 510, to_min: null }, booking: { day } });
    await net.attest(day, '2026-06-16');
    expect((await net.of(0, day)).map(one => [one.halves, one.evidenceClass])).toEqual([[2, 'A']]);
  });

  test('with the person’s own word it is one proof, and with a code it takes nothing away', async () => {
    net.at(morning);
    const own = { spaceId, day, marks: [{ personId: net.people[0]!, part: 'day' as const, present: true }] };
    done(await net.work(w => markPresence(w, actorAs(net.people[0]!), own)));
    await net.book(1, day);
    await net.come(1, '2026-06-15T07:05:00Z');
    net.at(evening);
    done(await enters([signed(0), signed(1)]));
    await net.attest(day, '2026-06-16');
    expect((await net.of(0, day)).map(one => one.evidenceClass)).toEqual(['B']);
    expect((await net.of(1, day)).map(one => [one.halves, one.evidenceClass])).toEqual([
      [1, 'C'],
      [1, 'A'],
    ]);
  });

  test('notes a half-day once, whichever sheet says it; entered again from the same, it stays', async () => {
    net.at(evening);
    const first = done(await enters([signed(0, ['morning'])]));
    const again = done(await enters([signed(0)]));
    expect(again.map(one => one.half).toSorted()).toEqual(['afternoon', 'morning']);
    expect(again.some(one => one.eventId === first[0]!.eventId)).toBe(true);
    const other = done(await net.work(w => printSheet(w, host(), { spaceId, firstDay: day, days: 1 })));
    expect(codeOf(await enters([signed(1), signed(0)], { sheetId: other.sheetId }))).toBe(
      'presence.already_on_a_sheet',
    );
    const { lines } = done(await net.work(w => attendance(w, host(), { spaceId, day })));
    expect(lines.map(line => line.personId)).toEqual([net.people[0]]);
    const twice = await Promise.all([enters([signed(2)]), enters([signed(2)])]);
    expect(twice.map(codeOf)).toEqual(['accepted', 'accepted']);
    const kept = await sql<{ count: bigint }>`select count(*) from presence.access_event
      where person_id = ${net.people[2]}`.execute(net.database.db);
    expect(kept.rows[0]!.count).toBe(2n);
  });

  test('is refused for a day to come, a day not on it, a day that is over, someone unknown, someone else', async () => {
    net.at(evening);
    expect(codeOf(await enters([signed(0)], { day: '2026-06-16' }))).toBe('presence.sheet_in_the_future');
    expect(codeOf(await enters([signed(0)], { day: '2026-06-14' }))).toBe('presence.day_not_on_sheet');
    expect(codeOf(await enters([]))).toBe('presence.nothing_signed');
    const nobody = [{ ...signed(0), personId: 'per_00000000' as const }];
    expect(codeOf(await enters(nobody))).toBe('presence.unknown_person');
    const email = { halves: ['morning' as const], from_min: null, to_min: null };
    expect(codeOf(await enters([{ ...email, email: 'p9@example.org' }]))).toBe('presence.unknown_person');
    expect(codeOf(await enters([signed(0)], { who: actorAs(net.people[0]!) }))).toBe('presence.not_host');
    expect(codeOf(await enters([signed(0)], { sheetId: 'sht_00000000' }))).toBe('presence.unknown_sheet');
    expect(codeOf(await enters([{ ...email, email: 'p1@example.org' }]))).toBe('accepted');
    net.at('2026-06-23T10:00:00Z');
    expect(codeOf(await enters([signed(2)]))).toBe('presence.day_final');
    expect(codeOf(await net.work(w => printSheet(w, host(), { spaceId, firstDay: day, days: 8 })))).toBe(
      'presence.sheet_too_long',
    );
  });

  test('until it is entered, no place of its day is given back: arrivals may be on paper', async () => {
    const policy = { release_after_minutes: 15, strikes_allowed: 1, strike_window_days: 30, from: day };
    done(await net.work(w => setNoShowPolicy(w, operator, { spaceId, ...policy })));
    await sql`update presence.kiosk set clock_seen_at = ${evening}`.execute(net.database.db);
    net.at('2026-06-15T14:00:00Z');
    expect(await net.work(releaseAbsent)).toEqual([]);
    done(await enters([signed(1, ['afternoon'])]));
    expect(await net.work(releaseAbsent)).toHaveLength(1);
  });

  test('goes with what it said after three months, and the destruction is recorded', async () => {
    net.at(evening);
    done(await enters([signed(0)]));
    net.at('2026-09-20T03:00:00Z');
    await net.work(purgeAccessEvents);
    expect(codeOf(await net.work(w => sheetFor(w, host(), sheet.sheetId)))).toBe('presence.unknown_sheet');
    const gone = Object.fromEntries((await net.work(destructions)).map(one => [one.record, one.destroyed]));
    expect(gone).toMatchObject({ access_event: 2, sheet: 1 });
  });
});

describe('its pages and its endpoints', () => {
  const app = (now = evening) => roomApp(net, [withSecrets], { actor: host(), now });
  const at = () => `/accueil/${net.spaces[0]!.slug}/feuilles`;

  test('a host prepares a sheet, prints it, and enters it', async () => {
    const made = await app(morning).request(at(), form({ premier: day, jours: '2', request_id: 'a' }));
    const address = made.headers.get('location')!;
    expect(address).toMatch(/\/feuilles\/sht_/);
    const paper = await (await app(morning).request(address)).text();
    expect(paper).toContain('Prénom0 Nom');
    expect(paper.match(/class="paper-sheet"/g)).toHaveLength(2);
    expect(await (await app(morning).request(at())).text()).toContain(address);
    const entry = `${address}/${day}`;
    const bad = form({ matin: net.people[0]!, [`arrivee-${net.people[0]}`]: 'tôt' });
    const refused = await app().request(entry, bad);
    expect([refused.status, (await refused.text()).includes('value="tôt"')]).toEqual([422, true]);
    const filled = form({
      ...{ matin: [net.people[0]!, 'email1'], apres: net.people[0]!, email1: 'p1@example.org', request_id: 'b' },
      [`arrivee-${net.people[0]}`]: '8:45',
    });
    expect((await app().request(entry, filled)).headers.get('location')).toBe(`${entry}?fait=oui`);
    const again = await (await app().request(entry)).text();
    expect(again).toContain('value="8:45"');
    expect(again).toContain('Prénom1 Nom');
    expect((await app().request(`${address}/2026-06-20`)).status).toBe(422);
    const worker = roomApp(net, [withSecrets], { actor: actorAs(net.people[0]!), now: evening });
    expect([(await worker.request(address)).status, (await worker.request(at())).status]).toEqual([403, 403]);
  });

  test('by the API', async () => {
    const made = await app(morning).request(
      `/api/v1/spaces/${spaceId}/attendance-sheets`,
      json('POST', { first_day: day, days: 1 }),
    );
    const { sheet_id } = (await made.json()) as { sheet_id: string };
    const lines = (line: object) =>
      app().request(`/api/v1/attendance-sheets/${sheet_id}/lines`, json('POST', { day, lines: [line] }));
    const noted = await lines({ email: 'p1@example.org', halves: ['morning'], arrived: '08:30', left: '12:00' });
    expect(await noted.json()).toMatchObject({ noted: [{ half: 'morning', arrived: '8:30', left: '12:00' }] });
    expect((await lines({ email: 'p1@example.org', person_id: net.people[1], halves: ['morning'] })).status).toBe(422);
    expect((await lines({ email: 'p1@example.org', halves: ['morning'], arrived: '25:00' })).status).toBe(422);
    const read = await app().request(`/api/v1/attendance-sheets/${sheet_id}`);
    expect(await read.json()).toMatchObject({ entered: [day] });
  });
});
