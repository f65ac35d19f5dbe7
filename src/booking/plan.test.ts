import { describe, expect, test } from 'vitest';
import type { DayPart } from '../kernel/time.ts';
import type { Resource } from '../spaces/spaces.ts';
import { statesOf } from './plan.ts';

type Standing = Parameters<typeof statesOf>[1][number];

const day = '2026-06-16';
const desk: Resource = {
  resourceId: 'res_essai000',
  spaceId: 'spc_essai000',
  kind: 'desk',
  name: 'Poste 1',
  capacity: 1,
  withdrawnFrom: null,
};
const held = (personId: string, part: DayPart, more: Partial<Standing> = {}): Standing => ({
  ...{ bookingId: 'bkg_essai000', resourceId: desk.resourceId, personId: personId as Standing['personId'], day, part },
  guestId: null,
  ...more,
});
const state = (bookings: readonly Standing[], part: DayPart, open = true): string =>
  statesOf([desk], bookings, { moment: { day, part, open }, personId: 'per_moi00000' })[0]!.state;

describe('a place on the plan is', () => {
  test.each<[string, readonly Standing[], DayPart, boolean, string]>([
    ['free when nobody has it', [], 'morning', true, 'free'],
    ['taken for the half that someone has', [held('per_autre000', 'morning')], 'morning', true, 'taken'],
    ['free for the other half', [held('per_autre000', 'morning')], 'afternoon', true, 'free'],
    ['taken for the day when half of it is', [held('per_autre000', 'morning')], 'day', true, 'taken'],
    ['yours when you have it', [held('per_moi00000', 'day')], 'afternoon', true, 'yours'],
    [
      'yours before it is another’s',
      [held('per_autre000', 'morning'), held('per_moi00000', 'afternoon')],
      'day',
      true,
      'yours',
    ],
    [
      'free when another desk is taken',
      [held('per_autre000', 'day', { resourceId: 'res_autre000' })],
      'day',
      true,
      'free',
    ],
    ['free when it is taken another day', [held('per_autre000', 'day', { day: '2026-06-17' })], 'day', true, 'free'],
    ['closed when the space is', [], 'morning', false, 'closed'],
  ])('%s', (_, bookings, part, open, expected) => {
    expect(state(bookings, part, open)).toBe(expected);
  });
});
