import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProfile } from '../tools/browser.ts';
import { enterAs, faultsOf, type Journey, sessionOf, sidewaysScroll, startJourney, textOf } from '../tools/journey.ts';
import { stretchWire, type Wire } from '../tools/wire.ts';

/** A device with a network of its own. Switched off and on, it knows what its folder kept, and no longer who was signed in. */
interface Device {
  readonly folder: string;
  readonly width: number;
  /** `hush` lets it be heard by no one, and no one answer. */
  readonly wire: Wire & { readonly hush: (yes: boolean) => void };
  context: BrowserContext;
  page: Page;
}

let parvis: Journey;
let phone: Device;
let tablet: Device;
let host: string;
let kiosk: string;

async function switchOn({ folder, width, wire }: Omit<Device, 'context' | 'page'>, offline = false) {
  const look = { baseURL: wire.url, viewport: { width, height: 800 }, timezoneId: 'Europe/Paris' };
  const context = await openProfile(folder, { ...look, offline });
  context.setDefaultTimeout(10_000);
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}
async function newDevice(name: string, width: number): Promise<Device> {
  const server = parvis.origin.replace('localhost', '127.0.0.1');
  let hushed = false;
  const bareWire = await stretchWire(
    server,
    () =>
      (_said, { pass }) =>
        hushed || pass(),
  );
  const hush = (yes: boolean) => {
    hushed = yes;
  };
  const wire = { ...bareWire, hush };
  const bare = { folder: mkdtempSync(join(tmpdir(), `parvis-${name}-`)), width, wire };
  return { ...bare, ...(await switchOn(bare)) };
}
/** Off and on again where there is no network. */
async function restart(device: Device): Promise<void> {
  await device.context.close();
  Object.assign(device, await switchOn(device, true));
}
async function cut({ wire, context }: Device): Promise<void> {
  wire.cut();
  await context.setOffline(true);
}
async function mend({ wire, context }: Device): Promise<void> {
  wire.mend();
  await context.setOffline(false);
}

