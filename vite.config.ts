import { defineConfig } from 'vite';

// Two builds in one pass: what the browser loads, and the server with the command line and the benchmarks.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  publicDir: false,
  build: { chunkSizeWarningLimit: 2_000 },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        target: 'es2022',
        manifest: true,
        rolldownOptions: {
          input: { client: 'src/ui/client.ts', site: 'src/ui/site.css', offline: 'src/presence/offline.worker.ts' },
        },
      },
    },
    ssr: {
      // Hundreds of small files, of which we need a part: carried along, every start and every command is sooner by a fifth.
      resolve: { noExternal: ['kysely'] },
      build: {
        outDir: 'dist/server',
        ssr: true,
        target: 'node20',
        sourcemap: true,
        copyPublicDir: false,
        rolldownOptions: {
          input: {
            main: 'src/main.ts',
            cli: 'src/cli.ts',
            bench: 'bench/run.ts',
            'bench-dying': 'bench/claims/dying.ts',
            'bench-bare': 'bench/booking/bare.ts',
          },
          output: { entryFileNames: '[name].js' },
        },
      },
    },
  },
  builder: {
    buildApp: async builder => {
      await Promise.all([builder.build(builder.environments['client']!), builder.build(builder.environments['ssr']!)]);
    },
  },
});
