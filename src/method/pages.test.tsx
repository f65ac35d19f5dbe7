import { render } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import type { Lang } from '../kernel/bilingual.ts';
import type { Visit } from '../kernel/visit.ts';
import { methodFingerprint, methodSheet } from './method.ts';
import { MethodPage } from './pages.tsx';

const visit = (lang: Lang): Visit => ({
  network: { networkId: 'net_00000001', name: 'Réseau d’essai', profile: 'demo', fictitious: true },
  actor: null,
  lang,
  path: '/methode',
  origin: 'http://localhost',
  nav: [],
});

const line = { key: 'day.gross', values: {}, text: { fr: 'Écart brut', en: 'Gross difference' } };

it.each([
  ['fr', 'Estimation non officielle', 'Écart brut', 'équations officielles'],
  ['en', 'Unofficial estimate', 'Gross difference', 'official equations'],
] as const)(
  'the method page in %s says what it is worth, shows a worked day and lists what is unknown',
  (lang, ...said) => {
    const example = { lines: [line], net_mg: 9_321_900n, avoided_m: 70_000n };
    const html = render(MethodPage({ visit: visit(lang), sheet: methodSheet(), hashes: methodFingerprint(), example }));
    for (const words of said) expect(html).toContain(words);
    expect(html.match(/<h1/g)).toHaveLength(1);
    for (const { id } of methodSheet().factors.factors) expect(html).toContain(`<code>${id}</code>`);
    for (const { id } of methodSheet().unknowns) expect(html).toContain(`>${id}<`);
  },
);
