import { unique } from '../../kernel/group.ts';
import {
  addDays,
  addSeconds,
  type Day,
  daysBetween,
  firstDay,
  type Instant,
  mondayOf,
  monthOf,
} from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import type { AttestationId } from '../attestation.ts';
import { afterDecisions, axesOf, type Decision, standingAfter } from '../axes.ts';
import { type Gathered, gather, type OnTheDay, type Others } from '../facts.ts';
import { clockOf } from '../finality.ts';
import { benchWith, type Judge, rulesOfTrips } from '../rules/catalogue.ts';
import { factsOfCheckIns } from '../rules/facts.ts';
import { catalogueHash, type Facts, type Finding, type Judged, judging } from '../rules/rule.ts';
import * as store from '../store/judgement.ts';
import { insertSiteFindings } from '../store/surroundings.ts';
import { thresholdsOn } from '../store/thresholds.ts';

import { type OpenRoads, surroundingsOf, type ValuesOn } from './surroundings.ts';

// Judging what has waited a day: read, gather, judge, write, one transaction a run.

/** About how many presences are judged in one transaction, of how many days at most: whole days, one at least. */
const atOnce = { presences: 5_000, days: 31 };
/** A rule that could not complete is asked again an hour later. */
const retry_s = 3_600;

/** The oldest days on which something is to be judged. */
async function daysDue(work: Work): Promise<{ readonly days: readonly Day[]; readonly valuesOn: ValuesOn }> {
  const waiting = await store.selectDueDays(work);
  const valuesOn = await thresholdsOn(
    work,
    waiting.map(one => one.day),
  );
  const due = waiting.filter(one => one.waited_s >= clockOf(valuesOn(one.day)).checking_s);
  const days: Day[] = [];
  let presences = 0;
  for (const { day, count } of due) {
    presences += count;
    const full = presences > atOnce.presences || daysBetween(due[0]!.day, day) > atOnce.days;
    if (days.length > 0 && full) break;
    days.push(day);
  }
  return { days, valuesOn };
}

async function onDays(work: Work, days: readonly Day[], valuesOn: ValuesOn): Promise<readonly OnTheDay[]> {
  const waits = new Map(days.map(day => [day, clockOf(valuesOn(day)).checking_s]));
  return (await store.selectOnDays(work, days)).map(({ waited_s, ...one }) => ({
    ...one,
    due: waited_s !== null && waited_s >= waits.get(one.day)!,
  }));
}

/** What was said of these presences before, and decided: empty for those that nobody has judged. */
async function earlier(work: Work, gathered: readonly Gathered[]) {
  const again = gathered.filter(one => one.presence.revision > 0).map(one => one.presence.attestationId);
  const unseen = gathered.filter(one => one.facts.seen === false).map(one => one.presence.attestationId);
  const last = again.length === 0 ? [] : await store.selectLastJudgements(work, again);
  const own = last.filter(one => one.judge === 'presence');
  return {
    last: new Map(own.map(one => [one.attestationId as string, one])),
    decisions: again.length === 0 ? [] : await store.selectDecisions(work, again),
    replaced: unseen.length === 0 ? new Map<string, Facts>() : await store.selectFactsReplaced(work, unseen),
  };
}

/** Check-ins that are gone say what they said when the presence, or the one it replaces, was judged. */
const remembering = (facts: Gathered['facts'], before: Facts | undefined): Gathered['facts'] => {
  // A fact that is not told is ordinary: check-ins that were seen.
  if (facts.seen !== false || before === undefined || before['seen'] === false) return facts;
  const kept = factsOfCheckIns.flatMap(name => (name in before ? [[name, before[name]]] : []));
  return { ...facts, seen: true, ...Object.fromEntries(kept) };
};

const isPending = (findings: readonly Finding[]): boolean => findings.some(one => one.status === 'pending');

const withOthers = (findings: readonly Finding[], others: Others): readonly Finding[] =>
  findings.map(finding => {
    const ids = others[finding.rule] ?? [];
    return ids.length === 0 ? finding : { ...finding, with: ids };
  });

