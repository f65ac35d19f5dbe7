import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterAs, faultsOf, type Journey, sessionOf, sidewaysScroll, startJourney, textOf } from '../tools/journey.ts';

let parvis: Journey;
let phone: Page;
let tablet: Page;
/** Plain pages, without JavaScript. */
let host: Page;

const day = '2026-11-26';
const desk = '/accueil/ganges-la-filature';

beforeAll(async () => {
  parvis = await startJourney();
  parvis.at(day, '08:20');
  phone = await parvis.newPage({ width: 360 });
  tablet = await parvis.newPage();
  host = await parvis.newPage({ script: false });
  await enterAs(phone, 'Mohamed');
  await enterAs(host, 'Josiane');
  const listed = await fetch(`${parvis.origin}${desk}/bornes`, {
    headers: { cookie: await sessionOf(parvis, 'Josiane') },
  });
  await tablet.goto(/\/kiosque\/ksk_[0-9a-z]+\?cle=[0-9a-z]+/.exec(await listed.text())![0]);
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
async function isSound(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
}

/** The digits on the phone, typed at the kiosk. */
async function typesTheirCode(): Promise<string> {
  const code = (await phone.locator('.kiosk-code span').first().innerText()).trim();
  await tablet.getByLabel('Vos huit chiffres').fill(code);
  await press(tablet, 'Noter mon arrivée');
  const answer = tablet.locator('details .notice');
  await answer.waitFor();
  return answer.innerText();
}

test('someone shows their own code, and the kiosk notes them once', async () => {
  await phone.goto('/mon-espace');
  await phone.getByRole('link', { name: 'Afficher mon code' }).click();
  await phone.getByLabel('Où êtes-vous').selectOption('ganges-la-filature');
  await press(phone, 'Afficher mon code');
  await isSound(phone);
  await tablet.getByText('J’ai un code personnel').click();
  await isSound(tablet);
  expect(await typesTheirCode()).toContain('Arrivée notée, Mohamed');
  await phone.goto('/mon-espace');
  expect(await textOf(phone)).toContain('Arrivée notée à');
});

test('a host prints a sheet and enters it once it is signed', async () => {
  await host.goto(`${desk}/${day}`);
  await host.getByRole('link', { name: 'Feuilles de présence' }).click();
  await host.getByLabel('Premier jour').fill(day);
  await press(host, 'Préparer la feuille');
  expect(await textOf(host)).toContain('Nom et adresse électronique');
  const look = await parvis.newPage({ width: 360 });
  await enterAs(look, 'Josiane');
  await look.goto(new URL(host.url()).pathname);
  await isSound(look);
  await host.getByRole('link', { name: /^Saisir, jeudi 26 novembre/ }).click();
  const first = host.getByRole('row').nth(1);
  const name = (await first.getByRole('rowheader').innerText()).trim();
  await first.getByLabel('Matin').check();
  await first.getByLabel(`Arrivée, ${name}`).fill('8:40');
  await look.goto(new URL(host.url()).pathname);
  await isSound(look);
  await look.context().close();
  await press(host, 'Enregistrer ces présences');
  expect(await textOf(host)).toContain('C’est enregistré');
  await host.goto(`${desk}/${day}`);
  expect(await textOf(host)).toContain('feuille signée');
});

test('a place for which nobody comes is given back, and had again by who arrives after all', async () => {
  const manager = await parvis.newPage({ script: false });
  await enterAs(manager, 'Bruno');
  await manager.goto(`${desk}/regles`);
  await manager.getByLabel('Rendre une place après').fill('15');
  await manager.getByRole('button', { name: 'Enregistrer' }).nth(1).click();
  expect(await textOf(manager)).toContain('C’est enregistré');
  parvis.at('2026-11-27', '08:00');
  await phone.goto('/reserver?espace=ganges-la-filature&jour=2026-11-27&moment=journee');
  await press(phone, /^Réserver/);
  const { pathname } = new URL(phone.url());
  parvis.at('2026-11-27', '09:30');
  const heard = tablet.waitForResponse(answer => answer.url().endsWith('/sync') && answer.ok());
  await tablet.reload();
  await heard;
  await parvis.hourPasses();
  expect(parvis.mails.some(mail => mail.includes('rendue'))).toBe(true);
  await phone.goto('/mon-espace');
  expect(await textOf(phone)).toContain('Votre place a été rendue');
  await phone.goto(pathname);
  await phone.getByRole('link', { name: 'Je suis là' }).click();
  await isSound(phone);
  const code = (await tablet.locator('.kiosk-code span').first().innerText()).trim();
  await phone.getByLabel('Code de la borne').fill(code);
  await press(phone, 'Je suis là');
  expect(await textOf(phone)).toContain('Votre place vous est rendue');
});
