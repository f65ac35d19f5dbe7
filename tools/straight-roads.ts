import { accept, type Refusal, refuse } from '../src/kernel/outcome.ts';
import type { RoadRouter } from '../src/platform/roads/roads.ts';

/** A straight road everywhere, ten metres longer on the way back, so that directions cannot be swapped unseen. */
export const straightRoads = (changes: { snap_m?: number; refusal?: Refusal } = {}): RoadRouter => {
  const route: RoadRouter['route'] = async (from, to, mode, costing) => {
    if (changes.refusal) return refuse(changes.refusal);
    const metres = Math.round(Math.hypot(from.lon_udeg - to.lon_udeg, from.lat_udeg - to.lat_udeg) / 10);
    return accept({
      method: 'route',
      engine: 'straight',
      engine_version: '1',
      data_sha256: 'a'.repeat(64),
      costing: JSON.stringify({ mode, costing }),
      metres: from.lat_udeg > to.lat_udeg ? metres : metres + 10,
      seconds: metres,
      polyline6: '',
      snapped_from: from,
      snapped_to: to,
      snap_m: changes.snap_m ?? 3,
      way_ids: [],
      request_sha256: 'b'.repeat(64),
    });
  };
  return {
    route,
    oneToMany: async () => [],
    isochrone: async () => accept([]),
    describe: () => ({
      engine: 'straight',
      version: '1',
      data_timestamp: null,
      data_sha256: 'a'.repeat(64),
      tileset_sha256: 'a'.repeat(64),
      costing: '{}',
      caveat: '',
      fictitious: true,
    }),
    close: async () => {},
  };
};
