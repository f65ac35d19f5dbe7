import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterAs, faultsOf, type Journey, sessionOf, startJourney } from '../tools/journey.ts';

let parvis: Journey;
let host: Page;
const day = '2026-12-03';
const board = `/planning/ganges-la-filature?vue=jour&jour=${day}`;

beforeAll(async () => {
  parvis = await startJourney();
  host = await parvis.newPage();
  await enterAs(host, 'Josiane');
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

const cell = (resource: string, part: 'matin' | 'après-midi'): Locator =>
  host.locator(`td[data-words^="${resource},"][data-words$="${part}"]`);
const holder = (place: Locator): Promise<string | null> => place.getAttribute('data-holder');
const said = (): Promise<string> => host.locator('.planning-said').innerText();

/** Mohamed has Poste 3 that morning; nobody else has Poste 4, 5 or 6 that day. */
async function settle(): Promise<void> {
  const headers = { cookie: await sessionOf(parvis, 'Mohamed'), 'content-type': 'application/json' };
  await host.goto(board);
  const resource = await cell('Poste 3', 'matin').getAttribute('data-place');
  expect(await cell('Poste 3', 'matin').getAttribute('data-state')).toBe('free');
  const space = await spaceOf(headers);
  const body = JSON.stringify({ space_id: space, day, part: 'morning', resource_id: resource });
  const answer = await fetch(`${parvis.origin}/api/v1/bookings`, { method: 'POST', headers, body });
  expect(answer.status, await answer.text()).toBe(201);
  await live();
}

async function spaceOf(headers: Record<string, string>): Promise<string> {
  const range = '/api/v1/bookings?from=2026-11-01&to=2026-12-31';
  const { bookings } = (await (await fetch(parvis.origin + range, { headers })).json()) as {
    bookings: readonly { space_id: string }[];
  };
  return bookings[0]!.space_id;
}

async function live(): Promise<void> {
  await host.goto(board);
  await host.locator('[data-island="planning-board"][data-live]').waitFor();
  // A page that scrolls between the press and the drop is no drag.
  await host.locator('.planning-table').evaluate(table => table.scrollIntoView({ block: 'start' }));
}

describe('a host moves bookings on the board', () => {
  test('by dragging one to a free place', async () => {
    await settle();
    const name = await holder(cell('Poste 3', 'matin'));
    expect(name).toContain('Mohamed');
    await cell('Poste 3', 'matin').locator('a').dragTo(cell('Poste 4', 'après-midi'));
    await host.getByText('C’est déplacé.').waitFor();
    expect(await holder(cell('Poste 4', 'après-midi'))).toBe(name);
    expect(await holder(cell('Poste 3', 'matin'))).toBeNull();
    expect(await faultsOf(host)).toEqual([]);
  });

  test('by keys alone: Space, arrows, Enter; Escape leaves it', async () => {
    await live();
    const name = await holder(cell('Poste 4', 'après-midi'));
    await cell('Poste 4', 'après-midi').locator('a').focus();
    await host.keyboard.press('Space');
    expect(await said()).toContain('Vous tenez Mohamed');
    await host.keyboard.press('ArrowDown');
    expect(await said()).toContain('Poste 5, jeudi 3 décembre après-midi');
    await host.keyboard.press('Escape');
    expect(await said()).toBe('Laissée où elle était.');
    await host.keyboard.press('Space');
    await host.keyboard.press('ArrowDown');
    await host.keyboard.press('ArrowLeft');
    await host.keyboard.press('Enter');
    await host.getByText('C’est déplacé.').waitFor();
    expect(await holder(cell('Poste 5', 'matin'))).toBe(name);
  });

  test('onto a place that someone has: told why, and offered the free ones', async () => {
    await live();
    const taken = host.locator(`td[data-state="taken"]:not([data-words^="Poste 5,"])[data-kind="desk"]`).first();
    const rival = await holder(taken);
    await cell('Poste 5', 'matin').locator('a').dragTo(taken);
    await host.getByText('Libres à ce moment-là').waitFor();
    expect(await said()).toMatch(/pris|complet/);
    expect(await holder(taken)).toBe(rival);
    await host.locator('.planning-help button').first().click();
    await host.getByText('C’est déplacé.').waitFor();
  });
});

describe('a host moves bookings on a phone', () => {
  /** A finger on the middle of a place: comes down, goes to others, leaves. */
  const fingerOf = async (page: Page) => {
    const session = await page.context().newCDPSession(page);
    const middle = async (place: Locator) => {
      const box = (await place.boundingBox())!;
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
    return { middle, touch };
  };
  const cellIn = (page: Page, resource: string, part: string) =>
    page.locator(`td[data-words^="${resource},"][data-words$="${part}"]`);

  test('a finger that rests on one takes it; one that moves at once scrolls', async () => {
    const phone = await parvis.newPage({ width: 360, touch: true });
    await enterAs(phone, 'Josiane');
    await phone.goto(board);
    await phone.locator('[data-island="planning-board"][data-live]').waitFor();
    const from = phone.locator('td[data-holder^="Mohamed"]').first();
    const name = await from.getAttribute('data-holder');
    await from.evaluate(cell => cell.scrollIntoView({ block: 'center' }));
    const { middle, touch } = await fingerOf(phone);
    const taken = await middle(from);
    const free = cellIn(phone, 'Poste 6', 'après-midi');
    await touch('touchStart', taken);
    await phone.locator('.planning-lifted').waitFor();
    expect(await phone.locator('.planning-said').innerText()).toContain('Vous tenez Mohamed');
    const to = await middle(free);
    await touch('touchMove', { x: (taken.x + to.x) / 2, y: (taken.y + to.y) / 2 });
    await touch('touchMove', to);
    await phone.locator('.planning-said', { hasText: 'Poste 6, jeudi 3 décembre après-midi' }).waitFor();
    expect(await middle(free)).toEqual(to);
    expect(await faultsOf(phone)).toEqual([]);
    await touch('touchEnd');
    await phone.getByText('C’est déplacé.').waitFor();
    const there = cellIn(phone, 'Poste 6', 'après-midi');
    expect(await there.getAttribute('data-holder')).toBe(name);

    await phone.locator('[data-island="planning-board"][data-live]').waitFor();
    await there.evaluate(cell => cell.scrollIntoView({ block: 'center' }));
    const start = await middle(there);
    await touch('touchStart', start);
    for (const dy of [20, 60, 120]) await touch('touchMove', { x: start.x, y: start.y - dy });
    await phone.waitForTimeout(500);
    expect(await phone.locator('.planning-lifted').count()).toBe(0);
    await touch('touchEnd');
    expect((await middle(there)).y).toBeLessThan(start.y);
    await phone.context().close();
  });
});

describe('a manager draws a floor', () => {
  test('by hand and by keys: the numbers follow, and the numbers move the drawing', async () => {
    const manager = await parvis.newPage();
    await enterAs(manager, 'Bruno');
    await manager.goto('/plans/ganges-la-filature/0');
    await manager.locator('[data-island="floor-editor"][data-live]').waitFor();
    const desk = manager.getByRole('button', { name: /^Poste 1,/ });
    const across = manager.getByLabel('De la gauche, Poste 1', { exact: true });
    const start = Number(await across.inputValue());
    await desk.focus();
    await manager.keyboard.press('ArrowRight');
    await manager.keyboard.press('Shift+ArrowRight');
    expect(Number(await across.inputValue())).toBe(start + 11);
    await manager.keyboard.press('r');
    expect(await manager.getByLabel('Tournée de, Poste 1', { exact: true }).inputValue()).toBe('90');
    const down = manager.getByLabel('Du haut, Poste 1', { exact: true });
    const before = Number(await down.inputValue());
    const box = (await desk.boundingBox())!;
    await manager.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await manager.mouse.down();
    await manager.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 30, { steps: 4 });
    await manager.mouse.up();
    expect(Number(await down.inputValue())).toBeLessThan(before);
    expect(Number(await down.inputValue()) % 10).toBe(0);
    await across.fill('5');
    expect(await desk.getAttribute('aria-label')).toContain('Poste 1, 5 ×');
    expect(await faultsOf(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'Remplacer le plan' }).click();
    await manager.getByText('Le plan est remplacé').waitFor();
    await manager.context().close();
  });
});
