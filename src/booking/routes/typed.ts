import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import * as booking from '../booking.ts';
import { placeWords } from '../place-words.ts';
import { partOf } from './series.ts';

/** Hours as the fields of a form send them: `09:00`, empty when nothing was typed. */
export interface Typed {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const minutesOf = (clock: string | undefined): number => {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(clock ?? '') ?? [];
  return hours === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes);
};

/** The hours typed, else the part of the day; midnight ends a day. */
export function whenTyped(moment: string | undefined, { from, to }: Typed): Outcome<booking.When> {
  if (from) return booking.byTheHour({ begins_min: minutesOf(from), ends_min: to === '00:00' ? 1440 : minutesOf(to) });
  const part = partOf(moment);
  return part === null ? refuse(placeWords.noMoment) : accept({ part, hours: null });
}
