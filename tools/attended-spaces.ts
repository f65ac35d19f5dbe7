import { sql } from 'kysely';
import { bookMany } from '../src/booking/booking.ts';
import { sha256 } from '../src/kernel/canonical.ts';
import type { Id } from '../src/kernel/ids.ts';
import { type Day, instant } from '../src/kernel/time.ts';
import type { Actor, Role } from '../src/kernel/visit.ts';
import { addPersons } from '../src/people/people.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import {
  type Attestation,
  attestDay,
  checkDue,
  checkIn,
  codeAt,
  type Kiosk,
  openKiosks,
  presencesOf,
  recordJudgements,
  rulesOfTrips,
} from '../src/presence/presence.ts';
import { sampleSpace } from '../src/spaces/sample.ts';
import { addSpaces, type Space } from '../src/spaces/spaces.ts';
import { freshNetwork, type TestNetwork } from './fresh-database.ts';
import { done } from './small-network.ts';

export const secrets = openSecretsOf('attended spaces');

export const actorAs = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId,
  firstName: 'Ada',
  memberships: [{ role, scope }],
});

export const operator = actorAs('per_operator0', 'network_operator');

/** Two spaces of twelve people, and what it takes to live days in them. */
export interface AttendedSpaces extends TestNetwork {
  readonly spaces: readonly Space[];
  readonly kiosks: readonly Kiosk[];
  readonly people: readonly Id<'per'>[];
  /** Someone books a day and types the code of a space's kiosk at a moment. */
  readonly come: (
    person: number,
    at: string,
    more?: { space?: number; device?: string; clock_ms?: number },
  ) => Promise<void>;
  readonly book: (person: number, day: Day, space?: number) => Promise<void>;
  /** What the night after a day does, at one in the morning UTC of the day given. */
  readonly attest: (day: Day, on: Day) => Promise<void>;
  /** Runs the checks at a moment until nothing is due, and lets trips pass. */
  readonly check: (at: string) => Promise<void>;
  readonly tripsPass: () => Promise<void>;
  readonly of: (person: number, day: Day) => Promise<readonly Attestation[]>;
}

export async function openAttendedSpaces(moment = '2026-06-01T06:00:00Z', size = 12): Promise<AttendedSpaces> {
  const net = await freshNetwork(moment);
  const names = Array.from({ length: size }, (_, n) => ({
    email: `p${n}@example.org`,
    firstName: `Prénom${n}`,
    lastName: 'Nom',
  }));
  const people = done(await net.work(w => addPersons(w, operator, names))).map(p => p.personId);
  // Places enough for everyone: a full house is for the tests that want one.
  const resources = Array.from({ length: 14 }, (_, n) => ({ kind: 'desk' as const, name: `Bureau ${n}`, capacity: 1 }));
  const sheets = [
    sampleSpace({ resources, openedOn: '2026-01-01' }),
    sampleSpace({
      name: 'La Halle',
      resources,
      openedOn: '2026-01-01',
      place: { lon_udeg: 3_900_000, lat_udeg: 43_930_000 },
    }),
  ];
  const spaces = done(await net.work(w => addSpaces(w, operator, sheets)));
  const spaceIds = spaces.map(space => space.spaceId);
  const kiosks = done(await net.work(w => openKiosks(w, operator, { spaceIds, name: 'Entrée', secrets }))).map(
    one => one.kiosk,
  );
  const book: AttendedSpaces['book'] = async (person, day, space = 0) => {
    const asked = { spaceId: spaceIds[space]!, day, part: 'day' as const, personId: people[person]! };
    for (const outcome of await net.work(w => bookMany(w, [asked]))) done(outcome);
  };
  const come: AttendedSpaces['come'] = async (person, at, { space = 0, device, clock_ms } = {}) => {
    net.at(at);
    const { code } = codeAt(kiosks[space]!, { at: instant(at), secrets });
    const asked = { code, kioskId: kiosks[space]!.kioskId, device: { cookie: device, clock_ms }, secrets };
    done(await net.work(w => checkIn(w, actorAs(people[person]!), asked)));
  };
  const tripsPass = async () => {
    const facts = { facts: {}, factsSha256: sha256('{}'), findings: [] };
    const known = await sql<{ id: Id<'prs'> }>`select attestation_id as id from presence.standing
      where trip_revision = 0`.execute(net.database.db);
    const told = known.rows.map(({ id }) => ({ attestationId: id, ...facts }));
    await net.work(w => recordJudgements(w, { catalogue: sha256('c'), rules: rulesOfTrips.map(r => r.id), told }));
  };
  const attest: AttendedSpaces['attest'] = async (day, on) => {
    net.at(`${on}T01:00:00Z`);
    done(await net.work(w => attestDay(w, { day, secrets })));
  };
  const check: AttendedSpaces['check'] = async at => {
    net.at(at);
    while ((await net.work(w => checkDue(w))).checked > 0);
    await tripsPass();
  };
  const of: AttendedSpaces['of'] = (person, day) =>
    net.work(w => presencesOf(w, { personId: people[person]!, from: day, to: day }));
  return { ...net, spaces, kiosks, people, book, come, attest, check, tripsPass, of };
}
