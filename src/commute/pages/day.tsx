import { show } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { ExplanationLine } from '../../method/method.ts';
import { PageHead, Prose, Section } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import { reasonOf } from '../summary.ts';
import type { Trip } from '../trip.ts';

/** One day, counted before the person who lived it. */
export const DayPage = ({
  visit,
  trip,
  spaceName,
  lines,
}: {
  visit: Visit;
  trip: Trip;
  spaceName: string;
  lines: readonly ExplanationLine[];
}) => {
  const { lang } = visit;
  const title = show.day(trip.day, lang);
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={`${spaceName} : ${reasonOf(trip)[lang]}`}
        above={
          <Breadcrumb
            places={[
              { label: lang === 'fr' ? 'Mes kilomètres' : 'My kilometres', href: '/mes-trajets' },
              { label: title },
            ]}
          />
        }
      />
      <Stats>
        <Stat
          large
          value={show.km(trip.avoided_m, lang)}
          label={lang === 'fr' ? 'de route évités' : 'of road avoided'}
          howHref="/methode"
        />
      </Stats>
      <Section title={lang === 'fr' ? 'Comment cette journée est comptée' : 'How this day is counted'}>
        <Prose>
          <ol>
            {lines.map(line => (
              <li>{line.text[lang]}</li>
            ))}
          </ol>
        </Prose>
        <Notice kind="info" title={lang === 'fr' ? 'Estimation non officielle' : 'Unofficial estimate'} />
      </Section>
      <ButtonLink href="/mes-trajets" kind="secondary">
        {lang === 'fr' ? 'Revenir à mes kilomètres' : 'Back to my kilometres'}
      </ButtonLink>
    </Layout>
  );
};
