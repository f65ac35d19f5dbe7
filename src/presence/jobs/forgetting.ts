import type { Id } from '../../kernel/ids.ts';
import { localDay } from '../../kernel/time.ts';
import { heldPersons } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { recordDestruction } from '../../platform/destruction.ts';
import { announce } from '../../platform/outbox.ts';
import * as attestations from '../store/attestation.ts';
import { deleteBadges } from '../store/badge.ts';
import * as events from '../store/event.ts';
import * as incidents from '../store/incident.ts';
import { deleteShown } from '../store/personal-code.ts';
import { deleteSheets } from '../store/sheet.ts';

// Two records, two clocks, and erasure before either: each destruction is recorded, never with whom it was about.

/** Months for which raw events are kept (a badge log's usual term); what they proved has its own, longer term. */
const eventsKept_months = 3;

/** Years for which a declared incident holds the day's events: the time to claim (Code de la sécurité sociale, L431-2). */
const incidentsKept_years = 2;

/** Years for which what proves a day can still be opened: the energy scheme asks for six at least, this is our choice. */
const evidenceKept_years = 10;

/** Presences told in one announcement: a month of the largest networks. */
const mostForgotten = 20_000;

/**
 * Destroys raw events and employers' codes at their term and records that it did; what they proved stays. Those of people whose
 * data are held wait for the hold's end.
 */
export async function purgeAccessEvents(work: Work): Promise<{ readonly destroyed: number }> {
  const before = work.now.toZonedDateTimeISO('UTC').subtract({ months: eventsKept_months }).toInstant();
  const except = await heldPersons(work);
  // Incidents first: the days of those that are over have their own term again.
  const over = work.now.toZonedDateTimeISO('UTC').subtract({ years: incidentsKept_years }).toInstant();
  const ended = await incidents.deleteIncidents(work, { before: over, except });
  const departures = await incidents.deleteDepartures(work, { before, except });
  const destroyed = await events.deleteEvents(work, { before, except });
  await deleteShown(work, 'over');
  const badges = await deleteBadges(work, { withdrawnBefore: before });
  const sheets = await deleteSheets(work, localDay(before, 'UTC'));
  const codes = await events.deleteCodes(work, { before: localDay(before, 'UTC'), except });
  await recordDestruction(
    work,
    { access_event: destroyed, departure: departures, day_code: codes, sheet: sheets, badge: badges },
    before,
  );
  await recordDestruction(work, { incident: ended }, over);
  return { destroyed };
}

/** Tells which presences no longer lead to anyone, for the rooms that keep more about them. */
async function tell(work: Work, attestationIds: readonly Id<'prs'>[]): Promise<void> {
  if (attestationIds.length > 0)
    await announce(work, { event: 'presence.forgotten', payload: { attestation_ids: attestationIds } });
}

/**
 * At the term of what proves a day, destroys what opens it: the salt, and the link of whoever has no younger day. Commitments
 * and totals stay, and open no more.
 */
export async function purgeEvidence(work: Work): Promise<{ readonly destroyed: number }> {
  const term = work.now.toZonedDateTimeISO('UTC').subtract({ years: evidenceKept_years }).toInstant();
  const held = await attestations.selectLinks(work, { personIds: await heldPersons(work) });
  const old = { before: localDay(term, 'UTC'), except: held.map(link => link.pseudonym) };
  const forgotten = await attestations.deleteSalts(work, old, mostForgotten);
  const links = await attestations.deleteOldLinks(work, old);
  await recordDestruction(work, { attestation_salt: forgotten.length, person_link: links }, term);
  await tell(work, forgotten);
  return { destroyed: forgotten.length };
}

/**
 * Destroys what leads back to a person: their events, their link, their keys, the salts of their days. Totals and proofs stay
 * valid. Told twice, the second finds nothing.
 */
export async function forgetPerson(work: Work, { personId }: { readonly personId: string }): Promise<void> {
  const [link] = await attestations.selectLinks(work, { personIds: [personId] });
  const days = link ? await attestations.selectIdsOf(work, link.pseudonym) : [];
  await recordDestruction(work, {
    access_event: await events.deleteEvents(work, { personId }),
    departure: await incidents.deleteDepartures(work, { personId }),
    badge: await deleteBadges(work, { personId }),
    personal_code: await deleteShown(work, { personId }),
    incident: await incidents.deleteIncidents(work, { personId }),
    day_code: await events.deleteCodes(work, { personId }),
    attestation_salt: await attestations.deleteSaltsOf(work, days),
    person_link: await attestations.deleteLink(work, personId),
  });
  await tell(work, days);
}
