import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { parseRational, type Rational, rational } from '../kernel/rational.ts';
import { words } from './words.ts';

/** A value, or a refusal that still waits for the path of the field: paths cost nothing while nothing is wrong. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusalAt: (path: string) => Refusal };

/** Reads one JSON value; an absent field arrives as `undefined`. */
export type Reader<T> = (input: unknown) => Read<T>;

export const good = <T>(value: T): Read<T> => ({ ok: true, value });
export const bad = (refusalAt: (path: string) => Refusal): Read<never> => ({ ok: false, refusalAt });

/** The same fault, one step deeper: `metres` under `days[0]`. */
const under = (step: string, fault: (path: string) => Refusal): Read<never> =>
  bad(path => fault(path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`));

/** Closes a reading at the top of the document. */
export const conclude = <T>(read: Read<T>): Outcome<T> => (read.ok ? accept(read.value) : refuse(read.refusalAt('')));

const missingOr = (input: unknown, fault: (path: string) => Refusal) =>
  bad(input === undefined ? words.missing : fault);

const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Shaped<S extends Shape> = { readonly [K in keyof S]: S[K] extends Reader<infer T> ? T : never };

/** An object with these fields and no other: a misspelt field would silently change a quantity. */
export const record = <S extends Shape>(shape: S): Reader<Shaped<S>> => {
  const readers = Object.entries(shape);
  return input => {
    if (!isRecord(input)) return missingOr(input, words.notAnObject);
    for (const key in input) if (!Object.hasOwn(shape, key)) return under(key, words.unknownField);
    const value: Record<string, unknown> = {};
    for (const [key, reader] of readers) {
      const read = reader(Object.hasOwn(input, key) ? input[key] : undefined);
      if (!read.ok) return under(key, read.refusalAt);
      value[key] = read.value;
    }
    return good(value as Shaped<S>);
  };
};

export const listOf =
  <T>(reader: Reader<T>): Reader<readonly T[]> =>
  input => {
    if (!Array.isArray(input)) return missingOr(input, words.notAList);
    const values: T[] = [];
    for (const [index, item] of input.entries()) {
      const read = reader(item);
      if (!read.ok) return under(`[${index}]`, read.refusalAt);
      values.push(read.value);
    }
    return good(values);
  };

export const optional =
  <T, D>(reader: Reader<T>, absent: D): Reader<T | D> =>
  input =>
    input === undefined ? good(absent) : reader(input);

export const asIs: Reader<unknown> = input => good(input);

export const readText: Reader<string> = input =>
  typeof input === 'string' ? good(input) : missingOr(input, words.notAText);

export const oneOf = <const T extends string | number | boolean>(
  allowed: readonly T[],
  fault: (path: string) => Refusal,
): Reader<T> => {
  const known = new Set<unknown>(allowed);
  return input => (known.has(input) ? good(input as T) : missingOr(input, fault));
};

/** A whole JSON number that a float holds exactly, not below `least`. */
export const wholeFrom =
  (least: number, fault: (path: string) => Refusal): Reader<number> =>
  input =>
    typeof input === 'number' && Number.isSafeInteger(input) && input >= least ? good(input) : missingOr(input, fault);

/** A text like `"31/100"`, or a whole JSON number; never a decimal. */
export const readRational: Reader<Rational> = input => {
  if (typeof input === 'number' && Number.isSafeInteger(input)) return good(rational(BigInt(input)));
  const value = typeof input === 'string' ? parseRational(input) : null;
  return value === null ? missingOr(input, words.malformedRational) : good(value);
};

export const rationalWhere =
  (holds: (value: Rational) => boolean, fault: (path: string) => Refusal): Reader<Rational> =>
  input => {
    const read = readRational(input);
    return !read.ok || holds(read.value) ? read : bad(fault);
  };
