import { describe, expect, it } from 'vitest';
import { reasonNames } from './acts.ts';
import { cancelReasons, ending, type Use, useRefusal } from './ending.ts';
import { sampleUse } from './sample.ts';

const code = (over: Partial<Use>) => {
  const refusal = useRefusal({ ...sampleUse, mention: '', ...over });
  return refusal && [refusal.code, refusal.field].join(' ');
};

describe('a retirement', () => {
  it.each(['contribution', 'voluntary_offset', 'mandatory_offset'])('may be for %s', purpose => {
    expect(code({ purpose })).toBeNull();
  });

  it.each([2000, 2026, 2999])('may be for the year %s', year => {
    expect(code({ year })).toBeNull();
  });

  it.each([
    ['no beneficiary', { beneficiary: '  ' }, 'registry.purpose_missing beneficiary'],
    ['a use that is not listed', { purpose: 'publicité' }, 'registry.purpose_missing purpose'],
    ['half a year', { year: 2026.5 }, 'registry.purpose_missing year'],
    ['a year of five digits', { year: 20_266 }, 'registry.purpose_missing year'],
    ['a year of another thousand', { year: 1999 }, 'registry.purpose_missing year'],
    ['the year 3000', { year: 3000 }, 'registry.purpose_missing year'],
  ])('is refused with %s', (_, over, expected) => {
    expect(code(over)).toBe(expected);
  });

  it.each([
    'Nous sommes neutres en carbone',
    'NEUTRALITÉ CARBONE atteinte',
    'carbon-neutral since 2026',
    'Climate neutral product',
    'un site zéro carbone',
    'net zero',
    'Net-Zéro 2030',
    'livraison zéro émission',
    'CO2 free',
    'netzero',
    'zero net',
    'zéronet',
    'zerocarbon',
    '0 carbone',
    'zéro CO2',
    '0émission',
    'carbon free',
    'carbonfree',
    'emission-free',
    'climate positive',
    'ClimatePositive',
    'neutre pour le climat',
    'neutralité CO2',
    'émissions neutralisées',
    'neutre en gaz à effet de serre',
  ])('never says « %s »', mention => {
    expect(code({ mention })).toBe('registry.neutral_claim mention');
    expect(code({ purpose: mention })).toBe('registry.neutral_claim mention');
  });

  it.each([
    'au titre de la CDN : contribution déterminée au niveau national',
    'EU ETS',
    'restitution de quotas européens',
    'un quota d’émission',
    'NDC',
    'contributions déterminées au niveau national',
    'nationally determined contribution',
    'UE-ETS',
    'EUETS',
    'le SEQE',
    'surrender of allowances',
  ])('never serves a State: « %s »', mention => {
    expect(code({ mention })).toBe('registry.state_use mention');
  });

  it.each([
    'Résidence Les Neutres',
    'Nous finançons 12 tonnes évitées près de chez nous',
    'Un an de trajets en moins',
    'moins de carbone sur la route',
    'Quotas de pêche',
    'Une contribution au territoire, déterminée à durer',
  ])('may say « %s »', mention => {
    expect(code({ mention })).toBeNull();
  });

  it('is refused for what it claims before what it lacks', () => {
    const empty = { beneficiary: '', year: 0 };
    expect(code({ ...empty, mention: 'net zero, NDC' })).toBe('registry.neutral_claim mention');
    expect(code({ ...empty, mention: 'NDC' })).toBe('registry.state_use mention');
    expect(code({ ...empty, purpose: '' })).toBe('registry.purpose_missing beneficiary');
    expect(code({ purpose: '', year: 0 })).toBe('registry.purpose_missing purpose');
  });

  it('holds nothing of the two other ends', () => {
    expect(ending({ state: 'cancelled', reason: 'late_fraud' })).toEqual({
      ...{ state: 'cancelled', reason: 'late_fraud', beneficiary: null, purpose: null, year: null, mention: null },
      ...{ register: null, reference: null },
    });
  });
});

describe('a reason to strike units off', () => {
  it('has its words, and an operator may give the first two', () => {
    expect(Object.keys(reasonNames)).toEqual([...cancelReasons]);
    expect(cancelReasons.slice(0, 2)).toEqual(['issued_in_error', 'state_decision']);
  });
});
