import { inPlaceOrder, type Resource, type ResourceKind } from '../spaces/spaces.ts';
import { type Drawing, floorSize_cm, type Place } from './plan.ts';

type Placeable = Pick<Resource, 'resourceId' | 'kind' | 'name'>;

const firstSizes: Readonly<Record<ResourceKind, readonly [width_cm: number, depth_cm: number]>> = {
  desk: [140, 120],
  office: [300, 250],
  meeting_room: [400, 300],
  phone_booth: [120, 120],
  locker: [80, 60],
  parking: [250, 500],
};
const gap_cm = 60;

/** A first drawing to start from: everything in rows, as wide as `width_cm`, on a floor as deep as it takes. */
export function inRows(resources: readonly Placeable[], width_cm = 1_200): Drawing {
  const places: Place[] = [];
  let [x_cm, y_cm, row_cm] = [gap_cm, gap_cm, 0];
  for (const { resourceId, kind } of resources.toSorted(inPlaceOrder)) {
    const [width, depth] = firstSizes[kind];
    if (x_cm + width + gap_cm > width_cm) [x_cm, y_cm, row_cm] = [gap_cm, y_cm + row_cm + gap_cm, 0];
    places.push({ resourceId, x_cm, y_cm, width_cm: width, depth_cm: depth, turn_deg: 0 });
    [x_cm, row_cm] = [x_cm + width + gap_cm, Math.max(row_cm, depth)];
  }
  const depth_cm = Math.max(floorSize_cm.least, y_cm + row_cm + gap_cm);
  return { width_cm, depth_cm, places, walls: [], labels: [] };
}
