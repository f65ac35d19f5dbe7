import type { Bilingual } from '../kernel/bilingual.ts';
import type { Canonical } from '../kernel/canonical.ts';

/** All that a webhook tells is one of these: none of them can hold a name, an hour or a reason. */
export type FieldKind = 'id' | 'ids' | 'day' | 'days' | 'month' | 'count' | 'flag' | 'code';

/** Something that programs outside may be told: ids, days and counts, never who. */
export interface HookEvent {
  readonly name: `${string}.${string}`;
  readonly when: Bilingual;
  /** What is told of the announcement; anything else that it says stays here. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** The field that names spaces; null when it is the network's, and its operator's alone. */
  readonly places: 'space_id' | 'space_ids' | null;
}

/**
 * All that a webhook may hear. What is about people is left out on purpose (`people.…`, `passes.…`, `hosting.…`, guests and usual days,
 * `presence.day_coded`, which follows what an employer says of someone, `presence.forgotten`), and what opens doors (`access.…`): what
 * is told here holds nothing to erase elsewhere.
 */
export const hookEvents: readonly HookEvent[] = [
  {
    name: 'booking.requested',
    when: { fr: 'Des réservations attendent une réponse', en: 'Bookings wait for an answer' },
    ...{ fields: { space_id: 'id', booking_ids: 'ids' }, places: 'space_id' },
  },
  {
    name: 'booking.decided',
    when: { fr: 'Une demande a reçu sa réponse', en: 'A request was answered' },
    ...{ fields: { space_id: 'id', booking_id: 'id', approved: 'flag' }, places: 'space_id' },
  },
  {
    name: 'booking.taken',
    when: { fr: 'Des places ont été prises', en: 'Places were taken' },
    ...{ fields: { space_ids: 'ids', days: 'days' }, places: 'space_ids' },
  },
  {
    name: 'booking.freed',
    when: { fr: 'Des places se sont libérées', en: 'Places came free' },
    ...{ fields: { space_ids: 'ids', days: 'days' }, places: 'space_ids' },
  },
  {
    name: 'booking.promoted',
    when: { fr: 'La liste d’attente a reçu des places', en: 'The waiting list was given places' },
    ...{ fields: { space_id: 'id', booking_ids: 'ids' }, places: 'space_id' },
  },
  {
    name: 'booking.released',
    when: { fr: 'Des places où personne n’est venu sont rendues', en: 'Places for which nobody came were given back' },
    ...{ fields: { space_id: 'id', booking_ids: 'ids' }, places: 'space_id' },
  },
  {
    name: 'booking.closed',
    when: { fr: 'Une fermeture a rendu des réservations', en: 'A closure gave bookings back' },
    ...{ fields: { space_id: 'id', booking_ids: 'ids' }, places: 'space_id' },
  },
  {
    name: 'booking.displaced',
    when: { fr: 'Une place retirée a rendu des réservations', en: 'A place withdrawn gave bookings back' },
    ...{ fields: { space_id: 'id', booking_ids: 'ids' }, places: 'space_id' },
  },
  {
    name: 'booking.reseated',
    when: { fr: 'Des réservations ont reçu une autre place', en: 'Bookings were given another place' },
    ...{ fields: { space_id: 'id', booking_ids: 'ids' }, places: 'space_id' },
  },
  {
    name: 'spaces.closed',
    when: { fr: 'Un espace annonce une fermeture', en: 'A space announces a closure' },
    ...{ fields: { space_id: 'id', first_day: 'day', last_day: 'day' }, places: 'space_id' },
  },
  {
    name: 'spaces.hours_changed',
    when: { fr: 'Un espace change ses horaires', en: 'A space changes its hours' },
    ...{ fields: { space_id: 'id', from: 'day' }, places: 'space_id' },
  },
  {
    name: 'presence.attested',
    when: { fr: 'Des journées sont attestées', en: 'Days were attested' },
    ...{ fields: { attestation_ids: 'ids', reversed_ids: 'ids' }, places: null },
  },
  {
    name: 'presence.contested',
    when: { fr: 'Une présence est contestée, ou ne l’est plus', en: 'A presence is contested, or no longer is' },
    ...{ fields: { attestation_id: 'id', open: 'flag' }, places: null },
  },
  {
    name: 'presence.reversed',
    when: { fr: 'Une présence est annulée', en: 'A presence was reversed' },
    ...{ fields: { attestation_id: 'id', day: 'day' }, places: null },
  },
  {
    name: 'presence.checked',
    when: { fr: 'Des présences ont été jugées', en: 'Presences were judged' },
    ...{ fields: { days: 'days', checked: 'count' }, places: null },
  },
  {
    name: 'mrv.period_closed',
    when: { fr: 'Un mois est clos', en: 'A month is closed' },
    ...{ fields: { month: 'month', batch_id: 'id' }, places: null },
  },
  {
    name: 'claims.sealed',
    when: { fr: 'Une demande est scellée', en: 'A claim is sealed' },
    ...{ fields: { claim_id: 'id', kind: 'code' }, places: null },
  },
  {
    name: 'registry.declaration_due',
    when: { fr: 'Une cession est à déclarer', en: 'A transfer is to be declared' },
    ...{ fields: { transfer_id: 'id', threshold: 'code', due_on: 'day', days_left: 'count' }, places: null },
  },
];

/** What a subscription is sent when someone tries it out. */
export const testEvent = 'integrations.tested';

export const eventNamed = (name: string): HookEvent | undefined => hookEvents.find(one => one.name === name);

export type HookData = Readonly<Record<string, Canonical>>;

/** What is told of an announcement to who hears one space, or the network when `spaceId` is null; null when it is not about it. */
export function dataFor(event: HookEvent, payload: HookData, spaceId: string | null): HookData | null {
  const told = Object.fromEntries(
    Object.keys(event.fields).flatMap(name => (payload[name] === undefined ? [] : [[name, payload[name]]])),
  );
  if (spaceId === null) return told;
  if (event.places === null) return null;
  const named = [payload[event.places] ?? []].flat();
  if (!named.includes(spaceId)) return null;
  return event.places === 'space_ids' ? { ...told, space_ids: [spaceId] } : told;
}
