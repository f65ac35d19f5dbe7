import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inScratchDatabase } from '../src/platform/open.ts';
import { readSettings } from '../src/platform/settings.ts';
import { availability } from './booking/availability.ts';
import { hostile } from './booking/hostile.ts';
import { throughput } from './booking/http.ts';
import { killed } from './booking/killed.ts';
import type { Suite } from './suite.ts';

/** 1 is the full size. */
const share = Number(process.env['PARVIS_BENCH_SCALE'] ?? 1);

export const booking: Suite = {
  name: 'booking',
  summary:
    'bookings over HTTP beside a bare one, rivals for one slot, arrivals, availability, every verb on the same desks at once',
  run: async () => {
    const home = mkdtempSync(join(tmpdir(), 'parvis-bench-booking-'));
    try {
      return [
        ...(await inScratchDatabase(readSettings(), scratch => throughput(scratch, home))),
        ...(await inScratchDatabase(readSettings(), scratch =>
          availability(scratch, home, Math.ceil(1_000_000 * share)),
        )),
        ...(await inScratchDatabase(readSettings(), scratch => hostile(scratch, Math.ceil(100_000 * share)))),
        ...(await inScratchDatabase(readSettings(), scratch => killed(scratch, home))),
      ];
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};
