// What Vitest runs on each mutant: the unit tests of the room, but for those that pin its files by digest, and the one that
// computes in other processes, where nothing is changed.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const drawsByChance = ({ moduleId }) => Number(/fast-check|random/.test(readFileSync(moduleId, 'utf8')));

/** Tables cost little and tell most changes; the first failure ends a run, so what draws by chance comes last. */
class TablesFirst extends BaseSequencer {
  async sort(files) {
    return (await super.sort(files)).sort((a, b) => drawsByChance(a) - drawsByChance(b));
  }
}

export default defineConfig({
  test: {
    // Three times faster, and safe: a mutant's test files share one worker, and the next mutant gets a new one.
    isolate: false,
    include: [`src/${process.env.PARVIS_MUTATED_ROOM}/**/*.test.ts`],
    exclude: ['**/*.db.test.ts', '**/published.test.ts', '**/replay.test.ts'],
    sequence: { sequencer: TablesFirst },
    // A test that is slow on a busy machine has noticed nothing; one that never ends is for Stryker to stop.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
