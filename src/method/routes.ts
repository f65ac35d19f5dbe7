import { z } from '@hono/zod-openapi';
import { accept } from '../kernel/outcome.ts';
import { text } from '../kernel/rational.ts';
import { endpoint, type Mount, must, show } from '../platform/http.ts';
import {
  assumptions,
  chosenHalfWidths,
  explain,
  families,
  familySheet,
  methodFingerprint,
  methodSheet,
  publicSets,
  publicUnknowns,
  type QuantifyRequest,
  quantifyDocument,
  sensitivity,
  totalsByFactor,
  uncertainty,
} from './method.ts';
import { MethodPage } from './pages/method.tsx';

/** The day of the golden vector GV-02: 40 km to the office, 5 km to the space, alone in a car. */
const workedDay: QuantifyRequest = {
  id: 'worked-day',
  method: 'lbc-tiers-lieux',
  profile: 'demo',
  rebound: { variant: 'net', rate: '31/100' },
  days: [
    {
      count: 1,
      x: 1,
      replaced: 'office',
      reference: [
        { metres: 40_000, factor: 'car' },
        { metres: 40_000, factor: 'car' },
      ],
      actual: [
        { metres: 5_000, factor: 'car' },
        { metres: 5_000, factor: 'car' },
      ],
    },
  ],
};

/** That day told, with its interval and what it would be otherwise. */
const workedExample = () => {
  const { id: _, days, ...terms } = workedDay;
  const groups = days.map(({ count, ...day }) => ({ day, count }));
  const { explanation, avoided_m } = must(explain(workedDay));
  return {
    lines: explanation.days[0]!.lines,
    avoided_m,
    interval: uncertainty(must(totalsByFactor(groups, terms)), chosenHalfWidths),
    sensitivity: must(sensitivity(groups, terms)),
    assumptions,
  };
};

const exactMg = z.string().openapi({ description: 'Exact milligrams, like "857614800" or "43946100/7".' });

const quantified = z
  .object({
    id: z.string(),
    avoided_m: z.string(),
    gross_mg: exactMg,
    net_mg: exactMg,
    credits: z.string(),
    carry_mg: exactMg,
  })
  .openapi('Quantified');

const fingerprint = z.object({
  method: z.string(),
  version: z.string(),
  method_hash: z.string(),
  factor_set: z.string(),
  factor_set_hash: z.string(),
});

const said = z.object({ fr: z.string(), en: z.string() });

const version = z.object({ method: z.string(), version: z.string(), published_on: z.string(), digest: z.string() });
const family = z.object({ version, title: said, counts: said, status: said }).openapi('MethodFamily');

const factorSet = z
  .object({
    id: z.string(),
    sha256: z.string(),
    title: said,
    boundary: z.enum(['use_phase', 'use_and_construction', 'life_cycle']),
    boundary_words: said,
    vintage: z.string(),
    source: z.string(),
    source_url: z.string(),
    licence: said,
    valid_from: z.string(),
    best_before: z.string(),
    cautions: z.array(said).readonly().optional(),
    factors: z
      .array(
        z.object({
          id: z.string(),
          label: said,
          ug_per_m: z.number().int().openapi({ description: 'Whole micrograms of CO2e a metre.' }),
          construction_ug_per_m: z.number().int().optional(),
          denominator: z.enum(['veh_km', 'pers_km']),
          vintage: z.string().optional(),
          source_id: z.string().optional(),
          caution: said.optional(),
        }),
      )
      .readonly(),
  })
  .openapi('FactorSet');

const mark = z
  .enum(['S', 'I', 'U', 'C'])
  .openapi({ description: 'S: sourced. I: inferred. U: not found in public sources. C: set by a contract.' });

const sheet = family
  .extend({
    equations: z.array(z.object({ number: z.string(), formula: z.string(), mark, words: said })).readonly(),
    parameters: z
      .array(z.object({ symbol: z.string(), label: said, value: said, unit: said, source: said, mark }))
      .readonly(),
    unknowns: z
      .array(
        z.object({
          id: z.string(),
          label: said,
          demo_default: said,
          certifying: z.enum(['required', 'contract', 'none']),
          possible: z.string(),
        }),
      )
      .readonly(),
    factor_sets: z.array(factorSet).readonly(),
    assumptions: z
      .array(z.object({ id: z.string(), label: said, half_width: z.string(), status: z.literal('product_choice') }))
      .readonly(),
  })
  .openapi('MethodSheet');

export function routes(mount: Mount): void {
  mount.pages.get('/methode', c =>
    show(
      c,
      MethodPage({
        visit: c.get('visit'),
        status: methodSheet().status,
        families: families(),
        sets: publicSets(),
        unknowns: publicUnknowns(),
        example: workedExample(),
      }),
    ),
  );

  endpoint(
    mount,
    {
      method: 'get',
      path: '/methods',
      tag: 'method',
      summary: 'The families of methods: what each counts, its version and the fingerprint of its frozen files',
      returns: z.object({ methods: z.array(family).readonly() }),
    },
    async () => accept({ methods: families() }),
  );

  endpoint(
    mount,
    {
      method: 'get',
      path: '/methods/{method}',
      tag: 'method',
      summary: 'One family: equations, parameters, unknowns, factor sets and the errors that its intervals assume',
      params: z.object({ method: z.string() }),
      returns: sheet,
      refusals: ['method.no_such_method'],
    },
    async ({ params }) => {
      const found = familySheet(params.method);
      if (!found.ok) return found;
      const written = found.value.assumptions.map(one => ({ ...one, half_width: text(one.half_width) }));
      return accept({ ...found.value, assumptions: written });
    },
  );

  endpoint(
    mount,
    {
      method: 'get',
      path: '/method',
      tag: 'method',
      summary: 'The method in force: version, fingerprints of its frozen files and of its factors',
      returns: fingerprint,
    },
    async () => accept(methodFingerprint()),
  );

  endpoint(
    mount,
    {
      method: 'post',
      path: '/method/quantify',
      tag: 'method',
      summary: 'Computes a list of days, as `parvis quantify` does; nothing is kept',
      body: z.looseObject({ id: z.string() }),
      returns: quantified,
      refusals: ['method.unknown_method', 'method.profile_incomplete', 'method.factor_denominator_mismatch'],
    },
    // The method reads the document itself: it names a fault better than a schema would.
    async ({ body }) => quantifyDocument(body),
  );
}
