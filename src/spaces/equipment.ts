import type { Bilingual } from '../kernel/bilingual.ts';

/** What a space can offer. To add one, add a line: pages, filters and the API follow. */
export const equipment = {
  fibre: { fr: 'fibre', en: 'fibre broadband' },
  wired_network: { fr: 'prise réseau au bureau', en: 'wired network at the desk' },
  second_screen: { fr: 'second écran', en: 'second screen' },
  standing_desk: { fr: 'bureau réglable en hauteur', en: 'height-adjustable desk' },
  phone_booth: { fr: 'cabine pour téléphoner', en: 'phone booth' },
  video_room: { fr: 'salle de visioconférence', en: 'video-conference room' },
  printer: { fr: 'imprimante et numériseur', en: 'printer and scanner' },
  lockers: { fr: 'casiers fermés', en: 'lockers' },
  kitchen: { fr: 'cuisine pour déjeuner', en: 'kitchen for lunch' },
  coffee: { fr: 'café et thé', en: 'coffee and tea' },
  garden: { fr: 'jardin ou terrasse', en: 'garden or terrace' },
  shower: { fr: 'douche', en: 'shower' },
  bike_shelter: { fr: 'abri à vélos', en: 'bicycle shelter' },
  bike_charging: { fr: 'prises pour vélos électriques', en: 'e-bike charging' },
  car_park: { fr: 'parking gratuit', en: 'free car park' },
  car_charging: { fr: 'borne de recharge', en: 'car charging point' },
} as const satisfies Record<string, Bilingual>;

export type EquipmentCode = keyof typeof equipment;

export const accessibility = {
  step_free: { fr: 'entrée de plain-pied', en: 'step-free entrance' },
  lift: { fr: 'ascenseur', en: 'lift' },
  adapted_toilet: { fr: 'toilettes adaptées', en: 'accessible toilet' },
  adapted_desk: { fr: 'bureau accessible en fauteuil', en: 'wheelchair-accessible desk' },
  reserved_parking: { fr: 'place de stationnement réservée', en: 'reserved parking space' },
  induction_loop: { fr: 'boucle magnétique à l’accueil', en: 'induction loop at reception' },
} as const satisfies Record<string, Bilingual>;

export type AccessibilityCode = keyof typeof accessibility;

export const isEquipment = (code: string): code is EquipmentCode => code in equipment;
export const isAccessibility = (code: string): code is AccessibilityCode => code in accessibility;
