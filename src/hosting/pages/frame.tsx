import type { ComponentChildren } from 'preact';
import type { Bilingual } from '../../kernel/bilingual.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Stack } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { hereLabels } from '../here-labels.ts';
import { labels as t } from '../labels.ts';
import { taskLabels } from '../task-labels.ts';

type HostPlace = 'capacity' | 'here' | 'tasks';

interface At {
  readonly slug: string;
  readonly day: Day;
}

const places: readonly (readonly [HostPlace, Bilingual, (at: At) => string])[] = [
  ['tasks', taskLabels.title, ({ slug, day }) => `/hote/${slug}/taches?jour=${day}`],
  ['capacity', t.capacity, ({ slug }) => `/hote/${slug}/occupation`],
  ['here', hereLabels.title, ({ slug }) => `/ici/${slug}`],
];

/** Ways to a host's other pages of a space, but for the one they are on. */
export const HostLinks = ({
  visit: { lang },
  at,
  here,
  children,
}: {
  visit: Visit;
  at: At;
  here?: HostPlace;
  children?: ComponentChildren;
}) => (
  <>
    <nav aria-label={t.hostPages[lang]}>
      <Cluster>
        {here !== undefined && (
          <>
            <ButtonLink kind="quiet" href={`/accueil/${at.slug}/${at.day}`}>
              {t.today[lang]}
            </ButtonLink>
            <ButtonLink kind="quiet" href={`/planning/${at.slug}?jour=${at.day}`}>
              {t.planning[lang]}
            </ButtonLink>
          </>
        )}
        {places
          .filter(([place]) => place !== here)
          .map(([, label, href]) => (
            <ButtonLink kind={here === undefined ? 'secondary' : 'quiet'} href={href(at)}>
              {label[lang]}
            </ButtonLink>
          ))}
      </Cluster>
    </nav>
    {children}
  </>
);

/** A page of those who receive people in a space. */
export const HostFrame = ({
  visit,
  space,
  day,
  here,
  title,
  lead,
  children,
}: {
  visit: Visit;
  space: Space;
  day: Day;
  here: HostPlace;
  title: string;
  lead: string;
  children: ComponentChildren;
}) => (
  <Layout visit={visit} title={`${title}, ${space.name}`}>
    <PageHead title={title} lead={lead} above={`${space.name}, ${space.commune.name}`} />
    <Stack gap="loose">
      <HostLinks visit={visit} at={{ slug: space.slug, day }} here={here} />
      {children}
    </Stack>
  </Layout>
);
