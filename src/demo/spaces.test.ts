import { expect, test } from 'vitest';
import { greatCircleM } from '../kernel/place.ts';
import { newSpaceRefusal, slugOf } from '../spaces/rules.ts';
import { demoSpaces } from './spaces.ts';

test('there are thirty spaces or more, Ganges, Vouziers and Bagnères-de-Bigorre among them, each with its own address', () => {
  expect(demoSpaces.length).toBeGreaterThanOrEqual(30);
  const towns = demoSpaces.map(s => s.commune.name);
  expect(towns).toEqual(expect.arrayContaining(['Ganges', 'Vouziers', 'Bagnères-de-Bigorre']));
  expect(new Set(demoSpaces.map(s => slugOf(s.commune.name, s.name))).size).toBe(demoSpaces.length);
});

test('the network would accept every one of them', () => {
  for (const { manager, population, ...space } of demoSpaces)
    expect(
      [newSpaceRefusal({ ...space, managerId: 'org_00000001' }), manager.name !== '', population > 0],
      space.name,
    ).toEqual([null, true, true]);
});

test('each has 4 to 10 desks, 1 to 3 offices, at most 2 meeting rooms, and speaks both languages', () => {
  for (const { resources, description, gettingThere, name } of demoSpaces) {
    const count = (kind: string) => resources.filter(r => r.kind === kind).length;
    expect(count('desk'), name).toBeGreaterThanOrEqual(4);
    expect(count('desk'), name).toBeLessThanOrEqual(10);
    expect([1, 2, 3], name).toContain(count('office'));
    expect(count('meeting_room'), name).toBeLessThanOrEqual(2);
    expect(
      [description.fr, description.en, gettingThere.fr, gettingThere.en].every(text => text.length > 20),
      name,
    ).toBe(true);
  }
});

test('several stand within forty kilometres of Ganges, so that a search has something to compare', () => {
  const ganges = demoSpaces.find(s => s.commune.name === 'Ganges')!;
  expect(demoSpaces.filter(s => greatCircleM(s.place, ganges.place) < 40_000).length).toBeGreaterThanOrEqual(6);
});
