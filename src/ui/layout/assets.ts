/** Where the built style, script and fonts are served. */
export interface Assets {
  readonly css: readonly string[];
  readonly client: string;
  readonly fonts: readonly string[];
}

interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

/** Vite's `manifest.json`: what became of each source. */
export type BuildManifest = Readonly<Record<string, ManifestEntry>>;

let registered: Assets = { css: ['/assets/site.css'], client: '/assets/client.js', fonts: [] };

/** Called once when the server starts, with what the build wrote; pages read it through `assets()`. */
export const registerAssets = (found: Assets): void => {
  registered = found;
};

export const assets = (): Assets => registered;

/** Reads Vite's `manifest.json` (`dist/client/.vite/manifest.json`). `base` is the path under which `dist/client` is served. */
export const assetsFrom = (manifest: BuildManifest, base = '/'): Assets => {
  const site = manifest['src/ui/site.css'];
  const client = manifest['src/ui/client.ts'];
  if (!site || !client) throw new TypeError('the build manifest names neither src/ui/site.css nor src/ui/client.ts');
  return {
    css: [base + site.file],
    client: base + client.file,
    fonts: (site.assets ?? []).filter(file => file.endsWith('.woff2')).map(file => base + file),
  };
};
