import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/time.ts';
import type { Visit } from '../kernel/visit.ts';
import { editionOf } from './edition.ts';
import { IndicatorPage } from './pages/indicator.tsx';
import { OverviewPage } from './pages/overview.tsx';
import { sampleClaimed, sampleMonth, samplePast, samplePresences, sampleSpaces } from './sample.ts';
import { slugs } from './words.ts';

const visitIn = (lang: 'fr' | 'en'): Visit => ({
  network: { networkId: 'net_observed', name: 'Réseau', profile: 'demo', fictitious: true },
  actor: null,
  lang,
  path: '/observatoire',
  origin: 'https://example.org',
  nav: [],
});

const publishedAt = instant('2026-12-09T08:00:00Z');
const edition = (month: '2026-10' | '2026-11', peopleBySpace: readonly number[]) =>
  editionOf(sampleMonth(month), {
    presences: samplePresences(peopleBySpace),
    spaces: sampleSpaces,
    past: samplePast,
    claimed: sampleClaimed,
  });
const published = [
  { edition: edition('2026-10', [12, 9, 8, 2]), publishedAt },
  { edition: edition('2026-11', [14, 9, 8, 7]), publishedAt },
];
const cases = [
  ['nothing published', []],
  ['one month', published.slice(0, 1)],
  ['two months', published],
  ['a month that is withheld', [{ edition: edition('2026-10', [2, 1]), publishedAt }]],
] as const;

describe.each(['fr', 'en'] as const)('in %s', lang => {
  test.each(cases.flatMap(([name, given]) => slugs.map(slug => [slug, name, given] as const)))(
    'the page of %s with %s says real values and how it is counted',
    (slug, _name, given) => {
      const html = render(<IndicatorPage visit={visitIn(lang)} slug={slug} published={given} />);
      expect(html).not.toMatch(/\bNaN\b|undefined|\[object/);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain('id="methode"');
    },
  );

  test.each(cases)('the first page with %s leads to every indicator', (_name, given) => {
    const html = render(<OverviewPage visit={visitIn(lang)} published={given} spaces={sampleSpaces} />);
    expect(html).not.toMatch(/\bNaN\b|undefined|\[object/);
    expect(slugs.every(slug => html.includes(`href="/observatoire/${slug}"`))).toBe(true);
  });
});
