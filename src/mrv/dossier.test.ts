import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Canonical, canonical, sha256 } from '../kernel/canonical.ts';
import { type DossierSource, dossierName, jsonFileHash, lineJson, manifested, sealed } from './dossier.ts';
import { erasedRow, rowOf, sampleDossier, sampleLines, sampleMonth, samplePresence } from './sample.ts';

const proofOf = (seq: number) => [Buffer.alloc(32, seq), Buffer.alloc(32, seq + 1)];
const filesOf = (of: DossierSource): Readonly<Record<string, string>> => {
  const opened = unzipSync(sealed(manifested(of), 'the note'));
  return Object.fromEntries(Object.entries(opened).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
};
/** A month, its dossier, and the files of that. */
const made = () => {
  const lines = sampleLines(sampleMonth, 5);
  const source = sampleDossier(lines, { vkey: 'log+key', checkpoint: 'log\n17\nroot\n', proofOf });
  return { lines, source, files: filesOf(source) };
};
const listOf = (text: string): readonly { readonly [key: string]: unknown }[] =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));

describe('a dossier', () => {
  it('holds these files and no other, in the order of their names', () => {
    const { files } = made();
    expect(Object.keys(files)).toEqual([
      ...['LISEZMOI.txt', 'batch.json', 'checkpoint', 'checks.json', 'factors.json', 'lines.jsonl', 'log.vkey'],
      ...['manifest.json', 'manifest.note', 'method.json', 'proofs.jsonl', 'summary.pdf'],
    ]);
  });

  it('tells what it was made of, verbatim or as canonical JSON on one line', () => {
    const { source, files } = made();
    const json = (value: Canonical) => `${canonical(value)}\n`;
    expect(files).toMatchObject({
      'LISEZMOI.txt': source.readme,
      'batch.json': json(source.result),
      checkpoint: source.checkpoint,
      'checks.json': json(source.checks),
      'factors.json': json(source.factors),
      'log.vkey': 'log+key\n',
      'manifest.note': 'the note',
      'method.json': json(source.method),
      'summary.pdf': '%PDF-1.7 sample',
    });
    expect(jsonFileHash(source.method)).toBe(sha256(files['method.json']!));
  });

  it('tells each line and its proof by place, in whatever order they were read', () => {
    const { lines, source, files } = made();
    const reversed = filesOf({ ...source, lines: source.lines.toReversed() });
    expect(reversed).toEqual(files);
    expect(listOf(files['lines.jsonl']!)).toEqual(lines.map(line => lineJson(rowOf(line))));
    expect(listOf(files['proofs.jsonl']!)).toEqual(
      lines.map(({ seq, leaf }) => ({
        index: seq,
        leaf: Buffer.from(leaf).toString('hex'),
        hashes: proofOf(seq).map(hash => hash.toString('base64')),
      })),
    );
  });

  it('has a manifest of every file but itself and its note', () => {
    const { source, files } = made();
    const manifest = JSON.parse(files['manifest.json']!) as { files: { name: string; sha256: string; size: number }[] };
    const { files: listed, ...head } = manifest;
    expect(head).toEqual({
      ...{ format: 'parvis-dossier/2', kind: 'month', profile: 'demo', fictitious: true, period: '2026-10' },
      network: { id: 'net_testnetwork', name: 'Réseau d’essai' },
      watermark: { fr: 'estimation non officielle', en: 'unofficial estimate' },
      batch: source.id,
    });
    const others = Object.entries(files).filter(([name]) => !name.startsWith('manifest.'));
    expect(listed).toEqual(
      others.map(([name, text]) => ({ name, sha256: sha256(text), size: Buffer.byteLength(text) })),
    );
    expect(manifested(source).noteText).toBe(`parvis-dossier/2\n${source.id}\n${sha256(files['manifest.json']!)}\n`);
  });

  it('bears no watermark once it is certifying', () => {
    const { source } = made();
    const manifest = JSON.parse(filesOf({ ...source, profile: 'certifying' })['manifest.json']!);
    expect(manifest.watermark).toBeNull();
  });

  it('of a claim holds its own files too, in their place', () => {
    const { source } = made();
    const more = filesOf({ ...source, more: [['claim.json', { id: 'clm_1' }]] });
    expect(more['claim.json']).toBe('{"id":"clm_1"}\n');
    const listed = (JSON.parse(more['manifest.json']!) as { files: { name: string }[] }).files.map(({ name }) => name);
    expect(listed.slice(2, 5)).toEqual(['checkpoint', 'checks.json', 'claim.json']);
  });

  it.each([
    ['month', '2026-10', 'abcdef0123456789', 'parvis-2026-10-abcdef012345.zip'],
    ['cee', '2026-05/2026-10', 'clm_abcdef0123456789', 'parvis-cee-2026-05-2026-10-abcdef012345.zip'],
    ['lbc', '2026-10/2026-10', 'clm_abc', 'parvis-lbc-2026-10-2026-10-abc.zip'],
  ] as const)('of a %s over %s is named after it', (kind, period, id, name) => {
    expect(dossierName({ kind, period, id })).toBe(name);
  });
});

describe('a line told', () => {
  it('with all that its leaf commits to', () => {
    const line = made().lines[0]!;
    const { salt, entry, payload } = lineJson(rowOf(line)) as Record<string, unknown>;
    expect(salt).toBe(Buffer.from(line.salt).toString('hex'));
    expect(entry).toMatchObject({ seq: line.seq, type: 'presence', site: line.site, day: line.day });
    expect(payload).toMatchObject({ line: line.lineId, reason: 'credited', credited: true, reverses: null });
  });

  it('without a trip, as one that has no leg', () => {
    const [bare] = sampleLines([samplePresence(1, { trip: null })], 0);
    const { payload } = lineJson(rowOf(bare!)) as Record<string, unknown>;
    expect(payload).toMatchObject({ reason: 'no_trip', reference: [], actual: [] });
  });

  it('with its figures alone once its person was erased', () => {
    const line = made().lines[0]!;
    const { lineId, seq, leaf, ...row } = rowOf(line);
    const erased = { ...erasedRow(rowOf(line)), employerId: 'org_1' };
    const payload = {
      ...{ line: lineId, reverses: null, employer: 'org_1', scheme: 'lbc', claimant: 'prj_sample0001' },
      ...{ reason: 'credited', credited: true, vintage: 2026, gross_mg: row.gross_mg, net_mg: row.net_mg },
      ...{ avoided_m: String(row.avoided_m), unallocated_m: '0', share: '1' },
    };
    expect(lineJson(erased)).toEqual({ entry: { seq }, erased: leaf, payload });
    const back = { ...erased, reason: 'reversed', reverses: { seq: 1, lineId: 'lin_1' } } as const;
    expect(lineJson(back)).toMatchObject({ payload: { reverses: 'lin_1', credited: false } });
  });

  it('never when its leaf is another', () => {
    const line = made().lines[0]!;
    expect(() => lineJson({ ...rowOf(line), leaf: '0'.repeat(64) })).toThrow(/no longer reads as it was sealed/);
  });
});
