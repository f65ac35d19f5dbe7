/** Luhn's key: every second digit from the right doubled, digits added, a multiple of 10. */
const luhn = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

const digitsOf = (typed: string): string => typed.replaceAll(/[\s.\u00a0\u202f]/g, '');

/** Nine digits with their key, spaces taken out; null otherwise. */
export function sirenOf(typed: string): string | null {
  const digits = digitsOf(typed);
  return /^\d{9}$/.test(digits) && luhn(digits) ? digits : null;
}

/** La Poste's own establishments outgrew Luhn's key: their fourteen digits add up to a multiple of 5 (INSEE). */
const laPoste = '356000000';
const addsUpToFive = (digits: string): boolean => [...digits].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;

/** Fourteen digits with their key, the first nine a SIREN; null otherwise. */
export function siretOf(typed: string): string | null {
  const digits = digitsOf(typed);
  if (!/^\d{14}$/.test(digits) || sirenOf(digits.slice(0, 9)) === null) return null;
  return luhn(digits) || (digits.startsWith(laPoste) && addsUpToFive(digits)) ? digits : null;
}