interface Verdict {
  readonly gathered: Gathered;
  readonly judged: Judged;
  readonly row: store.NewJudgement;
  readonly isNew: boolean;
}

interface Judging {
  readonly judge: (facts: Gathered['facts']) => Judged;
  readonly catalogue: string;
  /** When a rule that could not complete is asked again. */
  readonly again: Instant;
}

/** Judges the presences of days under the same values; what is said of many alike is one and the same object. */
async function verdictsOn(
  work: Work,
  gathered: readonly Gathered[],
  { judge, catalogue, again }: Judging,
): Promise<readonly Verdict[]> {
  const { last, decisions, replaced } = await earlier(work, gathered);
  const plain = new Map<Judged, store.Said>();
  const plainOf = (judged: Judged): store.Said => {
    const said = plain.get(judged) ?? saidOf(judged, judged.findings, { decisions: [], again });
    plain.set(judged, said);
    return said;
  };
  return gathered.map(one => {
    const { attestationId, revision } = one.presence;
    const before = last.get(attestationId);
    const judged = judge(remembering(one.facts, before?.facts ?? replaced.get(attestationId)));
    const own = decisions.filter(decision => decision.attestationId === attestationId);
    const said =
      judged.findings.length === 0
        ? plainOf(judged)
        : saidOf(judged, withOthers(judged.findings, one.with()), { decisions: own, again });
    const isNew = before?.factsSha256 !== judged.factsSha256 || before.catalogue !== catalogue;
    return { gathered: one, judged, isNew, row: { attestationId, revision: isNew ? revision + 1 : revision, said } };
  });
}

/** What is kept of a judgement, and where it leaves the presence after what people decided. */
const saidOf = (
  { facts, factsSha256 }: Judged,
  findings: readonly Finding[],
  { decisions, again }: { readonly decisions: readonly Decision[]; readonly again: Instant },
): store.Said => ({
  facts,
  factsSha256,
  findings,
  axes: axesOf(findings),
  ...standingAfter(afterDecisions({ judge: 'presence', factsSha256, findings }, decisions)),
  again: isPending(findings) ? again : null,
});

/** Notes what was found of a space; a week that leaves its usual is looked at whole, days judged before included. */
async function tellSites(work: Work, verdicts: readonly Verdict[]): Promise<void> {
  const of = (rule: string) => verdicts.filter(({ judged }) => judged.findings.some(one => one.rule === rule));
  const spaceOf = ({ gathered }: Verdict) => gathered.presence.spaceId;
  const mondays = of('F17').map(one => ({
    spaceId: spaceOf(one),
    ruleId: 'F17',
    periodFrom: mondayOf(one.gathered.presence.day),
  }));
  const months = of('F16').map(one => ({
    spaceId: spaceOf(one),
    ruleId: 'F16',
    periodFrom: firstDay(monthOf(one.gathered.presence.day)),
  }));
  const found = [...new Map([...mondays, ...months].map(one => [JSON.stringify(one), one])).values()];
  await insertSiteFindings(work, found);
  const firstTime = of('F17').filter(one => one.gathered.presence.revision === 0);
  for (const week of unique(firstTime.map(one => `${spaceOf(one)} ${mondayOf(one.gathered.presence.day)}`))) {
    const [spaceId, monday] = week.split(' ') as [string, Day];
    await store.judgeAgain(work, { spaceIds: [spaceId], from: monday, to: addDays(monday, 6) });
  }
}

/**
 * Runs every rule on the presences that have waited long enough for one; says how many. Run until it says 0. A rule that
 * cannot complete leaves its presence waiting, and is asked again an hour later.
 */
