import { employmentsOn } from '../../employers/employers.ts';
import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, isDay, localDay } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import { personByEmail } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { type DayCode, type DayCodeLine, isEmployerCode } from '../day-codes.ts';
import { selectLinks, selectRecorded } from '../store/attestation.ts';
import { insertCodes } from '../store/event.ts';
import { judgeAgain } from '../store/judgement.ts';
import { words } from '../words.ts';

// What an employer chooses to say of its people's days: a code, no hour and no reason beyond it.

/** Days back for which a code is of use: check-ins are not kept longer. */
const furthest_days = 92;

export interface CodesGiven {
  readonly employerId: Id<'org'>;
  readonly codes: readonly (DayCode & { readonly personId: Id<'per'> })[];
}

/** Records codes of an employer's own people, all or none; days already judged are judged again. */
export async function recordDayCodes(
  work: Work,
  actor: Actor,
  { employerId, codes }: CodesGiven,
): Promise<Outcome<{ readonly recorded: number }>> {
  if (!holds(actor, 'employer_admin', employerId) && !holds(actor, 'network_operator'))
    return refuse(words.notEmployer);
  const today = localDay(work.now, 'UTC');
  const far = codes.find(one => one.day > addDays(today, 1) || one.day < addDays(today, -furthest_days));
  if (far) return refuse(words.codeOutOfTime(far.day, furthest_days));
  for (const day of unique(codes.map(one => one.day))) {
    const personIds = unique(codes.filter(one => one.day === day).map(one => one.personId));
    const employed = new Set(
      (await employmentsOn(work, { personIds, day }))
        .filter(one => one.employerId === employerId)
        .map(one => one.personId),
    );
    if (personIds.some(id => !employed.has(id))) return refuse(words.notYourStaff(day));
  }
  const recorded = await insertCodes(work, employerId, codes);
  await lookAtDays(work, codes);
  return accept({ recorded });
}

/** Presences of these people and days are judged again, and who counts trips is told. */
async function lookAtDays(work: Work, codes: CodesGiven['codes']): Promise<void> {
  const links = await selectLinks(work, { personIds: unique(codes.map(one => one.personId)) });
  const personOf = new Map(links.map(link => [link.pseudonym, link.personId as string]));
  const coded = new Set(codes.map(one => `${one.personId} ${one.day}`));
  const kept = await selectRecorded(work, { days: unique(codes.map(one => one.day)) });
  const touched = kept.filter(one => !one.reversed && coded.has(`${personOf.get(one.pseudonym)} ${one.day}`));
  if (touched.length === 0) return;
  const ids = touched.map(one => one.attestationId);
  await judgeAgain(work, { attestationIds: ids });
  await announce(work, { event: 'presence.day_coded', payload: { attestation_ids: ids } });
}

/** The same feed as lines of a file, people by their e-mail. */
export async function recordDayLines(
  work: Work,
  actor: Actor,
  { employerId, lines }: { readonly employerId: Id<'org'>; readonly lines: readonly DayCodeLine[] },
): Promise<Outcome<{ readonly recorded: number }>> {
  const codes: CodesGiven['codes'][number][] = [];
  if (lines.length === 0) return refuse(words.noCode);
  for (const { email, day, code } of lines) {
    if (!isDay(day) || !isEmployerCode(code)) return refuse(words.codeNotUnderstood(`${day} ${code}`));
    const person = await personByEmail(work, email);
    // Someone unknown and someone of another employer get one answer: an e-mail is not a question to ask here.
    if (!person) return refuse(words.notYourStaff(day));
    codes.push({ personId: person.personId, day, code });
  }
  return recordDayCodes(work, actor, { employerId, codes });
}
