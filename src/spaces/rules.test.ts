import { describe, expect, test } from 'vitest';
import type { Actor } from '../kernel/visit.ts';
import { hoursSpoken, hoursText, mayManage, readHours, slugOf } from './rules.ts';

describe('hours as people write them', () => {
  test.each([
    ['8:30-12:30, 13:30-18:00', '8:30-12:30, 13:30-18:00'],
    ['8h30 – 12h30 ; 13h30-18h', '8:30-12:30, 13:30-18:00'],
    ['9-17', '9:00-17:00'],
    ['20:00-24:00', '20:00-24:00'],
    ['', ''],
    [' , ', ''],
  ])('“%s” reads as “%s”', (typed, read) => {
    expect(hoursText(readHours(3, typed)!, 3)).toBe(read);
  });

  test.each(['huit heures', '8:30', '8-12-18', '8:75-12', '25-26', '8:3-9'])('“%s” does not read', typed => {
    expect(readHours(3, typed)).toBeNull();
  });
});

test.each([
  [['Vouziers', 'Le Relais d’Argonne'], 'vouziers-le-relais-d-argonne'],
  [['Bagnères-de-Bigorre', 'La Dynamo'], 'bagneres-de-bigorre-la-dynamo'],
  [['Œuilly', 'Chez Zoé !'], 'oeuilly-chez-zoe'],
])('%s is found at %s', (names, slug) => {
  expect(slugOf(...names)).toBe(slug);
});

describe('who may manage a space', () => {
  const space = { spaceId: 'spc_00000001', managerId: 'org_00000001' } as const;
  const actor = (...memberships: Actor['memberships']): Actor => ({
    personId: 'per_00000001',
    firstName: 'Ada',
    memberships,
  });
  test.each([
    ['a network operator', actor({ role: 'network_operator', scope: null }), true],
    ['a manager of the space', actor({ role: 'space_manager', scope: 'spc_00000001' }), true],
    ['a manager of its organisation', actor({ role: 'space_manager', scope: 'org_00000001' }), true],
    ['a manager of another space', actor({ role: 'space_manager', scope: 'spc_00000002' }), false],
    ['a host of the space', actor({ role: 'host', scope: 'spc_00000001' }), false],
    ['a worker', actor({ role: 'worker', scope: null }), false],
  ])('%s', (_who, who, may) => {
    expect(mayManage(who, space)).toBe(may);
  });
});

test.each([
  ['fr', '8 h 30 – 12 h, 13 h 05 – 18 h'],
  ['en', '8:30–12:00, 13:05–18:00'],
] as const)('hours are said as people say them in %s', (lang, said) => {
  const hours = readHours(1, '13:05-18, 8:30-12')!;
  expect(hoursSpoken(hours, 1, lang).replaceAll('\u00a0', ' ')).toBe(said);
  expect(hoursSpoken(hours, 2, lang)).toBe('');
});
