import { type Booking, byTheHour, lookUp, mayHost, type Asked as Request } from '../../booking/booking.ts';
import { show } from '../../kernel/bilingual.ts';
import { type Canonical, hashOf } from '../../kernel/canonical.ts';
import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, type DayPart, type Interval, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { type Person, personByEmail } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import {
  factsOf,
  hourlyKinds,
  listSpaces,
  type OpenDay,
  openDaysOf,
  priceAmong,
  type Space,
  type Tariff,
} from '../../spaces/spaces.ts';
import { readCsv } from '../csv-text.ts';
import { readGrr, readMrbs } from '../dumps.ts';
import { type Entry, type Format, roomText, type Source } from '../entry.ts';
import { readIcs } from '../ics-text.ts';
import { addressOf, type Known, type Mapping, mappingOf, type Spot, spotOf } from '../mapping.ts';
import type { Line } from '../report.ts';
import {
  firstDayOf,
  fitOf,
  goesByQuarters,
  hourlyFitOf,
  intervalOf,
  longest_days,
  type Slice,
  slicesOf,
} from '../timing.ts';
import { reasons, words } from '../words.ts';

// A file becomes lines, one a day of an entry: those that can be asked of booking carry their request.

export interface Intake {
  readonly format: Format;
  readonly content: string;
  /** Lines of `salle;…` and `personne;…`; empty when names are enough. */
  readonly mapping: string;
  /** Tells two installations of one system apart: their numbers are the same. */
  readonly source: string;
  /** Books the half-day that holds hours which are none. */
  readonly widen: boolean;
}

export interface Draft {
  readonly line: Line;
  readonly request: Request | null;
  /** When it takes the place, for what goes by the hour. */
  readonly during?: Interval | undefined;
}

export interface Drafted {
  readonly drafts: readonly Draft[];
  readonly known: Known;
  /** Which entry of the file each booking comes from. */
  readonly refs: ReadonlyMap<string, string>;
}

