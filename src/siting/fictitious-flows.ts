import { greatCircleM } from '../kernel/place.ts';
import type { Flow, NewStudy, Town } from './demand.ts';

/** Workplaces within these bounds, as the crow flies, draw commuters; the nearest is worth a commute at all. */
const nearest_m = 4_000;
const farthest_m = 60_000;
/** How many workplaces a town's commuters spread over. */
const workplaces = 6;
/** Of a hundred inhabitants, those who work in another commune, about what France counts in small towns. */
const commutersPercent = 25;
/** A candidate is a small town: large enough for shops, small enough to need a space. */
const candidatePopulation = { least: 1_500, most: 10_000 };

/** A whole number from 0 to 2^32 − 1 that depends on the seed and both codes alone, whatever the order of towns (FNV-1a). */
function draw(seed: number, text: string): number {
  let hash = (2_166_136_261 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619) >>> 0;
  return hash;
}

/** Pull of a workplace: its size over the square of the distance, up to a fifth more or less by chance. Whole and positive. */
function pull(home: Town, work: Town, seed: number): number {
  const km = Math.max(1, Math.round(greatCircleM(home.place, work.place) / 1_000));
  const luck = 80 + (draw(seed, `${home.code} ${work.code}`) % 41);
  return Math.floor((work.population * luck) / (km * km));
}

function flowsFrom(home: Town, towns: readonly Town[], seed: number): Flow[] {
  const pulls = towns
    .filter(work => {
      const metres = greatCircleM(home.place, work.place);
      return work.population > home.population && metres >= nearest_m && metres <= farthest_m;
    })
    .map(work => ({ work, weight: pull(home, work, seed) }))
    .sort((a, b) => b.weight - a.weight || (a.work.code < b.work.code ? -1 : 1))
    .slice(0, workplaces);
  const total = pulls.reduce((sum, { weight }) => sum + weight, 0);
  const leaving = Math.floor((home.population * commutersPercent) / 100);
  return pulls
    .map(({ work, weight }) => ({
      homeCode: home.code,
      workCode: work.code,
      commuters: Math.floor((leaving * weight) / Math.max(1, total)),
    }))
    .filter(({ commuters }) => commuters > 0);
}

/**
 * Invented commuting flows between real towns, by gravity: the same towns and seed give the same flows. Commuters go to larger
 * towns only. Everything made of them is labelled as fictitious.
 */
export function fictitiousStudy(towns: readonly Town[], seed: number): NewStudy {
  const { least, most } = candidatePopulation;
  return {
    source: {
      fr: 'flux inventés par un modèle de gravité entre communes réelles',
      en: 'flows invented by a gravity model between real communes',
    },
    fictitious: true,
    reach_m: 20_000,
    uptakePercent: 30,
    desks: 20,
    towns,
    flows: towns.flatMap(home => flowsFrom(home, towns, seed)),
    candidateCodes: towns.filter(t => t.population >= least && t.population <= most).map(t => t.code),
  };
}
