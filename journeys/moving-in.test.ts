import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../src/kernel/time.ts';
import { enterAs, faultsOf, type Journey, sidewaysScroll, startJourney, textOf } from '../tools/journey.ts';
import { anchor } from '../tools/test-demo.ts';

let parvis: Journey;
/** On a phone, without JavaScript. */
let josiane: Page;

beforeAll(async () => {
  parvis = await startJourney();
  josiane = await parvis.newPage({ script: false, width: 360 });
  await enterAs(josiane, 'Josiane');
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

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

/** Hours of a room, of which one goes by no quarters. */
const room = ['9h;10h30', '14:10;15:00'].map(
  (hours, n) => `s${n};Salle haute;auditor@exemple.invalid;${addDays(anchor, 15)};${hours}`,
);
/** Four Tuesdays and a person that the network does not know. */
const rows = [7, 14, 21, 28].map(
  days => `r${days};Filature;auditor@exemple.invalid;${addDays(anchor, days)};${days === 7 ? '9h;11h' : '0:00;24:00'}`,
);
const file = {
  name: 'ancien.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'id;poste;personne;jour;debut;fin',
      ...rows,
      ...room,
      `r9;Filature;inconnue;${addDays(anchor, 7)};0:00;24:00`,
    ].join('\n'),
  ),
};

describe('as a host I take over the bookings of my former system', () => {
  test('from the menu, I choose the file and see what it would become', async () => {
    await josiane.goto('/accueil');
    const href = await josiane
      .locator('#menu')
      .getByRole('link', { name: 'Reprise', includeHidden: true })
      .getAttribute('href');
    await josiane.goto(href!);
    await josiane.getByLabel('D’où vient-il ?').selectOption('csv');
    await josiane.locator('#fichier').setInputFiles(file);
    await josiane.getByRole('button', { name: 'Voir ce que cela deviendrait' }).click();
    expect(await textOf(josiane)).toContain('« Filature » n’est le nom d’aucun poste ni espace où vous accueillez.');
    await sound(josiane);
  });

  test('I say what the former names stand for, without choosing the file again', async () => {
    await josiane.getByLabel('Correspondance des noms').fill('salle;Filature;La Filature');
    await josiane.getByRole('button', { name: 'Voir ce que cela deviendrait' }).click();
    const text = await textOf(josiane);
    expect(text).toContain('Rien n’est encore réservé');
    expect(text).toContain('Le réseau ne connaît pas « inconnue ».');
    expect(text).toContain('La matinée les contient, et se réserve si vous acceptez d’élargir.');
    expect(text).toContain('9 décembre 2026, de 9:00 à 10:30');
    expect(text).toContain('Ces heures ne vont pas de quart d’heure en quart d’heure (de 14:10 à 15:00)');
    await sound(josiane);
  });

  test('I agree, and the places are booked; a second time nothing changes', async () => {
    await josiane.getByRole('button', { name: 'Réserver ces 4 places' }).click();
    expect(await textOf(josiane)).toMatch(/C’est repris[\s\S]*4\s+réservé/);
    await sound(josiane);
    await josiane.getByRole('button', { name: 'Voir ce que cela deviendrait' }).click();
    expect(await textOf(josiane)).toMatch(/Rien à réserver dans ce fichier[\s\S]*4\s+déjà repris/);
  });
});
