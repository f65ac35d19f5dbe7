import { inScratchDatabase } from '../src/platform/open.ts';
import { readSettings } from '../src/platform/settings.ts';
import { doubleClaims } from './claims/double-claims.ts';
import { killed } from './claims/killed.ts';
import { replayed } from './claims/replay.ts';
import { sequences } from './claims/sequences.ts';
import type { Row, Suite } from './suite.ts';

/** `PARVIS_BENCH_SCALE=0.01` runs a hundredth of every count; rows name what they counted. */
const scale = Number(process.env['PARVIS_BENCH_SCALE'] ?? 1);
const scaled = (count: number): number => Math.max(1, Math.round(count * scale));

const measure = async (): Promise<readonly Row[]> => [
  ...sequences(scaled(100_000)),
  ...(await inScratchDatabase(readSettings(), scratch => doubleClaims(scratch, scaled(100_000)))),
  ...(await inScratchDatabase(readSettings(), scratch => killed(scratch, scale))),
  ...replayed(),
];

export const claims: Suite = {
  name: 'claims',
  summary:
    'sixty-four attackers on the same lines and units, random lives in memory, an issue killed at every await, golden vectors',
  run: measure,
};
