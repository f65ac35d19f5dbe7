import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Settings } from './settings.ts';

/** 32 bytes for one purpose, always the same for one installation: losing the master secret loses them all. */
export type Secrets = (purpose: string) => Uint8Array;

/** Each purpose is derived once: there are few, and a kiosk's is asked for at every check-in. */
function derived(master: Uint8Array): Secrets {
  const known = new Map<string, Uint8Array>();
  return purpose => {
    const secret =
      known.get(purpose) ?? new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), `parvis ${purpose}`, 32));
    known.set(purpose, secret);
    return secret;
  };
}

/** The master secret comes from `PARVIS_SECRET`, else from a file made once, readable by its owner only. */
export function openSecrets(settings: Pick<Settings, 'home' | 'secretHex'>): Secrets {
  if (settings.secretHex !== null) {
    if (!/^([0-9a-f]{2}){32,}$/i.test(settings.secretHex)) {
      throw new Error('PARVIS_SECRET must be 32 bytes or more, written in hexadecimal.');
    }
    return derived(Buffer.from(settings.secretHex, 'hex'));
  }
  const file = join(settings.home, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  }
  return derived(readFileSync(file));
}

/** A secret that anyone can derive, for fictitious networks whose bytes must come out the same twice. */
export const openSecretsOf = (master: string): Secrets => derived(Buffer.from(master));
