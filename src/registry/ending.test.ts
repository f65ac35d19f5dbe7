import { describe, expect, it } from 'vitest';
import { ending, type Use, useRefusal } from './ending.ts';
import { sampleUse } from './sample.ts';

const code = (over: Partial<Use>) => {
  const refusal = useRefusal({ ...sampleUse, mention: '', ...over });
  return refusal && [refusal.code, refusal.field].join(' ');
};

describe('a retirement', () => {
  it.each(['contribution', 'voluntary_offset', 'mandatory_offset'])('may be for %s', purpose => {
    expect(code({ purpose })).toBeNull();
  });

  it.each([
    ['no beneficiary', { beneficiary: '  ' }, 'registry.purpose_missing beneficiary'],
    ['a use that is not listed', { purpose: 'publicité' }, 'registry.purpose_missing purpose'],
    ['half a year', { year: 2026.5 }, 'registry.purpose_missing year'],
    ['a year of five digits', { year: 20_266 }, 'registry.purpose_missing year'],
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
  ])('never says « %s »', mention => {
    expect(code({ mention })).toBe('registry.neutral_claim mention');
    expect(code({ purpose: mention })).toBe('registry.neutral_claim mention');
  });

  it.each([
    'au titre de la CDN : contribution déterminée au niveau national',
    'EU ETS',
    'restitution de quotas européens',
    'NDC',
  ])('never serves a State: « %s »', mention => {
    expect(code({ mention })).toBe('registry.state_use mention');
  });

  it.each(['Résidence Les Neutres', 'Nous finançons 12 tonnes évitées près de chez nous', 'Un an de trajets en moins'])(
    'may say « %s »',
    mention => {
      expect(code({ mention })).toBeNull();
    },
  );

  it('holds nothing of the two other ends', () => {
    expect(ending({ state: 'cancelled', reason: 'late_fraud' })).toMatchObject({ beneficiary: null, register: null });
  });
});
