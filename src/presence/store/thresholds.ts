import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { parameterList, parametersByDay } from '../../platform/parameters/parameters.ts';
import { sheets, type Thresholds } from '../rules/thresholds.ts';

/** Delays and thresholds that a network may set for this room. */
export const parameters = parameterList('presence', sheets);

/** The values in force on each of some days. */
export const thresholdsOn = (work: Work, days: readonly Day[]): Promise<(day: Day) => Thresholds> =>
  parametersByDay(work, parameters, days);
