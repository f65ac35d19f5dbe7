// What can be booked, by what unit of time. The database's checks say the same: `kinds.db.test.ts` compares them.

/** In the order in which pages list them. */
export const resourceKinds = ['desk', 'office', 'meeting_room', 'phone_booth', 'locker', 'parking'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** What a price is of. Both halves of a day cost the same. */
export const tariffParts = ['hour', 'half_day', 'day', 'week', 'month'] as const;
export type TariffPart = (typeof tariffParts)[number];

/** Where someone sits: whoever booked one may be expected there, and holds one at a time. */
export const seatKinds: readonly ResourceKind[] = ['desk', 'office', 'meeting_room', 'phone_booth'];
export const hourlyKinds: readonly ResourceKind[] = ['meeting_room', 'phone_booth', 'parking'];
export const termKinds: readonly ResourceKind[] = ['desk', 'office', 'locker', 'parking'];
/** Where a space may keep time free after a booking. */
export const bufferedKinds: readonly ResourceKind[] = ['office', 'meeting_room', 'phone_booth'];

/** May a kind of place have a price for that unit of time? */
export const isPriced = (kind: ResourceKind, part: TariffPart): boolean => {
  if (part === 'hour') return hourlyKinds.includes(kind);
  return part === 'week' || part === 'month' ? termKinds.includes(kind) : true;
};
