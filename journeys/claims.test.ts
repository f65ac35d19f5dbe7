import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterAs, faultsOf, type Journey, sessionOf, sidewaysScroll, startJourney, textOf } from '../tools/journey.ts';

let parvis: Journey;
let nadia: Page;
/** Plain pages, without JavaScript; the auditor's on a phone. */
let helene: Page;
let salome: Page;
let ines: Page;

beforeAll(async () => {
  parvis = await startJourney();
  const headers = { cookie: await sessionOf(parvis, 'Nadia'), 'content-type': 'application/json' };
  const closed = await fetch(`${parvis.origin}/api/v1/months/2026-10/close`, { method: 'POST', headers });
  expect(closed.status).toBe(200);
  const enter = async (name: string, width = 1280) => {
    const page = await parvis.newPage({ script: false, width });
    await enterAs(page, name);
    return page;
  };
  nadia = await parvis.newPage();
  await enterAs(nadia, 'Nadia');
  helene = await enter('Hélène');
  salome = await enter('Salomé', 360);
  ines = await enter('Inès');
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

/** What a reader sees; French spaces that do not break become plain ones. */
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
/** Whose turn it is, as the claim's page says it. */
const turnOn = async (page: Page): Promise<string> =>
  (await page.locator('[aria-current="step"]').innerText()).replaceAll(/\s+/g, ' ');
/** Axe is a script: a page without any is read again in a window that has them, as the same person. */
const sound = async (page: Page): Promise<void> => {
  const scripted = page === nadia ? nadia : await parvis.newPage({ width: page.viewportSize()!.width });
  if (scripted !== nadia) {
    await scripted.context().addCookies(await page.context().cookies());
    await scripted.goto(page.url());
  }
  expect(await faultsOf(scripted)).toEqual([]);
  expect(await sidewaysScroll(scripted)).toBe(0);
  if (scripted !== nadia) await scripted.context().close();
};
const openFirstClaim = async (page: Page, row: RegExp) => {
  await page.goto('/programmes');
  await page.getByRole('row', { name: row }).first().getByRole('link').click();
};
const energy = /énergie/;
const carbon = /carbone/;

describe('an energy claim, from the offer to the payment', () => {
  test('I see the offer that my company accepted, and since when its days count', async () => {
    await helene.goto('/employeur/energie');
    expect(await textOf(helene)).toMatch(/Compte à partir du\s+1er mai 2026/);
    expect(await helene.locator('#menu [aria-current="page"]').allInnerTexts()).toEqual(['Aide à l’énergie']);
  });

  test('as operator I seal what the contract pays for, and read whose turn it is', async () => {
    await nadia.goto('/programmes');
    expect(await textOf(nadia)).toMatch(/mai à août 2026\s+exemple-1, énergie\s+prime versée/);
    await follow(nadia, 'exemple-1');
    await press(nadia, /Sceller une demande avec [\d\s]+ lignes en attente/);
    expect(await textOf(nadia)).toContain('de prime pour les employeurs');
    expect(await turnOn(nadia)).toMatch(/Signer l’attestation.*L’employeur, 0 sur 1/);
    expect(await nadia.getByRole('link', { name: /^À vous/ }).count()).toBe(0);
    await sound(nadia);
  });

  test('as employer I sign the contract’s own words, under my own figures', async () => {
    await helene.reload();
    expect(await textOf(helene)).toContain('Je soussigné atteste');
    await press(helene, 'Signer sur l’honneur');
    expect(await textOf(helene)).toContain('Dites qui signe');
    await helene.getByLabel('Nom et fonction du signataire').fill('Hélène Marchal, directrice');
    await press(helene, 'Signer sur l’honneur');
    expect(await textOf(helene)).toMatch(/Attestation, mai à octobre 2026\s+signée/);
    await sound(helene);
  });

  test('as auditor I draw the sample, tick what I have checked, and say what I found', async () => {
    await openFirstClaim(salome, energy);
    expect(await turnOn(salome)).toContain('À vous : contrôler l’échantillon');
    await press(salome, 'Tirer l’échantillon');
    expect(await turnOn(salome)).toContain('Contrôler l’échantillon');
    await salome.locator('input[name="seqs"]').first().check();
    await salome.getByLabel('Les lignes cochées sont').selectOption('at_fault');
    await press(salome, 'Enregistrer le constat');
    expect(await textOf(salome)).toContain('Décrivez le défaut constaté');
    expect(await salome.locator('input[name="seqs"]:checked').count()).toBe(1);
    await follow(salome, 'Cocher toutes les lignes à contrôler');
    await press(salome, 'Enregistrer le constat');
    expect(await turnOn(salome)).toContain('Envoyer à l’obligé');
    await sound(salome);
  });

  test('as operator I send it', async () => {
    await nadia.reload();
    await follow(nadia, 'À vous : envoyer à l’obligé');
    await sound(nadia);
    await press(nadia, 'Envoyer à l’obligé');
    expect(await turnOn(nadia)).toMatch(/Répondre à chaque ligne.*L’obligé, 0 sur/);
  });

  test('as obligated party I refuse two lines with my reason, and accept the rest', async () => {
    await openFirstClaim(ines, energy);
    expect(await turnOn(ines)).toContain('À vous : répondre à chaque ligne');
    for (const n of [0, 1]) await ines.locator('input[name="seqs"]').nth(n).check();
    await press(ines, 'Refuser les lignes cochées');
    expect(await ines.locator('input[name="seqs"]:checked').count()).toBe(2);
    await ines.getByLabel('Motif').fill('Motorisation à confirmer');
    await press(ines, 'Refuser les lignes cochées');
    expect(await textOf(ines)).toMatch(/2\s+refusées/);
    await press(ines, 'Accepter toutes les autres lignes');
    expect(await textOf(ines)).toMatch(/0\s+sans réponse/);
    expect(await textOf(ines)).not.toContain('Qui a lu');
    await sound(ines);
  });

  test('as operator I close the answers and record the payment; the refused lines wait for the next claim', async () => {
    await nadia.reload();
    await follow(nadia, 'À vous : arrêter les réponses');
    await press(nadia, 'Arrêter les réponses');
    await follow(nadia, 'À vous : enregistrer la prime versée');
    await press(nadia, 'Enregistrer le versement de la prime');
    expect(await textOf(nadia)).toContain('Donnez la référence');
    await nadia.getByLabel('Référence de l’acte').fill('VIR-2026-118');
    await press(nadia, 'Enregistrer le versement de la prime');
    const told = await textOf(nadia);
    expect(told).toContain('prime versée');
    expect(told).toContain('VIR-2026-118');
    expect(told).toContain('Salomé Verdier');
    await sound(nadia);
    await nadia.goto('/programmes');
    await follow(nadia, 'exemple-1');
    expect(await textOf(nadia)).toMatch(/Sceller une demande avec [\d ]+ lignes en attente/);
  });
});

describe('a carbon claim, up to what a demonstration may do', () => {
  /** The next step of the project, with a reference when it asks for one. */
  const advance = async (label: string, reference?: string) => {
    await follow(nadia, label);
    if (reference) await nadia.getByLabel('Référence de l’acte').fill(reference);
    await press(nadia, label);
  };

  test('as operator I file, record the label and start monitoring', async () => {
    await nadia.goto('/programmes');
    await follow(nadia, /Tiers-lieux du Réseau Parvis/);
    expect(await textOf(nadia)).toContain('Avant de déposer');
    await advance('Déposer la demande de labellisation', 'DEP-1');
    await advance('Enregistrer la décision de labellisation', 'LAB-1');
    await advance('Commencer le suivi');
    expect(await textOf(nadia)).toContain('En suivi');
    await sound(nadia);
  });

  test('I seal whole tonnes, and request their verification', async () => {
    await press(nadia, 'Sceller une demande');
    expect(await textOf(nadia)).toMatch(/\d+ t\s+en tonnes entières/);
    await follow(nadia, 'À vous : demander la vérification');
    await nadia.getByLabel('Référence du rapport de suivi').fill('R-1');
    await nadia.getByLabel('Auditeur', { exact: true }).fill('Bureau Essai');
    for (const quality of ['indépendant', 'impartial', 'compétent']) await nadia.getByLabel(quality).check();
    await press(nadia, 'Demander la vérification');
    expect(await turnOn(nadia)).toMatch(/Contrôler l’échantillon.*L’auditeur/);
  });

  test('the auditor draws and checks', async () => {
    await openFirstClaim(salome, carbon);
    await salome.getByLabel(/Au moins tant de lignes/).fill('5');
    await press(salome, 'Tirer l’échantillon');
    await follow(salome, 'Cocher toutes les lignes à contrôler');
    await press(salome, 'Enregistrer le constat');
    expect(await turnOn(salome)).toContain('Enregistrer la décision de l’État');
    await sound(salome);
  });

  test('no unit is issued in a demonstration: the refusal says why and what it would take', async () => {
    await nadia.reload();
    await follow(nadia, 'À vous : enregistrer la décision de l’État');
    await nadia.getByLabel('Référence de l’acte').fill('V-1');
    await nadia.getByLabel('Référence au registre de l’État').fill('LBC-77');
    await press(nadia, 'Enregistrer la vérification');
    const told = await textOf(nadia);
    expect(told).toContain('ce réseau est en profil de démonstration');
    expect(told).toContain('en vérification');
    await sound(nadia);
  });

  test('anyone may read the project, and that it has no unit yet', async () => {
    const visitor = await parvis.newPage({ width: 360, script: false });
    const project = await nadia.goto('/programmes').then(() => nadia.locator('main a[href*="/projets/"]').first());
    await visitor.goto((await project.getAttribute('href'))!.replace('/programmes', ''));
    expect(await textOf(visitor)).toContain('Aucune unité n’a encore été émise');
    await sound(visitor);
  });
});
