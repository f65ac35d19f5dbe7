import { mayHost } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';
import { clockReading } from '../arrival.ts';
import { opens } from '../codes.ts';
import { type Kiosk, keyOf, newKiosk, openingKeyOf } from '../kiosk.ts';
import * as kiosks from '../store/kiosk.ts';
import { words } from '../words.ts';

// Kiosks put in service, opened, and set right.

type SpaceId = Id<'spc'>;

/** The one space, if the actor may keep its door. */
export async function hosted(work: Work, actor: Actor, spaceId: SpaceId): Promise<Outcome<Space>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(words.unknownSpace);
  return mayHost(actor, space) ? accept(space) : refuse(words.notHost);
}

export interface OpenedKiosk {
  readonly kiosk: Kiosk;
  /** Opens the kiosk's page on a tablet: to be shown to who manages the space, once. */
  readonly key: string;
}

interface NewKiosks {
  readonly spaceIds: readonly SpaceId[];
  readonly name: string;
  readonly secrets: Secrets;
}

/** Puts a kiosk in service in each of these spaces, all or none. */
export async function openKiosks(
  work: Work,
  actor: Actor,
  { spaceIds, name, secrets }: NewKiosks,
): Promise<Outcome<readonly OpenedKiosk[]>> {
  const spaces = await spacesByIds(work, spaceIds);
  if (spaces.length < spaceIds.length) return refuse(words.unknownSpace);
  if (!spaces.every(space => mayHost(actor, space))) return refuse(words.notHost);
  if (name.trim() === '') return refuse(words.emptyName);
  const made = spaceIds.map(spaceId => newKiosk(work.newId('ksk'), { spaceId, name: name.trim() }));
  await kiosks.insertKiosks(work, made);
  return accept(made.map(kiosk => ({ kiosk, key: openingKeyOf(kiosk, secrets) })));
}

/** One kiosk; see `openKiosks`. */
export async function openKiosk(
  work: Work,
  actor: Actor,
  { spaceId, ...asked }: Omit<NewKiosks, 'spaceIds'> & { readonly spaceId: SpaceId },
): Promise<Outcome<OpenedKiosk>> {
  const opened = await openKiosks(work, actor, { ...asked, spaceIds: [spaceId] });
  return opened.ok ? accept(opened.value[0]!) : opened;
}

export interface KioskAsked {
  readonly kioskId: string;
  readonly secrets: Secrets;
}

const kioskNamed = async (work: Work, kioskId: string): Promise<Kiosk | undefined> =>
  (await kiosks.selectKiosks(work, { kioskIds: [kioskId] }))[0];

/** The key of a kiosk in service, for who keeps the door; `renew` shuts out whoever has the present one. */
export async function kioskKey(
  work: Work,
  actor: Actor,
  { kioskId, secrets, renew = false }: KioskAsked & { readonly renew?: boolean },
): Promise<Outcome<OpenedKiosk>> {
  const known = await kioskNamed(work, kioskId);
  if (!known) return refuse(words.unknownKiosk);
  const space = await hosted(work, actor, known.spaceId);
  if (!space.ok) return space;
  const kiosk = renew ? ((await kiosks.renewKiosk(work, kioskId)) ?? known) : known;
  return accept({ kiosk, key: openingKeyOf(kiosk, secrets) });
}

/** The kiosk that a key opens. */
export async function kioskOpenedBy(
  work: Work,
  { kioskId, key, secrets }: KioskAsked & { readonly key: string },
): Promise<Outcome<Kiosk>> {
  const kiosk = await kioskNamed(work, kioskId);
  if (!kiosk) return refuse(words.unknownKiosk);
  return opens(keyOf(kiosk, secrets), key) ? accept(kiosk) : refuse(words.wrongKey);
}

/** Kiosks in service in these spaces. */
export const kiosksOf = (work: Work, spaceIds: readonly SpaceId[]): Promise<readonly Kiosk[]> =>
  kiosks.selectKiosks(work, { spaceIds });

/** Notes how far a kiosk's clock is from ours; refused, and not noted, when it must be set right first. */
export async function reportClock(
  work: Work,
  { kioskId, kioskSays }: { readonly kioskId: string; readonly kioskSays: Instant },
): Promise<Outcome<{ readonly offset_s: number }>> {
  const { offset_s, refusal } = clockReading(kioskSays, work.now);
  if (refusal) return refuse(refusal);
  await kiosks.measureClock(work, kioskId, offset_s);
  return accept({ offset_s });
}
