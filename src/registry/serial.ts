/** Which register a unit is a sub-ledger of: the State's carbon register, or the energy-savings one. */
export type UnitScheme = 'cee' | 'lbc';

/** A run of whole units of one scheme, project and vintage; `first` is inside, `beyond` is not. */
export interface SerialRange {
  readonly scheme: UnitScheme;
  readonly project: string;
  readonly vintage: number;
  readonly first: bigint;
  readonly beyond: bigint;
}

export const countOf = ({ first, beyond }: SerialRange): bigint => beyond - first;

const six = (n: bigint): string => String(n).padStart(6, '0');

/** `PV-LBC-0001-2026-000001-000025`, both bounds included: ours beside the State's number, never in its place. */
export const serialText = ({ scheme, project, vintage, first, beyond }: SerialRange): string =>
  `PV-${scheme.toUpperCase()}-${project}-${vintage}-${six(first)}-${six(beyond - 1n)}`;

/** The same range as people read it, a project id of more than 12 characters shortened: `PV-LBC-prj…k3q9-2026-000001-000025`. */
export const serialShort = (range: SerialRange): string => {
  const { project } = range;
  const short = project.length > 12 ? `${project.slice(0, 3)}…${project.slice(-4)}` : project;
  return serialText({ ...range, project: short });
};

const shape = /^PV-(CEE|LBC)-([A-Za-z0-9_]+)-(\d{4})-(\d{6,18})-(\d{6,18})$/;

/** Reads a printed range; null unless it is the one spelling of a range that holds at least one unit. */
export function parseSerial(text: string): SerialRange | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [, scheme, project, vintage, first, last] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const range: SerialRange = {
    scheme: scheme.toLowerCase() as UnitScheme,
    project,
    vintage: Number(vintage),
    first: BigInt(first),
    beyond: BigInt(last) + 1n,
  };
  return range.first >= 1n && countOf(range) > 0n && serialText(range) === text ? range : null;
}

/** The first `count` units and the rest; null when the range has not more than `count`, or `count` is not positive. */
export const split = (range: SerialRange, count: bigint): readonly [SerialRange, SerialRange] | null => {
  if (count <= 0n || count >= countOf(range)) return null;
  const middle = range.first + count;
  return [
    { ...range, beyond: middle },
    { ...range, first: middle },
  ];
};

/** One range from two that touch, in this order; null when they do not, or are not of one kind. */
export const merge = (a: SerialRange, b: SerialRange): SerialRange | null => {
  const same = a.scheme === b.scheme && a.project === b.project && a.vintage === b.vintage;
  return same && a.beyond === b.first ? { ...a, beyond: b.beyond } : null;
};
