import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listeners } from '../src/events.ts';
import { instant } from '../src/kernel/time.ts';
import type { Shell } from '../src/platform/http.ts';
import { hearAll } from '../src/platform/jobs.ts';
import { type Log, silentLog } from '../src/platform/log.ts';
import { openShell } from '../src/platform/open.ts';
import { readSettings } from '../src/platform/settings.ts';
import { countingIds, type TestNetwork } from './fresh-database.ts';

export interface EveryRoom {
  /** The program over the test network, at a moment. */
  readonly at: (moment: string) => Shell;
  /** What every room does about what was announced, at a moment. */
  readonly hear: (moment: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Every room over a test network, as an installation runs them; `over` changes what the world is to them. */
export async function everyRoom(
  net: TestNetwork,
  { log = silentLog, ...over }: Partial<Shell> & { readonly log?: Log } = {},
): Promise<EveryRoom> {
  const home = mkdtempSync(join(tmpdir(), 'parvis-rooms-'));
  const { shell, close } = await openShell({ ...readSettings({}), databaseUrl: net.database.url, home }, log);
  const counted = countingIds();
  // Ids of what is heard, apart from those of the network's own story.
  const newId: typeof counted = kind => counted(kind).replace('_', '_h') as ReturnType<typeof counted<typeof kind>>;
  const at = (moment: string): Shell => ({ ...shell, ...over, clock: () => instant(moment), newId });
  return {
    at,
    hear: moment => hearAll(net.database, { listeners: listeners(at(moment)), log }),
    close: async () => {
      await close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
