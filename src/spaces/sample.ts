import type { NewSpace } from './space.ts';

/** A plain space for tests and examples: three desks and an office, open Monday to Friday with a lunch break. */
export const sampleSpace = (changes: Partial<NewSpace> = {}): NewSpace => ({
  name: 'L’Atelier',
  address: '1 place de la Mairie',
  postcode: '34190',
  commune: { code: '34111', name: 'Ganges' },
  place: { lon_udeg: 3_709_000, lat_udeg: 43_934_000 },
  zone: 'Europe/Paris',
  managerId: 'org_00000001',
  hostFirstName: 'Maya',
  description: { fr: 'Un atelier clair.', en: 'A bright workshop.' },
  gettingThere: { fr: 'À deux minutes de l’arrêt de car.', en: 'Two minutes from the coach stop.' },
  nearby: [],
  equipment: ['fibre'],
  accessibility: ['step_free'],
  openedOn: '2025-01-06',
  status: 'open',
  density: { level: 3, vintage: '2021' },
  smallTownProgramme: true,
  opensOnPublicHolidays: false,
  resources: [
    { kind: 'desk', name: 'Bureau 1', capacity: 1 },
    { kind: 'desk', name: 'Bureau 2', capacity: 1 },
    { kind: 'desk', name: 'Bureau 3', capacity: 1 },
    { kind: 'office', name: 'Cabinet', capacity: 2 },
  ],
  hours: [1, 2, 3, 4, 5].flatMap(weekday => [
    { weekday, opens_min: 510, closes_min: 750 },
    { weekday, opens_min: 810, closes_min: 1080 },
  ]),
  tariffs: [
    { kind: 'desk', part: 'half_day', amount_eur_cents: 800n, deliberation: '2024-041 du 5 décembre 2024' },
    { kind: 'desk', part: 'day', amount_eur_cents: 1400n, deliberation: '2024-041 du 5 décembre 2024' },
  ],
  ...changes,
});
