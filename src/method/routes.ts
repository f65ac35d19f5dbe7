import { z } from '@hono/zod-openapi';
import { accept } from '../kernel/outcome.ts';
import { floor } from '../kernel/rational.ts';
import { endpoint, type Mount, must, show } from '../platform/http.ts';
import { explain, methodFingerprint, methodSheet, type QuantifyRequest, quantifyDocument } from './method.ts';
import { MethodPage } from './pages.tsx';

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

export function routes(mount: Mount): void {
  mount.pages.get('/methode', c => {
    const { explanation, net_mg, avoided_m } = must(explain(workedDay));
    const lines = explanation.days[0]!.lines;
    const example = { lines, net_mg: floor(net_mg), avoided_m };
    return show(c, MethodPage({ visit: c.get('visit'), sheet: methodSheet(), hashes: methodFingerprint(), example }));
  });

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
