import { defineConfig } from 'vitest/config';

// Vitest's reporter calls Map.groupBy, which Node 20 lacks; without this a failure on Node 20 prints no reason.
if (!('groupBy' in Map)) {
  Object.defineProperty(Map, 'groupBy', {
    value: <K, V>(items: Iterable<V>, keyOf: (item: V, position: number) => K): Map<K, V[]> => {
      const groups = new Map<K, V[]>();
      let position = 0;
      for (const item of items) {
        const key = keyOf(item, position++);
        groups.set(key, [...(groups.get(key) ?? []), item]);
      }
      return groups;
    },
  });
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // A file for each core: left to itself, Vitest keeps one of two cores for its own work, of which it has little.
    maxWorkers: '100%',
    // Files follow each other in one process and load the program once: what modules remember is either pure or per database.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'verifier/**/*.test.ts', 'witness/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['src/**/*.db.test.ts', 'tools/**/*.db.test.ts'],
          globalSetup: 'tools/test-postgres.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['journeys/**/*.test.ts'],
          globalSetup: 'tools/test-demo.ts',
          testTimeout: 60_000,
          // The first journeys wait until the story is told.
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
