import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { createApp } from '../src/app.ts';
import type { Env, Shell } from '../src/platform/http.ts';

export interface WholeApp {
  readonly app: Hono<Env>;
  readonly remove: () => void;
}

/** Every page and endpoint as an installation serves them, without a build: styles and scripts are names alone. */
export function wholeApp(shell: Shell): WholeApp {
  const root = mkdtempSync(join(tmpdir(), 'parvis-app-'));
  mkdirSync(join(root, 'dist', 'client', '.vite'), { recursive: true });
  const built = {
    'src/ui/client.ts': { file: 'client.js' },
    'src/ui/site.css': { file: 'site.css' },
    'src/presence/offline.worker.ts': { file: 'offline.js' },
  };
  writeFileSync(join(root, 'dist', 'client', '.vite', 'manifest.json'), JSON.stringify(built));
  const app = createApp({ ...shell, settings: { ...shell.settings, root } });
  return { app, remove: () => rmSync(root, { recursive: true, force: true }) };
}
