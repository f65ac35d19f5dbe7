// What Vitest runs on each mutant: the unit tests of the room, but for those that pin its files by digest.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [`src/${process.env.PARVIS_MUTATED_ROOM}/**/*.test.ts`],
    exclude: ['**/*.db.test.ts', '**/published.test.ts'],
  },
});
