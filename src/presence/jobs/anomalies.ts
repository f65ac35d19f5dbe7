import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, localDay } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import { peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { type Anomaly, type AnomalyGroup, groupsOf } from '../anomalies.ts';
import type { Attestation } from '../attestation.ts';
import { clockOf } from '../finality.ts';
import type { HistoryEntry } from '../history.ts';
import { standingOf } from '../ledger.ts';
import { rules } from '../rules/catalogue.ts';
import * as attestations from '../store/attestation.ts';
import * as store from '../store/decision.ts';
import { judgeAgain } from '../store/judgement.ts';
import { linksOf } from '../store/ledger.ts';
import { type SiteFinding, selectSiteFindings } from '../store/surroundings.ts';
import { thresholdsOn } from '../store/thresholds.ts';
import { type DecisionReason, words } from '../words.ts';
import { findingsOn, type OpenFinding } from './reviewing.ts';

// What waits for the network, and what it lets pass in advance.

/** Most presences shown at once: the newest; deciding them brings the next. */
const shownAtOnce = 500;
/** Days for which what was found of a space is told. */
const sitesTold_days = 92;

export interface Queue {
  readonly groups: readonly AnomalyGroup[];
  readonly sites: readonly SiteFinding[];
  readonly proposals: readonly store.Override[];
  /** There are more than are shown. */
  readonly more: boolean;
}

/** What is under review or blocked, what was found of spaces, and what waits for a second person: the operator's queue. */
export async function anomalyQueue(work: Work, actor: Actor): Promise<Outcome<Queue>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const ids = await store.selectInQuestion(work, shownAtOnce + 1);
  const kept = await attestations.selectRecorded(work, { attestationIds: ids.slice(0, shownAtOnce) });
  const found = await findingsOn(work, ids.slice(0, shownAtOnce));
  const anomalies = kept.flatMap(({ attestationId, pseudonym, spaceId, day, evidenceClass }) =>
    (found.get(attestationId) ?? []).map(({ judge, factsSha256: _, ...finding }): Anomaly => {
      return { attestationId, pseudonym, spaceId, day, evidenceClass, judge, finding };
    }),
  );
  const proposals: store.Override[] = [];
  for (const overrideId of await store.selectOpenOverrides(work))
    proposals.push(...(await store.selectOverrides(work, { overrideId })));
  const since = addDays(localDay(work.now, 'UTC'), -sitesTold_days);
  const sites = await selectSiteFindings(work, since);
  return accept({ groups: groupsOf(anomalies), sites, proposals, more: ids.length > shownAtOnce });
}

/** A day with all that was found and done on it. */
export interface PresenceFile {
  readonly attestation: Attestation;
  readonly findings: readonly OpenFinding[];
  readonly history: readonly HistoryEntry[];
  readonly overrides: readonly store.Override[];
}

/** One day, for the person who was there and for the network. */
export async function presenceFile(work: Work, actor: Actor, attestationId: string): Promise<Outcome<PresenceFile>> {
  const [kept] = await attestations.selectRecorded(work, { attestationIds: [attestationId] });
  if (!kept) return refuse(words.unknownPresence);
  const [link] = await attestations.selectLinks(work, { personIds: [actor.personId] });
  const own = link?.pseudonym === kept.pseudonym;
  if (!own && !holds(actor, 'network_operator')) return refuse(words.notYours);
  const valuesOn = await thresholdsOn(work, [kept.day]);
  const lineage = await store.selectLineage(work, attestationId);
  return accept({
    attestation: standingOf(work.now, day => clockOf(valuesOn(day)))(kept),
    findings: (await findingsOn(work, [attestationId])).get(attestationId) ?? [],
    history: await store.selectHistory(work, lineage),
    overrides: await store.selectOverrides(work, { attestationIds: [attestationId] }),
  });
}

interface For {
  readonly from: Day;
  readonly until: Day;
}

export interface Exempting extends For {
  readonly ruleId: string;
  /** A space, or a person: never both. */
  readonly of: { readonly spaceId: Id<'spc'> } | { readonly personId: Id<'per'> };
  readonly reason: DecisionReason;
  readonly secrets: Secrets;
}

/** Longest time for which a rule may be set aside without asking again: a year. */
const longestExemption_days = 366;

/** Someone's pseudonym, made if need be; null for a person whom nobody knows. */
async function pseudonymFor(work: Work, personId: Id<'per'>, secrets: Secrets): Promise<string | null> {
  if ((await peopleById(work, [personId])).length === 0) return null;
  return (await linksOf(work, [personId], secrets))[0]!.pseudonym;
}

/** Sets a rule aside for a space or a person, for a time: a dated record, of which the operator answers. */
export async function exempt(work: Work, actor: Actor, asked: Exempting): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  if (!rules.some(rule => rule.id === asked.ruleId)) return refuse(words.unknownRule);
  const { ruleId, from, until, reason } = asked;
  if (until <= from || until > addDays(from, longestExemption_days)) return refuse(words.badTerm);
  const spaceId = 'spaceId' in asked.of ? asked.of.spaceId : null;
  if (spaceId !== null && (await spacesByIds(work, [spaceId])).length === 0) return refuse(words.unknownSpace);
  const pseudonym = 'personId' in asked.of ? await pseudonymFor(work, asked.of.personId, asked.secrets) : null;
  if (spaceId === null && pseudonym === null) return refuse(words.unknownPerson);
  await store.insertExemption(work, { ruleId, spaceId, pseudonym, from, until, reason, approvedBy: actor.personId });
  const to = addDays(until, -1);
  await judgeAgain(work, spaceId === null ? { pseudonyms: [pseudonym!], from, to } : { spaceIds: [spaceId], from, to });
  return accept(null);
}

export interface Kinship {
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  readonly from: Day;
  readonly until: Day | null;
  readonly secrets: Secrets;
}

/** Notes that someone is close to those who run a space: said by that person, or by the network. */
export async function declareRelative(work: Work, actor: Actor, kinship: Kinship): Promise<Outcome<null>> {
  const { personId, spaceId, from, until } = kinship;
  if (actor.personId !== personId && !holds(actor, 'network_operator')) return refuse(words.notOperator);
  if (until !== null && until <= from) return refuse(words.badTerm);
  if ((await spacesByIds(work, [spaceId])).length === 0) return refuse(words.unknownSpace);
  const pseudonym = await pseudonymFor(work, personId, kinship.secrets);
  if (pseudonym === null) return refuse(words.unknownPerson);
  await store.insertRelative(work, { pseudonym, spaceId, from, until, declaredBy: actor.personId });
  await judgeAgain(work, { pseudonyms: [pseudonym], from, to: until ?? localDay(work.now, 'UTC') });
  return accept(null);
}
