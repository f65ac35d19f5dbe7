import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Place } from '../kernel/place.ts';
import type { Day } from '../kernel/time.ts';
import type { Replaced } from '../method/method.ts';
import type { Declaration, Energy, SpaceId, TravelMode } from './baseline.ts';
import { normalPlate, plateHash } from './plate.ts';
import { words } from './words.ts';

/** `"35"`, `"35,5"` or `"35.250"` kilometres as whole metres, without a float on the way; null for anything else. */
export const metresOfKilometres = (typed: string): number | null => {
  const match = /^(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(typed.trim().replace(/\s*km$/i, ''));
  if (!match) return null;
  return Number(match[1]) * 1_000 + Number((match[2] ?? '').padEnd(3, '0'));
};

/** A place that answers to what was typed. */
export interface Match {
  readonly label: string;
  readonly place: Place;
  readonly kind: 'address' | 'commune';
  readonly insee_code: string;
  readonly commune: string;
  /** The point stands for a neighbourhood only. */
  readonly approximate: boolean;
}

/** The one home meant: the best address, or the only commune of that name. */
export const homeAmong = (matches: readonly Match[]): Outcome<Declaration['home']> => {
  const [best] = matches;
  if (best === undefined) return refuse(words.homeUnknown);
  if (best.kind === 'commune' && matches.length > 1)
    return refuse(words.homeAmbiguous(matches.slice(0, 4).map(m => m.label)));
  if (best.approximate) return refuse(words.homeTooVague(best.commune));
  return accept({
    communeCode: best.insee_code,
    communeName: best.commune,
    precision: best.kind,
    exact: best.place,
  });
};

/** The form as it was filled in, checked for its shape only. */
export interface Filled {
  readonly valid_from: Day;
  readonly office_mode: TravelMode;
  readonly office_energy?: Energy | undefined;
  readonly office_occupancy?: string | undefined;
  readonly space_mode: TravelMode;
  readonly space_energy?: Energy | undefined;
  readonly space_occupancy?: string | undefined;
  readonly declared_office_km?: string | undefined;
  readonly office_weekdays: readonly number[];
  readonly usual_replaced: Replaced;
  readonly space_ids: readonly SpaceId[];
  readonly plate?: string | undefined;
}

/** A field hidden or left over from another way of travelling is not part of the answer. */
const travelOf = (mode: TravelMode, energy: Energy | undefined, occupancy: string | undefined) => ({
  mode,
  energy: mode === 'car' ? (energy ?? null) : null,
  occupancy: occupancy?.trim() || '1',
});

/** The declaration that a filled form makes; a plate goes no further than its hash under the network's key. */
export const declarationOf = (
  filled: Filled,
  home: Declaration['home'],
  plateKey: Uint8Array,
): Outcome<Declaration> => {
  const typed = filled.declared_office_km;
  const metres = typed === undefined ? null : metresOfKilometres(typed);
  if (typed !== undefined && metres === null) return refuse(words.kilometresNotUnderstood);
  const plate = filled.plate === undefined ? null : normalPlate(filled.plate);
  if (filled.plate !== undefined && plate === null) return refuse(words.plateNotUnderstood);
  return accept({
    validFrom: filled.valid_from,
    home,
    office: travelOf(filled.office_mode, filled.office_energy, filled.office_occupancy),
    space: travelOf(filled.space_mode, filled.space_energy, filled.space_occupancy),
    officeWeekdays: filled.office_weekdays,
    usual: filled.usual_replaced,
    declaredOffice_m: metres,
    spaceIds: filled.space_ids,
    plateHash: plate === null ? null : plateHash(plateKey, plate),
  });
};
