import type { Id } from '../src/kernel/ids.ts';
import type { Actor, Role } from '../src/kernel/visit.ts';
import { addPersons, type Person } from '../src/people/people.ts';
import { sampleSpace } from '../src/spaces/sample.ts';
import { addSpaces, type NewSpace, type Resource, resourcesOf, type Space } from '../src/spaces/spaces.ts';
import { freshNetwork, type TestNetwork } from './fresh-database.ts';
import { done } from './small-network.ts';

/** One space with a host, and some people who come there on their own account. */
export interface HostedSpace extends TestNetwork {
  readonly space: Space;
  readonly resources: readonly Resource[];
  readonly operator: Actor;
  readonly host: Actor;
  readonly people: readonly Person[];
  /** The people as those who act. */
  readonly actors: readonly Actor[];
}

export const actorOf = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId,
  firstName: 'Essai',
  memberships: [{ role, scope }],
});

/** One of as many workers as a test wants. */
export const numbered = (n: number): Actor => actorOf(`per_${String(n).padStart(8, '0')}`);

/** Opened on Monday 15 June 2026 at ten in the morning, in Ganges. */
export async function openHostedSpace(
  firstNames: readonly string[],
  changes: Partial<NewSpace> = {},
): Promise<HostedSpace> {
  const net = await freshNetwork('2026-06-15T08:00:00Z');
  const operator = actorOf('per_operator0', 'network_operator');
  return net.work(async work => {
    const [space] = done(await addSpaces(work, operator, [sampleSpace(changes)]));
    const sheets = firstNames.map((firstName, n) => ({
      email: `personne.${n}@exemple.invalid`,
      firstName,
      lastName: `Essai${n}`,
    }));
    const people = done(await addPersons(work, operator, sheets));
    const [host] = done(
      await addPersons(work, operator, [{ email: 'hote@exemple.invalid', firstName: 'Josiane', lastName: 'Essai' }]),
    );
    return {
      ...net,
      space: space!,
      resources: await resourcesOf(work, [space!.spaceId]),
      operator,
      host: actorOf(host!.personId, 'host', space!.spaceId),
      people,
      actors: people.map(one => actorOf(one.personId)),
    };
  });
}
