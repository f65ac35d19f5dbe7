import type { Bilingual, Lang } from '../../kernel/bilingual.ts';
import { Cluster } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { badgeLabels } from '../badge-words.ts';
import { labels } from '../labels.ts';
import { releaseLabels } from '../release-words.ts';
import { sheetLabels } from '../sheet-words.ts';
import { tagLabels } from '../tag-words.ts';
import { visitorLabels } from '../visitor-words.ts';

const pages: readonly (readonly [path: string, label: Bilingual])[] = [
  ['presents', visitorLabels.title],
  ['feuilles', sheetLabels.title],
  ['bornes', labels.kiosks],
  ['etiquettes', tagLabels.title],
  ['badges', badgeLabels.title],
  ['regles', releaseLabels.rules],
];

const title: Bilingual = { fr: 'Tenir l’accueil', en: 'Keeping the desk' };

/** The other pages of a space's desk. */
export const HostLinks = ({ slug, lang }: { slug: string; lang: Lang }) => (
  <nav aria-label={title[lang]} class="screen-only">
    <Cluster>
      {pages.map(([path, label]) => (
        <ButtonLink kind="secondary" small href={`/accueil/${slug}/${path}`}>
          {label[lang]}
        </ButtonLink>
      ))}
    </Cluster>
  </nav>
);
