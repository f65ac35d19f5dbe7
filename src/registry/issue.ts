import { BrokenInvariant } from '../kernel/outcome.ts';
import { compare, floor, multiply, one, type Rational, rational, zero } from '../kernel/rational.ts';
import type { Network } from '../kernel/visit.ts';
import type { UnitScheme } from './serial.ts';

export interface Issue {
  readonly profile: Network['profile'];
  readonly scheme: UnitScheme;
  readonly project: string;
  readonly vintage: number;
  /** The batch whose whole units these are: it issues once in each series. */
  readonly batchId: string;
  readonly quantity: bigint;
  /** The project holder: first holder of every unit, and who answers for it. */
  readonly holderId: string;
  /** Share set aside as integrity reserve, rounded down; the network's own of today when it is not given. */
  readonly reserve_share?: Rational;
}

/** Units set aside, rounded down: 25 units at 1/20 leave 1 in reserve. */
export function reservedOf(quantity: bigint, share: Rational): bigint {
  if (compare(share, zero) < 0 || compare(share, one) > 0) {
    throw new BrokenInvariant('the share set aside at issue lies between 0 and 1');
  }
  return floor(multiply(rational(quantity), share));
}
