import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Time stamps are tested against `openssl ts`, where the machine has it. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const settings = `
[req]
distinguished_name = dn
[dn]
[stamping]
extendedKeyUsage = critical,timeStamping
[serving]
extendedKeyUsage = serverAuth
[tsa]
default_tsa = authority
[authority]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
`;

export interface Maker {
  readonly key?: 'rsa' | 'ec' | 'ed25519';
  /** What the certificate says its key is for. */
  readonly may?: 'stamping' | 'serving';
}

/** A folder of self-signed time-stamp authorities, each `CN=<name>, O=Essai`, good for thirty days. */
export interface Authorities {
  readonly make: (name: string, how?: Maker) => void;
  readonly fileOf: (name: string) => string;
  /** The certificate, DER. */
  readonly certificateOf: (name: string) => Uint8Array;
  /** The reply to a request, as the authority's web server would send it. */
  readonly answer: (request: Uint8Array, name: string) => Uint8Array;
  readonly openssl: (...args: readonly string[]) => Buffer;
  readonly remove: () => void;
}

export function openAuthorities(): Authorities {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-tsa-'));
  const fileOf = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  writeFileSync(fileOf('cnf'), settings);
  writeFileSync(fileOf('serial'), '01');
  return {
    openssl,
    fileOf,
    make: (name, { key = 'rsa', may = 'stamping' } = {}) => {
      const kind = { rsa: ['rsa:2048'], ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'], ed25519: [key] }[key];
      const made = [
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
        '-days',
        '30',
        '-subj',
        `/CN=${name}/O=Essai`,
      ];
      openssl('req', '-x509', '-newkey', ...kind, ...made, '-config', 'cnf', '-extensions', may);
    },
    certificateOf: name => new X509Certificate(readFileSync(fileOf(`${name}.pem`))).raw,
    answer: (request, name) => {
      writeFileSync(fileOf('query'), request);
      const signer = ['-signer', `${name}.pem`, '-inkey', `${name}.key`];
      openssl('ts', '-reply', '-config', 'cnf', '-queryfile', 'query', ...signer, '-out', 'reply');
      return readFileSync(fileOf('reply'));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
