import { type Lang, show } from '../../../kernel/bilingual.ts';
import { add, floor, multiply, type Rational, sum, text, zero } from '../../../kernel/rational.ts';
import { type DayQuantity, emissionsMg, type PersonDay, type Rebound } from '../../lbc-tiers-lieux/2026-1/quantify.ts';

/**
 * A mass of an employer's own inventory (scope 3, category 7). It is no credit: a class with a private field is the one type
 * that TypeScript compares by name, so no sum of the two compiles, and none of its methods gives the bare mass away.
 */
export class InventoryMass {
  readonly #mg: Rational;

  private constructor(mg: Rational) {
    this.#mg = mg;
  }

  static of(mg: Rational): InventoryMass {
    return new InventoryMass(mg);
  }

  plus(other: InventoryMass): InventoryMass {
    return new InventoryMass(add(this.#mg, other.#mg));
  }

  /** Exact milligrams: `"43946100/7"`. */
  toString(): string {
    return text(this.#mg);
  }

  toJSON(): string {
    return text(this.#mg);
  }

  /** For a reader, rounded: `858 kg`. */
  show(lang: Lang): string {
    return show.co2(floor(this.#mg), lang);
  }
}

/** What one day weighs in the employer's inventory, in exact milligrams. */
export interface DayEffect {
  /** Trips that were made, whatever the day replaced. */
  readonly residual_mg: Rational;
  readonly gross_mg: Rational;
  readonly rebound_mg: Rational;
  readonly net_mg: Rational;
  /** The same day had it been spent at the company, and lived at home: its trips and its rebound. */
  readonly office_mg: Rational;
  readonly lived_mg: Rational;
  readonly home_mg: Rational;
}

/** Home telework makes no trip and has its rebound; with a trip to the company that day, the trips are the reference. */
const homeMg = ({ x }: PersonDay, { variant, rate }: Rebound, reference_mg: Rational): Rational => {
  if (x === 0) return reference_mg;
  return variant === 'none' ? zero : multiply(rate, reference_mg);
};

/** Energy used at home is not counted: no public value bears on these days. A day that counts for nothing compares nothing. */
export const effectOf = (day: PersonDay, result: DayQuantity, rebound: Rebound): DayEffect => {
  const residual_mg = emissionsMg(day.actual);
  const { gross_mg, rebound_mg, net_mg, credited, reference_mg } = result;
  if (!credited) return { residual_mg, gross_mg, rebound_mg, net_mg, office_mg: zero, lived_mg: zero, home_mg: zero };
  return {
    residual_mg,
    // Equation 3 without rebound: a day that would have been at home has no office trip to save.
    gross_mg: result.substituted_mg,
    rebound_mg,
    net_mg,
    office_mg: reference_mg,
    lived_mg: sum([residual_mg, rebound_mg, day.space_energy_mg]),
    home_mg: homeMg(day, rebound, reference_mg),
  };
};
