import { z } from 'zod';
import { place } from '../../kernel/place.ts';
import type { FoundPlace, Geocoder } from '../communes/communes.ts';
import { type PublicService, publicService } from './requests.ts';

/** The service allows 50 requests a second to one address. */
const perSecond = 40;
/** Below this score, of 1, the service answers with something else than what was typed. */
const leastScore = 0.5;

/** What we read of the answer: a FeatureCollection in the shape of the national address base. */
const collection = z.object({
  features: z.array(
    z.object({
      geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
      properties: z.object({
        label: z.string(),
        type: z.string(),
        score: z.number(),
        citycode: z.string(),
        city: z.string(),
        postcode: z.string().optional(),
      }),
    }),
  ),
});

type Feature = z.infer<typeof collection>['features'][number];

const placeOf = ({ geometry, properties }: Feature): FoundPlace => ({
  label: properties.label,
  place: place(...geometry.coordinates),
  kind: properties.type === 'municipality' ? 'commune' : 'address',
  insee_code: properties.citycode,
  commune: properties.city,
  postcode: properties.postcode ?? null,
  approximate: false,
  source: 'geoplateforme',
});

/**
 * The State's geocoder. Null when it does not answer, asks to wait or answers in a shape we do not know: communes answer then.
 * `base` is `https://data.geopf.fr`; what people type leaves for that address.
 */
export function geoplateformeGeocoder(
  base: string,
  service: PublicService = publicService({ base, perSecond }),
): Geocoder {
  return async text => {
    const answer = await service.get('/geocodage/search', { q: text, index: 'address', limit: '5' });
    const read = answer.kind === 'answer' ? collection.safeParse(answer.value) : null;
    if (!read?.success) return null;
    return read.data.features.filter(({ properties }) => properties.score >= leastScore).map(placeOf);
  };
}
