import { sha256 } from '../../kernel/canonical.ts';
import type { Hash, Sealing } from '../../notary/notary.ts';
import type { Work } from '../../platform/database.ts';
import type { Account, Counted } from '../account.ts';
import { type Sealed, sealer, tripTold } from '../entries.ts';
import * as lineStore from '../store/line.ts';

// Counted lines take their places and are written, while the next are counted.

/** Numbers the accounts of this closing, each the first time that one of its lines is written. */
function numbering(last: number) {
  const known = new Map<Account, number>();
  return (lines: readonly Sealed[]) => {
    const made: lineStore.NumberedAccount[] = [];
    const accountNos = lines.map(({ account }) => {
      const before = known.get(account);
      if (before !== undefined) return before;
      const accountNo = last + known.size + 1;
      known.set(account, accountNo);
      made.push({ accountNo, account, trip: account.trip && tripTold(account.trip) });
      return accountNo;
    });
    return { made, accountNos };
  };
}

/**
 * Lines placed and sent at a time: while the database writes some, the next are counted, and more wait for it. Few enough that it
 * soon gets the next ones.
 */
const linesAtOnce = 2_000;
/** Writes that the database has or will soon have: it goes on while a long computation lasts. */
const mostWrites = 8;

/** Lets what waits for the database go out before a long computation. */
export const breathe = (): Promise<void> => new Promise(done => setImmediate(done));

/**
 * Writes lines in their places, some at a time, a few writes under way or waiting at most. `settled` waits for the last and throws
 * what stopped the first that failed.
 */
export async function bookkeeper(work: Work, { size, append }: Sealing) {
  const seed = Array.from({ length: 4 }, () => work.newId('salt')).join(' ');
  const place = sealer(Buffer.from(sha256(seed), 'hex'));
  const number = numbering(await lineStore.lastAccountNo(work));
  const tallies = new Map<Account, number>();
  const leaves: Hash[] = [];
  const writing: Promise<unknown>[] = [];

  const send = (lines: readonly Sealed[]) => {
    const { made, accountNos } = number(lines);
    return Promise.all([
      lineStore.insertAccounts(work, made),
      lineStore.insertLines(work, { lines, accountNos }),
      append(lines.map(line => line.leaf)),
    ]);
  };
  const write = async (counted: readonly Counted[]): Promise<readonly Sealed[]> => {
    const all: Sealed[] = [];
    for (let from = 0; from < counted.length; from += linesAtOnce) {
      const some = counted.slice(from, from + linesAtOnce);
      const lines = place(some, size + leaves.length);
      for (const line of lines) leaves.push(line.leaf);
      for (const { account } of some) tallies.set(account, (tallies.get(account) ?? 0) + 1);
      all.push(...lines);
      if (writing.length === mostWrites) await writing.shift();
      const sent = send(lines);
      writing.push(sent);
      // Heard by whoever awaits it next: a failure must not end the process meanwhile.
      sent.catch(() => {});
      await breathe();
    }
    return all;
  };
  const totals = () => ({ tallies: [...tallies].map(([figures, lines]) => ({ figures, lines })), leaves });
  const settled = async () => {
    while (writing.length > 0) await writing.shift();
  };
  return { write, settled, totals };
}

export type Bookkeeper = Awaited<ReturnType<typeof bookkeeper>>;
