import { type Booking, bookMany, type Foreseen, foresee, standingOn } from '../../booking/booking.ts';
import { groupBy } from '../../kernel/group.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { type Day, isBefore, overlaps } from '../../kernel/time.ts';
import { peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { seatKinds } from '../../spaces/spaces.ts';
import type { Against, Line } from '../report.ts';
import { reasons } from '../words.ts';
import { byDay, type Draft, type Drafted } from './drafting.ts';

// Lines meet the bookings that stand: foreseen, or booked.

type Asking = Draft & { readonly request: NonNullable<Draft['request']> };

/** What holds a place, whether it stands or is only foreseen. */
type Holding = Pick<
  Booking,
  'bookingId' | 'spaceId' | 'resourceId' | 'kind' | 'personId' | 'day' | 'part' | 'hours' | 'during' | 'freeAgain'
>;

const holdingOf = (foreseen: Foreseen): Holding => {
  if ('booking' in foreseen) return foreseen.booking;
  const { asked, resource, during, freeAgain } = foreseen.offer;
  const { spaceId, personId, day, part, hours = null } = asked;
  const place = { resourceId: resource.resourceId, kind: resource.kind };
  return { bookingId: asked.bookingId!, spaceId, personId, day, part, hours, during, freeAgain, ...place };
};

/** Books what may be, unless it is only to be foreseen. What is refused now, or stands already, is asked no more. */
async function answersTo(
  work: Work,
  asking: readonly Asking[],
  write: boolean,
): Promise<readonly Outcome<Foreseen & { readonly fresh?: Booking }>[]> {
  const requests = asking.map(({ request }) => request);
  const foreseen = await foresee(work, requests);
  if (!write) return foreseen;
  const news = foreseen.flatMap((one, i) => (one.ok && 'offer' in one.value ? [i] : []));
  const booked = await bookMany(
    work,
    news.map(i => requests[i]!),
  );
  const byIndex = new Map(news.map((index, i) => [index, booked[i]!]));
  return foreseen.map((one, i) => {
    const outcome = byIndex.get(i);
    if (outcome === undefined) return one;
    return outcome.ok ? accept({ booking: outcome.value, fresh: outcome.value }) : outcome;
  });
}

const settled = ({ line }: Asking, answer: Outcome<Foreseen & { readonly fresh?: Booking }>): Line => {
  if (!answer.ok) {
    const { refusal } = answer;
    if (refusal.code === 'booking.id_reused') return { ...line, state: 'clash', reason: reasons.changedSince };
    if (refusal.code === 'booking.past_day') return { ...line, state: 'left', reason: reasons.past };
    const reason = refusal.code === 'booking.already_booked' ? reasons.personTaken(line.day!, line.hours) : refusal;
    return { ...line, state: 'clash', reason };
  }
  const { value } = answer;
  if (value.fresh) return { ...line, state: 'booked', price_eur_cents: value.fresh.price_eur_cents };
  if ('booking' in value) return { ...line, state: 'repeat' };
  return { ...line, price_eur_cents: value.offer.price_eur_cents };
};

const meets = (a: Holding['part'], b: Holding['part']): boolean => a === b || a === 'day' || b === 'day';

/** Does it hold a place at the time of a request? To the minute where hours are asked for, the time kept free after it included. */
const standsThen = ({ request, during }: Asking, one: Holding): boolean =>
  during === undefined ? meets(one.part, request.part) : overlaps({ from: one.during.from, to: one.freeAgain }, during);

/** One place to sit for the day, and one for an hour of it: only the like is in someone's way. */
const isAlike = ({ request }: Asking, one: Holding): boolean =>
  seatKinds.includes(one.kind) && (one.hours === null) === !request.hours;

/** What comes after hours that would be free, but for the time that the space keeps free after them. */
const nextAfter = ({ during }: Asking, ofPlace: readonly Holding[]): readonly Holding[] =>
  during === undefined
    ? []
    : ofPlace
        .filter(one => !isBefore(one.during.from, during.to))
        .toSorted((a, b) => (isBefore(a.during.from, b.during.from) ? -1 : 1))
        .slice(0, 1);

/** What stands in the way of a line: whoever has its resource, all that fill the space, or the person's own place. */
function inTheWay(asking: Asking, line: Line, thatDay: readonly Holding[]): readonly Holding[] {
  const { request } = asking;
  const then = thatDay.filter(one => one.bookingId !== request.bookingId && standsThen(asking, one));
  const there = then.filter(one => one.spaceId === request.spaceId);
  switch (line.reason?.code) {
    case 'booking.desk_taken':
    case 'booking.space_full': {
      const itsPlace = (one: Holding) =>
        request.resourceId === undefined ? one.kind === 'desk' : one.resourceId === request.resourceId;
      const taken = there.filter(itsPlace);
      return taken.length > 0 ? taken : nextAfter(asking, thatDay.filter(itsPlace));
    }
    case 'intake.person_taken':
      return then.filter(one => one.personId === request.personId && isAlike(asking, one));
    case 'intake.changed_since':
      return thatDay.filter(one => one.bookingId === request.bookingId);
    default:
      return [];
  }
}

/** A list of names longer than this tells nothing more. */
const mostShown = 4;

interface Explaining {
  readonly hosted: ReadonlySet<string>;
  readonly refs: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

/** Bookings of spaces where someone else receives people are counted among the reasons, and not shown. */
const shown = (holdings: readonly Holding[], { hosted, refs, names }: Explaining): readonly Against[] =>
  holdings
    .filter(one => hosted.has(one.spaceId))
    .slice(0, mostShown)
    .map(({ bookingId, day, part, hours, personId }) => ({
      bookingId,
      ref: refs.get(bookingId) ?? null,
      day,
      part,
      hours,
      person: names.get(personId) ?? null,
    }));

/** The lines of some drafts of a file, answered in their order; written, or only foreseen. */
export async function settle(work: Work, { drafts, known, refs }: Drafted, write: boolean): Promise<readonly Line[]> {
  const asking = drafts.filter((one): one is Asking => one.request !== null).toSorted(byDay);
  const answers = await answersTo(work, asking, write);
  const lines = new Map(asking.map((one, i) => [one as Draft, settled(one, answers[i]!)]));
  const clashes = asking.filter(one => lines.get(one)!.state === 'clash');
  const days: readonly Day[] = [...new Set(clashes.map(({ request }) => request.day))];
  const standing = days.length === 0 ? [] : await standingOn(work, { days, spaceIds: 'all' });
  const ahead = answers.flatMap(one => (one.ok && 'offer' in one.value ? [holdingOf(one.value)] : []));
  const holdings = groupBy<Holding, Day>([...standing, ...ahead], one => one.day);
  const against = new Map(
    clashes.map(one => [one as Draft, inTheWay(one, lines.get(one)!, holdings.get(one.request.day) ?? [])]),
  );
  const people = await peopleById(work, [...new Set([...against.values()].flat().map(one => one.personId))]);
  const explaining: Explaining = {
    hosted: new Set(known.spaces.map(space => space.spaceId)),
    refs,
    names: new Map(people.map(one => [one.personId, `${one.firstName} ${one.lastName}`])),
  };
  return drafts.map(one => {
    const line = lines.get(one) ?? one.line;
    return { ...line, against: shown(against.get(one) ?? [], explaining) };
  });
}
