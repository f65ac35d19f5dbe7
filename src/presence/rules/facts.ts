/** A trip between two spaces on one day, as two check-ins show it. */
export interface Hop {
  /** Whole minutes between the two check-ins, rounded up. */
  readonly elapsed_min: number;
  /** By the fastest road; null as long as no road engine has answered. */
  readonly road_s: number | null;
}

/** What an employer may say of a day, without its reason: why someone is away is nobody's business. */
export type EmployerDay = 'nothing' | 'away' | 'office' | 'half_office' | 'home';

/** What the rules may know of a presence: counts, flags and minutes. Never a name, a space, an operator or an hour. */
export interface PresenceFacts {
  readonly halves: number;
  /** False when the check-ins it rests on were destroyed before anyone judged them. */
  readonly seen: boolean;
  /** Halves attested for the same person on the same day, this presence included. */
  readonly person_day_halves: number;
  /** Days of the person in that week up to this one, when they are more than those allowed; else 0. */
  readonly week_days: number;
  /** Halves attested in the same space on the same day up to this presence, in the order of their records. */
  readonly space_halves_so_far: number;
  /** Halves that the space can hold in a day: two for each place. */
  readonly space_halves_most: number;
  /** Halves of that day in which the space was open: 0, 1 or 2. */
  readonly open_halves: number;
  /** Minutes during which the person was in two spaces. */
  readonly overlap_min: number;
  readonly hops: readonly Hop[];
  /** Other standing presences that rest on a piece of the same evidence. */
  readonly evidence_shared_with: number;
  /** Codes of one kiosk that came in the wrong order. */
  readonly codes_backwards: number;
  /** Whole hours between the end of the day and the first word of it, rounded up; 0 when it was said in time. */
  readonly hours_late: number;
  /** Both the person and a host say so. */
  readonly countersigned: boolean;
  /** People noted with the same personal device, close in time and in the whole day; 0 when no device is known. */
  readonly device_people_soon: number;
  readonly device_people_day: number;
  /** How far the clock of the personal device was off; 0 when it is not known. */
  readonly clock_skew_s: number;
  /** People noted at the same place within the same seconds, this one included. */
  readonly group_people: number;
  /** Arrivals compared, and their standard deviation in whole minutes, rounded down; 0 when there are too few. */
  readonly arrival_days: number;
  readonly arrival_sigma_min: number;
  readonly employer_day: EmployerDay;
  /** The person holds a role in the running of that space, or is close to someone who does. */
  readonly staff: boolean;
  /** Noted by hand only, with its rank in the space's month and the month's presences up to that day. */
  readonly manual: boolean;
  readonly month_manual_so_far: number;
  readonly month_presences: number;
  /** Halves of the space in that week; twice the median of the weeks before and four times their median deviation. */
  readonly week_halves: number;
  readonly usual_halves_x2: number;
  readonly usual_deviation_x4: number;
  /** Weeks before that one in which the space already received people, at most those compared. */
  readonly usual_weeks: number;
  /** Rules set aside for this presence by a dated exemption. */
  readonly exempt: readonly string[];
}

/** The facts of an ordinary whole day. */
export const ordinary: PresenceFacts = {
  halves: 2,
  seen: true,
  person_day_halves: 2,
  week_days: 0,
  space_halves_so_far: 0,
  space_halves_most: 0,
  open_halves: 2,
  overlap_min: 0,
  hops: [],
  evidence_shared_with: 0,
  codes_backwards: 0,
  hours_late: 0,
  countersigned: false,
  device_people_soon: 0,
  device_people_day: 0,
  clock_skew_s: 0,
  group_people: 1,
  arrival_days: 0,
  arrival_sigma_min: 0,
  employer_day: 'nothing',
  staff: false,
  manual: false,
  month_manual_so_far: 0,
  month_presences: 0,
  week_halves: 0,
  usual_halves_x2: 0,
  usual_deviation_x4: 0,
  usual_weeks: 0,
  exempt: [],
};

/** Facts that rest on check-ins, which are destroyed after three months: judged again later, they stay what they were. */
export const factsOfCheckIns = [
  'overlap_min',
  'hops',
  'codes_backwards',
  'hours_late',
  'countersigned',
  'device_people_soon',
  'device_people_day',
  'clock_skew_s',
  'group_people',
  'arrival_days',
  'arrival_sigma_min',
] as const satisfies readonly (keyof PresenceFacts)[];
