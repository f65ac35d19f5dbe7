import { z } from '@hono/zod-openapi';
import { parameters as ofAccess } from './access/access.ts';
import { parameters as ofCommute } from './commute/commute.ts';
import { parameters as ofHosting } from './hosting/hosting.ts';
import type { ActSpec } from './kernel/act.ts';
import { type Bilingual, type Lang, show as shown } from './kernel/bilingual.ts';
import type { Id } from './kernel/ids.ts';
import { accept } from './kernel/outcome.ts';
import type { ParameterSheet } from './kernel/parameter.ts';
import { parseRational } from './kernel/rational.ts';
import { localDay } from './kernel/time.ts';
import { holds, type Visit } from './kernel/visit.ts';
import { families } from './method/method.ts';
import { peopleById } from './people/people.ts';
import { act, asked, type Back, post, told } from './platform/acts.ts';
import type { Work } from './platform/database.ts';
import { type Ctx, endpoint, inVisit, type Mount, requestId, show } from './platform/http.ts';
import {
  type ParameterRow,
  parameterRows,
  type SetValue,
  setParameter,
  valuesSet,
} from './platform/parameters/parameters.ts';
import { parameters as ofPresence } from './presence/presence.ts';
import { parameters as ofRegistry } from './registry/registry.ts';
import { ActForm } from './ui/act-form/act-form.tsx';
import { Cluster, PageHead, Section, Stack } from './ui/arrange/arrange.tsx';
import { ButtonLink } from './ui/button/button.tsx';
import { type Column, DataTable } from './ui/data-table/data-table.tsx';
import { ErrorSummary, problemsOf } from './ui/form/form.tsx';
import { Layout } from './ui/layout/layout.tsx';
import { Notice } from './ui/notice/notice.tsx';

// Every number that decides something, in one place: those a network sets, those a published method froze.

const lists = [ofPresence, ofCommute, ofRegistry, ofAccess, ofHosting];

const roomNames: Readonly<Record<string, Bilingual>> = {
  presence: { fr: 'Présences', en: 'Presences' },
  commute: { fr: 'Trajets', en: 'Trips' },
  registry: { fr: 'Unités', en: 'Units' },
  access: { fr: 'Portes et Wi-Fi', en: 'Doors and Wi-Fi' },
  hosting: { fr: 'Accueil', en: 'The host’s desk' },
};

const t = {
  title: { fr: 'Paramètres', en: 'Parameters' },
  lead: {
    fr: 'Chaque seuil, délai ou taux qui décide de quelque chose : sa valeur, d’où elle vient, depuis quand, et ce qui s’en sert.',
    en: 'Each threshold, delay or rate that decides something: its value, where it comes from, since when, and what uses it.',
  },
  parameter: { fr: 'Paramètre', en: 'Parameter' },
  value: { fr: 'Valeur', en: 'Value' },
  since: { fr: 'Depuis', en: 'Since' },
  until: { fr: 'Jusqu’au', en: 'Until' },
  start: { fr: 'l’origine', en: 'the start' },
  source: { fr: 'Source', en: 'Source' },
  author: { fr: 'Fixé par', en: 'Set by' },
  software: { fr: 'le logiciel', en: 'the software' },
  network: { fr: 'le réseau', en: 'the network' },
  usedBy: { fr: 'Sert à', en: 'Used by' },
  set: { fr: 'Fixer une valeur', en: 'Set a value' },
  saved: { fr: 'La valeur est enregistrée.', en: 'The value is recorded.' },
  history: { fr: 'Ce que le réseau a fixé', en: 'What the network has set' },
  noHistory: { fr: 'Rien encore : les premières valeurs valent.', en: 'Nothing yet: the first values hold.' },
  from: { fr: 'À partir du', en: 'From' },
  method: { fr: 'Fixés par une méthode publiée', en: 'Set by a published method' },
  methodLead: {
    fr: 'Ces valeurs ne se changent pas ici : une version publiée est figée, une autre valeur demande une autre version.',
    en: 'These values are not changed here: a published version is frozen, another value asks for another version.',
  },
  elsewhere: { fr: 'Ailleurs', en: 'Elsewhere' },
  elsewhereLead: {
    fr: 'Les prix et les valeurs signées sont des données datées, sur leur propre page.',
    en: 'Prices and signed values are dated data, on their own page.',
  },
  factors: { fr: 'Facteurs d’émission', en: 'Emission factors' },
  tariffs: { fr: 'Tarifs des espaces', en: 'Prices of the spaces' },
  contracts: { fr: 'Contrats et valeurs signées', en: 'Contracts and signed values' },
} as const;

