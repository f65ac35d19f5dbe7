import type { Place } from '../../kernel/place.ts';

/** Google's encoded polyline with six decimals, as Valhalla and OSRM write it: latitude first. */
export function encodePolyline6(places: readonly Place[]): string {
  let text = '';
  let [lat, lon] = [0, 0];
  for (const { lat_udeg, lon_udeg } of places) {
    text += encodeStep(lat_udeg - lat) + encodeStep(lon_udeg - lon);
    [lat, lon] = [lat_udeg, lon_udeg];
  }
  return text;
}

/** Five bits a character, the sign in the lowest bit. */
function encodeStep(step: number): string {
  let rest = step < 0 ? -2 * step - 1 : 2 * step;
  let text = '';
  while (rest >= 32) {
    text += String.fromCharCode(63 + 32 + (rest % 32));
    rest = Math.floor(rest / 32);
  }
  return text + String.fromCharCode(63 + rest);
}

/** The places of an encoded polyline. */
export function decodePolyline6(text: string): Place[] {
  const places: Place[] = [];
  const sums = [0, 0];
  let [value, scale, which] = [0, 1, 0];
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 63;
    value += (digit % 32) * scale;
    scale *= 32;
    if (digit >= 32) continue;
    sums[which]! += value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    if (which === 1) places.push({ lat_udeg: sums[0]!, lon_udeg: sums[1]! });
    [value, scale, which] = [0, 1, 1 - which];
  }
  return places;
}
