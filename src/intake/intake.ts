import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome } from '../kernel/outcome.ts';
import type { Actor } from '../kernel/visit.ts';
import { inNetwork, type Work, type WorkSource } from '../platform/database.ts';
import { byDay, type Draft, draft, type Intake } from './jobs/drafting.ts';
import { settle } from './jobs/settling.ts';
import { type Line, type Report, reportOf } from './report.ts';

export { type Format, formats, textOf } from './entry.ts';
export { type Intake, mayTakeIn } from './jobs/drafting.ts';
export { type Line, type Report, reasonText, reportText, states } from './report.ts';

/** What a file would become: nothing is written. */
export async function examine(work: Work, actor: Actor, intake: Intake): Promise<Outcome<Report>> {
  const drafted = await draft(work, actor, intake);
  return drafted.ok ? accept(reportOf(await settle(work, drafted.value, false), false)) : drafted;
}

/** Books what may be, in one unit of work; one refusal hinders no other, and what was booked before stays as it is. */
export async function takeIn(work: Work, actor: Actor, intake: Intake): Promise<Outcome<Report>> {
  const drafted = await draft(work, actor, intake);
  return drafted.ok ? accept(reportOf(await settle(work, drafted.value, true), true)) : drafted;
}

/** Lines booked in one unit of work: others book meanwhile. */
const batch_lines = 200;

const batchesOf = (drafts: readonly Draft[]): readonly (readonly Draft[])[] => {
  const inOrder = drafts.filter(one => one.request !== null).toSorted(byDay);
  return Array.from({ length: Math.ceil(inOrder.length / batch_lines) }, (_, n) =>
    inOrder.slice(n * batch_lines, (n + 1) * batch_lines),
  );
};

/** `takeIn`, batch by batch: for long files. What a batch has booked stays whatever comes after it. */
export async function takeInBatches(
  source: WorkSource,
  networkId: Id<'net'>,
  { actor, intake }: { readonly actor: Actor; readonly intake: Intake },
): Promise<Outcome<Report>> {
  const drafted = await inNetwork(source, networkId, work => draft(work, actor, intake));
  if (!drafted.ok) return drafted;
  const { drafts, ...facts } = drafted.value;
  const lines = new Map<Draft, Line>();
  for (const batch of batchesOf(drafts)) {
    const answered = await inNetwork(source, networkId, work => settle(work, { drafts: batch, ...facts }, true));
    for (const [i, line] of answered.entries()) lines.set(batch[i]!, line);
  }
  return accept(
    reportOf(
      drafts.map(one => lines.get(one) ?? one.line),
      true,
    ),
  );
}
