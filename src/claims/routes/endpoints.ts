import { z } from '@hono/zod-openapi';
import { accept } from '../../kernel/outcome.ts';
import { actorIn, endpoint, type Mount } from '../../platform/http.ts';
import { claim, claims, readLines, rerun } from '../claims.ts';
import { claimJson, claimSchema, projectJson, projectSchema } from './shapes.ts';
import { projectView, schemesView } from './views.ts';

// What is read over the API. Acts mount their own endpoints.

const id = z.object({ id: z.string().max(200) });
const metres = z.string().openapi({ description: 'Whole metres, signed, as text.' });
const readers = ['request.sign_in_first', 'claims.reader_only'];

function schemeEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/schemes', tag: 'schemes', refusals: readers },
      summary: 'Contract versions, collective projects, and what waits to be claimed under each',
      returns: z.object({
        contracts: z.array(
          z.object({
            ...{ contract_id: z.string(), label: z.string(), obligated_party_id: z.string() },
            ...{ valid_from: z.string(), valid_until: z.string().nullable(), terms: z.looseObject({}) },
          }),
        ),
        projects: z.array(projectSchema),
        open: z.array(
          z.object({
            scheme: z.string(),
            claimant: z.string(),
            vintage: z.number(),
            lines: z.number(),
            avoided_m: metres,
          }),
        ),
      }),
    },
    async (_, work, visit) => {
      const view = await schemesView(work, actorIn(visit));
      if (!view.ok) return view;
      const { contracts, projects, open } = view.value;
      return accept({
        contracts: contracts.map(one => ({
          ...{ contract_id: one.contractId, label: one.label, obligated_party_id: one.obligatedPartyId },
          ...{ valid_from: one.validFrom, valid_until: one.validUntil, terms: one.terms },
        })),
        projects: projects.map(projectJson),
        open: open.map(one => ({ ...one, avoided_m: String(one.avoided_m) })),
      });
    },
  );
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/projects/{id}', tag: 'schemes', params: id, refusals: ['schemes.unknown_project'] },
      summary: 'A collective project as anyone may read it, with its gauge and its units',
      returns: projectSchema.extend({
        gauge: z.object({ mass_mg: z.string(), spaces: z.number(), users: z.number(), reached: z.boolean() }),
        units: z.array(z.object({ serial: z.string(), units: z.string() })),
      }),
    },
    async ({ params }, work, visit) => {
      const view = await projectView(work, visit.actor, params.id);
      if (!view.ok) return view;
      const { project, gauge, units } = view.value;
      return accept({
        ...projectJson(project),
        gauge,
        units: units.map(one => ({ ...one, units: String(one.units) })),
      });
    },
  );
}

function claimEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/claims', tag: 'claims', refusals: ['request.sign_in_first'] },
      summary: 'The claims that the asker may read, the latest first',
      returns: z.array(
        z.object({
          claim_id: z.string(),
          kind: z.string(),
          claimant: z.string(),
          period: z.string(),
          state: z.string(),
        }),
      ),
    },
    async (_, work, visit) => {
      const found = await claims(work, actorIn(visit));
      return accept(
        found.map(({ row: { claimId, kind, claimant, period }, state }) => ({
          ...{ claim_id: claimId, kind, claimant, period, state },
        })),
      );
    },
  );
  const ofClaim = { params: id, refusals: [...readers, 'claims.unknown_claim'] };
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/claims/{id}', tag: 'claims', returns: claimSchema, ...ofClaim },
      summary: 'A claim: what it was sealed as, what it comes to, what has happened to it',
    },
    async ({ params }, work, visit) => {
      const found = await claim(work, actorIn(visit), params.id);
      return found.ok ? accept(claimJson(found.value)) : found;
    },
  );
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/claims/{id}/lines', tag: 'claims', ...ofClaim },
      summary: 'A hundred lines of a claim, after a place in the log; the reading is recorded',
      query: z.object({ after: z.coerce.number().int().default(-1) }),
      returns: z.array(
        z.object({
          seq: z.number(),
          line_id: z.string(),
          leaf: z.string(),
          avoided_m: metres,
          content: z.looseObject({}),
        }),
      ),
    },
    async ({ params, query }, work, visit) => {
      const actor = actorIn(visit);
      const found = await claim(work, actor, params.id);
      if (!found.ok) return found;
      const lines = await readLines(work, actor, { claim: found.value, after: query.after });
      return accept(
        lines.map(({ seq, lineId, leaf, avoided_m, content }) => ({
          ...{ seq, line_id: lineId, leaf, avoided_m: String(avoided_m), content },
        })),
      );
    },
  );
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/claims/{id}/recount', tag: 'claims', ...ofClaim },
      summary: 'Computes a claim again, from the legs of its lines to its total',
      returns: z.object({
        ...{ recounted: z.number(), erased: z.number(), differing: z.array(z.number()) },
        same: z.boolean().nullable().openapi({ description: 'Null when erased lines leave it unknown.' }),
      }),
    },
    ({ params }, work, visit) => rerun(work, actorIn(visit), params.id),
  );
}

export function readEndpoints(mount: Mount): void {
  schemeEndpoints(mount);
  claimEndpoints(mount);
}
