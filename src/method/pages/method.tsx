import type { Lang } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Prose, Section } from '../../ui/arrange/arrange.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { PublicSet, PublicUnknown } from '../families.ts';
import type { Family } from '../sheet.ts';
import { FactorSets } from './factors.tsx';
import { Families, FamilySection } from './families.tsx';
import { Unknowns } from './unknowns.tsx';
import { HowSure, WorkedDay, type WorkedExample } from './worked-day.tsx';

export interface MethodPageData {
  readonly status: Family['status'];
  readonly families: readonly Family[];
  readonly sets: readonly PublicSet[];
  readonly unknowns: readonly PublicUnknown[];
  readonly example: WorkedExample;
}

const InBrief = ({ lang }: { lang: Lang }) => (
  <Section title={lang === 'fr' ? 'En quatre phrases' : 'In four sentences'}>
    <Prose>
      {lang === 'fr' ? (
        <ol>
          <li>On compare deux journées : celle qui aurait eu lieu, et celle qui a eu lieu.</li>
          <li>
            Si vous seriez allé au bureau, la différence de route compte. Si vous auriez télétravaillé chez vous, rien
            n’est évité : le trajet vers l’espace compte en moins. Si personne ne le sait, rien ne compte.
          </li>
          <li>Une part du gain est retirée, car on roule autrement les jours sans bureau : c’est l’effet rebond.</li>
          <li>Les jours qui perdent restent dans le total. On arrondit une seule fois, à la fin, vers le bas.</li>
        </ol>
      ) : (
        <ol>
          <li>Two days are compared: the one that would have been, and the one that was.</li>
          <li>
            If you would have gone to the office, the difference in road counts. If you would have worked from home,
            nothing is avoided: the trip to the space counts as a loss. If nobody knows, nothing counts.
          </li>
          <li>
            Part of the saving is taken off, because people drive elsewhere on days without the office: the rebound.
          </li>
          <li>Days that lose stay in the total. There is one rounding, at the end, downward.</li>
        </ol>
      )}
    </Prose>
  </Section>
);

const Replay = ({ lang }: { lang: Lang }) => (
  <Section
    id="rejouer"
    title={lang === 'fr' ? 'Refaire le calcul' : 'Do the sum again'}
    lead={
      lang === 'fr'
        ? 'Mêmes journées, mêmes empreintes : même résultat, au milligramme, sur toute machine.'
        : 'Same days, same fingerprints: same result, to the milligram, on any machine.'
    }
  >
    <Prose>
      <p>
        {lang === 'fr' ? 'En ligne de commande : ' : 'On the command line: '}
        <code>npm run --silent parvis -- quantify</code>
      </p>
      <p>
        {lang === 'fr'
          ? 'Pour un programme, tout ce qui est sur cette page : '
          : 'For a program, all that is on this page: '}
        <a href="/api/v1/methods">/api/v1/methods</a>
      </p>
    </Prose>
  </Section>
);

/** The public sheet of the methods: plain words first, then everything that is needed to redo the sum. */
export const MethodPage = ({ visit, status, families, sets, unknowns, example }: MethodPageData & { visit: Visit }) => {
  const { lang } = visit;
  const title = lang === 'fr' ? 'Comment nous comptons' : 'How we count';
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={
          lang === 'fr'
            ? 'Combien de route et de CO2 une journée dans un espace évite, et tout ce qui manque encore pour l’affirmer.'
            : 'How much road and CO2 a day in a space avoids, and all that is still missing to claim it.'
        }
      />
      <Notice kind="warning" title={lang === 'fr' ? 'Estimation non officielle' : 'Unofficial estimate'}>
        {status[lang]}
      </Notice>
      <InBrief lang={lang} />
      <WorkedDay example={example} lang={lang} />
      <HowSure example={example} lang={lang} />
      <Families families={families} lang={lang} />
      {families.map(family => (
        <FamilySection family={family} lang={lang} />
      ))}
      <FactorSets sets={sets} lang={lang} />
      <Unknowns unknowns={unknowns} lang={lang} />
      <Replay lang={lang} />
    </Layout>
  );
};
