import { unique } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, localDay } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { Attestation } from './attestation.ts';
import { axesFromBoth } from './axes.ts';
import type { Standing } from './facts.ts';
import { type Clock, type ClosingStanding, clockOf, closingStandingAt } from './finality.ts';
import { type Recorded, standingOf } from './ledger.ts';
import type { Thresholds } from './rules/thresholds.ts';
import * as attestations from './store/attestation.ts';
import * as events from './store/event.ts';
import { thresholdsOn } from './store/thresholds.ts';

export type { Anomaly, AnomalyGroup } from './anomalies.ts';
export type { KioskEvent, MarksAsked } from './arrival.ts';
export { type AttendanceLine, isHere } from './attendance.ts';
export type { Attestation, AttestationId, Axes, Axis, AxisStatus, EvidenceClass, Finality } from './attestation.ts';
export { step_s } from './codes.ts';
export type { ClosingStanding } from './finality.ts';
export { anomalyQueue, declareRelative, exempt, type PresenceFile, presenceFile } from './jobs/anomalies.ts';
export { type Attested, attestDay, attestDays } from './jobs/attesting.ts';
export { type BadgeTold, badgesAt, badgesOf, giveBadge, noteBadge, withdrawBadge } from './jobs/badges.ts';
export { awaitingTrips, checkDue, recordJudgements, type TripJudgement } from './jobs/checking.ts';
export { attestedAt, confirm, contest, correctDay, decideContest, reverse } from './jobs/correcting.ts';
export { type DeskNow, deskNow, sitDown } from './jobs/desks.ts';
export { recordDayLines } from './jobs/employer-days.ts';
export { forgetPerson, purgeAccessEvents, purgeEvidence } from './jobs/forgetting.ts';
export { type KeptBatch, noteKept, passFor } from './jobs/keeping.ts';
export {
  kioskKey,
  kioskOpenedBy,
  kiosksOf,
  type OpenedKiosk,
  openKiosk,
  openKiosks,
  reportClock,
} from './jobs/kiosks.ts';
export {
  attendance,
  type CheckIn,
  checkIn,
  type KioskBatch,
  kioskScreen,
  kioskWeek,
  markPresence,
  markPresences,
  syncKiosk,
  syncKiosks,
  thoseOf,
  walkIn,
} from './jobs/noting.ts';
export {
  type PersonalCodes,
  personalCodes,
  readPersonalCode,
  showPersonalCode,
} from './jobs/personal-codes.ts';
export { comeBack, silentKiosks } from './jobs/releasing.ts';
export { confirmOverride, decideReviews, proposeOverride } from './jobs/reviewing.ts';
export { enteredFrom, enterSheet, printSheet, type SheetLineAsked, sheetFor, sheetsOf } from './jobs/sheets.ts';
export { declareIncident, leave, slipOf, withdrawIncident } from './jobs/slips.ts';
export { levelFor, setLevel } from './jobs/strictness.ts';
export { readTag, registerTag, type TagAddress, tagAt, tagsOf, withdrawTag } from './jobs/tags.ts';
export { type Building, buildingNow, receiveVisitor, visitorLeaves } from './jobs/visitors.ts';
export { codeAt, codesFrom, type Kiosk, openingKeyOf, shortName } from './kiosk.ts';
export { payloadOf } from './ledger.ts';
export { rules as proofRules, rulesOfTrips } from './rules/catalogue.ts';
export {
  type Bench,
  catalogueHash,
  type Facts,
  judging,
  type Rule,
  type RuleStatus,
} from './rules/rule.ts';
export { aboveShare, reaches, whole } from './rules/thresholds.ts';
export { daysOfSheet, type Sheet } from './sheet.ts';
export type { Badge } from './store/badge.ts';
export type { Override } from './store/decision.ts';
export { selectHalfOffice as halfOfficeDays } from './store/event.ts';
export type { Tag } from './store/tag.ts';
export { parameters } from './store/thresholds.ts';
export type { Visitor } from './store/visitor.ts';
export { type Level, levels } from './strictness.ts';

