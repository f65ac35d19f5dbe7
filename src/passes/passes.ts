import { charge, reverse } from '../billing/billing.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { addDays, type Day, localDay } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { peopleById } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { announce } from '../platform/outbox.ts';
import { listSpaces, mayManage, type Space, spaceBySlug, spacesByIds } from '../spaces/spaces.ts';
import type { Planned } from './covering.ts';
import type { Draw, Pass, PassId, PassOffer } from './pass.ts';
import { isOfferedIn, maySell, offerRefusal } from './rules.ts';
import * as store from './store.ts';
import { saleLabel, words } from './words.ts';

export { coverAll, type Need, type Planned, savedIn } from './covering.ts';
export type { Draw, OfferId, Pass, PassId, PassKind, PassOffer } from './pass.ts';
export { unitsText } from './words.ts';

const findSpace = async (work: Work, spaceId: string): Promise<Space | undefined> =>
  (await spacesByIds(work, [spaceId as Id<'spc'>]))[0];

export interface OfferAsked extends Omit<PassOffer, 'offerId' | 'managerId' | 'spaceId'> {
  /** Where it is defined: the only space that takes it, unless all those of its manager do. */
  readonly spaceId: Id<'spc'>;
  readonly everywhere: boolean;
}

/** Puts a pass on sale, for who manages the space, or all the spaces where it holds. */
export async function offerPass(work: Work, actor: Actor, asked: OfferAsked): Promise<Outcome<PassOffer>> {
  const space = await findSpace(work, asked.spaceId);
  if (!space) return refuse(words.unknownSpace);
  const { everywhere, spaceId, ...terms } = asked;
  const there = everywhere ? (await listSpaces(work)).filter(one => one.managerId === space.managerId) : [space];
  if (!there.every(one => mayManage(actor, one))) return refuse(words.notManager);
  const why = offerRefusal(terms);
  if (why) return refuse(why);
  const named = { ...terms, name: terms.name.trim(), deliberation: terms.deliberation.trim() };
  const place = { managerId: space.managerId, spaceId: everywhere ? null : spaceId };
  const offer = { ...named, ...place, offerId: work.newId('pof') };
  await store.insertOffer(work, offer, actor.personId);
  return accept(offer);
}

/** Sells a pass no longer; what was sold keeps its units. Asked again, nothing changes. */
export async function withdrawOffer(work: Work, actor: Actor, offerId: string): Promise<Outcome<PassOffer>> {
  const offer = await store.selectOffer(work, offerId);
  if (!offer) return refuse(words.unknownOffer);
  const there = (await listSpaces(work)).filter(one => isOfferedIn(offer, one));
  if (!there.every(one => mayManage(actor, one))) return refuse(words.notManager);
  await store.withdrawOffer(work, offer.offerId);
  return accept(offer);
}

/** What is on sale in a space, or in the network. */
export async function offersIn(work: Work, spaceId?: string): Promise<Outcome<readonly PassOffer[]>> {
  const offers = await store.selectOffers(work);
  if (spaceId === undefined) return accept(offers);
  const space = await findSpace(work, spaceId);
  return space ? accept(offers.filter(one => isOfferedIn(one, space))) : refuse(words.unknownSpace);
}

export interface Sale {
  readonly offerId: string;
  /** Where it is sold. */
  readonly spaceId: Id<'spc'>;
  readonly personId: Id<'per'>;
  /** Chosen by the caller so that asking twice sells once. */
  readonly passId?: PassId | undefined;
}

async function saleOf(work: Work, { offerId, personId }: Sale, space: Space): Promise<Outcome<PassOffer>> {
  const offer = (await store.selectOffers(work)).find(one => one.offerId === offerId);
  if (!offer || !isOfferedIn(offer, space)) return refuse(words.unknownOffer);
  const [person] = await peopleById(work, [personId]);
  return person ? accept(offer) : refuse(words.unknownPerson);
}

/** Sells a pass to someone, for who receives people in that space: it is charged to the buyer, and holds from that day. */
export async function sell(work: Work, actor: Actor, sale: Sale): Promise<Outcome<Pass>> {
  const space = await findSpace(work, sale.spaceId);
  if (!space) return refuse(words.unknownSpace);
  if (!maySell(actor, space)) return refuse(words.notHost);
  const passId = sale.passId ?? work.newId('pas');
  const [before] = await store.selectPasses(work, [passId]);
  if (before) return alreadySold(before, sale);
  const found = await saleOf(work, sale, space);
  if (!found.ok) return found;
  const { offerId, managerId, spaceId, kind, resourceKinds, quantity, price_eur_cents, validity_days, name } =
    found.value;
  const today = localDay(work.now, space.zone);
  const terms = { offerId, managerId, spaceId, kind, resourceKinds, quantity, price_eur_cents };
  const days = { validFrom: today, validUntil: addDays(today, validity_days - 1) };
  const pass = { ...terms, ...days, passId, personId: sale.personId, soldIn: space.spaceId };
  if (!(await store.insertPass(work, pass, actor.personId)))
    return alreadySold((await store.selectPasses(work, [passId]))[0]!, sale);
  const charged = await charge(work, {
    ...{
      reference: passId,
      payerId: sale.personId,
      payeeId: managerId,
      spaceId: space.spaceId,
      personId: sale.personId,
    },
    ...{ day: today, half_days: 0, amount_eur_cents: price_eur_cents, label: saleLabel(name, space.name) },
  });
  return charged.ok ? accept((await store.selectPasses(work, [passId]))[0]!) : charged;
}