beforeAll(async () => {
  parvis = await startJourney();
  parvis.at('2026-11-26', '08:20');
  phone = await newDevice('phone', 360);
  tablet = await newDevice('tablet', 1280);
  host = await sessionOf(parvis, 'Josiane');
  const bornes = await ask('/accueil/ganges-la-filature/bornes', host);
  kiosk = /\/kiosque\/ksk_[0-9a-z]+\?cle=[0-9a-z]+/.exec(bornes)![0];
  const { spaces } = JSON.parse(await ask('/api/v1/spaces', host)) as { spaces: { space_id: string; slug: string }[] };
  const space_id = spaces.find(({ slug }) => slug === 'ganges-la-filature')!.space_id;
  const booked = await fetch(`${parvis.origin}/api/v1/bookings`, {
    method: 'POST',
    headers: { cookie: await sessionOf(parvis, 'Mohamed'), 'content-type': 'application/json' },
    body: JSON.stringify({ space_id, day: '2026-11-26', part: 'day' }),
  });
  expect(booked.status).toBe(201);
});
afterAll(async () => {
  for (const { context, folder, wire } of [phone, tablet]) {
    await context.close();
    await wire.close();
    rmSync(folder, { recursive: true, force: true });
  }
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

const ask = async (path: string, cookie: string): Promise<string> =>
  (await fetch(parvis.origin + path, { headers: { cookie } })).text();
const codeOn = async (page: Page): Promise<string> =>
  (await page.locator('.kiosk-code span').first().innerText()).trim();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
/** Whether a browser offers to install a page: nothing stands against it. */
const installErrors = async (page: Page): Promise<readonly string[]> => {
  const cdp = await page.context().newCDPSession(page);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  return installabilityErrors.map(({ errorId }) => errorId);
};
const ready = (page: Page) => page.waitForFunction(() => document.documentElement.dataset['offline'] === 'ready');
const waitingOn = (page: Page) =>
  page.locator('.notice').filter({ hasText: 'En attente de réseau' }).getByRole('listitem');
/** How a person's arrivals are recorded, whoever looks. */
const arrivalsOf = async (name: string): Promise<string> => {
  const list = (await ask('/accueil/ganges-la-filature/2026-11-26', host)).replaceAll(/<[^>]*>/g, ' ');
  return list.slice(list.indexOf(name), list.indexOf(name) + 400).replaceAll(/\s+/g, ' ');
};

/** How many records that day left in that space, by what noted them. */
async function recorded(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ method: string; n: number }>`
    select method, count(*)::integer as n from presence.access_event
    where local_day = '2026-11-26' group by method`.execute(parvis.shell.db);
  return Object.fromEntries(rows.map(({ method, n }) => [method, n]));
}

describe('with a network, both install', () => {
  test('“My day” on a phone', async () => {
    await enterAs(phone.page, 'Mohamed');
    await phone.page.goto('/mon-espace');
    await ready(phone.page);
    expect(await textOf(phone.page)).toContain('La Filature');
    expect(await installErrors(phone.page)).toEqual([]);
  });

  test('the kiosk on a tablet', async () => {
    await tablet.page.goto(kiosk);
    await ready(tablet.page);
    expect(await installErrors(tablet.page)).toEqual([]);
  });
});

describe('the network is cut in the morning', () => {
  test('the kiosk comes back after a reload and turns its codes', async () => {
    await cut(tablet);
    await tablet.page.reload();
    await tablet.page.getByText('Pas de réseau').waitFor();
    expect(await codeOn(tablet.page)).toMatch(/^[0-9A-HJKMNP-TV-Z]{3} [0-9A-HJKMNP-TV-Z]{3}$/);
  });

  test('my page still shows my desk, says of when it is, and keeps the arrival that I note', async () => {
    await cut(phone);
    await phone.page.reload();
    await phone.page.getByText('Cette page est celle du jeudi 26 novembre').waitFor();
    expect(await textOf(phone.page)).toContain('La Filature');
    await phone.page.getByLabel('Code de la borne').fill(await codeOn(tablet.page));
    await press(phone.page, 'Noter mon arrivée');
    await phone.page.getByText('En attente de réseau').waitFor();
    expect(await textOf(phone.page)).toMatch(/Code [0-9A-Z ]{7}, depuis le jeudi 26 novembre à 0?8:2\d/);
    expect(await faultsOf(phone.page)).toEqual([]);
    expect(await sidewaysScroll(phone.page)).toBe(0);
  });

  test('I can also declare that I am here, with the button that is there with a network', async () => {
    await phone.page.getByText('La borne ne marche pas ?').click();
    await press(phone.page, /^Déclarer ma présence/);
    await phone.page.getByText('Présence déclarée').waitFor();
    expect(await waitingOn(phone.page).count()).toBe(2);
  });

  test('a square scanned leads to the same form, with its code in it', async () => {
    await phone.page.goto('/p/K7M204?k=ksk_00000000');
    await phone.page.getByText('Le code lu est dans le champ').waitFor();
    expect(await phone.page.getByLabel('Code de la borne').inputValue()).toBe('K7M204');
    await press(phone.page, 'Noter mon arrivée');
    await phone.page.getByText('Code K7M204').waitFor();
  });

  test('a page that was not kept says so, and leads back', async () => {
    await phone.page.goto('/mes-trajets');
    expect(await textOf(phone.page)).toContain('Les autres pages attendent son retour');
    expect(await faultsOf(phone.page)).toEqual([]);
  });

  test('someone without a phone touches their name', async () => {
    await tablet.page.getByText('Je n’ai pas de téléphone').click();
    await press(tablet.page, /^Mohamed/);
    await tablet.page.getByText(/1 en attente d’envoi, depuis jeudi 26 novembre/).waitFor();
  });
});

describe('both are switched off and on, still without a network', () => {
  test('the phone still shows the page, and what waits', async () => {
    await restart(phone);
    await phone.page.goto('/mon-espace');
    await phone.page.getByText('Cette page est celle du jeudi 26 novembre').waitFor();
    await expect.poll(() => waitingOn(phone.page).count()).toBe(3);
  });

  test('the tablet still shows its codes, and what waits', async () => {
    await restart(tablet);
    await tablet.page.goto(kiosk.replace(/\?.*/, ''));
    await tablet.page.getByText(/1 en attente d’envoi/).waitFor();
    expect(await codeOn(tablet.page)).toMatch(/[0-9A-Z]{3} [0-9A-Z]{3}/);
  });
});

describe('a tablet loses the time', () => {
  test('restarted three days back, it shows no code and notes no one; set right, it goes on', async () => {
    await tablet.page.clock.setSystemTime(Date.now() - 3 * 86_400_000);
    await tablet.page.reload();
    await tablet.page.getByText('Cette tablette a perdu l’heure').waitFor();
    expect(await tablet.page.locator('.kiosk-code').count()).toBe(0);
    expect(await tablet.page.getByText('Je n’ai pas de téléphone').count()).toBe(0);
    await restart(tablet);
    await tablet.page.goto(kiosk.replace(/\?.*/, ''));
    await tablet.page.getByText(/1 en attente d’envoi/).waitFor();
    expect(await codeOn(tablet.page)).toMatch(/[0-9A-Z]{3} [0-9A-Z]{3}/);
  });
});

describe('six days later the tablet is still without a network', () => {
  test('and the code that it shows notes someone whose phone has one', async () => {
    const ahead_ms = await tablet.page.evaluate(() => {
      const heard = Object.keys(localStorage).find(name => name.endsWith('-heard'))!;
      return (JSON.parse(localStorage.getItem(heard)!) as { ahead_ms: number }).ahead_ms;
    });
    parvis.at('2026-12-02', '08:20');
    await tablet.page.clock.setSystemTime(parvis.shell.clock().epochMilliseconds - ahead_ms);
    await tablet.page.reload();
    await tablet.page.getByText('mercredi 2 décembre').waitFor();
    // Who has booked that day was foreseen.
    expect(await textOf(tablet.page)).toContain('Mohamed');
    const answer = await fetch(`${parvis.origin}/api/v1/check-ins`, {
      method: 'POST',
      headers: { cookie: await sessionOf(parvis, 'Mohamed'), 'content-type': 'application/json' },
      body: JSON.stringify({ code: await codeOn(tablet.page) }),
    });
    expect(answer.status).toBe(201);
    parvis.at('2026-11-26', '08:40');
    await restart(tablet);
    await tablet.page.goto(kiosk.replace(/\?.*/, ''));
  });
});

describe('the network is back', () => {
  test('the arrival is there, once, whoever is signed in by now; what was refused stays with its reason', async () => {
    expect(await arrivalsOf('Mohamed')).not.toContain('8:2');
    await mend(phone);
    await phone.page.goto('/mon-espace');
    // Switched off, the phone forgot who was signed in.
    expect(phone.page.url()).toContain('/connexion');
    await expect.poll(() => arrivalsOf('Mohamed')).toMatch(/8:2\d/);
    await enterAs(phone.page, 'Mohamed');
    await phone.page.goto('/mon-espace');
    await phone.page.getByText('Arrivée refusée').waitFor();
    const text = await textOf(phone.page);
    expect(text).toContain('Cette borne n’existe pas');
    expect(text.match(/Arrivée notée à 0?8:2\d/g)).toHaveLength(1);
    expect(await recorded()).toEqual({ rotating_code: 1, own_declaration: 2 });
    const refused = phone.page.locator('.notice').filter({ hasText: 'Arrivée refusée' });
    await refused.getByRole('button', { name: 'J’ai lu' }).click();
    await expect.poll(() => phone.page.getByText('Arrivée refusée').count()).toBe(0);
  });

  test('the kiosk sends the touch, and nothing waits any more', async () => {
    await mend(tablet);
    await expect.poll(() => tablet.page.getByText(/en attente d’envoi/).count()).toBe(0);
    expect(await recorded()).toEqual({ rotating_code: 1, own_declaration: 2, kiosk_name: 1 });
    // Switched off, the tablet forgot its key as well: the host opens it again.
    await tablet.page.goto(kiosk);
    await ready(tablet.page);
  });
});

describe('a network that answers nothing', () => {
  test('counts as none after a few seconds: the arrival is kept, and leaves later, once', async () => {
    await ready(phone.page);
    phone.wire.hush(true);
    await phone.page.getByLabel('Code de la borne').fill(await codeOn(tablet.page));
    await press(phone.page, 'Noter mon arrivée');
    await phone.page.getByText('En attente de réseau').waitFor({ timeout: 20_000 });
    phone.wire.hush(false);
    await press(phone.page, 'Envoyer maintenant');
    await expect.poll(() => waitingOn(phone.page).count(), { timeout: 20_000 }).toBe(0);
    expect(await recorded()).toMatchObject({ rotating_code: 2 });
    await phone.page.waitForURL('**/mon-espace');
  });
});

describe('a device that others use', () => {
  test('signed out without a network, it shows nothing of mine, and the sign-out ends when it can', async () => {
    await ready(phone.page);
    await cut(phone);
    await phone.page.reload();
    await phone.page.getByText('Cette page est celle du jeudi 26 novembre').waitFor();
    await phone.page.getByRole('button', { name: 'Menu' }).click();
    await press(phone.page, 'Se déconnecter');
    await phone.page.goto('/mon-espace');
    expect(await textOf(phone.page)).toContain('Les autres pages attendent son retour');
    await mend(phone);
    await phone.page.goto('/mon-espace');
    expect(phone.page.url()).toContain('/connexion');
  });

  test('when someone else enters, the page of whoever was there before is gone', async () => {
    await enterAs(phone.page, 'Mohamed');
    await phone.page.goto('/mon-espace');
    await ready(phone.page);
    await enterAs(phone.page, 'Josiane');
    await phone.page.goto('/espaces');
    await cut(phone);
    await phone.page.goto('/mon-espace');
    expect(await textOf(phone.page)).toContain('Les autres pages attendent son retour');
    await mend(phone);
  });
});

describe('a tablet is stolen', () => {
  test('the host changes its key: it says so, shows no code, and keeps no page', async () => {
    const kioskId = /ksk_[0-9a-z]+/.exec(kiosk)![0];
    const renewed = await fetch(`${parvis.origin}/accueil/ganges-la-filature/bornes`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: host, origin: parvis.origin },
      body: new URLSearchParams({ borne: kioskId }),
    });
    expect(renewed.status).toBe(303);
    await tablet.page.locator('.kiosk').getByText('Cette adresse n’ouvre plus la borne').waitFor({ timeout: 30_000 });
    expect(await tablet.page.locator('.kiosk-code').count()).toBe(0);
    await cut(tablet);
    await tablet.page.reload();
    expect(await textOf(tablet.page)).toContain('Les autres pages attendent son retour');
  });
});
