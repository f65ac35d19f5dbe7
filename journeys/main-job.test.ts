import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterAs, faultsOf, type Journey, startJourney } from '../tools/journey.ts';

let parvis: Journey;
/** Plain pages, without JavaScript, on a phone. */
let worker: Page;
let tablet: Page;
let host: Page;
let operator: Page;

beforeAll(async () => {
  parvis = await startJourney();
  worker = await parvis.newPage({ width: 360, script: false });
  host = await parvis.newPage({ script: false });
  operator = await parvis.newPage();
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

/** What a reader sees; French spaces that do not break become plain ones. */
const read = async (part: Locator): Promise<string> => (await part.innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
const textOf = (page: Page): Promise<string> => read(page.locator('main'));
/** The code on the kiosk's screen, as someone standing before it reads it. */
const codeOn = async (page: Page): Promise<string> =>
  (await page.locator('.kiosk-code span').first().innerText()).trim();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
const question = 'qu’auriez-vous fait le jeudi 26 novembre';

describe('a worker finds a desk near home', () => {
  test('on Wednesday evening I look for a space near home, without an account', async () => {
    parvis.at('2026-11-25', '18:00');
    await worker.goto('/');
    await worker.getByLabel(/Votre commune/).fill('Ganges');
    await press(worker, 'Chercher');
    await follow(worker, 'La Filature');
    expect(await worker.locator('h1').innerText()).toBe('La Filature');
    expect(await textOf(worker)).toContain('Maya vous accueille');
  });

  test('I choose tomorrow morning on the week, and only then am I asked who I am', async () => {
    await follow(worker, /Réserver jeudi 26 novembre, matin/);
    expect(await textOf(worker)).toContain('7,50 €');
    await follow(worker, 'Se connecter pour réserver');
    await follow(worker, 'Choisir un personnage');
    await press(worker, 'Entrer comme Mohamed');
    expect(worker.url()).toContain('jour=2026-11-26');
  });

  test('I book in one more tap, and see the price and that my employer pays', async () => {
    expect(await worker.getByRole('radio', { name: 'Matin' }).isChecked()).toBe(true);
    expect(await textOf(worker)).toContain('7,00 €, payé par Mutuelle des Trois Vallées');
    await press(worker, 'Réserver jeudi 26 novembre');
    expect(await textOf(worker)).toContain('jeudi 26 novembre matin');
    expect(await textOf(worker)).toContain('7,00 €, payé par Mutuelle des Trois Vallées');
  });

  test('I put it in my calendar', async () => {
    const link = await worker.getByRole('link', { name: /agenda/ }).getAttribute('href');
    const file = await worker.request.get(link!);
    expect(file.headers()['content-type']).toContain('text/calendar');
    expect(await file.text()).toContain('DTSTART:20261126T063000Z');
  });
});

describe('on Thursday morning the worker is there', () => {
  test('the host opens the kiosk on the tablet at the door', async () => {
    parvis.at('2026-11-26', '08:20');
    await enterAs(host, 'Josiane');
    await host.goto('/accueil');
    await follow(host, 'Les bornes');
    const address = await host.locator('code').first().innerText();
    tablet = await parvis.newPage();
    await tablet.clock.install({ time: parvis.shell.clock().epochMilliseconds });
    await tablet.goto(address);
    await tablet.locator('[data-island][data-live]').waitFor();
    expect(tablet.url()).not.toContain('cle=');
    expect(await codeOn(tablet)).toMatch(/^[0-9A-HJKMNP-TV-Z]{3} [0-9A-HJKMNP-TV-Z]{3}$/);
    expect(await textOf(tablet)).toContain('Mohamed');
    expect(await faultsOf(tablet)).toEqual([]);
  });

  test('I type the code that it shows, and my arrival is noted', async () => {
    await worker.goto('/mon-espace');
    expect(await textOf(worker)).toContain('La Filature');
    await worker.getByLabel('Code de la borne').fill(await codeOn(tablet));
    await press(worker, 'Noter mon arrivée');
    expect(await textOf(worker)).toMatch(/8:2\d/);
  });

  test('the host sees on the list that I am here', async () => {
    await host.goto('/accueil/ganges-la-filature/2026-11-26');
    const line = host.getByRole('row', { name: /^Mohamed/ });
    expect(await read(line)).toMatch(/8:2\d/);
  });

  test('the kiosk shows my first name and the first letter of my name, no more', async () => {
    await tablet.reload();
    expect(await tablet.locator('.kiosk').innerText()).toMatch(/Mohamed [A-Z]\./);
  });
});

describe('the day is counted', () => {
  test('the next day I am asked what I would have done, and answer', async () => {
    parvis.at('2026-11-27', '09:00');
    await parvis.hourPasses();
    await worker.goto('/mes-trajets');
    expect(await textOf(worker)).toContain(question);
    await worker
      .getByRole('radio', { name: /bureau/i })
      .first()
      .check();
    await worker.getByRole('button', { name: 'Enregistrer ma réponse' }).first().click();
    expect(await textOf(worker)).not.toContain(question);
    expect(await read(worker.getByRole('row', { name: /26 novembre 2026/ }))).toMatch(/\d+ km/);
  });

  test('I read, line by line, how that day was counted', async () => {
    await follow(worker, '26 novembre 2026');
    expect(await textOf(worker)).toMatch(/km/);
  });
});

describe('the operator closes the month', () => {
  test('before the eighth day the checklist says what is missing', async () => {
    await enterAs(operator, 'Nadia');
    await operator.goto('/operateur/mois/2026-11');
    expect(await textOf(operator)).toContain('8 décembre 2026');
    expect(await operator.getByRole('button', { name: /^Clore/ }).count()).toBe(0);
  });

  test('after it I see where each kilometre went, and who can act on each leak', async () => {
    parvis.at('2026-12-09', '09:00');
    await parvis.hourPasses();
    await enterAs(operator, 'Nadia');
    await operator.goto('/operateur');
    await follow(operator, 'Novembre 2026');
    expect(await textOf(operator)).toMatch(/Sur [\d\s]+km de trajets, [\d\s]+km sont comptés/);
    await follow(operator, 'preuve insuffisante (pas de classe C)');
    expect(await textOf(operator)).toContain('Installez un code tournant');
    expect(await faultsOf(operator)).toEqual([]);
  });

  test('the checklist is complete and I close the month, once', async () => {
    await press(operator, 'Clore novembre 2026');
    expect(await textOf(operator)).toContain('Le mois est clos et scellé');
    await operator.reload();
    expect(await operator.getByRole('button', { name: /^Clore/ }).count()).toBe(0);
  });

  test('a claim cannot be sealed before the project is followed, and the page says what comes first', async () => {
    await operator.goto('/programmes');
    expect(await textOf(operator)).toContain('Un kilomètre évité sert une fois');
    expect(await faultsOf(operator)).toEqual([]);
    await follow(operator, 'Tiers-lieux du Réseau Parvis (projet fictif)');
    expect(await operator.getByRole('button', { name: 'Sceller une demande' }).count()).toBe(0);
    await follow(operator, 'Déposer la demande de labellisation');
    expect(await faultsOf(operator)).toEqual([]);
  });
});

describe('those who pay and those who check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-dossier-'));
  const verify = (...args: string[]) => spawnSync('node', ['verifier/verify.mjs', ...args], { encoding: 'utf8' });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('the employer finds the half-day on the monthly statement', async () => {
    const employer = await parvis.newPage();
    await enterAs(employer, 'Hélène');
    await employer.goto('/employeur?mois=2026-11');
    await follow(employer, 'Voir le relevé du mois');
    const line = employer.getByRole('row', { name: /26 novembre 2026.*Mohamed/ });
    expect(await read(line)).toContain('7,00 €');
    expect(await faultsOf(employer)).toEqual([]);
  });

  test('the auditor downloads the dossier, and the verifier, which shares no line with us, agrees', async () => {
    const auditor = await parvis.newPage();
    await enterAs(auditor, 'Salomé');
    await auditor.goto('/audit');
    expect(await faultsOf(auditor)).toEqual([]);
    const command = await read(auditor.locator('pre').first());
    const key = /--key "([^"]+)"/.exec(command)![1]!;
    const [download] = await Promise.all([
      auditor.waitForEvent('download'),
      auditor.getByRole('link', { name: /Télécharger.*novembre 2026/ }).click(),
    ]);
    expect(command).toContain(`node verifier/verify.mjs ${download.suggestedFilename()} `);
    const file = join(folder, 'dossier.zip');
    await download.saveAs(file);
    const agreed = verify(file, '--key', key);
    expect(agreed.stdout).toMatch(/✓/);
    expect(agreed.status).toBe(0);
  });

  test('one byte changed, and the verifier says which file', async () => {
    const file = join(folder, 'dossier.zip');
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 3);
    bytes[middle] = bytes[middle]! ^ 1;
    writeFileSync(file, bytes);
    const forged = verify(file);
    expect(forged.stdout).toMatch(/^✗ (?!dossier)[\w/.-]+\.\w+ :/m);
    expect(forged.status).toBe(1);
  });

  test('anyone reads the published figure, with its margin and its method', async () => {
    const visitor = await parvis.newPage({ script: false });
    await visitor.goto('/observatoire/kilometres');
    expect(await textOf(visitor)).toMatch(/novembre 2026/);
    expect(await textOf(visitor)).toMatch(/\d km/);
  });
});

describe('signing in without a password', () => {
  test('I ask for a link, find it in my mail, confirm, and am back where I was going', async () => {
    const mine = await parvis.newPage({ width: 360, script: false });
    await mine.goto('/mes-reservations');
    await mine.getByLabel('Adresse électronique').fill('auditor@exemple.invalid');
    await press(mine, 'Recevoir un lien');
    expect(await mine.locator('h1').innerText()).toBe('Consultez votre messagerie');
    await expect.poll(() => parvis.mails.length, { timeout: 5_000 }).toBe(1);
    const mail = parvis.mails[0]!.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
    await mine.goto(/http\S+jeton=\S+/.exec(mail)![0]);
    await press(mine, 'Me connecter');
    expect(new URL(mine.url()).pathname).toBe('/mes-reservations');
  });
});