const units: Readonly<Record<string, Bilingual>> = {
  hours: { fr: 'heures', en: 'hours' },
  minutes: { fr: 'minutes', en: 'minutes' },
  seconds: { fr: 'secondes', en: 'seconds' },
  days: { fr: 'jours', en: 'days' },
  weeks: { fr: 'semaines', en: 'weeks' },
  months: { fr: 'mois', en: 'months' },
  people: { fr: 'personnes', en: 'people' },
  presences: { fr: 'présences', en: 'presences' },
  half_days: { fr: 'demi-journées', en: 'half days' },
  ratio: { fr: 'fois', en: 'times' },
};

/** `5/100` as a share is 5 %; a fraction that makes no whole per cent stays exact; `24` hours are named. */
function valueText(value: string, unit: string, lang: Lang): string {
  if (unit !== 'share') return `${value} ${units[unit]?.[lang] ?? unit}`;
  const exact = parseRational(value)!;
  const percent = exact.numerator * 100n;
  return percent % exact.denominator === 0n ? `${percent / exact.denominator}\u00a0%` : value;
}

const rangeText = ({ from, to, unit }: ParameterSheet, lang: Lang): string =>
  lang === 'fr'
    ? `de ${valueText(from, unit, lang)} à ${valueText(to, unit, lang)}`
    : `from ${valueText(from, unit, lang)} to ${valueText(to, unit, lang)}`;

const specOf = ({ title, unit, ...sheet }: ParameterSheet): ActSpec => ({
  title,
  lead: {
    fr: 'La valeur vaut à partir du jour dit, aujourd’hui au plus tôt. Ce qui a été jugé avant ne l’est pas une seconde fois.',
    en: 'The value holds from the day named, today at the earliest. What was judged before is not judged again.',
  },
  button: { fr: 'Fixer cette valeur', en: 'Set this value' },
  fields: [
    {
      ...{ name: 'value', kind: 'fraction', label: t.value },
      hint: {
        fr: `Un nombre entier ou une fraction, ${rangeText({ title, unit, ...sheet }, 'fr')}.`,
        en: `A whole number or a fraction, ${rangeText({ title, unit, ...sheet }, 'en')}.`,
      },
    },
    { name: 'valid_from', kind: 'day', label: t.from },
    {
      ...{ name: 'source', kind: 'text', label: t.source },
      hint: {
        fr: 'Le texte, le contrat ou la décision, avec sa date.',
        en: 'The text, contract or decision, with its date.',
      },
    },
  ],
});

interface View {
  readonly rows: readonly ParameterRow[];
  readonly values: readonly SetValue[];
  readonly names: ReadonlyMap<string, string>;
  readonly today: string;
}

async function viewOf(work: Work, { actor }: Visit): Promise<View> {
  const [values, day] = [await valuesSet(work), localDay(work.now, 'Europe/Paris')];
  // The public reads that the network set a value; who did is for those who run it and those who audit it.
  const named = holds(actor, 'network_operator') || holds(actor, 'auditor');
  const authors: Id<'per'>[] = named ? [...new Set(values.map(one => one.author))] : [];
  const people = await peopleById(work, authors);
  const names = new Map(people.map(one => [one.personId as string, `${one.firstName} ${one.lastName}`]));
  return { rows: parameterRows(lists, { values, day }), values, names, today: day };
}

