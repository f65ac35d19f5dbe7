import type { Lang } from '../kernel/bilingual.ts';
import type { Canonical } from '../kernel/canonical.ts';
import { lonLat } from '../kernel/place.ts';
import { clockText, equipment, type OpeningHours, parts, type Space, type Tariff } from '../spaces/spaces.ts';

/** schema.org names of the weekdays, Monday first. */
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const padded = (minutes: number): string => clockText(minutes).padStart(5, '0');

const hoursOf = (hours: readonly OpeningHours[]): Canonical =>
  hours.map(({ weekday, opens_min, closes_min }) => ({
    '@type': 'OpeningHoursSpecification',
    dayOfWeek: `https://schema.org/${weekdays[weekday - 1]}`,
    opens: padded(opens_min),
    // schema.org writes a day's end as 23:59.
    closes: closes_min === 1440 ? '23:59' : padded(closes_min),
  }));

const euros = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;

const offersOf = (tariffs: readonly Tariff[], lang: Lang): Canonical =>
  tariffs
    .filter(t => t.kind === 'desk')
    .map(t => ({
      '@type': 'Offer',
      name: parts[t.part][lang],
      price: euros(t.amount_eur_cents),
      priceCurrency: 'EUR',
    }));

export interface Described {
  readonly space: Space;
  readonly hours: readonly OpeningHours[];
  readonly tariffs: readonly Tariff[];
}

/** The space for machines: a schema.org LocalBusiness, as JSON-LD. */
export const jsonLd = (
  { space, hours, tariffs }: Described,
  { origin, lang }: { origin: string; lang: Lang },
): Canonical => {
  const [longitude, latitude] = lonLat(space.place);
  return {
    '@context': 'https://schema.org',
    '@type': 'LocalBusiness',
    '@id': `${origin}/espaces/${space.slug}`,
    url: `${origin}/espaces/${space.slug}`,
    name: `${space.name}, ${space.commune.name}`,
    description: space.description[lang],
    address: {
      '@type': 'PostalAddress',
      streetAddress: space.address,
      postalCode: space.postcode,
      addressLocality: space.commune.name,
      addressCountry: 'FR',
    },
    geo: { '@type': 'GeoCoordinates', latitude, longitude },
    openingHoursSpecification: hoursOf(hours),
    amenityFeature: space.equipment.map(code => ({
      '@type': 'LocationFeatureSpecification',
      name: equipment[code][lang],
      value: true,
    })),
    makesOffer: offersOf(tariffs, lang),
  };
};

/** JSON that may stand inside a `<script>`: no text of ours or a manager's can close it. */
export const scriptText = (value: Canonical): string => JSON.stringify(value).replaceAll('<', '\\u003c');
