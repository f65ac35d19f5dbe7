import { type Canonical, canonical } from '../kernel/canonical.ts';
import { accept, type Outcome } from '../kernel/outcome.ts';
import { dayQuantifier } from '../method/method.ts';
import { type Figures, negated, worthOf } from './account.ts';
import { type CountedTrip, legMetres } from './line.ts';
import type { LineRow } from './sealed-line.ts';
import { basisTold, type Earlier } from './terms.ts';

/** What came out of counting lines again from the legs that they keep. */
export interface Recount {
  readonly recounted: number;
  /** Lines of people erased since: their figures stay, and can no longer be computed. */
  readonly erased: number;
  /** Places of the lines that now come out otherwise. */
  readonly differing: readonly number[];
}

type Worth = Pick<Figures, 'gross_mg' | 'net_mg' | 'avoided_m' | 'unallocated_m'>;

const turned = ({ gross_mg, net_mg, avoided_m, unallocated_m }: Worth): Worth => ({
  gross_mg: negated(gross_mg),
  net_mg: negated(net_mg),
  avoided_m: -avoided_m,
  unallocated_m: -unallocated_m,
});

const same = (a: Worth, b: Worth): boolean =>
  a.gross_mg === b.gross_mg &&
  a.net_mg === b.net_mg &&
  a.avoided_m === b.avoided_m &&
  a.unallocated_m === b.unallocated_m;

/** Counts lines again under the method that their dossier tells, each different trip once. */
export function recount(lines: readonly LineRow[], method: Canonical, on: string): Outcome<Recount> {
  const quantifiers = quantifiersTold(method, on);
  if (!quantifiers.ok) return quantifiers;
  const known = new Map<string, Outcome<Worth>>();
  const differing: number[] = [];
  let erased = 0;
  for (const line of lines) {
    if ('erased' in line.content) {
      erased += 1;
      continue;
    }
    const trip = line.content.trip as CountedTrip | null;
    const key = `${line.scheme === 'none'} ${line.under} ${canonical(line.content.trip)}`;
    const worth = known.get(key) ?? worthAgain(trip, line.scheme, quantifiers.value.get(line.under)!);
    known.set(key, worth);
    if (!worth.ok) return worth;
    if (!same(line, line.reverses === null ? worth.value : turned(worth.value))) differing.push(line.seq);
  }
  return accept({ recounted: lines.length - erased, erased, differing });
}

type Quantify = Parameters<typeof worthOf>[1]['quantify'];

/** What computes the lines of a dossier: under its own method, or under the earlier one whose key a line names. */
function quantifiersTold(method: Canonical, on: string): Outcome<ReadonlyMap<string | null, Quantify>> {
  const { earlier } = method as unknown as { readonly earlier: readonly Earlier[] };
  const all = new Map<string | null, Quantify>();
  for (const one of [{ key: null, method }, ...earlier]) {
    const basis = basisTold(one.method, on);
    if (!basis.ok) return basis;
    const quantify = dayQuantifier(basis.value.terms);
    if (!quantify.ok) return quantify;
    all.set(one.key, quantify.value);
  }
  return accept(all);
}

const worthAgain = (trip: CountedTrip | null, scheme: Figures['scheme'], quantify: Quantify): Outcome<Worth> =>
  scheme === 'none' || trip === null
    ? accept({ gross_mg: '0', net_mg: '0', avoided_m: 0n, unallocated_m: legMetres(trip) })
    : worthOf(trip, { quantify });
