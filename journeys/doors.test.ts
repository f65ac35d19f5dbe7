import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DoorServer, startDoor } from '../tools/door-server.ts';
import { groupsTold } from '../tools/door-town.ts';
import { enterAs, faultsOf, type Journey, type Look, sidewaysScroll, startJourney } from '../tools/journey.ts';

let parvis: Journey;
let door: DoorServer;
/** Plain pages, without JavaScript; the worker's on a phone. */
let manager: Page;
let worker: Page;

beforeAll(async () => {
  parvis = await startJourney();
  door = await startDoor(({ path }) => (path === '/groups' ? { status: 200, body: groupsTold } : { status: 204 }));
  manager = await parvis.newPage({ script: false });
  worker = await parvis.newPage({ width: 360, script: false });
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
  await door.close();
});

const read = async (part: Locator): Promise<string> => (await part.innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
const textOf = (page: Page): Promise<string> => read(page.locator('main'));
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
/** The page of an address as a browser with scripts shows it: without a fault, and no wider than its window. */
async function look(who: string, address: string, seen: Look): Promise<string> {
  const page = await parvis.newPage(seen);
  await enterAs(page, who);
  await page.goto(address);
  expect(await faultsOf(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  const text = await textOf(page);
  await page.context().close();
  return text;
}

test('the manager sets the lock of the space, tries it, and says which door opens', async () => {
  await enterAs(manager, 'Bruno');
  await manager.goto('/gestion');
  await follow(manager, 'La Filature');
  await follow(manager, 'Portes et Wi-Fi');
  await manager.getByLabel('Adresse').fill(door.address);
  await manager.getByLabel('Jeton').fill('jeton-de-la-serrure');
  await press(manager, 'Enregistrer la serrure');
  await press(manager, 'Essayer la connexion');
  expect(await textOf(manager)).toContain('2 portes');
  await manager.getByRole('group', { name: 'Toute réservation' }).getByLabel('Porte d’entrée').check();
  await press(manager, 'Enregistrer les portes');
  await manager.getByLabel('Codes, un par ligne').fill('WIFI-0001\nWIFI-0002');
  await press(manager, 'Ajouter ces codes');
  expect(await textOf(manager)).toContain('2 codes restent à donner');
});

test('a worker books, and finds the door code and a Wi-Fi code on the page of the booking', async () => {
  parvis.at('2026-11-26', '08:00');
  await enterAs(worker, 'Mohamed');
  await worker.goto('/reserver?espace=ganges-la-filature&jour=2026-11-26&moment=matin');
  await press(worker, /^Réserver/);
  await parvis.hourPasses();
  await worker.reload();
  const told = door.heard.findLast(one => one.body?.['state'] === 'open');
  expect(told).toMatchObject({ token: 'jeton-de-la-serrure', body: { from: '2026-11-26T06:15:00Z' } });
  const pin = String(told!.body!['pin']);
  expect(await textOf(worker)).toContain(`${pin.slice(0, 3)} ${pin.slice(3)}`);
  await press(worker, 'Prendre mon code Wi-Fi');
  expect(await textOf(worker)).toMatch(/WIFI-000[12]/);
  await follow(worker, 'Ma réservation');
  expect(await textOf(worker)).toMatch(/WIFI-000[12]/);
  const { pathname } = new URL(worker.url());
  expect(await look('Mohamed', pathname, { width: 360 })).toContain('Code de la porte');
  expect(await look('Mohamed', `${pathname}/acces`, { lang: 'en' })).toContain('Door code');
});

test('the manager sees that the door knows, on a phone too, and no code', async () => {
  await manager.reload();
  expect(await textOf(manager)).toContain('ouvert');
  expect(await textOf(manager)).not.toMatch(/WIFI-000[12]|\d{3} \d{3}/);
  const address = new URL(manager.url()).pathname;
  expect(await look('Bruno', address, { width: 360 })).toContain('Droits d’accès');
  expect(await look('Bruno', address, { lang: 'en' })).toContain('Which booking opens which door');
});
