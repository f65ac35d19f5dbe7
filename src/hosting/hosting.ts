export { type Capacity, capacityOf } from './jobs/capacity.ts';
export { type Here, isShown, showMe, whoIsHere } from './jobs/here.ts';

import type { Id } from '../kernel/ids.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { deleteShownOf } from './store/shown.ts';

/** Someone who is erased, or set aside until then, is shown to nobody. */
export async function forgetPerson(work: Work, personId: Id<'per'>): Promise<void> {
  await recordDestruction(work, { shown_name: await deleteShownOf(work, personId) });
}
