import { groupBy } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, localDay } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { mayManage, type Space, spacesByIds } from '../spaces/spaces.ts';
import { type CriteriaGrid, gridOf, gridOn, grids } from './grid.ts';
import { type Decision, type DecisionKind, type Label, labelOn } from './label.ts';
import { changeRefusal, type Finding, findingsRefusal, scoreOf, verdictRefusal } from './rules.ts';
import {
  type ApplicationId,
  type ApplicationRow,
  closeApplications,
  type DecisionRow,
  insertApplications,
  insertDecisions,
  insertEvaluations,
  type NewDecision,
  selectApplications,
  selectApplicationsOf,
  selectDecisions,
} from './store.ts';
import { states, words } from './words.ts';

export { type CriteriaGrid, gridOn } from './grid.ts';
export type { Decision, DecisionKind, Label, LabelState } from './label.ts';
export type { Answer, Finding } from './rules.ts';
export type { ApplicationId } from './store.ts';

/** What a label is called: « labellisé », “label suspended”. */
export const labelStates = states;

/** Is the grid of this version still provisional? Then no page may show the label as official. */
export const isProvisional = (gridVersion: string | null): boolean =>
  gridVersion === null || gridOf(gridVersion)?.status !== 'official';

const gridOfFile = (version: string): CriteriaGrid => {
  const grid = gridOf(version);
  if (!grid) throw new BrokenInvariant(`the label was given on the grid “${version}”, which the program no longer has`);
  return grid;
};

const spacesOf = async (work: Work, ids: readonly Id<'spc'>[]): Promise<ReadonlyMap<string, Space>> =>
  new Map((await spacesByIds(work, ids)).map(space => [space.spaceId, space]));

export interface Application {
  readonly spaceId: Id<'spc'>;
  /** What the manager says of each criterion of the grid in force. */
  readonly selfAssessment: readonly Finding[];
}

/** Asks for the label, for several spaces at once: all or none. A manager of each, or a network operator. */
export async function applyAll(
  work: Work,
  actor: Actor,
  asked: readonly Application[],
): Promise<Outcome<readonly ApplicationId[]>> {
  const spaces = await spacesOf(
    work,
    asked.map(a => a.spaceId),
  );
  const files = [];
  for (const { spaceId, selfAssessment } of asked) {
    const space = spaces.get(spaceId);
    if (!space) return refuse(words.unknownSpace);
    if (!mayManage(actor, space)) return refuse(words.notManager);
    const appliedOn = localDay(work.now, space.zone);
    const grid = gridOn(appliedOn);
    if (!grid) return refuse(words.noGrid);
    const why = findingsRefusal(grid, selfAssessment);
    if (why) return refuse(why);
    files.push({
      application_id: work.newId('lap'),
      space_id: spaceId,
      grid_version: grid.version,
      self_assessment: selfAssessment,
      applied_by: actor.personId,
      applied_on: appliedOn,
    });
  }
  const added = await insertApplications(work, files);
  return added === files.length ? accept(files.map(f => f.application_id)) : refuse(words.alreadyApplied);
}

/** Files found for all ids, or null. */
async function filesOf(work: Work, ids: readonly ApplicationId[]): Promise<ReadonlyMap<string, ApplicationRow> | null> {
  const files = new Map((await selectApplications(work, ids)).map(file => [file.application_id, file]));
  return ids.every(id => files.has(id)) ? files : null;
}

export interface Visit {
  readonly applicationId: ApplicationId;
  readonly visitedOn: Day;
  readonly findings: readonly Finding[];
}

/** Records what was found on the spot, once an application. Operators only. */
export async function evaluateAll(work: Work, actor: Actor, visits: readonly Visit[]): Promise<Outcome<number>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const files = await filesOf(
    work,
    visits.map(v => v.applicationId),
  );
  if (!files) return refuse(words.unknownApplication);
  const why = visits
    .map(v => findingsRefusal(gridOfFile(files.get(v.applicationId)!.grid_version), v.findings))
    .find(r => r !== null);
  if (why) return refuse(why);
  const added = await insertEvaluations(
    work,
    visits.map(v => ({
      evaluation_id: work.newId('lev'),
      application_id: v.applicationId,
      evaluator_id: actor.personId,
      visited_on: v.visitedOn,
      findings: v.findings,
    })),
  );
  return added === visits.length ? accept(added) : refuse(words.alreadyEvaluated);
}

export interface Verdict {
  readonly applicationId: ApplicationId;
  readonly kind: 'label' | 'refuse';
  /** First day without the label; null for a refusal. No official duration is known, so the decision says it. */
  readonly validUntil: Day | null;
  readonly reason: string;
}

const nextSequences = (decisions: readonly Decision[], spaceIds: readonly string[]): ReadonlyMap<string, number> =>
  new Map(spaceIds.map(id => [id, decisions.filter(d => d.spaceId === id).length + 1]));

