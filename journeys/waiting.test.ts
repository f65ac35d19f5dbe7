import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../src/kernel/time.ts';
import { enterAs, faultsOf, type Journey, sidewaysScroll, startJourney, textOf } from '../tools/journey.ts';
import { anchor } from '../tools/test-demo.ts';

let parvis: Journey;
/** On a phone, without JavaScript. */
let mohamed: Page;
let nadia: Page;
/** A Wednesday two weeks ahead, in a space that has one room. */
const day = addDays(anchor, 15);
const rooms = `/reserver?espace=ganges-la-filature&jour=${day}&place=meeting_room`;

beforeAll(async () => {
  parvis = await startJourney();
  mohamed = await parvis.newPage({ script: false, width: 360 });
  nadia = await parvis.newPage({ lang: 'en' });
  await enterAs(mohamed, 'Mohamed');
  await enterAs(nadia, 'Nadia');
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

const asksFor = async (page: Page, from: string, to: string): Promise<void> => {
  await page.goto(rooms);
  await page.locator('#de').fill(from);
  await page.locator('#a').fill(to);
  await page.getByRole('button', { name: /^(Réserver ces heures|Book these hours)$/ }).click();
};

/** What a browser that runs scripts finds wrong with a page that was posted: it is drawn again from its own text. */
const sound = async (page: Page): Promise<void> => {
  const html = await page.content();
  for (const width of [360, 1280]) {
    const scripted = await parvis.newPage({ width });
    await scripted.goto('/');
    await scripted.setContent(html, { waitUntil: 'load' });
    expect(await faultsOf(scripted)).toEqual([]);
    expect(await sidewaysScroll(scripted)).toBe(0);
    await scripted.context().close();
  }
};

test('hours that are taken are waited for in one tap, and given to whoever waited once they are free', async () => {
  await asksFor(nadia, '09:00', '11:00');
  const held = nadia.url().replace(/\?.*/, '');
  expect(held).toContain('/reservations/bkg_');

  await asksFor(mohamed, '09:30', '10:45');
  expect(await textOf(mohamed)).toContain('Tout est pris mercredi 9 décembre de 9:30 à 10:45.');
  await sound(mohamed);
  await mohamed.getByRole('button', { name: 'Attendre mercredi 9 décembre de 9:30 à 10:45' }).click();
  expect(mohamed.url()).toContain('/mes-reservations#attente');
  expect((await mohamed.locator('#attente').innerText()).replaceAll(/\s+/g, ' ')).toMatch(
    /mercredi 9 décembre de 9:30 à 10:45 .*Salle de réunion, La Filature, Ganges .*1er dans l’ordre des demandes/,
  );
  await sound(mohamed);

  await nadia.goto(held);
  await nadia.getByRole('button', { name: 'Cancel this booking' }).click();
  await parvis.hourPasses();
  await mohamed.goto('/mes-reservations');
  expect(await mohamed.locator('#attente').count()).toBe(0);
  await mohamed.getByRole('link', { name: 'mercredi 9 décembre de 9:30 à 10:45' }).click();
  expect(await textOf(mohamed)).toContain('Salle haute');
  expect(parvis.mails.some(mail => /Subject:.*lib/.test(mail) && mail.includes('9:30'))).toBe(true);
});
