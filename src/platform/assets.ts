import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Addresses of what the browser loads, as the build named them. */
export interface Assets {
  readonly css: readonly string[];
  /** Makes islands live; pages without islands do not load it. */
  readonly client: string | null;
}

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly isEntry?: boolean;
  readonly src?: string;
}

/** Reads the build's manifest in `dist/client`. */
export function readAssets(clientFolder: string): Assets {
  const file = join(clientFolder, '.vite', 'manifest.json');
  if (!existsSync(file)) return { css: [], client: null };
  const entries = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>).filter(c => c.isEntry);
  const scripts = entries.filter(c => c.file.endsWith('.js'));
  const styles = entries.filter(c => c.file.endsWith('.css')).map(c => c.file);
  return {
    css: [...styles, ...scripts.flatMap(c => c.css ?? [])].map(name => `/${name}`),
    client: scripts[0] ? `/${scripts[0].file}` : null,
  };
}