const alreadySold = (pass: Pass, { offerId, personId, spaceId }: Sale): Outcome<Pass> =>
  pass.offerId === offerId && pass.personId === personId && pass.soldIn === spaceId
    ? accept(pass)
    : refuse(words.idReused);

/** Undoes a sale made by mistake, while nothing is drawn from it: the charge is reversed. Asked again, nothing changes. */
export async function takeBack(work: Work, actor: Actor, passId: string): Promise<Outcome<Pass>> {
  const [pass] = await store.selectPasses(work, [passId]);
  const space = pass && (await findSpace(work, pass.soldIn));
  if (!pass || !space || pass.personId === null) return refuse(words.unknownPass);
  if (!maySell(actor, space)) return refuse(words.notHost);
  if (!(await store.takeBack(work, pass.passId))) return refuse(words.alreadyUsed);
  const reversed = await reverse(work, pass.passId);
  return reversed.ok ? accept((await store.selectPasses(work, [passId]))[0]!) : reversed;
}

export interface SaleSheet {
  readonly space: Space;
  readonly offers: readonly PassOffer[];
  /** The latest sales, with first name and initial; no name for someone erased. */
  readonly sales: readonly (Pass & { readonly holder: string | null })[];
  /** Whoever looks may change what is on sale. */
  readonly manages: boolean;
}

/** What a space sells and sold, for who receives people there. */
export async function saleSheet(work: Work, actor: Actor, slug: string): Promise<Outcome<SaleSheet>> {
  const found = await spaceBySlug(work, slug);
  if (!found.ok) return found;
  const space = found.value;
  if (!maySell(actor, space)) return refuse(words.notHost);
  const sold = await store.selectSoldIn(work, space.spaceId);
  const people = await peopleById(work, [...new Set(sold.flatMap(one => one.personId ?? []))]);
  const names = new Map(
    people.map(({ personId, firstName, lastName }) => [personId, `${firstName} ${lastName.slice(0, 1)}.`]),
  );
  return accept({
    space,
    offers: (await store.selectOffers(work)).filter(one => isOfferedIn(one, space)),
    sales: sold.map(one => ({ ...one, holder: one.personId && (names.get(one.personId) ?? null) })),
    manages: mayManage(actor, space),
  });
}

/** Someone's own passes, those that end last first, each with what was drawn and given back. */
export async function passesOf(
  work: Work,
  actor: Actor,
): Promise<readonly { readonly pass: Pass; readonly draws: readonly Draw[] }[]> {
  const own = await store.selectOfPerson(work, actor.personId);
  const draws = await store.selectDraws(
    work,
    own.map(one => one.passId),
  );
  return own.map(pass => ({ pass, draws: draws.filter(one => one.passId === pass.passId) }));
}

/** What some people have left for days from then on; with `lock`, held until the end of the work, for who will draw. */
export const usablePasses = store.selectUsable;

/** Draws what was planned for bookings; the database refuses what a pass has not. */
export const draw = (
  work: Work,
  planned: readonly { readonly bookingId: Id<'bkg'>; readonly day: Day; readonly plan: readonly Planned[] }[],
): Promise<void> =>
  store.insertDraws(
    work,
    planned.flatMap(({ bookingId, day, plan }) =>
      plan.map(one => ({ ...one, bookingId, day, drawId: work.newId('drw'), reversalOf: null })),
    ),
  );

/** Gives back what bookings drew; again, nothing. */
export async function restore(work: Work, bookingIds: readonly Id<'bkg'>[]): Promise<void> {
  const standing = await store.selectStanding(work, bookingIds);
  if (standing.length === 0) return;
  const turned = standing.map(one => ({
    ...{ ...one, drawId: work.newId('drw'), reversalOf: one.drawId },
    ...{ quantity: -one.quantity, saved_eur_cents: -one.saved_eur_cents },
  }));
  await store.insertDraws(work, turned);
}

/** What bookings hold of passes, with each pass as it stands. */
export async function coverOf(
  work: Work,
  bookingIds: readonly string[],
): Promise<readonly { readonly draw: Draw; readonly pass: Pass }[]> {
  const standing = await store.selectStanding(work, bookingIds);
  const passes =
    standing.length === 0 ? [] : await store.selectPasses(work, [...new Set(standing.map(one => one.passId))]);
  return standing.map(one => ({ draw: one, pass: passes.find(pass => pass.passId === one.passId)! }));
}

/** Passes by id, whoever holds them: for jobs. */
export const passesNamed = store.selectPasses;

/** How long before its end a pass with something left is told of. */
export const reminder_days = 14;

/** Announces the passes that end soon with something left, once each. */
export async function announceEnding(work: Work): Promise<{ readonly announced: number }> {
  const today = localDay(work.now, 'Europe/Paris');
  const due = await store.markReminded(work, { from: today, until: addDays(today, reminder_days) });
  for (const pass_id of due) await announce(work, { event: 'passes.ending', payload: { pass_id } });
  return { announced: due.length };
}

/** Parts passes from someone erased: what was sold and used stays counted, by nobody and for no booking that can be told. */
export const forgetPerson = async (work: Work, personId: Id<'per'>): Promise<void> =>
  recordDestruction(work, { pass_person: await store.forget(work, personId) });
