import { type Refusal, refuse } from '../../kernel/outcome.ts';
import type { RoadRouter } from './roads.ts';
import { words } from './words.ts';

/** Stands where no map is in use, or where the one in use could not be opened: it refuses, and guesses nothing. */
export const noRoads = (why: Refusal | null): RoadRouter => {
  const no = refuse(why ?? words.noMap());
  return {
    route: async () => no,
    oneToMany: async (_from, tos) => tos.map(() => null),
    isochrone: async () => no,
    describe: () => ({
      engine: 'none',
      version: '0',
      data_timestamp: null,
      data_sha256: '',
      tileset_sha256: '',
      costing: '{}',
      caveat: 'no road map is in use',
      fictitious: false,
    }),
    close: async () => {},
  };
};
