import { z } from '@hono/zod-openapi';
import { accept } from '../kernel/outcome.ts';
import { actorIn, actorOf, endpoint, inVisit, type Mount, must, read, show } from '../platform/http.ts';
import { SitingPage } from './pages.tsx';
import { rankCandidates } from './siting.ts';

const asked = z.object({ openings: z.coerce.number().int().min(1).max(30).default(10) });

const metresADay = z.number().int().openapi({ description: 'Road metres in a working day, there and back.' });

const candidate = z
  .object({
    rank: z.number().int(),
    insee_code: z.string(),
    name: z.string(),
    population: z.number().int(),
    potential_m: metresADay,
    within_desks_m: metresADay,
    alone_m: metresADay,
    total_m: metresADay,
    commuters: z.number().int(),
  })
  .openapi('SitingCandidate');

const ranking = z.object({
  fictitious: z.boolean(),
  source_fr: z.string(),
  source_en: z.string(),
  distances: z.enum(['estimate', 'matrix']),
  reach_m: z.number().int(),
  uptake_percent: z.number().int(),
  desks: z.number().int(),
  candidates: z.array(candidate),
});

export function routes(mount: Mount): void {
  mount.pages.get('/implantation', async c => {
    const query = must(read(asked, c.req.query()));
    const actor = actorOf(c);
    const found = must(await inVisit(mount.shell, c, work => rankCandidates(work, actor, query)));
    return show(c, SitingPage({ visit: c.get('visit'), ranking: found, openings: query.openings }));
  });

  endpoint(
    mount,
    {
      method: 'get',
      path: '/siting/candidates',
      tag: 'siting',
      summary: 'Towns where a new space would save most road, each beyond those before it: potentials, not promises',
      query: asked,
      returns: ranking,
      refusals: ['siting.not_allowed', 'siting.no_study'],
    },
    async ({ query }, work, visit) => {
      const found = await rankCandidates(work, actorIn(visit), query);
      if (!found.ok) return found;
      const { source, uptakePercent, candidates, ...rest } = found.value;
      return accept({
        ...rest,
        source_fr: source.fr,
        source_en: source.en,
        uptake_percent: uptakePercent,
        candidates: candidates.map(({ town, withinDesks_m, ...line }) => ({
          ...line,
          insee_code: town.code,
          name: town.name,
          population: town.population,
          within_desks_m: withinDesks_m,
        })),
      });
    },
  );
}
