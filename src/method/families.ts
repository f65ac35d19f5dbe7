import type { Bilingual } from '../kernel/bilingual.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { ceeFamily } from './cee-relais-edf/sheet.ts';
import { type Assumption, assumptions } from './comparison/uncertainty.ts';
import type { FactorSet } from './factors/factor-set.ts';
import { factorSets, setHashes } from './factors/sets.ts';
import { inventoryFamily } from './inventory/sheet.ts';
import { possibleValues } from './lbc-tiers-lieux/certified.ts';
import type { Unknown } from './lbc-tiers-lieux/unknowns.ts';
import { type Family, methodSheet } from './sheet.ts';
import { words } from './words.ts';

const credits: Bilingual = {
  fr: 'le CO2e évité, en tonnes entières de crédit carbone',
  en: 'the CO2e avoided, in whole tonnes of carbon credit',
};

/** Everything that the program can compute, in the order in which it is read. */
export const families = (): readonly Family[] => {
  const { version, title, status, equations, parameters } = methodSheet();
  return [{ version, title, status, equations, parameters, counts: credits }, ceeFamily, inventoryFamily];
};

/** A set as the public reads it, with the hash that names its content. */
export type PublicSet = FactorSet & { readonly sha256: string };

export const publicSets = (): readonly PublicSet[] =>
  Object.values(factorSets).map(set => ({ ...set, sha256: setHashes[set.id] }));

/** An unknown of the carbon method, with what certifying could apply. */
export type PublicUnknown = Unknown & { readonly possible: string };

export const publicUnknowns = (): readonly PublicUnknown[] =>
  methodSheet().unknowns.map(unknown => ({ ...unknown, possible: possibleValues(unknown.id) }));

/** A family with all that it rests on: CEE asks for no factor, and only the carbon method has unknowns to sign. */
export interface FamilySheet extends Family {
  readonly factor_sets: readonly PublicSet[];
  readonly unknowns: readonly PublicUnknown[];
  readonly assumptions: readonly Assumption[];
}

export const familySheet = (method: string): Outcome<FamilySheet> => {
  const all = families();
  const family = all.find(({ version }) => version.method === method);
  if (family === undefined) return refuse(words.noSuchMethod(all.map(({ version }) => version.method)));
  const weighs = family !== ceeFamily;
  return accept({
    ...family,
    factor_sets: weighs ? publicSets() : [],
    assumptions: weighs ? assumptions : [],
    unknowns: method === methodSheet().version.method ? publicUnknowns() : [],
  });
};
