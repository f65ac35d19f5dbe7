import type { Work } from '../../platform/database.ts';
import { reversedIds } from '../../presence/presence.ts';
import { reallocated, reversalOf } from '../account.ts';
import { sealedLineOf } from '../sealed-line.ts';
import * as batchStore from '../store/batch.ts';
import * as claimStore from '../store/claim.ts';
import * as lineStore from '../store/line.ts';
import { type Earlier, earlierOf } from '../terms.ts';
import type { Bookkeeper } from './books.ts';

// Lines that no longer hold: presences reversed since their line was sealed, and those to serve another scheme.

/** The basis that each line was counted under, when it is not the present one. */
async function earlierBases(work: Work, rows: readonly lineStore.StandingRow[], present: string) {
  const bases = await batchStore.basesOf(work, [...new Set(rows.map(row => row.batchId))]);
  return earlierOf(
    rows.map(({ seq, under, batchId }) => ({ seq, under, ...bases.get(batchId)! })),
    present,
  );
}

/** Takes back the lines that no longer hold, and moves those that serve another scheme from now on. */
export async function takeBack(work: Work, books: Bookkeeper, present: string): Promise<readonly Earlier[]> {
  const reversed = await lineStore.standingLines(work, await reversedIds(work));
  const gone = new Set(reversed.map(line => line.presenceId));
  const asked = (await claimStore.openReallocations(work)).filter(one => !gone.has(one.presenceId));
  const moving = await lineStore.standingLines(
    work,
    asked.map(one => one.presenceId),
  );
  const { earlier, underOf } = await earlierBases(work, [...reversed, ...moving], present);
  const sealedLine = (row: lineStore.StandingRow) => {
    const line = sealedLineOf(row);
    return line && { ...line, account: { ...line.account, under: underOf(row.seq) } };
  };
  const byPresence = new Map(moving.map(row => [row.presenceId, row]));
  const moved = asked.flatMap(one => {
    const row = byPresence.get(one.presenceId);
    const line = row && sealedLine(row);
    return line ? [{ one, line }] : [];
  });
  const back = [
    ...reversed.flatMap(row => sealedLine(row) ?? []).map(line => reversalOf(line, 'reversed')),
    ...moved.map(({ line }) => reversalOf(line, 'reallocated')),
  ];
  const again = moved.map(({ one, line }) => ({ one, counted: reallocated(line, one) }));
  await books.write(back);
  await books.settled();
  await lineStore.endStanding(
    work,
    back.map(line => line.account.reverses!.seq),
  );
  const written = await books.write(again.map(({ counted }) => counted));
  await books.settled();
  await claimStore.closeReallocations(
    work,
    again.map(({ one }, i) => ({ reallocationId: one.reallocationId, seq: written[i]!.seq })),
  );
  return earlier;
}
