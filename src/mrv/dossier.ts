import { type Canonical, canonical, sha256 } from '../kernel/canonical.ts';
import { BrokenInvariant } from '../kernel/outcome.ts';
import { type Hash, leafHash } from '../notary/notary.ts';
import { type ArchiveFile, archiveOf } from './archive.ts';
import { entryText, payloadCommit, payloadOf, shareOf, tripTold } from './entries.ts';
import type { LineRow } from './sealed-line.ts';

/** Announced by every dossier; a change that a verifier must know of takes the next number. */
export const dossierFormat = 'parvis-dossier/2';

export const watermark = { fr: 'estimation non officielle', en: 'unofficial estimate' } as const;

/** A line as the dossier tells it. */
export interface DossierLine {
  readonly seq: number;
  /** Leaf hash in hex. */
  readonly leaf: string;
  /** What `lineJson` says of it. */
  readonly told: Canonical;
  /** Inclusion proof against the dossier's checkpoint, from the leaf upward. */
  readonly proof: readonly Hash[];
}

/** What a dossier is about: a month as it was closed, or a claim under one scheme. */
export type DossierKind = 'month' | 'cee' | 'lbc';

/** Everything a dossier is made of. The same source always gives the same bytes. */
export interface DossierSource {
  readonly kind: DossierKind;
  readonly network: { readonly id: string; readonly name: string };
  readonly profile: 'demo' | 'certifying';
  readonly fictitious: boolean;
  /** `2026-10`, or the first and last months of a claim: `2026-05/2026-10`. */
  readonly period: string;
  /** Id of the batch, or of the claim. */
  readonly id: string;
  /** `batch.json`: what the lines come to. */
  readonly result: Canonical;
  readonly checks: Canonical;
  readonly method: Canonical;
  readonly factors: Canonical;
  readonly lines: readonly DossierLine[];
  /** A signed checkpoint of the log, verbatim, of a size that holds every line. */
  readonly checkpoint: string;
  readonly vkey: string;
  readonly readme: string;
  readonly summary: Uint8Array;
  /** Files that only claims have, each one canonical JSON, by name. */
  readonly more: readonly (readonly [name: string, content: Canonical])[];
}

const jsonFile = (value: Canonical): string => `${canonical(value)}\n`;
const jsonLines = (values: readonly Canonical[]): string => values.map(jsonFile).join('');

/** Hash of a `.json` file of a dossier, as the batch id and the manifest take it. */
export const jsonFileHash = (value: Canonical): string => sha256(jsonFile(value));

/** A line with what its leaf commits to, or its figures alone once the person asked to be forgotten. */
export const lineJson = (line: LineRow): Canonical => {
  const { lineId, seq, leaf, content, reverses, scheme, claimant, employerId, reason, vintage, gross_mg, net_mg } =
    line;
  if ('erased' in content) {
    const figures = { scheme, claimant, reason, vintage, gross_mg, net_mg, credited: reason === 'credited' };
    const metres = { avoided_m: String(line.avoided_m), unallocated_m: String(line.unallocated_m) };
    const about = { line: lineId, reverses: reverses?.lineId ?? null, employer: employerId };
    const payload = { ...about, share: shareOf(content), ...figures, ...metres };
    return { entry: { seq }, erased: leaf, payload };
  }
  const { day, site, personCommit, evidence, halves, salt, trip } = content;
  const payload = payloadOf({ ...line, evidence, halves, trip: trip ?? tripTold(null) });
  const commit = payloadCommit(Buffer.from(salt, 'hex'), canonical(payload));
  const entry = JSON.parse(
    entryText({ day, site, personCommit, account: { reverses } }, { seq, payloadCommit: commit }),
  ) as Canonical;
  if (Buffer.from(leafHash(Buffer.from(canonical(entry)))).toString('hex') !== leaf)
    throw new BrokenInvariant(`line ${seq} no longer reads as it was sealed`);
  return { entry, payload, salt };
};

const proofJson = ({ seq, leaf, proof }: DossierLine): Canonical => ({
  index: seq,
  leaf,
  hashes: proof.map(hash => Buffer.from(hash).toString('base64')),
});

const contentsOf = (source: DossierSource): readonly ArchiveFile[] => {
  const lines = [...source.lines].sort((a, b) => a.seq - b.seq);
  const texts: readonly (readonly [string, string])[] = [
    ['LISEZMOI.txt', source.readme],
    ['batch.json', jsonFile(source.result)],
    ['checkpoint', source.checkpoint],
    ['checks.json', jsonFile(source.checks)],
    ['factors.json', jsonFile(source.factors)],
    ['lines.jsonl', jsonLines(lines.map(line => line.told))],
    ['log.vkey', `${source.vkey}\n`],
    ['method.json', jsonFile(source.method)],
    ['proofs.jsonl', jsonLines(lines.map(proofJson))],
  ];
  const more = source.more.map(([name, content]) => [name, jsonFile(content)] as const);
  const files = [...texts, ...more].map(([name, text]) => ({ name, content: Buffer.from(text) }));
  return [...files, { name: 'summary.pdf', content: source.summary }].sort((a, b) => (a.name < b.name ? -1 : 1));
};

export interface Manifested {
  readonly files: readonly ArchiveFile[];
  /** The text that the log's key signs: format, batch id, hash of the manifest. */
  readonly noteText: string;
}

/** The files of a dossier with their manifest, still without the signature over it. */
export function manifested(source: DossierSource): Manifested {
  const files = contentsOf(source);
  const listed = files.map(({ name, content }) => ({ name, sha256: sha256(content), size: content.length }));
  const manifest = jsonFile({
    format: dossierFormat,
    kind: source.kind,
    network: { ...source.network },
    profile: source.profile,
    fictitious: source.fictitious,
    watermark: source.profile === 'demo' ? watermark : null,
    period: source.period,
    batch: source.id,
    files: listed,
  });
  return {
    files: [...files, { name: 'manifest.json', content: Buffer.from(manifest) }],
    noteText: `${dossierFormat}\n${source.id}\n${sha256(manifest)}\n`,
  };
}

/** The archive, once the log has signed the note. */
export const sealed = ({ files }: Manifested, note: string): Uint8Array =>
  archiveOf([...files, { name: 'manifest.note', content: Buffer.from(note) }]);

/** The archive ready to be handed over. */
export interface Dossier {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

export const dossierName = ({ kind, period, id }: Pick<DossierSource, 'kind' | 'period' | 'id'>): string =>
  `parvis-${kind === 'month' ? '' : `${kind}-`}${period.replace('/', '-')}-${id.replace('clm_', '').slice(0, 12)}.zip`;
