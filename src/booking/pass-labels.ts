import type { Bilingual, Lang } from '../kernel/bilingual.ts';
import { type Pass, unitsText } from '../passes/passes.ts';

/** What the pages of bookings say of passes. */
export const passLabels = {
  pass: { fr: 'Carnet', en: 'Pass' },
  mine: { fr: 'Mes carnets', en: 'My passes' },
  sell: { fr: 'Carnets', en: 'Passes' },
} as const satisfies Record<string, Bilingual>;

/** `1 demi-journée de votre carnet « Dix demi-journées », il en reste 3` */
export const coverText = (
  { name, kind }: Pick<Pass, 'name' | 'kind'>,
  { taken, left }: { readonly taken: number; readonly left: number },
  lang: Lang,
): string => {
  const [units, rest] = [unitsText(kind, taken, lang), unitsText(kind, left, lang)];
  return lang === 'fr'
    ? `${units} de votre carnet « ${name} », reste ${rest}`
    : `${units} of your pass “${name}”, ${rest} left`;
};