export async function checkDue(work: Work, open: OpenRoads | null = null): Promise<{ readonly checked: number }> {
  await store.holdJudging(work);
  const { days, valuesOn } = await daysDue(work);
  if (days.length === 0) return { checked: 0 };
  const sameDays = await onDays(work, days, valuesOn);
  const gathered = gather(await surroundingsOf(work, sameDays, { days, valuesOn, open }));
  for (const values of unique(days.map(valuesOn))) {
    const bench = benchWith(values);
    const catalogue = catalogueHash(bench);
    const again = addSeconds(work.now, retry_s - clockOf(values).checking_s);
    const own = gathered.filter(one => valuesOn(one.presence.day) === values);
    const verdicts = await verdictsOn(work, own, { judge: judging(bench), catalogue, again });
    await tellSites(work, verdicts);
    await write(work, verdicts, { judge: 'presence', catalogue });
  }
  await announce(work, { event: 'presence.checked', payload: { days: [...days], checked: gathered.length } });
  return { checked: gathered.length };
}

interface Written {
  readonly row: store.NewJudgement;
  readonly isNew: boolean;
}

/** Adds what is new; what is not is only no longer waiting. */
async function write(
  work: Work,
  verdicts: readonly Written[],
  by: { readonly judge: Judge; readonly catalogue: string },
): Promise<void> {
  const [fresh, same] = [verdicts.filter(one => one.isNew), verdicts.filter(one => !one.isNew)];
  const rows = (list: readonly Written[]) => list.map(one => one.row);
  if (fresh.length > 0) await store.insertJudgements(work, by, rows(fresh));
  if (same.length > 0) await store.updateStandings(work, by.judge, rows(same));
}

/** What the room of trips says of one presence. */
export interface TripJudgement extends Judged {
  readonly attestationId: AttestationId;
}

/**
 * Receives the word of the room of trips. A presence that is not known is left out; a rule of the catalogue that it did
 * not run keeps its presences waiting. Said again without a change, nothing is written.
 */
export async function recordJudgements(
  work: Work,
  {
    catalogue,
    rules,
    told,
  }: { readonly catalogue: string; readonly rules: readonly string[]; readonly told: readonly TripJudgement[] },
): Promise<void> {
  if (told.length === 0) return;
  await store.holdJudging(work);
  const ids = told.map(one => one.attestationId);
  const revisions = await store.selectRevisions(work, 'commute', ids);
  const again = ids.filter(id => (revisions.get(id) ?? 0) > 0);
  const last = again.length === 0 ? [] : await store.selectLastJudgements(work, again);
  const decisions = again.length === 0 ? [] : await store.selectDecisions(work, again);
  const before = new Map(last.filter(one => one.judge === 'commute').map(one => [one.attestationId, one]));
  const silent = silentAmong(rules);
  const sameSaid = alike();
  const verdicts = told.flatMap(({ attestationId, ...judged }): readonly Written[] => {
    const revision = revisions.get(attestationId);
    if (revision === undefined) return [];
    const findings = [...judged.findings, ...silent];
    const kept = before.get(attestationId);
    const isNew = kept?.factsSha256 !== judged.factsSha256 || kept.catalogue !== catalogue;
    const own = decisions.filter(one => one.attestationId === attestationId);
    const decided = afterDecisions({ judge: 'commute', factsSha256: judged.factsSha256, findings }, own);
    const said = { ...judged, findings, axes: axesOf(findings), ...standingAfter(decided), again: null };
    return [{ row: { attestationId, revision: isNew ? revision + 1 : revision, said: sameSaid(said) }, isNew }];
  });
  await write(work, verdicts, { judge: 'commute', catalogue });
}

/** One object for all that is said alike: presences of one person and month mostly are. */
function alike(): (said: store.Said) => store.Said {
  const known = new Map<string, store.Said>();
  return said => {
    const key = `${said.factsSha256} ${said.letters} ${said.findings.length}`;
    const before = known.get(key);
    if (before) return before;
    known.set(key, said);
    return said;
  };
}

/** Rules of trips that were not run: they have not completed. */
const silentAmong = (spoken: readonly string[]): readonly Finding[] =>
  rulesOfTrips
    .filter(({ id }) => !spoken.includes(id))
    .map(({ id, axis }) => ({ rule: id, version: 'none', axis, status: 'pending' as const }));

/** Presences of which the room of trips has said nothing yet: its word may have been lost on the way. */
export const awaitingTrips = (work: Work): Promise<readonly AttestationId[]> =>
  store.selectWithoutTrip(work, atOnce.presences);
