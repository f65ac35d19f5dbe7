import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addSeconds, type Instant } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';
import { arrivalOf } from '../arrival.ts';
import { counterAt, step_s } from '../codes.ts';
import { shortName } from '../kiosk.ts';
import { personalCode, readPersonal, shown_minutes, personalWords as words } from '../personal-code.ts';
import * as kiosks from '../store/kiosk.ts';
import * as store from '../store/personal-code.ts';
import { words as general } from '../words.ts';
import type { KioskAsked } from './kiosks.ts';
import { type CheckIn, checkInOf } from './noting.ts';
import { record } from './recording.ts';
import { refusedByLevel } from './strictness.ts';

// A person's own code, shown on their phone and read by the kiosk of the space where they are.

const keyIn = (secrets: Secrets): Uint8Array => secrets('presence personal code');

export interface PersonalCodes {
  readonly space: Space;
  readonly until: Instant;
  /** Step of the first code; they follow each other until the end. */
  readonly first_counter: number;
  readonly codes: readonly string[];
}

/** Lets the actor show codes to one space for a few minutes: what was shown to another ends. */
export async function showPersonalCode(
  work: Work,
  actor: Actor,
  { spaceId, secrets }: { readonly spaceId: Id<'spc'>; readonly secrets: Secrets },
): Promise<Outcome<PersonalCodes>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(general.unknownSpace);
  const until = addSeconds(work.now, shown_minutes * 60);
  await store.upsertShown(work, { personId: actor.personId, spaceId, until });
  return accept((await personalCodes(work, actor, secrets))!);
}

/** The codes that the actor's page shows from now on; null when it was not asked to, or no longer. */
export async function personalCodes(work: Work, actor: Actor, secrets: Secrets): Promise<PersonalCodes | null> {
  const shown = await store.selectShownBy(work, actor.personId);
  if (!shown) return null;
  const [space] = await spacesByIds(work, [shown.spaceId]);
  const [first, last] = [counterAt(work.now), counterAt(shown.until)];
  const codes = Array.from({ length: Number(last - first) + 1 }, (_, n) =>
    personalCode(keyIn(secrets), shown, first + BigInt(n)),
  );
  return { space: space!, until: shown.until, first_counter: Number(first), codes };
}

export interface PersonalRead extends CheckIn {
  /** First name and initial, for the kiosk's screen. */
  readonly name: string;
}

/** Notes whoever shows that code to a kiosk, which has been found to be itself. Our clock judges; each code serves once. */
export async function readPersonalCode(
  work: Work,
  { kioskId, code, secrets }: KioskAsked & { readonly code: string },
): Promise<Outcome<PersonalRead>> {
  const [kiosk] = await kiosks.selectKiosks(work, { kioskIds: [kioskId] });
  if (!kiosk) return refuse(general.unknownKiosk);
  const [space] = await spacesByIds(work, [kiosk.spaceId]);
  const showing = await store.selectShowing(work, addSeconds(work.now, -2 * step_s));
  const reading = readPersonal(keyIn(secrets), showing, { code, spaceId: kiosk.spaceId, at: work.now });
  if (reading.kind !== 'good') return refuse(words[reading.kind]);
  const { personId, counter } = reading;
  const caught = { eventId: work.newId('acc'), personId, kioskId: kiosk.kioskId, happened_at: work.now };
  const event = arrivalOf({ ...caught, method: 'personal_code', counter }, space!, { now: work.now });
  const [notNoted] = await refusedByLevel(work, [event]);
  if (notNoted) return refuse(notNoted);
  if (!(await record(work, [event])).added.has(event.eventId)) return refuse(words.used);
  const [person] = await peopleById(work, [personId]);
  if (!person) return refuse(general.unknownPerson);
  return accept({ ...(await checkInOf(work, event, space!)), name: shortName(person) });
}
