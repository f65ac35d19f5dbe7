import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { enterAs, startJourney } from '../tools/journey.ts';

const folder = 'docs/screenshots';

/** The README's pictures: `PARVIS_SCREENSHOTS=1 npx vitest run --project journeys screenshots` draws them again. */
const asked = process.env['PARVIS_SCREENSHOTS'] === '1';

const pictures = [
  ['home', null, '/'],
  ['results', null, '/recherche?q=ganges'],
  ['space', null, '/espaces/ganges-la-filature'],
  ['observatory', null, '/observatoire'],
  ['month', 'Nadia', '/operateur/mois/2026-10'],
  ['audit', 'Salomé', '/audit'],
] as const;

test.skipIf(!asked)('the README’s pictures are drawn on the told story', { timeout: 240_000 }, async () => {
  mkdirSync(folder, { recursive: true });
  const parvis = await startJourney();
  for (const [name, who, path] of pictures) {
    const page = await parvis.newPage({ width: 1280 });
    if (who !== null) await enterAs(page, who);
    await page.goto(path);
    expect(await page.locator('h1').count()).toBe(1);
    await page.screenshot({ path: `${folder}/${name}.png`, clip: { x: 0, y: 0, width: 1280, height: 960 } });
  }
  await parvis.close();
});
