import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Replaced } from '../../method/method.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { CheckField, ChoiceCards } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { PathDrawing } from '../../ui/path-drawing/path-drawing.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import type { Baseline, Travel } from '../baseline.ts';
import type { RouteEvidence } from '../route.ts';
import { isWaiting, type MonthOfTrips, reasonOf, roundTripsPassed, type Summary } from '../summary.ts';
import type { Trip } from '../trip.ts';
import { energyWords, legWords, modeWords, replacedWords } from '../words.ts';

export interface KilometresData {
  readonly summary: Summary;
  /** The days shown, oldest first, and the names of their spaces. */
  readonly trips: readonly Trip[];
  readonly months: readonly MonthOfTrips[];
  readonly spaceNames: ReadonlyMap<string, string>;
  readonly baseline: Baseline | null;
  readonly routes: readonly RouteEvidence[];
  /** Does the map in use draw invented roads? */
  readonly fictitiousRoads: boolean;
  readonly requestId: string;
}

type Props = KilometresData & { readonly lang: Lang };

const kgInterval = ({ least_mg, most_mg }: Summary, lang: Lang) =>
  lang === 'fr'
    ? `entre ${show.co2(least_mg, lang)} et ${show.co2(most_mg, lang)} selon la façon de compter l’effet rebond`
    : `between ${show.co2(least_mg, lang)} and ${show.co2(most_mg, lang)} depending on how the rebound is counted`;

const Figures = ({ summary, lang }: Props) => (
  <Stats>
    <Stat
      large
      value={show.km(summary.avoided_m, lang)}
      label={lang === 'fr' ? 'de route évités' : 'of road avoided'}
      howHref="/methode"
    />
    <Stat
      value={`${show.co2(summary.net_mg, lang)} CO₂e`}
      label={lang === 'fr' ? 'évités, estimation non officielle' : 'avoided, unofficial estimate'}
      interval={kgInterval(summary, lang)}
    />
    <Stat
      value={`${show.count(summary.counted, lang)} / ${show.count(summary.days, lang)}`}
      label={lang === 'fr' ? 'journées comptées' : 'days counted'}
    />
  </Stats>
);

const answers: readonly Replaced[] = ['office', 'home', 'other', 'unknown'];

const Question = ({ trip, baseline, lang, requestId }: { trip: Trip } & Props) => (
  <Form action="/mes-trajets/reponse" requestId={`${requestId}-${trip.attestationId}`} hidden={{ day: trip.day }}>
    <ChoiceCards
      name="replaced"
      id={`replaced-${trip.day}`}
      label={
        lang === 'fr'
          ? `Sans cet espace, qu’auriez-vous fait le ${show.day(trip.day, lang)} ?`
          : `Without this space, what would you have done on ${show.day(trip.day, lang)}?`
      }
      hint={
        lang === 'fr'
          ? 'Votre réponse sert à compter juste : il n’y a pas de mauvaise réponse.'
          : 'Your answer serves to count right: there is no wrong answer.'
      }
      choices={answers.map(value => ({
        value,
        label: replacedWords[value][lang],
        ...(value === 'office' && baseline && { detail: baseline.workplace.name }),
      }))}
    />
    <CheckField
      name="also_office"
      id={`also-office-${trip.day}`}
      label={lang === 'fr' ? 'Je suis aussi passé au bureau ce jour-là' : 'I also went to the office that day'}
      optional
    />
    <Button>{lang === 'fr' ? 'Enregistrer ma réponse' : 'Save my answer'}</Button>
  </Form>
);

const shownQuestions = 2;

const Questions = (props: Props) => {
  const { trips, lang } = props;
  const waiting = trips.filter(isWaiting).toReversed();
  if (waiting.length === 0) return null;
  return (
    <Section
      id="questions"
      title={
        lang === 'fr'
          ? `${waiting.length} ${waiting.length > 1 ? 'journées attendent' : 'journée attend'} votre réponse`
          : `${waiting.length} ${waiting.length > 1 ? 'days wait' : 'day waits'} for your answer`
      }
      lead={
        lang === 'fr'
          ? 'Tant que vous n’avez rien dit, une journée compte pour 0 km.'
          : 'Until you have said, a day counts for 0 km.'
      }
    >
      <Stack>
        {waiting.slice(0, shownQuestions).map(trip => (
          <Question {...props} trip={trip} />
        ))}
      </Stack>
    </Section>
  );
};

