import { chooseGreedily, type Gain } from './choose.ts';
import type { Terms, Town } from './demand.ts';

/** A flow with its road, one way. */
export interface RoadFlow {
  readonly homeCode: string;
  readonly commuters: number;
  readonly road_m: number;
}

/** The road from a home commune to a town that has or could have a space, one way. */
export interface Reach {
  readonly townCode: string;
  readonly homeCode: string;
  readonly road_m: number;
}

export interface Market extends Terms {
  readonly towns: readonly Town[];
  readonly candidateCodes: readonly string[];
  /** Towns that already have a space of the network: what they serve is no gain. */
  readonly openCodes: readonly string[];
  readonly flows: readonly RoadFlow[];
  readonly reaches: readonly Reach[];
}

/** One home commune behind a candidate's figure. */
interface Reason {
  readonly town: Town;
  /** People who would have a shorter road. */
  readonly commuters: number;
  /** Road saved by one of them in a day, there and back, on average. */
  readonly each_m: number;
}

/** A town, what a space there would add to those ranked above it, and why. Distances are a day's, there and back. */
export interface Candidate {
  readonly rank: number;
  readonly town: Town;
  /** Potential: every commuter within reach comes as often as the terms say, whatever the number of desks. */
  readonly potential_m: number;
  /** The same if no other new space opened. */
  readonly alone_m: number;
  /** Potential of this one and those above it. */
  readonly total_m: number;
  /** What the desks of one space can hold: the longest roads first. */
  readonly withinDesks_m: number;
  readonly commuters: number;
  readonly reasons: readonly Reason[];
}

interface HomeGain extends Gain {
  readonly commuters: number;
}

const groupBy = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
};

/** Commuter-metres, one way, that a space at `road_m` from a home saves its commuters; only shorter roads count. */
function saving(flows: readonly RoadFlow[], road_m: number): { readonly amount: number; readonly commuters: number } {
  const shorter = flows.filter(flow => flow.road_m > road_m);
  return {
    amount: shorter.reduce((sum, flow) => sum + flow.commuters * (flow.road_m - road_m), 0),
    commuters: shorter.reduce((sum, flow) => sum + flow.commuters, 0),
  };
}

/** There and back, by the share of days that the terms say. Commuter-metres in, metres a day out. */
const perDay = (commuterMetres: number, { uptakePercent }: Terms): number =>
  Math.floor((2 * commuterMetres * uptakePercent) / 100);

/** Fills the desks with those who save most. Half-filled days count in hundredths of a desk. */
function withinDesks(lines: readonly HomeGain[], terms: Terms): number {
  const places = terms.desks * 100;
  const longestFirst = lines.toSorted((a, b) => b.amount * a.commuters - a.amount * b.commuters || a.home - b.home);
  const { metres } = longestFirst.reduce(
    ({ left, metres: sum }, { amount, commuters }) => {
      const come = Math.min(left, commuters * terms.uptakePercent);
      return { left: left - come, metres: sum + Math.floor((2 * amount * come) / (commuters * 100)) };
    },
    { left: places, metres: 0 },
  );
  return metres;
}

/** The three home communes that weigh most. */
function reasonsOf(lines: readonly HomeGain[], homes: readonly string[], townOf: ReadonlyMap<string, Town>): Reason[] {
  return lines
    .toSorted((a, b) => b.amount - a.amount || a.home - b.home)
    .slice(0, 3)
    .map(({ home, amount, commuters }) => ({
      town: townOf.get(homes[home]!)!,
      commuters,
      each_m: Math.floor((2 * amount) / commuters),
    }));
}

/** Ranks candidates for a number of openings: each adds most to the spaces that exist and to those ranked above it. */
export function rank(market: Market, openings: number): readonly Candidate[] {
  const townOf = new Map(market.towns.map(town => [town.code, town]));
  const homes = [...new Set(market.flows.map(flow => flow.homeCode))].sort();
  const numberOf = new Map(homes.map((code, i) => [code, i]));
  const flowsOf = groupBy(market.flows, flow => flow.homeCode);
  const reachesOf = groupBy(
    market.reaches.filter(reach => reach.road_m <= market.reach_m),
    reach => reach.townCode,
  );
  const gainsOf = (code: string): HomeGain[] =>
    (reachesOf.get(code) ?? []).flatMap(({ homeCode, road_m }) => {
      const home = numberOf.get(homeCode);
      const saved = saving(flowsOf.get(homeCode) ?? [], road_m);
      return home === undefined || saved.amount === 0 ? [] : [{ home, ...saved }];
    });
  const served = homes.map(() => 0);
  for (const { home, amount } of market.openCodes.flatMap(gainsOf)) served[home] = Math.max(served[home]!, amount);
  const codes = market.candidateCodes.filter(code => !market.openCodes.includes(code)).toSorted();
  const gains = codes.map(gainsOf);
  let total = 0;
  return chooseGreedily(gains, served, openings).map(({ candidate, added, alone }, i) => {
    const lines = gains[candidate]!.map(line => ({ ...line, amount: line.amount - served[line.home]! })).filter(
      line => line.amount > 0,
    );
    for (const { home, amount } of gains[candidate]!) served[home] = Math.max(served[home]!, amount);
    total += added;
    return {
      rank: i + 1,
      town: townOf.get(codes[candidate]!)!,
      potential_m: perDay(added, market),
      alone_m: perDay(alone, market),
      total_m: perDay(total, market),
      withinDesks_m: withinDesks(lines, market),
      commuters: lines.reduce((sum, line) => sum + line.commuters, 0),
      reasons: reasonsOf(lines, homes, townOf),
    };
  });
}
