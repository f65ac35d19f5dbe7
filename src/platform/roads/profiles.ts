import type { Mode } from './roads.ts';

/** Speeds in whole km/h along and against the drawing of a way; 0 where the mode may not go. */
export interface WaySpeeds {
  readonly along: number;
  readonly against: number;
}

type Tags = Readonly<Record<string, string>>;

/** Usual driving speeds where no limit is posted, bends and villages included. Ours, for display minutes. */
const carKmh: Readonly<Record<string, number>> = {
  motorway: 110,
  motorway_link: 60,
  trunk: 90,
  trunk_link: 50,
  primary: 70,
  primary_link: 45,
  secondary: 60,
  secondary_link: 40,
  tertiary: 50,
  tertiary_link: 35,
  unclassified: 40,
  residential: 25,
  living_street: 10,
  service: 15,
  road: 30,
};

const bicycleKmh = 16;
/** Where a bicycle must be pushed or a path is rough. */
const bicyclePathKmh = 8;
/** 4 km/h, as the national itinerary service walks. */
const footKmh = 4;

const fastRoads = new Set(['motorway', 'motorway_link', 'trunk', 'trunk_link']);
const bicyclePaths = new Set(['cycleway', 'track', 'path', 'pedestrian', 'bridleway']);
const footPaths = new Set(['footway', 'steps', 'path', 'pedestrian', 'track', 'cycleway', 'bridleway', 'corridor']);
const closed = new Set(['no', 'private', 'agricultural', 'forestry', 'delivery', 'military', 'emergency']);
const opened = new Set(['yes', 'designated', 'permissive', 'destination', 'official']);

const none: WaySpeeds = { along: 0, against: 0 };

/** The most specific access tag present decides; without any, the class of the road does. */
function mayEnter(tags: Tags, keys: readonly string[], byClass: boolean): boolean {
  const key = keys.find(name => tags[name] !== undefined);
  const said = key === undefined ? '' : tags[key]!;
  if (closed.has(said)) return false;
  return byClass || (key !== 'access' && opened.has(said));
}

const inDirections = (kmh: number, oneway: 'along' | 'against' | 'both'): WaySpeeds => ({
  along: oneway === 'against' ? 0 : kmh,
  against: oneway === 'along' ? 0 : kmh,
});

function onewayOf(tags: Tags): 'along' | 'against' | 'both' {
  const said = tags['oneway'];
  if (said === '-1' || said === 'reverse') return 'against';
  if (said === 'yes' || said === '1' || said === 'true') return 'along';
  if (said === 'no') return 'both';
  return tags['junction'] === 'roundabout' || tags['highway'] === 'motorway' ? 'along' : 'both';
}

function car(tags: Tags): WaySpeeds {
  const usual = carKmh[tags['highway']!];
  if (usual === undefined) return none;
  if (!mayEnter(tags, ['motorcar', 'motor_vehicle', 'vehicle', 'access'], true)) return none;
  const posted = Number.parseInt(tags['maxspeed'] ?? '', 10);
  const kmh = posted > 0 ? Math.min(Math.round(usual * 1.2), posted) : usual;
  return inDirections(kmh, onewayOf(tags));
}

function bicycle(tags: Tags): WaySpeeds {
  const highway = tags['highway']!;
  const byClass = (carKmh[highway] !== undefined && !fastRoads.has(highway)) || bicyclePaths.has(highway);
  if (!mayEnter(tags, ['bicycle', 'vehicle', 'access'], byClass)) return none;
  const kmh = bicyclePaths.has(highway) && highway !== 'cycleway' ? bicyclePathKmh : bicycleKmh;
  const bothWays =
    tags['oneway:bicycle'] === 'no' ||
    ['cycleway', 'cycleway:both', 'cycleway:left'].some(key => tags[key]?.startsWith('opposite'));
  return inDirections(kmh, bothWays ? 'both' : onewayOf(tags));
}

function foot(tags: Tags): WaySpeeds {
  const highway = tags['highway']!;
  const byClass = (carKmh[highway] !== undefined && !fastRoads.has(highway)) || footPaths.has(highway);
  return mayEnter(tags, ['foot', 'access'], byClass) ? { along: footKmh, against: footKmh } : none;
}

const profiles = { car, bicycle, foot };

/** Where and how fast a mode takes a way. A posted limit lowers a car; one-ways bind cars and bicycles, not walkers. */
export const speedsOf = (tags: Tags, mode: Mode): WaySpeeds => (tags['area'] === 'yes' ? none : profiles[mode](tags));

/** May a trip begin or end here? A car does not start in a parking aisle or on a private drive, a walker may. */
export const mayStart = (tags: Tags, mode: Mode): boolean => mode !== 'car' || tags['highway'] !== 'service';
