/** A point in integer microdegrees (about 0.1 m): exact, comparable, the same in SQL, JSON and hashes. */
export interface Place {
  readonly lon_udeg: number;
  readonly lat_udeg: number;
}

export const place = (lonDegrees: number, latDegrees: number): Place => ({
  lon_udeg: Math.round(lonDegrees * 1e6),
  lat_udeg: Math.round(latDegrees * 1e6),
});

export const lonLat = (p: Place): [lon: number, lat: number] => [p.lon_udeg / 1e6, p.lat_udeg / 1e6];

const radians = Math.PI / 180;
/** Mean Earth radius in metres (IUGG). */
const earthRadiusM = 6_371_008.8;

/** Great-circle distance in whole metres. For screening and display; a credited distance comes from a road engine. */
export const greatCircleM = (a: Place, b: Place): number => {
  const latA = a.lat_udeg / 1e6;
  const latB = b.lat_udeg / 1e6;
  const lonApart = b.lon_udeg / 1e6 - a.lon_udeg / 1e6;
  const h =
    Math.sin(((latB - latA) * radians) / 2) ** 2 +
    Math.cos(latA * radians) * Math.cos(latB * radians) * Math.sin((lonApart * radians) / 2) ** 2;
  return Math.round(2 * earthRadiusM * Math.asin(Math.sqrt(h)));
};
