import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { type Space, weekdays } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Absence, UsualTold } from '../booking.ts';
import { capital } from '../labels.ts';
import { bookedText, usualLabels as t } from '../usual-labels.ts';
import { partNames, whenText } from '../words.ts';
import { momentOf } from './moving.tsx';

export interface UsualPageProps {
  readonly visit: Visit;
  readonly usuals: readonly UsualTold[];
  readonly absences: readonly Absence[];
  /** Where one may book, one's own spaces first. */
  readonly spaces: readonly Space[];
  readonly names: ReadonlyMap<string, string>;
  readonly done: boolean;
  /** What was typed in the form that came back, or the space that the visitor comes from. */
  readonly typed: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
}

const dayText = ({ usual }: UsualTold, lang: Lang): string =>
  `${capital(weekdays[usual.weekday - 1]![lang])}, ${partNames[usual.part][lang]}`;

const Changes = ({ one, lang, requestId }: { one: UsualTold; lang: Lang; requestId: string }) => {
  const { usualId, pausedAt } = one.usual;
  const button = (action: string, label: string, hidden: Readonly<Record<string, string>> = {}) => (
    <Form action={`/mes-habitudes/${usualId}/${action}`} requestId={`${requestId}-${usualId}-${label}`} hidden={hidden}>
      <Button kind="quiet" small describe={`${label}: ${dayText(one, lang)}`}>
        {label}
      </Button>
    </Form>
  );
  return (
    <Cluster>
      {pausedAt === null ? button('pause', t.pause[lang]) : button('reprise', t.resume[lang])}
      {button('fin', t.end[lang])}
      {one.booked.length > 0 && button('fin', t.endAll[lang], { rendre: 'oui' })}
    </Cluster>
  );
};

const Usuals = ({ visit: { lang }, usuals, names, requestId }: UsualPageProps) => (
  <Section title={t.yours[lang]}>
    {usuals.length === 0 ? (
      <EmptyState title={t.none[lang]}>
        <p>{t.noneText[lang]}</p>
      </EmptyState>
    ) : (
      <DataTable<UsualTold>
        caption={t.yours[lang]}
        captionHidden
        rows={usuals}
        columns={[
          {
            label: t.day[lang],
            cell: one => (
              <>
                {dayText(one, lang)} {one.usual.pausedAt !== null && <Tag tone="pending">{t.paused[lang]}</Tag>}
              </>
            ),
          },
          { label: t.place[lang], cell: one => names.get(one.usual.spaceId) ?? '' },
          { label: t.booked[lang], cell: one => bookedText(one.booked)[lang] },
          { label: t.change[lang], cell: one => <Changes {...{ one, lang, requestId }} /> },
        ]}
      />
    )}
  </Section>
);

const Refused = ({ visit: { lang }, usuals, names }: UsualPageProps) => {
  const rows = usuals
    .filter(one => one.usual.pausedAt === null)
    .flatMap(({ usual, refused }) => refused.map(one => ({ ...one, usual })));
  if (rows.length === 0) return null;
  return (
    <Section title={t.refused[lang]} lead={t.refusedLead[lang]}>
      <DataTable<(typeof rows)[number]>
        caption={t.refused[lang]}
        captionHidden
        rows={rows}
        columns={[
          { label: t.day[lang], cell: one => whenText(one.day, one.usual.part, lang) },
          { label: t.place[lang], cell: one => names.get(one.usual.spaceId) ?? '' },
          { label: t.why[lang], cell: one => one.refusal?.message[lang] },
        ]}
      />
    </Section>
  );
};

/** Where a refusal's field stands in this form. */
const fieldNames: Readonly<Record<string, string>> = { weekday: 'jour', space: 'espace' };

const AddForm = ({ visit: { lang }, spaces, typed, requestId, refusal }: UsualPageProps) => {
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    ...(one.field && { field: fieldNames[one.field] ?? 'jour' }),
  }));
  return (
    <Section title={t.add[lang]} lead={t.addLead[lang]} id="ajouter">
      <Form action="/mes-habitudes" requestId={requestId} label={t.add[lang]}>
        <ErrorSummary problems={problems} />
        <SelectField
          name="jour"
          label={t.weekday[lang]}
          value={typed['jour'] ?? '2'}
          choices={weekdays.map((day, n) => ({ value: String(n + 1), label: capital(day[lang]) }))}
          error={problemAt(problems, 'jour')}
        />
        <SelectField
          name="moment"
          label={t.part[lang]}
          value={typed['moment'] ?? 'journee'}
          choices={(['day', 'morning', 'afternoon'] as const).map(part => ({
            value: momentOf[part],
            label: capital(partNames[part][lang]),
          }))}
        />
        <SelectField
          name="espace"
          label={t.where[lang]}
          value={typed['espace'] ?? spaces[0]?.slug}
          choices={spaces.map(one => ({ value: one.slug, label: `${one.name}, ${one.commune.name}` }))}
          error={problemAt(problems, 'espace')}
        />
        <Button>{t.save[lang]}</Button>
      </Form>
    </Section>
  );
};

const Absences = ({ visit: { lang }, absences }: UsualPageProps) =>
  absences.length === 0 ? null : (
    <Section title={t.away[lang]} lead={t.awayLead[lang]}>
      <DataTable<Absence>
        caption={t.away[lang]}
        captionHidden
        rows={absences}
        columns={[
          {
            label: t.day[lang],
            cell: one =>
              one.from === one.until
                ? show.date(one.from, lang)
                : `${show.date(one.from, lang)} – ${show.date(one.until, lang)}`,
          },
          {
            label: t.change[lang],
            cell: one => (
              <Form action={`/mes-habitudes/absences/${one.awayId}/retirer`}>
                <Button kind="quiet" small describe={`${t.back[lang]}: ${show.date(one.from, lang)}`}>
                  {t.back[lang]}
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </Section>
  );

/** The days on which someone usually comes: what they booked, what they could not; one more, a pause, an end. */
export function UsualPage(props: UsualPageProps) {
  const { visit, done } = props;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <PageHead title={t.title[lang]} lead={t.lead[lang]} above={<a href="/mes-reservations">{t.mine[lang]}</a>} />
      <Stack gap="loose">
        {done && (
          <Notice kind="success" live>
            {t.saved[lang]}
          </Notice>
        )}
        <Usuals {...props} />
        <Refused {...props} />
        <AddForm {...props} />
        <Absences {...props} />
      </Stack>
    </Layout>
  );
}