/** Days in order, entries of one day as in the file: what meets, and what an employer pays a month, is judged in one order. */
export const byDay = (a: Draft, b: Draft): number => {
  const [one, other] = [a.line.day ?? '', b.line.day ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
};

/** Days and half-days in one import. */
const mostLines = 20_000;
/** How far ahead a space may be booked at most. */
const furthest_days = 731;

function sourceOf({ format, content }: Intake, today: Day): Outcome<Source> {
  if (format === 'csv') return readCsv(content);
  if (format === 'ics') return readIcs(content, { from: today, to: addDays(today, furthest_days) });
  return format === 'mrbs' ? readMrbs(content) : readGrr(content);
}

const blank: Omit<Line, 'ref' | 'room' | 'person' | 'state' | 'reason'> = {
  day: null,
  part: null,
  hours: null,
  place: null,
  against: [],
  bookingId: null,
  price_eur_cents: null,
};

const setAside = new Set(['intake.set_aside', 'intake.cancelled_there', 'intake.unconfirmed', 'intake.not_an_event']);

const stateFor = (reason: Refusal): Line['state'] => (setAside.has(reason.code) ? 'left' : 'unknown');

/** One entry whose place and person are known, on one day. */
interface Placed {
  readonly entry: Entry;
  readonly spot: Spot;
  readonly person: Person;
  readonly slice: Slice;
  /** All of the entry goes by quarters of an hour, where its place may. */
  readonly byQuarters: boolean;
}

const told = ({ ref, at, person }: Pick<Entry, 'ref' | 'person'> & { at: Entry['at'] | null }) => ({
  ref,
  room: at === null ? '' : roomText(at),
  person: person ?? '',
});

const stopped = (entry: Parameters<typeof told>[0], reason: Refusal, day: Day | null = null): Draft => ({
  line: { ...blank, ...told(entry), day, state: stateFor(reason), reason },
  request: null,
});

/** The same entry, day and source give the same booking, in whichever order and however often they come. */
const bookingIdOf = (work: Work, { format, source }: Intake, { entry, slice }: Placed): Id<'bkg'> => {
  const identity: Canonical = [work.networkId, format, source, entry.key, slice.day];
  return `bkg_${hashOf(identity).slice(0, 32)}`;
};

const mayGoByTheHour = ({ resource }: Spot): boolean => resource !== null && hourlyKinds.includes(resource.kind);

type Judged = { readonly placed: readonly Placed[] } | { readonly draft: Draft };

function place(entry: Entry, known: Known, found: { mapping: Mapping; persons: ReadonlyMap<string, Person> }): Judged {
  const day = firstDayOf(entry.when, known.spaces[0]!.zone);
  const no = (reason: Refusal): Judged => ({ draft: stopped(entry, reason, day) });
  const spot = spotOf(entry.at, found.mapping, known);
  if ('code' in spot) return no(spot);
  const address = addressOf(entry.person, found.mapping);
  if (typeof address !== 'string') return no(address);
  const person = found.persons.get(address);
  if (person === undefined) return no(reasons.unknownPerson(address));
  const slices = slicesOf(entry.when, spot.space.zone);
  if (slices.length > longest_days) return no(reasons.lastsTooLong(longest_days));
  if (slices.length === 0) return no(reasons.lastsNothing);
  const byQuarters = !mayGoByTheHour(spot) || goesByQuarters(slices, spot.space.zone);
  return { placed: slices.map(slice => ({ entry, spot, person, slice, byQuarters })) };
}

async function personsOf(
  work: Work,
  entries: readonly Entry[],
  mapping: Mapping,
): Promise<ReadonlyMap<string, Person>> {
  const addresses = entries.flatMap(entry => {
    const address = addressOf(entry.person, mapping);
    return typeof address === 'string' ? [address] : [];
  });
  const found = await Promise.all(
    [...new Set(addresses)].map(async address => [address, await personByEmail(work, address)] as const),
  );
  return new Map(found.flatMap(([address, person]) => (person === null ? [] : [[address, person] as const])));
}

const spaceDay = (spaceId: string, day: Day): string => `${spaceId} ${day}`;

interface Drafting {
  readonly work: Work;
  readonly actor: Actor;
  readonly intake: Intake;
  readonly openDays: ReadonlyMap<string, OpenDay>;
  readonly tariffs: readonly Tariff[];
}

type Reached =
  | { readonly state: Line['state']; readonly reason: Refusal; readonly part?: DayPart }
  | { readonly when: Pick<Request, 'day' | 'part' | 'hours'> };

/** What is asked of a place that is booked by the part of the day. */
function reachedByPart({ slice }: Placed, openDay: OpenDay, { widen }: Intake): Reached {
  const fit = fitOf(slice, openDay);
  if (fit.kind === 'outside') return { state: 'clash', reason: reasons.outsideHours };
  const { part } = fit;
  if (fit.kind === 'within' && !widen) return { state: 'odd', reason: reasons.oddTime(part), part };
  return { when: { day: slice.day, part } };
}

/** The same, or its very hours where the place has a price for them. */
function reachedBy(one: Placed, openDay: OpenDay, { intake, tariffs }: Drafting): Reached {
  const { entry, spot, slice, byQuarters } = one;
  const [{ spaceId, zone }, { day }, kind] = [spot.space, slice, spot.resource?.kind];
  const priced = (part: Tariff['part']) => kind !== undefined && priceAmong(tariffs, { spaceId, kind, part, day }).ok;
  if (!mayGoByTheHour(spot) || !priced('hour') || entry.when.kind === 'parts')
    return reachedByPart(one, openDay, intake);
  const hasPrice = (part: DayPart) => priced(part === 'day' ? 'day' : 'half_day');
  const fit = hourlyFitOf(slice, openDay, { zone, hasPrice });
  if (!byQuarters || fit.kind === 'odd_quarters') {
    const { from, to } = intervalOf(entry.when, zone);
    return { state: 'clash', reason: reasons.oddQuarters(show.clock(from, zone), show.clock(to, zone)) };
  }
  if (fit.kind === 'part') return reachedByPart(one, openDay, intake);
  const when = byTheHour(fit.hours);
  if (!when.ok) throw new BrokenInvariant('hours that a clock tells by quarters are whole');
  return { when: { day, ...when.value } };
}

function draftOf(one: Placed, drafting: Drafting): Draft {
  const { work, actor, intake, openDays } = drafting;
  const { entry, spot, person, slice } = one;
  const { space, resource } = spot;
  const { day } = slice;
  const line = {
    ...blank,
    ...told(entry),
    day,
    place: { space: space.name, resource: resource?.name ?? null },
    bookingId: bookingIdOf(work, intake, one),
  };
  const openDay = openDays.get(spaceDay(space.spaceId, day));
  if (openDay === undefined) return { line: { ...line, state: 'left', reason: reasons.past }, request: null };
  const reached = reachedBy(one, openDay, drafting);
  if ('state' in reached) return { line: { ...line, part: null, ...reached }, request: null };
  const { part, hours = null } = reached.when;
  const request: Request = {
    ...reached.when,
    spaceId: space.spaceId,
    personId: person.personId,
    bookingId: line.bookingId,
    bookedBy: actor.personId,
    byHost: true,
    ...(resource && { resourceId: resource.resourceId, kind: resource.kind }),
  };
  const during = hours && 'during' in slice ? slice.during : undefined;
  return { line: { ...line, part, hours, state: 'bookable', reason: null }, request, during };
}

/** An entry that a file tells twice is taken once: the first time. */
const onceEach = (drafts: readonly Draft[]): readonly Draft[] => {
  const seen = new Set<string>();
  return drafts.map(one => {
    const { line, request } = one;
    const again = request !== null && seen.has(line.bookingId!);
    if (request !== null) seen.add(line.bookingId!);
    return again ? { line: { ...line, state: 'repeat', reason: reasons.twice }, request: null } : one;
  });
};

/** Was it taken as a part of the day that holds it, before the place had a price by the hour, or because someone agreed to widen? */
function wasWidened({ line, request }: Draft, { hours, ...before }: Booking): boolean {
  if (line.state === 'odd' || line.reason?.code === 'intake.odd_quarters') return true;
  if (!request?.hours || hours !== null) return false;
  const holds = before.part === 'day' || before.part === request.part;
  return holds && before.spaceId === request.spaceId && before.personId === request.personId;
}

/** Hours that were widened at an earlier import are not to be widened again, nor taken for others. */
async function withoutTaken(work: Work, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const mayHaveBeen = ({ line, request }: Draft) =>
    line.state === 'odd' || line.reason?.code === 'intake.odd_quarters' || request?.hours;
  const ids = drafts.filter(mayHaveBeen).flatMap(({ line }) => line.bookingId ?? []);
  const taken = new Map(ids.length === 0 ? [] : (await lookUp(work, ids)).map(one => [one.bookingId, one]));
  return drafts.map(one => {
    const before = one.line.bookingId === null ? undefined : taken.get(one.line.bookingId);
    if (before === undefined || !wasWidened(one, before)) return one;
    const { part, hours } = before;
    return { line: { ...one.line, part, hours, state: 'repeat', reason: null }, request: null };
  });
}

const hostedSpaces = async (work: Work, actor: Actor): Promise<readonly Space[]> =>
  (await listSpaces(work)).filter(space => mayHost(actor, space));

/** Whoever receives people somewhere may take their bookings over. */
export const mayTakeIn = async (work: Work, actor: Actor): Promise<Outcome<null>> =>
  (await hostedSpaces(work, actor)).length > 0 ? accept(null) : refuse(words.notHost);

/** Reads a file and finds its places, people and times; nothing is asked of booking yet. */
export async function draft(work: Work, actor: Actor, intake: Intake): Promise<Outcome<Drafted>> {
  const spaces = await hostedSpaces(work, actor);
  if (spaces.length === 0) return refuse(words.notHost);
  const todays = new Map(spaces.map(space => [space.spaceId as string, localDay(work.now, space.zone)]));
  const today = [...todays.values()].toSorted()[0]!;
  const source = sourceOf(intake, today);
  if (!source.ok) return source;
  const { entries, unread } = source.value;
  if (entries.length + unread.length === 0) return refuse(words.noEntry);
  const facts = await factsOf(
    work,
    spaces.map(space => space.spaceId),
  );
  const known: Known = { spaces, resources: facts.flatMap(one => one.resources) };
  const mapping = mappingOf(intake.mapping, known);
  if (!mapping.ok) return mapping;
  const persons = await personsOf(work, entries, mapping.value);
  const judged = entries.map(entry => place(entry, known, { mapping: mapping.value, persons }));
  const placed = judged.flatMap(one => ('placed' in one ? one.placed : []));
  if (placed.length + unread.length > mostLines) return refuse(words.tooMany(mostLines));
  const ahead = placed.filter(({ spot, slice }) => slice.day >= todays.get(spot.space.spaceId)!);
  const reached = new Set<string>(ahead.map(({ spot }) => spot.space.spaceId));
  const opening = openDaysOf(
    facts.filter(one => reached.has(one.space.spaceId)),
    unique(ahead.map(({ slice }) => slice.day)),
  );
  const openDays = new Map(opening.map(one => [spaceDay(one.spaceId, one.day), one]));
  const drafting = { work, actor, intake, openDays, tariffs: facts.flatMap(one => one.tariffs) };
  const drafts = [
    ...judged.flatMap(one => ('placed' in one ? one.placed.map(slice => draftOf(slice, drafting)) : [one.draft])),
    ...unread.map(one => stopped(one, one.reason)),
  ];
  const refs = drafts.flatMap(({ line }) => (line.bookingId ? [[line.bookingId, line.ref] as const] : []));
  return accept({ drafts: await withoutTaken(work, onceEach(drafts)), known, refs: new Map(refs) });
}
