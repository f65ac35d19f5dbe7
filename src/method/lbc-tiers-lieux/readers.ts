import { compare, one, type Rational, sum, zero } from '../../kernel/rational.ts';
import { type Day, isDay } from '../../kernel/time.ts';
import { bad, good, listOf, oneOf, optional, type Reader, rationalWhere, record } from '../reading.ts';
import { words } from '../words.ts';
import type { Rebates, Rebound } from './2026-1/quantify.ts';

const fromZeroToOne = (value: Rational) => compare(value, zero) >= 0 && compare(value, one) <= 0;

/** A share of a whole, from 0 to 1. */
export const readRate = rationalWhere(fromZeroToOne, words.rateOutOfRange);

const readReboundFields = record({
  variant: oneOf(['net', 'reference', 'none'], words.unknownVariant),
  rate: optional(readRate, null),
});

export const readRebound: Reader<Rebound> = input => {
  const read = readReboundFields(input);
  if (!read.ok) return read;
  const { variant, rate } = read.value;
  if (variant !== 'none' && rate === null) return bad(path => words.missing(`${path}.rate`));
  return good({ variant, rate: rate ?? zero });
};

const readRebateFields = record({
  combine: oneOf(['multiplicative', 'additive'], words.unknownCombination),
  rates: listOf(readRate),
});

export const readRebates: Reader<Rebates> = input => {
  const read = readRebateFields(input);
  if (!read.ok || read.value.combine === 'multiplicative') return read;
  return compare(sum(read.value.rates), one) > 0 ? bad(words.rebatesAboveOne) : read;
};

export const noRebates: Rebates = { combine: 'multiplicative', rates: [] };

export const readDay: Reader<Day> = input =>
  typeof input === 'string' && isDay(input) ? good(input) : bad(words.badDay);
