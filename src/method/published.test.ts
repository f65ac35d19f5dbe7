import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ceeRelaisEdf20261, inventory20261, lbcTiersLieux20261 } from './published.ts';

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const digestOf = (folder: URL): string => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(ts|json)$/.test(path))
    .map(path => path.replaceAll('\\', '/'))
    .sort();
  return sha256(JSON.stringify(files.map(path => ({ path, sha256: sha256(readFileSync(new URL(path, folder))) }))));
};

it.each([lbcTiersLieux20261, ceeRelaisEdf20261, inventory20261])(
  '$method $version is frozen: change a file of its folder and this digest says so; publish a new version instead',
  ({ method, version, digest }) => {
    expect(digestOf(new URL(`./${method}/${version}/`, import.meta.url))).toBe(digest);
  },
);
