import type { ComponentChildren } from 'preact';
import type { ActSpec } from '../../kernel/act.ts';
import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Instant, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { ActForm } from '../../ui/act-form/act-form.tsx';
import { Cluster, PageHead, Prose, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { type Column, DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { ErrorSummary, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { HoldRow, Holds, Person } from '../people.ts';

const t = {
  title: { fr: 'Retenues', en: 'Legal holds' },
  lead: {
    fr: 'Une loi, une enquête ou un litige oblige parfois à garder les données d’une personne, même si elle demande leur effacement. Une retenue dit pourquoi, et finit un jour connu.',
    en: 'A law, an inquiry or a dispute sometimes asks for someone’s data to be kept, even when they ask for erasure. A hold says why, and ends on a known day.',
  },
  standing: { fr: 'Retenues en cours', en: 'Holds that stand' },
  none: { fr: 'Aucune retenue n’est en cours', en: 'No hold stands' },
  noneDetail: {
    fr: 'Chaque demande d’effacement est faite tout de suite, et chaque durée de conservation s’applique.',
    en: 'Each request for erasure is done at once, and each term applies.',
  },
  over: { fr: 'Retenues finies', en: 'Holds that are over' },
  who: { fr: 'Personne', en: 'Person' },
  aside: { fr: 'Personne mise de côté', en: 'Person set aside' },
  erased: { fr: 'Personne effacée', en: 'Erased person' },
  reason: { fr: 'Motif', en: 'Reason' },
  since: { fr: 'Depuis', en: 'Since' },
  until: { fr: 'Jusqu’au', en: 'Until' },
  kept: { fr: 'Ce qui attend', en: 'What waits' },
  ended: { fr: 'Fin', en: 'End' },
  action: { fr: 'Action', en: 'Action' },
  lift: { fr: 'Lever', en: 'Lift' },
  notNow: { fr: 'Ne pas lever', en: 'Do not lift' },
  placed: { fr: 'La retenue est posée.', en: 'The hold is placed.' },
  lifted: { fr: 'La retenue est levée.', en: 'The hold is lifted.' },
  effect: { fr: 'Ce qu’une retenue fait attendre', en: 'What a hold makes wait' },
} as const satisfies Record<string, Bilingual>;

const effects: readonly Bilingual[] = [
  {
    fr: 'L’effacement demandé : en attendant, la personne est mise de côté, ne peut plus entrer et n’apparaît plus nulle part.',
    en: 'The erasure asked for: meanwhile the person is set aside, cannot enter and appears nowhere.',
  },
  {
    fr: 'La destruction de ses arrivées, à trois mois, et de ce qui relie ses journées à elle, à dix ans.',
    en: 'The destruction of their arrivals, at three months, and of what ties their days to them, at ten years.',
  },
  {
    fr: 'Rien d’autre : une retenue ne montre rien de plus à personne. Quand elle finit, l’horloge efface dans l’heure, et détruit le reste dans la nuit.',
    en: 'Nothing else: a hold shows nobody anything more. When it ends, the clock erases within the hour, and destroys the rest overnight.',
  },
];

export const holdActs = {
  place: {
    title: { fr: 'Retenir les données d’une personne', en: 'Hold someone’s data' },
    lead: {
      fr: 'Pour dix ans au plus. De plusieurs retenues, la plus longue l’emporte.',
      en: 'For ten years at most. Of several holds, the longest prevails.',
    },
    button: { fr: 'Poser la retenue', en: 'Place the hold' },
    fields: [
      {
        ...{ name: 'person', kind: 'text', label: t.who },
        hint: {
          fr: 'Son adresse électronique, ou l’identifiant d’une personne mise de côté.',
          en: 'Their e-mail address, or the id of a person set aside.',
        },
      },
      {
        ...{ name: 'reason', kind: 'text', label: t.reason },
        hint: {
          fr: 'Le texte ou la procédure qui l’exige, avec sa date. Ne nommez personne.',
          en: 'The text or procedure that asks for it, with its date. Name nobody.',
        },
      },
      {
        ...{ name: 'until', kind: 'day', label: t.until },
        hint: { fr: 'Premier jour où elle ne retient plus rien.', en: 'First day on which it holds nothing.' },
      },
    ],
  },
  lift: {
    title: { fr: 'Lever la retenue', en: 'Lift the hold' },
    lead: {
      fr: 'L’effacement qui attendait se fait dans l’heure. C’est définitif.',
      en: 'The erasure that waited is done within the hour. It is final.',
    },
    button: { fr: 'Lever cette retenue', en: 'Lift this hold' },
    final: true,
    fields: [
      {
        ...{ name: 'reason', kind: 'text' },
        label: { fr: 'Pourquoi elle ne se justifie plus', en: 'Why it is no longer needed' },
      },
    ],
  },
} as const satisfies Record<string, ActSpec>;

interface Props {
  readonly visit: Visit;
  readonly holds: Holds;
  readonly names: ReadonlyMap<string, Person>;
  readonly back: { readonly refusal: Refusal | null; readonly typed: Readonly<Record<string, string>> };
  /** The hold whose lifting is asked for. */
  readonly lifted: string | undefined;
  /** What has just been done: `posee` or `levee`. */
  readonly done: string | undefined;
  readonly requestId: string;
}

const dayOf = (at: Instant, lang: Lang): string => show.date(localDay(at, 'Europe/Paris'), lang);

const nameOf = (personId: string, { names }: Props): string => {
  const person = names.get(personId);
  return person ? `${person.firstName} ${person.lastName}`.trim() : personId;
};

/** Someone set aside, or erased, is an id alone, for the operator as for anyone. */
const heldName = (one: HoldRow, page: Props): ComponentChildren =>
  one.askedAt === null
    ? nameOf(one.personId, page)
    : [(one.erasedAt ? t.erased : t.aside)[page.visit.lang], ' ', <code>{one.personId}</code>];

const waitingFor = ({ askedAt }: HoldRow, lang: Lang): string => {
  if (askedAt === null)
    return {
      fr: 'Rien n’a été demandé ; les durées de conservation attendent.',
      en: 'Nothing was asked; terms wait.',
    }[lang];
  const day = dayOf(askedAt, lang);
  return { fr: `L’effacement demandé le ${day}.`, en: `The erasure asked for on ${day}.` }[lang];
};

const endOf = (one: HoldRow, page: Props): string => {
  const { lang } = page.visit;
  if (one.liftedAt === null || one.liftedBy === null) {
    const day = show.date(one.until, lang);
    return { fr: `Son jour venu, le ${day}`, en: `On its day, ${day}` }[lang];
  }
  const [day, by] = [dayOf(one.liftedAt, lang), nameOf(one.liftedBy, page)];
  return {
    fr: `Levée le ${day} par ${by} : ${one.liftReason}`,
    en: `Lifted on ${day} by ${by}: ${one.liftReason}`,
  }[lang];
};

const columnsOf = (page: Props): readonly Column<HoldRow>[] => {
  const { lang } = page.visit;
  const by = { fr: 'par', en: 'by' }[lang];
  return [
    { label: t.who[lang], cell: one => heldName(one, page) },
    { label: t.reason[lang], cell: one => one.reason },
    { label: t.since[lang], cell: one => `${dayOf(one.recordedAt, lang)}, ${by} ${nameOf(one.author, page)}` },
  ];
};

const Standing = (page: Props) => {
  const { visit, holds } = page;
  const { lang } = visit;
  if (holds.standing.length === 0) return <EmptyState title={t.none[lang]}>{t.noneDetail[lang]}</EmptyState>;
  return (
    <Section title={t.standing[lang]}>
      <DataTable
        caption={t.standing[lang]}
        captionHidden
        rows={holds.standing}
        columns={[
          ...columnsOf(page),
          { label: t.until[lang], cell: one => show.date(one.until, lang) },
          { label: t.kept[lang], cell: one => waitingFor(one, lang) },
          {
            label: t.action[lang],
            cell: one => (
              <a href={`/retenues?lever=${one.holdId}#lever`} aria-label={`${t.lift[lang]}, ${one.reason}`}>
                {t.lift[lang]}
              </a>
            ),
          },
        ]}
      />
    </Section>
  );
};

const Over = (page: Props) => {
  const { visit, holds } = page;
  const { lang } = visit;
  if (holds.over.length === 0) return null;
  return (
    <Section title={t.over[lang]}>
      <DataTable
        caption={t.over[lang]}
        captionHidden
        rows={holds.over}
        columns={[...columnsOf(page), { label: t.ended[lang], cell: one => endOf(one, page) }]}
      />
    </Section>
  );
};

const Place = ({ page: { visit, requestId, back } }: { page: Props }) => (
  <Section id="retenir" title={holdActs.place.title[visit.lang]} lead={holdActs.place.lead[visit.lang]}>
    <ActForm spec={holdActs.place} action="/retenues" facts={{ lang: visit.lang, requestId, ...back }} />
  </Section>
);

const Lift = ({ one, page }: { one: HoldRow; page: Props }) => {
  const { visit, requestId, back } = page;
  const { lang } = visit;
  return (
    <Section id="lever" title={holdActs.lift.title[lang]} lead={holdActs.lift.lead[lang]}>
      <DescriptionList
        items={[
          { term: t.who[lang], value: heldName(one, page) },
          { term: t.reason[lang], value: one.reason },
          { term: t.until[lang], value: show.date(one.until, lang) },
          { term: t.kept[lang], value: waitingFor(one, lang) },
        ]}
      />
      <ActForm spec={holdActs.lift} action={`/retenues/${one.holdId}`} facts={{ lang, requestId, ...back }} />
      <Cluster>
        <ButtonLink kind="quiet" href="/retenues">
          {t.notNow[lang]}
        </ButtonLink>
      </Cluster>
    </Section>
  );
};

/** Whose data are held, why and until when; one form: it holds someone’s, or lifts the hold that was chosen. */
export function HoldsPage(page: Props) {
  const { visit, holds, back, lifted, done } = page;
  const { lang } = visit;
  const lifting = holds.standing.find(one => one.holdId === lifted);
  return (
    <Layout visit={visit} title={t.title[lang]} wide>
      <PageHead title={t.title[lang]} lead={t.lead[lang]} />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(back.refusal, lang)} />
        {done && <Notice kind="success" live title={(done === 'levee' ? t.lifted : t.placed)[lang]} />}
        {lifting && <Lift one={lifting} page={page} />}
        <Standing {...page} />
        {!lifting && <Place page={page} />}
        <Section title={t.effect[lang]}>
          <Prose>
            <ul>
              {effects.map(one => (
                <li>{one[lang]}</li>
              ))}
            </ul>
          </Prose>
        </Section>
        <Over {...page} />
      </Stack>
    </Layout>
  );
}
