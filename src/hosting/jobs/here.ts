import { mayHost } from '../../booking/booking.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { thoseOf } from '../../presence/presence.ts';
import type { Space } from '../../spaces/spaces.ts';
import { type Seen, seenBy } from '../here.ts';
import { deleteShown, insertShown, selectShown } from '../store/shown.ts';
import { words } from '../words.ts';

export interface Here extends Seen {
  readonly day: Day;
  /** May the others see the reader's first name? */
  readonly shown: boolean;
}

/** Does someone let the people of a space see their first name there? */
export const isShown = async (work: Work, { personId }: Actor, { spaceId }: Space): Promise<boolean> =>
  (await selectShown(work, { spaceId, personIds: [personId] })).has(personId);

/** Who is in a space today, for those who are there or receive people there: first names that were agreed to, and a count. */
export async function whoIsHere(work: Work, actor: Actor, space: Space): Promise<Outcome<Here>> {
  const day = localDay(work.now, space.zone);
  const there = await thoseOf(work, { space, day });
  if (!mayHost(actor, space) && !there.some(one => one.personId === actor.personId)) return refuse(words.notThere);
  const personIds = [...there.map(one => one.personId), actor.personId];
  const shown = await selectShown(work, { spaceId: space.spaceId, personIds });
  return accept({ day, ...seenBy(actor.personId, { there, shown }), shown: shown.has(actor.personId) });
}

/** Lets the people of a space see one's first name on the days one is there, or no longer. */
export async function showMe(
  work: Work,
  { personId }: Actor,
  { space, shown }: { readonly space: Space; readonly shown: boolean },
): Promise<Outcome<{ readonly shown: boolean }>> {
  const choice = { spaceId: space.spaceId, personId };
  await (shown ? insertShown : deleteShown)(work, choice);
  return accept({ shown });
}
