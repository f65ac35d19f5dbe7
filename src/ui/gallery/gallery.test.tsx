import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { Visit } from '../../kernel/visit.ts';
import { Layout } from '../layout/layout.tsx';
import { allExamples, Gallery } from './gallery.tsx';

const visit: Visit = {
  network: { networkId: 'net_gallery0', name: 'Réseau', profile: 'demo', fictitious: true },
  actor: null,
  lang: 'fr',
  path: '/composants',
  origin: 'https://example.org',
  nav: [{ href: '/', label: { fr: 'Accueil', en: 'Home' } }],
};
const page = render(
  <Layout visit={visit} title="Composants">
    <Gallery />
  </Layout>,
);
const cases = allExamples.flatMap(({ component, examples }) =>
  examples.map(({ name, draw }) => [component, name, draw] as const),
);

describe('each example', () => {
  test.each(cases)('%s, %s, is drawn and says only real values', (_component, _name, draw) => {
    const html = render(draw());
    expect(html.length).toBeGreaterThan(20);
    expect(html).not.toMatch(/\bNaN\b|undefined|\[object/);
  });
});

describe('the gallery page', () => {
  test('shows every component that has a style', () => {
    const styled = Object.keys(import.meta.glob('../*/*.css'))
      .filter(path => path.startsWith('../'))
      .map(path => path.split('/')[1]!);
    const around = ['arrange', 'base', 'chart', 'gallery', 'layout'];
    const shown = allExamples.map(({ component }) => component);
    expect([...new Set(styled)].filter(name => !around.includes(name) && !shown.includes(name))).toEqual([]);
  });

  test('gives each id once', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(match => match[1]);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
  });

  test('points labels, hints and errors at elements that exist', () => {
    const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(match => match[1]));
    const pointed = [...page.matchAll(/\s(?:for|aria-describedby|popovertarget)="([^"]+)"/g)].flatMap(match =>
      match[1]!.split(' '),
    );
    expect(pointed.length).toBeGreaterThan(5);
    expect(pointed.filter(id => !ids.has(id))).toEqual([]);
  });

  test('has one h1, a language, a way to skip to the content, and the fictitious banner', () => {
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('href="#contenu"');
    expect(page).toContain('Données fictives');
  });
});