const columnsFor = (view: View, lang: Lang, operator: boolean): readonly Column<ParameterRow>[] => [
  {
    label: t.parameter[lang],
    cell: ({ parameterId, sheet }) =>
      operator ? (
        <a href={`/parametres?fixer=${parameterId}#fixer`} title={t.set[lang]}>
          {sheet.title[lang]}
        </a>
      ) : (
        sheet.title[lang]
      ),
  },
  { label: t.value[lang], cell: ({ value, sheet }) => valueText(value, sheet.unit, lang) },
  { label: t.since[lang], cell: ({ set }) => (set ? shown.date(set.validFrom, lang) : t.start[lang]) },
  { label: t.until[lang], cell: ({ until }) => (until ? shown.date(until, lang) : '–') },
  { label: t.author[lang], cell: ({ set }) => authorOf(set, view, lang) },
  { label: t.usedBy[lang], cell: ({ sheet }) => sheet.usedBy[lang] },
  { label: t.source[lang], cell: ({ set, sheet }) => set?.source ?? sheet.source[lang] },
];

const authorOf = (set: SetValue | null, { names }: View, lang: Lang): string =>
  set === null ? t.software[lang] : (names.get(set.author) ?? t.network[lang]);

const History = ({ view, lang }: { view: View; lang: Lang }) => {
  const sheets = new Map(view.rows.map(one => [one.parameterId, one.sheet]));
  return (
    <Section title={t.history[lang]}>
      <DataTable
        caption={t.history[lang]}
        captionHidden
        rows={view.values}
        empty={t.noHistory[lang]}
        columns={[
          { label: t.parameter[lang], cell: one => sheets.get(one.parameterId)?.title[lang] ?? one.parameterId },
          {
            label: t.value[lang],
            cell: one => valueText(one.value, sheets.get(one.parameterId)?.unit ?? '', lang),
          },
          { label: t.from[lang], cell: one => shown.date(one.validFrom, lang) },
          { label: t.author[lang], cell: one => authorOf(one, view, lang) },
          { label: t.source[lang], cell: one => one.source },
        ]}
      />
    </Section>
  );
};

type FrozenValue = ReturnType<typeof families>[number]['parameters'][number];
/** A value that a contract gives has a unit and no number yet: `selon le contrat (mètres)`. */
const frozenText = ({ value, unit, mark }: FrozenValue, lang: Lang): string =>
  mark === 'C' && unit[lang] !== '' ? `${value[lang]} (${unit[lang]})` : `${value[lang]} ${unit[lang]}`.trim();

const Frozen = ({ lang }: { lang: Lang }) => (
  <Section title={t.method[lang]} lead={t.methodLead[lang]}>
    {families()
      .filter(({ parameters }) => parameters.length > 0)
      .map(({ title, parameters }) => (
        <DataTable
          caption={title[lang]}
          rows={parameters}
          columns={[
            { label: t.parameter[lang], cell: one => one.label[lang] },
            { label: t.value[lang], cell: one => frozenText(one, lang) },
            { label: t.source[lang], cell: one => one.source[lang] },
          ]}
        />
      ))}
  </Section>
);

const Setting = ({ row, view, back, lang }: { row: ParameterRow; view: View; back: Back; lang: Lang }) => {
  const spec = specOf(row.sheet);
  const typed = back.refusal ? back.typed : { valid_from: view.today };
  return (
    <Section id="fixer" title={`${t.set[lang]} : ${row.sheet.title[lang]}`} lead={spec.lead[lang]}>
      <ActForm
        spec={spec}
        action={`/parametres/${row.parameterId}`}
        facts={{ lang, requestId: requestId(), typed, refusal: back.refusal }}
      />
    </Section>
  );
};

interface PageProps {
  readonly visit: Visit;
  readonly view: View;
  readonly back: Back;
  /** The parameter whose form is open. */
  readonly setting: string | undefined;
  readonly saved: boolean;
}

