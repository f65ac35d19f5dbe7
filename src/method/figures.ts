import { type Bilingual, both, type Lang } from '../kernel/bilingual.ts';
import { type Rational, text } from '../kernel/rational.ts';

/** French groups digits by narrow no-break spaces, English by commas. */
const separator = { fr: '\u202f', en: ',' } as const;

const group = (digits: string, lang: Lang): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, separator[lang]);

/** `-1930000n` → `−1 930 000`: an exact whole number for a reader. */
export const showWhole = (value: bigint | number, lang: Lang): string => {
  const written = String(value);
  return written.startsWith('-') ? `−${group(written.slice(1), lang)}` : group(written, lang);
};

/** `43946100/7` → `43 946 100/7`: nothing is rounded, so that a reader can redo the sum. */
export const showExact = (value: Rational, lang: Lang): string => {
  const [numerator, denominator] = text(value).split('/');
  const shown = showWhole(BigInt(numerator!), lang);
  return denominator === undefined ? shown : `${shown}/${group(denominator, lang)}`;
};

/** A sentence of both languages whose figures follow the habits of each. */
export const sentence = (
  fr: (figure: (value: Rational | bigint | number) => string) => string,
  en: (figure: (value: Rational | bigint | number) => string) => string,
): Bilingual =>
  both(lang => {
    const figure = (value: Rational | bigint | number) =>
      typeof value === 'object' ? showExact(value, lang) : showWhole(value, lang);
    return (lang === 'fr' ? fr : en)(figure);
  });
