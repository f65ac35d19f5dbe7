import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import type { Work } from '../../platform/database.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';

export const spaceId = z.string().regex(/^spc_[0-9a-z]{8,40}$/, 'spc_…');

/** A space by its id, or the refusal that fits who asks. */
export async function spaceById(work: Work, id: string, unknown: Refusal): Promise<Outcome<Space>> {
  const [space] = await spacesByIds(work, [id as Id<'spc'>]);
  return space ? accept(space) : refuse(unknown);
}