/** Grants or refuses the label on evaluated applications: all or none. Operators, never who made the visit. */
export async function decideAll(work: Work, actor: Actor, verdicts: readonly Verdict[]): Promise<Outcome<number>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const files = await filesOf(
    work,
    verdicts.map(v => v.applicationId),
  );
  if (!files) return refuse(words.unknownApplication);
  const spaceIds = [...files.values()].map(f => f.space_id);
  const spaces = await spacesOf(work, spaceIds);
  const sequences = nextSequences(await selectDecisions(work, spaceIds), spaceIds);
  const decisions: NewDecision[] = [];
  for (const { applicationId, ...verdict } of verdicts) {
    const file = files.get(applicationId)!;
    if (file.decided) return refuse(words.alreadyDecided);
    if (!file.findings || !file.evaluation_id || !file.evaluator_id) return refuse(words.notEvaluated);
    const decidedOn = localDay(work.now, spaces.get(file.space_id)!.zone);
    const grid = gridOfFile(file.grid_version);
    const seen = { grid, findings: file.findings, evaluatorId: file.evaluator_id };
    const why = verdictRefusal(seen, { ...verdict, decidedOn }, actor.personId);
    if (why) return refuse(why);
    decisions.push({
      decision_id: work.newId('lde'),
      space_id: file.space_id,
      sequence: sequences.get(file.space_id)!,
      kind: verdict.kind,
      application_id: applicationId,
      evaluation_id: file.evaluation_id,
      evaluator_id: file.evaluator_id,
      decided_by: actor.personId,
      decided_on: decidedOn,
      valid_until: verdict.kind === 'label' ? verdict.validUntil : null,
      grid_version: grid.version,
      reason: verdict.reason,
    });
  }
  if ((await insertDecisions(work, decisions)) !== decisions.length) return refuse(words.alreadyDecided);
  await closeApplications(
    work,
    verdicts.map(v => v.applicationId),
  );
  return accept(decisions.length);
}

export interface LabelChange {
  readonly spaceId: Id<'spc'>;
  readonly kind: Exclude<DecisionKind, 'label' | 'refuse'>;
  readonly reason: string;
}

/** Suspends, reinstates or withdraws a label, with a public reason. Operators only. */
export async function changeLabel(work: Work, actor: Actor, change: LabelChange): Promise<Outcome<Label>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const space = (await spacesOf(work, [change.spaceId])).get(change.spaceId);
  if (!space) return refuse(words.unknownSpace);
  if (change.reason.trim() === '') return refuse(words.noReason);
  const today = localDay(work.now, space.zone);
  const decisions = await selectDecisions(work, [change.spaceId]);
  const why = changeRefusal(
    change.kind,
    labelOn({ spaceId: change.spaceId, decisions, application: null }, today).state,
  );
  if (why) return refuse(why);
  const added = await insertDecisions(work, [
    {
      decision_id: work.newId('lde'),
      space_id: change.spaceId,
      sequence: decisions.length + 1,
      kind: change.kind,
      application_id: null,
      evaluation_id: null,
      evaluator_id: null,
      decided_by: actor.personId,
      decided_on: today,
      valid_until: null,
      grid_version: null,
      reason: change.reason,
    },
  ]);
  if (added === 0) return refuse(words.alreadyDecided);
  const [label] = await labelsOf(work, { spaceIds: [change.spaceId], day: today });
  return accept(label!);
}

/** The one application of a space that awaits a decision. */
const openApplication = (files: readonly ApplicationRow[], spaceId: Id<'spc'>) => {
  const open = files.find(f => f.space_id === spaceId && !f.decided);
  return open ? { appliedOn: open.applied_on, gridVersion: open.grid_version } : null;
};

export interface LabelsAsked {
  readonly spaceIds: readonly Id<'spc'>[];
  readonly day: Day;
}

/** Where spaces stand with the label on a day, in the order asked; two queries however many. */
export async function labelsOf(work: Work, { spaceIds, day }: LabelsAsked): Promise<readonly Label[]> {
  const [decisions, files] = await Promise.all([selectDecisions(work, spaceIds), selectApplicationsOf(work, spaceIds)]);
  const decisionsOf = groupBy(decisions, one => one.spaceId);
  const filesOf = groupBy(files, one => one.space_id);
  return spaceIds.map(spaceId => {
    const application = openApplication(filesOf.get(spaceId) ?? [], spaceId);
    return labelOn({ spaceId, decisions: decisionsOf.get(spaceId) ?? [], application }, day);
  });
}

/** Everything the public may check about a label: no person is named. */
export interface LabelSheet {
  readonly label: Label;
  readonly grid: CriteriaGrid;
  /** What was found on the visit behind the label, or behind the application under way. */
  readonly findings: readonly Finding[];
  readonly visitedOn: Day | null;
  readonly score: { readonly met: number; readonly of: number };
  readonly decisions: readonly DecisionRow[];
  /** The application that awaits a visit or a decision. */
  readonly open: { readonly applicationId: ApplicationId; readonly evaluated: boolean } | null;
}

/** The public sheet of a space's label on a day. */
export async function labelSheet(work: Work, spaceId: Id<'spc'>, day: Day): Promise<LabelSheet> {
  const decisions = await selectDecisions(work, [spaceId]);
  const files = await selectApplicationsOf(work, [spaceId]);
  const open = files.find(f => !f.decided) ?? null;
  const label = labelOn({ spaceId, decisions, application: openApplication(files, spaceId) }, day);
  const granted = decisions.findLast(d => d.kind === 'label')?.applicationId;
  const shown = label.state === 'candidate' ? open : (files.find(f => f.application_id === granted) ?? files.at(-1));
  const grid = shown ? gridOfFile(shown.grid_version) : (gridOn(day) ?? grids[0]!);
  const findings = shown?.findings ?? [];
  return {
    label,
    grid,
    findings,
    visitedOn: shown?.visited_on ?? null,
    score: scoreOf(grid, findings),
    decisions,
    open: open && { applicationId: open.application_id, evaluated: open.evaluation_id !== null },
  };
}
