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
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'verifier/**/*.test.ts', 'witness/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['src/**/*.db.test.ts', 'tools/**/*.db.test.ts'],
          globalSetup: 'tools/test-postgres.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['journeys/**/*.test.ts'],
          globalSetup: 'tools/test-demo.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
