import { encode } from 'uqr';

/** A QR code as one SVG path on a square of `size` units, its quiet zone included. */
export function qrOf(text: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { path, size };
}

/** The address that a phone opens when it scans the kiosk. */
export const scanAddress = (origin: string, kioskId: string, code: string): string =>
  `${origin}/p/${code}?k=${kioskId}`;
