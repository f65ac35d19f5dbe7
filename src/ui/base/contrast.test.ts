import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Theme = Readonly<Record<string, string>>;

const css = readFileSync('src/ui/base/tokens.css', 'utf8');
const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');
const coloursIn = (text: string): Theme =>
  Object.fromEntries([...text.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
const themes: readonly (readonly [string, Theme])[] = [
  ['light', coloursIn(light)],
  ['dark', { ...coloursIn(light), ...coloursIn(dark) }],
];

/** Relative luminance, WCAG 2.2. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map(at => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};

const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
};

/** Text (4.5) and signs, borders of controls, focus (3) on the grounds where they stand. */
const pairs: readonly (readonly [front: string, grounds: readonly string[], least: number])[] = [
  ['text', ['ground', 'surface', 'sunken', 'action-tint', 'notice-tint', 'pending-tint', 'link-tint', 'water'], 4.5],
  ['muted', ['ground', 'surface', 'sunken', 'action-tint', 'pending-tint'], 4.5],
  ['link', ['ground', 'surface', 'sunken', 'notice-tint', 'link-tint', 'action-tint', 'pending-tint'], 4.5],
  ['link-strong', ['ground', 'surface', 'sunken'], 4.5],
  ['notice', ['ground', 'surface', 'sunken', 'notice-tint'], 4.5],
  ['on-action', ['action', 'action-strong'], 4.5],
  ['on-notice', ['notice', 'notice-strong'], 4.5],
  ['on-pending', ['pending'], 4.5],
  ['ground', ['text'], 4.5],
  ['action', ['ground', 'surface', 'sunken', 'action-tint'], 3],
  ['line-strong', ['ground', 'surface', 'action-tint'], 3],
  ['surface', ['link'], 3],
];

describe.each(themes)('in the %s theme', (_name, theme) => {
  test.each(pairs.flatMap(([front, grounds, least]) => grounds.map(ground => [front, ground, least] as const)))(
    '%s on %s reaches %d',
    (front, ground, least) => {
      expect(contrast(theme[front]!, theme[ground]!)).toBeGreaterThanOrEqual(least);
    },
  );
});

test('the computation agrees with the standard: black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