type PersonId = Id<'per'>;

/** Someone's own check-ins, with their hours: for them alone, while they are kept. */
export const checkInsOf = events.selectEventsOf;

// Attestations

/** Attestations with where they stand now, by day; reversed ones are among them and say so. */
export const attestationsOf = async (work: Work, which: attestations.Which): Promise<readonly Attestation[]> =>
  standingNow(work, await attestations.selectRecorded(work, which));

async function standingNow(work: Work, kept: readonly Recorded[]): Promise<readonly Attestation[]> {
  const valuesOn = await thresholdsOn(work, unique(kept.map(one => one.day)));
  return kept.map(standingOf(work.now, day => clockOf(valuesOn(day))));
}

/** Delays and thresholds in force today. */
export async function thresholdsToday(work: Work): Promise<Thresholds> {
  const today = localDay(work.now, 'Europe/Paris');
  return (await thresholdsOn(work, [today]))(today);
}

/** The clock in force today, as it is published. */
export const publishedClock = async (work: Work): Promise<Clock> => clockOf(await thresholdsToday(work));

const none: readonly string[] = [];

/** What the accounts of a month need of a presence that stands, and no more. */
export interface ClosingPresence
  extends Pick<
    Attestation,
    'attestationId' | 'personCommit' | 'pseudonym' | 'spaceId' | 'day' | 'halves' | 'evidenceClass'
  > {
  readonly standing: ClosingStanding;
  /** Rules that block it, whoever judged; empty when none does. */
  readonly blockedBy: readonly string[];
}

/** Presences of some days that stand, in the order of their ids: a million of them in a few seconds. */
export async function closingOf(
  work: Work,
  { days }: { readonly days: readonly Day[] },
): Promise<readonly ClosingPresence[]> {
  const valuesOn = await thresholdsOn(work, days);
  const clocks = new Map(days.map(day => [day, clockOf(valuesOn(day))]));
  const rows = await attestations.selectClosing(work, days);
  return rows.map(row => {
    const { evidenceClass, age_s, contested } = row;
    const axes = axesFromBoth(row.own, row.trip);
    return {
      attestationId: row.attestationId,
      personCommit: row.personCommit,
      pseudonym: row.pseudonym,
      spaceId: row.spaceId,
      day: row.day,
      halves: row.halves,
      evidenceClass,
      standing: closingStandingAt({ evidenceClass, age_s, contested, axes }, clocks.get(row.day)!),
      blockedBy: row.blocked_by === null ? none : row.blocked_by.split(' '),
    };
  });
}

/** Of these attestations, those that nothing has reversed: who, where, which day, and no more. */
export const standingAmong = (work: Work, attestationIds: readonly string[]): Promise<readonly Standing[]> =>
  attestations.selectStanding(work, attestationIds);

/** Whom pseudonyms stand for; erased people are absent. Only for rooms that compute with the person's own data. */
export const personsOf = async (work: Work, pseudonyms: readonly string[]): Promise<ReadonlyMap<string, PersonId>> =>
  new Map((await attestations.selectLinks(work, { pseudonyms })).map(link => [link.pseudonym, link.personId]));

/** Someone's own days, both days included; none before the first attestation or after erasure. */
export async function presencesOf(
  work: Work,
  { personId, from, to }: { readonly personId: PersonId; readonly from: Day; readonly to: Day },
): Promise<readonly Attestation[]> {
  const [link] = await attestations.selectLinks(work, { personIds: [personId] });
  return link ? attestationsOf(work, { pseudonym: link.pseudonym, from, to }) : [];
}

/** The salts with which `payloadCommit` can be checked by who may see the payload; erased ones are absent. */
export const { selectSalts: saltsOf, selectReversedIds: reversedIds } = attestations;
