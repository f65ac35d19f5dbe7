/** What people type, comparable: lower case, no accents, `st` spelt out, words parted by single spaces. `L’Haÿ` → `l hay` */
export const fold = (text: string): string => {
  const words = (isAscii(text) ? text.toLowerCase() : unaccented(text)).replace(/[^a-z0-9]+/g, ' ').trim();
  return words.includes('st') ? words.replace(/(^| )st(e?)(?= )/g, '$1saint$2') : words;
};

const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text);

const unaccented = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae');

/** Letters to change, add, drop or swap with their neighbour to make `b` of `a` (Damerau, adjacent swaps). */
export function lettersApart(a: string, b: string): number {
  let [before, previous] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length]!;
}

export interface Named {
  readonly name: string;
  readonly folded_name: string;
  readonly population: number;
}

/** The names nearest to what was typed, three at most, none farther than a third of its letters; larger communes first among equals. */
export const closest = <T extends Named>(typed: string, communes: readonly T[]): T[] =>
  communes
    .map(commune => ({ commune, apart: lettersApart(typed, commune.folded_name) }))
    .filter(({ apart }) => apart <= Math.max(1, Math.floor(typed.length / 3)))
    .sort((a, b) => a.apart - b.apart || b.commune.population - a.commune.population)
    .slice(0, 3)
    .map(({ commune }) => commune);

/** What a line of text may say about where: a postcode, and names to try as a commune, the likeliest first. */
export interface Reading {
  readonly postcode: string | null;
  readonly folded: string;
  readonly names: readonly string[];
}

/** `12 rue du Pont, 34190 Ganges` → postcode 34190; names `ganges`, then the whole, then its last words. */
export function readLine(text: string): Reading {
  const postcode = /(?<!\d)\d{5}(?!\d)/.exec(text)?.[0] ?? null;
  const withoutNumbers = fold(text.replace(/\(\s*\d[\dAB]\d?\s*\)|\d{5}/g, ' '));
  const lastPart = fold((text.split(',').at(-1) ?? '').replace(/\d{5}/, ' '));
  const words = withoutNumbers.split(' ');
  const endings = words.map((_, i) => words.slice(i).join(' '));
  const names = [withoutNumbers, lastPart, ...endings].filter(name => /[a-z]/.test(name));
  return { postcode, folded: fold(text), names: [...new Set(names)] };
}
