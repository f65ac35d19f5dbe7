import { describe, expect, test } from 'vitest';
import { assetsFrom } from './assets.ts';
import { currentOf, withQuery } from './links.ts';

test.each([
  ['/a', { lang: 'en' }, '/a?lang=en'],
  ['/a?x=1', { lang: 'en' }, '/a?x=1&lang=en'],
  ['/a?lang=fr&x=é', { lang: 'en' }, '/a?lang=en&x=%C3%A9'],
  ['/a?lang=fr', { lang: null }, '/a'],
  ['/a?x=1#there', { y: '2' }, '/a?x=1&y=2'],
] as const)('%s with %o becomes %s', (path, changes, expected) => {
  expect(withQuery(path, changes)).toBe(expected);
});

test.each([
  [['/'], '/', '/'],
  [['/'], '/espaces', undefined],
  [['/', '/espaces'], '/espaces', '/espaces'],
  [['/espaces'], '/espaces/ganges?jour=1', '/espaces'],
  [['/espace'], '/espaces', undefined],
  [['/employeur', '/employeur/energie'], '/employeur/energie?fait=oui', '/employeur/energie'],
  [['/employeur', '/employeur/energie'], '/employeur/autre', '/employeur'],
] as const)('of the menu entries %o, page %s is under %s', (hrefs, path, current) => {
  expect(currentOf(hrefs, path)).toBe(current);
});

describe('the build’s manifest', () => {
  const manifest = {
    'src/ui/client.ts': { file: 'assets/client-1.js' },
    'src/ui/site.css': { file: 'assets/site-2.css', assets: ['assets/a.woff2', 'assets/b.svg'] },
  };

  test('gives the style, the script and the fonts to preload', () => {
    expect(assetsFrom(manifest)).toEqual({
      css: ['/assets/site-2.css'],
      client: '/assets/client-1.js',
      fonts: ['/assets/a.woff2'],
    });
  });

  test('that misses an entry is refused at once, by name', () => {
    expect(() => assetsFrom({})).toThrow('src/ui/site.css');
  });
});
