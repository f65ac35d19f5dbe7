import { describe, expect, test } from 'vitest';
import { mayStart, speedsOf } from './profiles.ts';

const both = (kmh: number) => ({ along: kmh, against: kmh });
const closed = both(0);

describe('who may drive, ride or walk a way, and how fast', () => {
  test.each([
    { tags: { highway: 'residential' }, car: both(25), bicycle: both(16), foot: both(4) },
    { tags: { highway: 'tertiary', maxspeed: '30' }, car: both(30), bicycle: both(16), foot: both(4) },
    { tags: { highway: 'tertiary', maxspeed: '80' }, car: both(60), bicycle: both(16), foot: both(4) },
    { tags: { highway: 'motorway' }, car: { along: 110, against: 0 }, bicycle: closed, foot: closed },
    {
      tags: { highway: 'residential', oneway: 'yes' },
      car: { along: 25, against: 0 },
      bicycle: { along: 16, against: 0 },
      foot: both(4),
    },
    {
      tags: { highway: 'residential', oneway: '-1' },
      car: { along: 0, against: 25 },
      bicycle: { along: 0, against: 16 },
      foot: both(4),
    },
    {
      tags: { highway: 'residential', oneway: 'yes', 'oneway:bicycle': 'no' },
      car: { along: 25, against: 0 },
      bicycle: both(16),
      foot: both(4),
    },
    {
      tags: { highway: 'residential', junction: 'roundabout' },
      car: { along: 25, against: 0 },
      bicycle: { along: 16, against: 0 },
      foot: both(4),
    },
    { tags: { highway: 'footway' }, car: closed, bicycle: closed, foot: both(4) },
    { tags: { highway: 'footway', bicycle: 'yes' }, car: closed, bicycle: both(16), foot: both(4) },
    { tags: { highway: 'cycleway' }, car: closed, bicycle: both(16), foot: both(4) },
    { tags: { highway: 'track' }, car: closed, bicycle: both(8), foot: both(4) },
    { tags: { highway: 'residential', access: 'private' }, car: closed, bicycle: closed, foot: closed },
    { tags: { highway: 'residential', access: 'no', foot: 'yes' }, car: closed, bicycle: closed, foot: both(4) },
    { tags: { highway: 'residential', motor_vehicle: 'no' }, car: closed, bicycle: both(16), foot: both(4) },
    { tags: { highway: 'proposed' }, car: closed, bicycle: closed, foot: closed },
    { tags: { highway: 'pedestrian', area: 'yes' }, car: closed, bicycle: closed, foot: closed },
  ])('$tags', ({ tags, ...expected }) => {
    expect({ car: speedsOf(tags, 'car'), bicycle: speedsOf(tags, 'bicycle'), foot: speedsOf(tags, 'foot') }).toEqual(
      expected,
    );
  });

  test('a car does not start its trip in a parking aisle; a walker may', () => {
    expect([mayStart({ highway: 'service' }, 'car'), mayStart({ highway: 'service' }, 'foot')]).toEqual([false, true]);
  });
});
