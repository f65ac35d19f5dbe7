import type { Lang } from '../kernel/bilingual.ts';
import type { Space } from '../spaces/spaces.ts';

/** To someone for whom a parcel waits: where, and as the host described it. */
export function parcelMail({
  firstName,
  lang,
  space,
  title,
}: {
  readonly firstName: string;
  readonly lang: Lang;
  readonly space: Pick<Space, 'name' | 'address' | 'postcode' | 'commune'>;
  readonly title: string;
}): { readonly subject: string; readonly text: string } {
  const where = `${space.name}, ${space.address}, ${space.postcode} ${space.commune.name}`;
  return lang === 'fr'
    ? {
        subject: `Un colis vous attend\u00a0: ${space.name}`,
        text: `Bonjour ${firstName},\n\nUn colis vous attend à l’accueil\u00a0: «\u00a0${title}\u00a0».\n\n${where}\n\nDemandez-le à l’hôte quand vous venez.\n`,
      }
    : {
        subject: `A parcel is waiting for you: ${space.name}`,
        text: `Hello ${firstName},\n\nA parcel is waiting for you at the desk: “${title}”.\n\n${where}\n\nAsk the host for it when you come.\n`,
      };
}