function ParametersPage({ visit, view, back, setting, saved }: PageProps) {
  const { lang } = visit;
  const operator = holds(visit.actor, 'network_operator');
  const row = view.rows.find(one => one.parameterId === setting);
  return (
    <Layout visit={visit} title={t.title[lang]} wide>
      <PageHead title={t.title[lang]} lead={t.lead[lang]} />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(back.refusal, lang)} />
        {saved && <Notice kind="success" live title={t.saved[lang]} />}
        {operator && row && <Setting row={row} view={view} back={back} lang={lang} />}
        {lists.map(({ room }) => (
          <Section title={roomNames[room]![lang]}>
            <DataTable
              caption={roomNames[room]![lang]}
              captionHidden
              rows={view.rows.filter(one => one.parameterId.startsWith(`${room}.`))}
              columns={columnsFor(view, lang, operator)}
            />
          </Section>
        ))}
        <History view={view} lang={lang} />
        <Frozen lang={lang} />
        <Section title={t.elsewhere[lang]} lead={t.elsewhereLead[lang]}>
          <Cluster>
            <ButtonLink kind="secondary" href="/methode">
              {t.factors[lang]}
            </ButtonLink>
            <ButtonLink kind="secondary" href="/espaces">
              {t.tariffs[lang]}
            </ButtonLink>
            {(operator || holds(visit.actor, 'auditor')) && (
              <ButtonLink kind="secondary" href="/programmes">
                {t.contracts[lang]}
              </ButtonLink>
            )}
          </Cluster>
        </Section>
      </Stack>
    </Layout>
  );
}

const valueSchema = z.object({ parameter_id: z.string(), value: z.string(), valid_from: z.string() });

const setting = act({
  ...{ path: '/parameters/{id}/values', tag: 'parameters', summary: 'Sets a parameter, from today or a later day on' },
  body: z.object({ value: told.text, valid_from: told.day, source: told.text.default('') }),
  returns: valueSchema,
  refusals: [
    ...['parameters.operator_only', 'parameters.unknown', 'parameters.out_of_range', 'parameters.source_missing'],
    ...['parameters.in_the_past', 'parameters.already_set'],
  ],
  perform: async (work, actor, { id: parameterId, value, valid_from: validFrom, source }) => {
    const done = await setParameter(work, actor, { parameterId, value, validFrom, source, lists });
    return done.ok ? accept({ parameter_id: parameterId, value, valid_from: validFrom }) : done;
  },
});

const rowJson = ({ parameterId, sheet, value, set, until }: ParameterRow) => ({
  ...{ parameter_id: parameterId, title: sheet.title.en, value, unit: sheet.unit, from: sheet.from, to: sheet.to },
  ...{ source: set?.source ?? sheet.source.en, status: sheet.status, used_by: sheet.usedBy.en },
  ...{ valid_from: set?.validFrom ?? null, valid_until: until },
});

const rowSchema = valueSchema.extend({
  ...{ title: z.string(), unit: z.string(), from: z.string(), to: z.string(), source: z.string() },
  ...{ status: z.enum(['sourced', 'product']), used_by: z.string() },
  valid_from: z.string().nullable().openapi({ description: 'Null when the first value still holds.' }),
  valid_until: z.string().nullable().openapi({ description: 'First day of the next value.' }),
});

/** Mounts the page of parameters, open to everyone, and its endpoints. */
export function routes(mount: Mount): void {
  const { pages, shell } = mount;
  const page = async (c: Ctx, back: Back, open = c.req.query('fixer')) => {
    const visit = c.get('visit');
    const view = await inVisit(shell, c, work => viewOf(work, visit));
    const saved = back.refusal === null && c.req.query('fait') !== undefined;
    return show(c, ParametersPage({ visit, view, back, setting: open, saved }), back.refusal?.status ?? 200);
  };
  const { fields } = specOf(ofPresence.sheets.checking_hours);
  pages.get('/parametres', c => page(c, asked));
  pages.post(
    '/parametres/:id',
    post(mount, {
      ...{ route: setting, spec: { fields }, to: () => '/parametres?fait=oui' },
      page: (c, back) => page(c, back, c.req.param('id')),
    }),
  );
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/parameters', tag: 'parameters', refusals: [] },
      summary: 'Every number that a network may set: value, unit, source, dates, and what uses it',
      returns: z.object({ parameters: z.array(rowSchema) }),
    },
    async (_, work, visit) => accept({ parameters: (await viewOf(work, visit)).rows.map(rowJson) }),
  );
  setting.mount(mount);
}