const roundTripOf = (routes: readonly RouteEvidence[]) =>
  routes
    .filter(({ kind }) => kind === 'home_office' || kind === 'office_home')
    .reduce((sum, { routed_m }) => sum + routed_m, 0);

const timesWords = (times: number, lang: Lang) =>
  lang === 'fr'
    ? `${times} ${times > 1 ? 'allers-retours' : 'aller-retour'} au bureau`
    : `${times} ${times > 1 ? 'return trips' : 'return trip'} to the office`;

/** The road not driven, paved stone by stone; nothing is drawn while days have cost more road than they avoided. */
const Path = ({ summary, routes, lang }: Props) =>
  summary.avoided_m <= 0n ? null : (
    <PathDrawing
      finding={
        lang === 'fr'
          ? `${show.km(summary.avoided_m, lang)} de route que vous n’avez pas faite`
          : `${show.km(summary.avoided_m, lang)} of road that you did not take`
      }
      metres={Number(summary.avoided_m)}
      milestones={roundTripsPassed(summary.avoided_m, roundTripOf(routes)).map(({ times, metres }) => ({
        metres,
        label: timesWords(times, lang),
      }))}
      columns={lang === 'fr' ? ['Repère', 'Distance'] : ['Mark', 'Distance']}
      show={metres => show.km(metres, lang)}
    />
  );

const Days = ({ trips, spaceNames, lang }: Props) => (
  <DataTable
    caption={lang === 'fr' ? 'Vos journées' : 'Your days'}
    rows={trips.toReversed()}
    tall
    columns={[
      {
        label: lang === 'fr' ? 'Jour' : 'Day',
        cell: trip => <a href={`/mes-trajets/${trip.attestationId}`}>{show.date(trip.day, lang)}</a>,
      },
      { label: lang === 'fr' ? 'Espace' : 'Space', cell: trip => spaceNames.get(trip.spaceId) ?? trip.spaceId },
      { label: lang === 'fr' ? 'Pourquoi' : 'Why', cell: trip => reasonOf(trip)[lang] },
      { label: lang === 'fr' ? 'Évités' : 'Avoided', numeric: true, cell: trip => show.km(trip.avoided_m, lang) },
    ]}
  />
);

const Months = ({ months, lang }: Props) => (
  <DataTable
    caption={lang === 'fr' ? 'Mois par mois' : 'Month by month'}
    rows={months}
    columns={[
      { label: lang === 'fr' ? 'Mois' : 'Month', cell: row => show.month(row.month, lang) },
      { label: lang === 'fr' ? 'Journées' : 'Days', numeric: true, cell: row => show.count(row.days, lang) },
      { label: lang === 'fr' ? 'Évités' : 'Avoided', numeric: true, cell: row => show.km(row.avoided_m, lang) },
    ]}
  />
);

export const travelWords = ({ mode, energy, occupancy }: Travel, lang: Lang): string =>
  [
    modeWords[mode][lang],
    energy && energyWords[energy][lang],
    occupancy !== '1' && (lang === 'fr' ? `${occupancy} personnes` : `${occupancy} people`),
  ]
    .filter(Boolean)
    .join(', ');

const Distances = ({ routes, spaceNames, lang }: Props) => (
  <DataTable
    caption={lang === 'fr' ? 'Distances par la route, chaque sens à part' : 'Distances by road, each direction apart'}
    rows={routes}
    columns={[
      { label: lang === 'fr' ? 'Trajet' : 'Trip', cell: row => legWords[row.kind][lang] },
      { label: lang === 'fr' ? 'Espace' : 'Space', cell: row => (row.spaceId && spaceNames.get(row.spaceId)) ?? '–' },
      {
        label: lang === 'fr' ? 'Distance' : 'Distance',
        numeric: true,
        cell: row => `${show.count(row.routed_m, lang)} m`,
      },
      { label: lang === 'fr' ? 'Calculée par' : 'Computed by', cell: row => `${row.engine} ${row.engine_version}` },
    ]}
  />
);

const homeWords = ({ home }: Baseline, lang: Lang): string => {
  const measured =
    home.precision === 'commune' ? (lang === 'fr' ? ', mesuré depuis son centre' : ', measured from its centre') : '';
  const kept =
    home.exact === null
      ? { fr: 'adresse effacée, seule la commune reste', en: 'address erased, only the commune stays' }
      : { fr: 'adresse gardée jusqu’au calcul des distances', en: 'address kept until distances are computed' };
  return `${home.communeName}${measured} (${kept[lang]})`;
};

