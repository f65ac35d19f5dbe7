// Codes typed at a door: six digits, each as likely as another, without those that anyone would try first.

export const pin_digits = 6;
const codes = 10 ** pin_digits;
/** Bytes that make one code. */
export const draw_bytes = 4;
/** Numbers beyond the last whole run of codes would make the first ones likelier. */
const fairBelow = Math.floor(2 ** 32 / codes) * codes;

/** 111111, 123456, 987654: the same step from each digit to the next, none included. */
const isEasy = (pin: string): boolean => {
  const digits = [...pin].map(Number);
  const step = digits[1]! - digits[0]!;
  return Math.abs(step) <= 1 && digits.every((digit, n) => n === 0 || digit - digits[n - 1]! === step);
};

/** The code that four bytes of chance make; null when they must be drawn again. */
export function pinFrom(bytes: Uint8Array): string | null {
  const drawn = Buffer.from(bytes).readUInt32BE(0);
  if (drawn >= fairBelow) return null;
  const pin = String(drawn % codes).padStart(pin_digits, '0');
  return isEasy(pin) ? null : pin;
}
