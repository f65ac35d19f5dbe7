import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import type { Resource, Space } from '../spaces/spaces.ts';
import { rowsOf } from './csv-text.ts';
import { folded, type RoomName, roomText } from './entry.ts';
import { reasons, words } from './words.ts';

/** A space, and one resource of it; null is any free desk. */
export interface Spot {
  readonly space: Space;
  readonly resource: Resource | null;
}

export interface Known {
  /** Where whoever imports receives people. */
  readonly spaces: readonly Space[];
  readonly resources: readonly Resource[];
}

/** What the names of the other system stand for; null sets the entry aside. */
export interface Mapping {
  readonly rooms: ReadonlyMap<string, Spot | null>;
  readonly persons: ReadonlyMap<string, string | null>;
}

const ofSpace = ({ resources }: Known, space: Space): readonly Resource[] =>
  resources.filter(one => one.spaceId === space.spaceId);

const spacesNamed = ({ spaces }: Known, name: string): readonly Space[] =>
  spaces.filter(space => [space.name, space.slug].some(own => folded(own) === folded(name)));

/** `space / resource` or `space`, by name or by the name in its address; a resource alone when one space has it. */
function spotsNamed(known: Known, name: string): readonly Spot[] {
  const [area, ...rest] = name.split(/\s+\/\s+/);
  const room = rest.join(' / ');
  return spotsCalled(known, room === '' ? { area: null, room: area! } : { area: area!, room });
}

function spotsCalled(known: Known, { area, room }: RoomName): readonly Spot[] {
  const called = (spaces: readonly Space[]): readonly Spot[] =>
    spaces.flatMap(space =>
      ofSpace(known, space)
        .filter(resource => folded(resource.name) === folded(room))
        .map(resource => ({ space, resource })),
    );
  const within = area === null ? [] : spacesNamed(known, area);
  if (room === '') return within.map(space => ({ space, resource: null }));
  if (within.length > 0) return called(within);
  const anywhere = called(known.spaces);
  return anywhere.length > 0 ? anywhere : spacesNamed(known, room).map(space => ({ space, resource: null }));
}

const kinds: Readonly<Record<string, 'room' | 'person'>> = {
  salle: 'room',
  room: 'room',
  personne: 'person',
  person: 'person',
};

/** What stands for `set this aside`. */
const aside = '-';

/** Lines of `salle;name there;space / resource` and `personne;login there;address`; `-` sets aside. */
export function mappingOf(text: string, known: Known): Outcome<Mapping> {
  const rooms = new Map<string, Spot | null>();
  const persons = new Map<string, string | null>();
  for (const [n, cells] of rowsOf(text).entries()) {
    if (cells.every(cell => cell === '')) continue;
    const [kind = '', from = '', to = ''] = cells;
    const what = kinds[folded(kind)];
    if (what === undefined || folded(from) === '' || to === '') return refuse(words.mappingUnreadable(n + 1));
    if (what === 'person') persons.set(from.toLowerCase(), to === aside ? null : to);
    else if (to === aside) rooms.set(folded(from), null);
    else {
      const spots = spotsNamed(known, to);
      if (spots.length !== 1) return refuse(words.mappingUnknown(n + 1, to));
      rooms.set(folded(from), spots[0]!);
    }
  }
  return accept({ rooms, persons });
}

/** Where a name of the other system is, by the mapping first, then by its own words; or why it is nowhere. */
export function spotOf(at: RoomName, { rooms }: Mapping, known: Known): Spot | Refusal {
  for (const name of [roomText(at), at.room, at.area ?? '']) {
    const mapped = name === '' ? undefined : rooms.get(folded(name));
    if (mapped === null) return reasons.setAside;
    if (mapped !== undefined) return withRoom(mapped, at, name, known);
  }
  const spots = spotsCalled(known, at);
  if (spots.length === 1) return spots[0]!;
  return spots.length === 0 ? reasons.unknownRoom(roomText(at)) : reasons.severalRooms(roomText(at));
}

/** An area that was mapped to a space still has rooms: each is the resource of that name. */
function withRoom(spot: Spot, { area, room }: RoomName, mapped: string, known: Known): Spot | Refusal {
  if (mapped !== area || spot.resource !== null || room === '') return spot;
  const own = ofSpace(known, spot.space).filter(resource => folded(resource.name) === folded(room));
  return own.length === 1 ? { space: spot.space, resource: own[0]! } : reasons.unknownRoom(roomText({ area, room }));
}

/** The address of whoever an entry names, or why there is none. */
export function addressOf(person: string | null, { persons }: Mapping): string | Refusal {
  if (person === null) return reasons.noPerson;
  const mapped = persons.get(person.toLowerCase());
  return mapped === null ? reasons.setAside : (mapped ?? person);
}