const Declared = (props: Props) => {
  const { baseline, routes, lang, fictitiousRoads } = props;
  if (baseline === null) return null;
  return (
    <Section
      id="situation"
      title={lang === 'fr' ? 'Ce que vous avez déclaré' : 'What you declared'}
      actions={
        <ButtonLink href="/mes-trajets/declaration" kind="secondary" small>
          {lang === 'fr' ? 'Changer' : 'Change'}
        </ButtonLink>
      }
    >
      <Stack>
        <DescriptionList
          items={[
            { term: lang === 'fr' ? 'Depuis le' : 'Since', value: show.date(baseline.validFrom, lang) },
            { term: lang === 'fr' ? 'Domicile' : 'Home', value: homeWords(baseline, lang) },
            { term: lang === 'fr' ? 'Lieu de travail' : 'Workplace', value: baseline.workplace.name },
            { term: lang === 'fr' ? 'Vers le bureau' : 'To the office', value: travelWords(baseline.office, lang) },
            { term: lang === 'fr' ? 'Vers l’espace' : 'To the space', value: travelWords(baseline.space, lang) },
            {
              term: lang === 'fr' ? 'Distance que vous connaissez' : 'Distance as you know it',
              value: baseline.declaredOffice_m === null ? null : show.km(baseline.declaredOffice_m, lang),
            },
          ]}
        />
        {routes.length === 0 ? (
          <Notice
            kind="pending"
            title={lang === 'fr' ? 'Distances pas encore calculées' : 'Distances not computed yet'}
            actions={
              <Form action="/mes-trajets/distances" requestId={`${props.requestId}-distances`}>
                <Button small>{lang === 'fr' ? 'Calculer les distances' : 'Compute the distances'}</Button>
              </Form>
            }
          />
        ) : (
          <Distances {...props} />
        )}
        {fictitiousRoads && (
          <p>{lang === 'fr' ? 'Routes inventées, données fictives.' : 'Invented roads, fictitious data.'}</p>
        )}
      </Stack>
    </Section>
  );
};

const NothingYet = ({ baseline, lang }: Props) => (
  <EmptyState
    title={
      baseline === null
        ? lang === 'fr'
          ? 'Dites d’abord comment vous allez au bureau'
          : 'First say how you go to the office'
        : lang === 'fr'
          ? 'Aucune journée comptée pour le moment'
          : 'No day counted yet'
    }
    actions={
      baseline === null ? (
        <ButtonLink href="/mes-trajets/declaration">
          {lang === 'fr' ? 'Déclarer mes trajets' : 'Declare my trips'}
        </ButtonLink>
      ) : (
        <ButtonLink href="/espaces">{lang === 'fr' ? 'Trouver un espace' : 'Find a space'}</ButtonLink>
      )
    }
  >
    {baseline === null
      ? lang === 'fr'
        ? 'Votre adresse sert une fois, à mesurer la route, puis elle est effacée.'
        : 'Your address serves once, to measure the road, then it is erased.'
      : lang === 'fr'
        ? 'Vos journées apparaissent ici le lendemain de votre venue.'
        : 'Your days appear here the day after you came.'}
  </EmptyState>
);

/** A worker's own figures: the road not taken, drawn, tabled and explained; seen by nobody else. */
export const KilometresPage = (props: KilometresData & { readonly visit: Visit; readonly saved: boolean }) => {
  const { visit, trips, saved } = props;
  const { lang } = visit;
  const own: Props = { ...props, lang };
  const title = lang === 'fr' ? 'Mes kilomètres' : 'My kilometres';
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={
          lang === 'fr'
            ? 'La route que vos journées près de chez vous ont évitée. Vous seul voyez cette page.'
            : 'The road that your days near home avoided. Only you see this page.'
        }
      />
      {saved && <Notice kind="success" live title={lang === 'fr' ? 'C’est enregistré.' : 'Saved.'} />}
      {trips.length === 0 ? (
        <NothingYet {...own} />
      ) : (
        <>
          <Figures {...own} />
          <Questions {...own} />
          <Path {...own} />
          <Section title={lang === 'fr' ? 'Jour par jour' : 'Day by day'}>
            <Stack>
              <Days {...own} />
              <Months {...own} />
            </Stack>
          </Section>
        </>
      )}
      <Declared {...own} />
    </Layout>
  );
};
