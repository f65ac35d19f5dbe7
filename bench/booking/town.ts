import { sql } from 'kysely';
import type { Id } from '../../src/kernel/ids.ts';
import { addDays, type Day, localDay, weekday } from '../../src/kernel/time.ts';
import { addOrganisations, addPersons, enterAs } from '../../src/people/people.ts';
import { randomId, systemClock } from '../../src/platform/clock.ts';
import { type Database, inNetwork, type Work } from '../../src/platform/database.ts';
import { sampleSpace } from '../../src/spaces/sample.ts';
import { addSpaces } from '../../src/spaces/spaces.ts';
import { done, operator } from '../claims/network.ts';

export interface Town {
  readonly networkId: Id<'net'>;
  readonly spaceIds: readonly Id<'spc'>[];
  readonly personIds: readonly Id<'per'>[];
  /** What a browser holds for each of the first people, in their order. */
  readonly tokens: readonly string[];
  /** Days that can be booked, the nearest first. */
  readonly days: readonly Day[];
  readonly run: <T>(task: (work: Work) => Promise<T>) => Promise<T>;
}

export interface TownAsked {
  readonly spaces: number;
  readonly desks: number;
  readonly people: number;
  /** How many of them are signed in. */
  readonly signedIn: number;
}

/** Weekdays from tomorrow on, within what may be booked. */
const bookableDays = (today: Day): readonly Day[] =>
  Array.from({ length: 56 }, (_, n) => addDays(today, n + 1)).filter(day => weekday(day) < 6);

/** A network of its own in this database: spaces open on weekdays, feasts included, people who pay for themselves. */
export async function foundTown(db: Database, name: string, asked: TownAsked): Promise<Town> {
  const networkId: Id<'net'> = `net_${name}`;
  await sql`insert into people.network (network_id, name, profile, fictitious, created_at)
    values (${networkId}, ${name}, 'demo', true, now())`.execute(db);
  const run: Town['run'] = task => inNetwork({ db, clock: systemClock, newId: randomId }, networkId, task);
  const [manager] = done(
    await run(work => addOrganisations(work, operator, [{ kind: 'commune', name: 'Commune d’essai' }])),
  );
  const desks = Array.from({ length: asked.desks }, (_, n) => ({
    kind: 'desk' as const,
    name: `Bureau ${n + 1}`,
    capacity: 1,
  }));
  const sheets = Array.from({ length: asked.spaces }, (_, n) =>
    sampleSpace({
      name: `Espace ${n}`,
      managerId: manager!.organisationId,
      resources: desks,
      opensOnPublicHolidays: true,
    }),
  );
  const spaceIds = done(await run(work => addSpaces(work, operator, sheets))).map(space => space.spaceId);
  const names = Array.from({ length: asked.people }, (_, n) => ({
    email: `personne-${n}@example.org`,
    firstName: 'Camille',
    lastName: `Essai ${n}`,
  }));
  const people = done(await run(work => addPersons(work, operator, names)));
  const personIds = people.map(person => person.personId);
  const tokens: string[] = [];
  for (const personId of personIds.slice(0, asked.signedIn))
    tokens.push(done(await run(work => enterAs(work, personId))).token);
  await sql`analyze`.execute(db);
  const days = bookableDays(localDay(systemClock(), 'Europe/Paris'));
  return { networkId, spaceIds, personIds, tokens, days, run };
}
