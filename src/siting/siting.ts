import type { Bilingual } from '../kernel/bilingual.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { greatCircleM } from '../kernel/place.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { estimate } from '../platform/roads/roads.ts';
import { listSpaces } from '../spaces/spaces.ts';
import type { NewStudy, Terms, Town } from './demand.ts';
import { type Candidate, type Reach, rank } from './rank.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export type { NewStudy, Town } from './demand.ts';
export { fictitiousStudy } from './fictitious-flows.ts';

/** Roads from each town that has or could have a space to the homes that it might attract, estimated from straight lines. */
function reachesAround(sites: readonly Town[], homes: readonly Town[], reach_m: number): Reach[] {
  return sites.flatMap(site =>
    homes
      .filter(home => greatCircleM(site.place, home.place) <= reach_m)
      .map(home => ({ townCode: site.code, homeCode: home.code, road_m: estimate(home.place, site.place).metres }))
      .filter(reach => reach.road_m <= reach_m),
  );
}

export interface Loaded {
  readonly towns: number;
  readonly flows: number;
  readonly candidates: number;
}

/** Replaces the network's study. Refuses `siting.unknown_town` when a flow or a candidate names a town that is not listed. */
export async function loadFlows(work: Work, study: NewStudy): Promise<Outcome<Loaded>> {
  const townOf = new Map(study.towns.map(town => [town.code, town]));
  const named = [...study.flows.flatMap(flow => [flow.homeCode, flow.workCode]), ...study.candidateCodes];
  const missing = named.find(code => !townOf.has(code));
  if (missing !== undefined) return refuse(words.unknownTown(missing));
  const candidates = new Set(study.candidateCodes);
  const open = new Set((await listSpaces(work)).map(space => space.commune.code));
  const flows = study.flows.map(flow => ({
    ...flow,
    road_m: estimate(townOf.get(flow.homeCode)!.place, townOf.get(flow.workCode)!.place).metres,
  }));
  const homes = new Set(flows.map(flow => flow.homeCode));
  const reaches = reachesAround(
    study.towns.filter(town => candidates.has(town.code) || open.has(town.code)),
    study.towns.filter(town => homes.has(town.code)),
    study.reach_m,
  );
  await store.deleteStudy(work);
  await store.insertStudy(work, {
    source_fr: study.source.fr,
    source_en: study.source.en,
    fictitious: study.fictitious,
    distances: 'estimate',
    reach_m: study.reach_m,
    uptake_percent: study.uptakePercent,
    desks: study.desks,
  });
  await store.insertTowns(
    work,
    study.towns.map(town => ({ ...town, candidate: candidates.has(town.code) })),
  );
  await store.insertFlows(work, flows);
  await store.insertReaches(work, reaches);
  return accept({ towns: study.towns.length, flows: flows.length, candidates: candidates.size });
}

export interface Ranking extends Terms {
  readonly source: Bilingual;
  readonly fictitious: boolean;
  readonly distances: 'estimate' | 'matrix';
  readonly candidateCount: number;
  readonly commuters: number;
  readonly candidates: readonly Candidate[];
  /** Towns of the study that already have a space. */
  readonly open: readonly Town[];
}

/** Ranks candidate towns. For who runs or funds the network. Refuses `siting.not_allowed`, `siting.no_study`. */
export async function rankCandidates(
  work: Work,
  actor: Actor,
  asked: { readonly openings: number },
): Promise<Outcome<Ranking>> {
  if (!holds(actor, 'network_operator') && !holds(actor, 'funder')) return refuse(words.notAllowed);
  const study = await store.selectStudy(work);
  if (study === null) return refuse(words.noStudy);
  const towns = await store.selectTowns(work);
  const flows = await store.selectFlows(work);
  const openCodes = [...new Set((await listSpaces(work)).map(space => space.commune.code))];
  const candidateCodes = towns.filter(town => town.candidate && !openCodes.includes(town.code)).map(town => town.code);
  const terms = { reach_m: study.reach_m, uptakePercent: study.uptake_percent, desks: study.desks };
  const market = { ...terms, towns, candidateCodes, openCodes, flows, reaches: await store.selectReaches(work) };
  return accept({
    ...terms,
    source: { fr: study.source_fr, en: study.source_en },
    fictitious: study.fictitious,
    distances: study.distances,
    candidateCount: candidateCodes.length,
    commuters: flows.reduce((sum, flow) => sum + flow.commuters, 0),
    candidates: rank(market, asked.openings),
    open: towns.filter(town => openCodes.includes(town.code)),
  });
}
