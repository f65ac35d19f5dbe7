import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day, DayPart } from '../../kernel/time.ts';
import { kinds, type Resource, type ResourceKind, type Space } from '../../spaces/spaces.ts';
import { Cluster, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DateField, SelectField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { Booking, Wait, WallHours } from '../booking.ts';
import { partOf } from '../hours.ts';
import { capital, labels } from '../labels.ts';
import { movingLabels as t, turnText, waitForText } from '../moving-labels.ts';
import { partNames, whenOf } from '../words.ts';
import { HoursFields, timeOf } from './units.tsx';

/** How a part of the day is written in an address. */
export const momentOf: Readonly<Record<DayPart, string>> = {
  morning: 'matin',
  afternoon: 'apres-midi',
  day: 'journee',
};

const momentChoices = (parts: readonly DayPart[], lang: Lang) =>
  parts.map(part => ({ value: momentOf[part], label: capital(partNames[part][lang]) }));

export interface Movable {
  /** The days between which it may go. */
  readonly today: Day;
  readonly furthest: Day;
  readonly desks: readonly Resource[];
  /** False past the deadline: it may still be extended. */
  readonly free: boolean;
  readonly extends: boolean;
}

interface MovingProps {
  readonly lang: Lang;
  readonly booking: Booking;
  readonly movable: Movable;
  readonly requestId: string;
}

/** Where else a booking may go, or how it grows; nothing when neither is possible. */
export const Moving = ({ lang, booking, movable, requestId }: MovingProps) => {
  const action = `/reservations/${booking.bookingId}/deplacer`;
  if (!movable.free && !movable.extends) return null;
  return (
    <Section
      title={movable.free ? t.moveTitle[lang] : t.extend[lang]}
      lead={movable.free ? t.moveLead[lang] : undefined}
    >
      <Stack>
        {movable.free && (
          <Form action={action} requestId={requestId} label={t.moveTitle[lang]} inline>
            <DateField name="jour" label={t.day[lang]} value={booking.day} min={movable.today} max={movable.furthest} />
            {booking.hours === null ? (
              <SelectField
                name="moment"
                label={t.part[lang]}
                value={momentOf[booking.part]}
                choices={momentChoices(['morning', 'afternoon', 'day'], lang)}
              />
            ) : (
              <HoursFields lang={lang} hours={booking.hours} />
            )}
            <SelectField
              name="poste"
              label={t.desk[lang]}
              optional
              empty={t.anyDesk[lang]}
              choices={movable.desks.map(desk => ({ value: desk.resourceId, label: desk.name }))}
            />
            <Button kind="secondary">{t.move[lang]}</Button>
          </Form>
        )}
        {movable.extends && (
          <Form
            action={action}
            requestId={`${requestId}-prolonger`}
            hidden={{ jour: booking.day, moment: momentOf.day }}
            label={t.extend[lang]}
          >
            <Cluster>
              <Button kind="secondary">{t.extend[lang]}</Button>
            </Cluster>
          </Form>
        )}
      </Stack>
    </Section>
  );
};

interface QueueAt {
  readonly lang: Lang;
  readonly space: Space;
  readonly day: Day;
  readonly kind: ResourceKind;
  readonly requestId: string;
}

/** Joins the queue for a part of the day when everything is taken. */
export const QueueForm = ({
  lang,
  space,
  day,
  kind,
  full,
  requestId,
}: QueueAt & {
  /** Parts of the day when everything is taken. */
  readonly full: readonly DayPart[];
}) => (
  <Section title={t.waitTitle[lang]} lead={t.waitLead[lang]}>
    <Form
      action="/attente"
      requestId={requestId}
      hidden={{ espace: space.slug, jour: day, place: kind }}
      label={t.waitTitle[lang]}
      inline
    >
      <SelectField name="moment" label={t.waitWhich[lang]} choices={momentChoices(full, lang)} />
      <Button kind="secondary">{t.wait[lang]}</Button>
    </Form>
  </Section>
);

/** The same for hours that were just refused. */
export const HoursQueue = ({ lang, space, day, kind, hours, requestId }: QueueAt & { readonly hours: WallHours }) => {
  const hidden = {
    espace: space.slug,
    jour: day,
    place: kind,
    de: timeOf(hours.begins_min),
    a: timeOf(hours.ends_min),
  };
  return (
    <Notice
      title={t.waitTitle[lang]}
      actions={
        <Form action="/attente" requestId={requestId} hidden={hidden} label={t.waitTitle[lang]}>
          <Button kind="secondary">{waitForText({ day, part: partOf(hours), hours })[lang]}</Button>
        </Form>
      }
    >
      {t.waitHoursLead[lang]}
    </Notice>
  );
};

export interface Waiting {
  readonly wait: Wait & { readonly before: number };
  readonly space: Space;
}

/** `La Filature, Ganges`; for anything else than a desk, what it is: `Salle de réunion, La Filature, Ganges` */
const waitedPlace =
  (lang: Lang) =>
  ({ wait: { kind }, space }: Waiting): string =>
    [...(kind === 'desk' ? [] : [capital(kinds[kind][lang])]), space.name, space.commune.name].join(', ');

/** What someone waits for, with their turn; nothing when they wait for nothing. */
export const Queue = ({ lang, waits }: { readonly lang: Lang; readonly waits: readonly Waiting[] }) =>
  waits.length === 0 ? null : (
    <Section title={t.waitTitle[lang]} lead={t.waitLead[lang]} id="attente">
      <DataTable<Waiting>
        caption={t.waitTitle[lang]}
        captionHidden
        rows={waits}
        empty=""
        columns={[
          { label: labels.day[lang], cell: ({ wait }) => whenOf(wait, lang) },
          { label: t.place[lang], cell: waitedPlace(lang) },
          { label: t.turn[lang], cell: ({ wait }) => turnText(wait.before)[lang] },
          {
            label: t.leave[lang],
            cell: ({ wait }) => (
              <Form action={`/attente/${wait.waitId}/quitter`}>
                <Button kind="quiet">{t.leave[lang]}</Button>
              </Form>
            ),
          },
        ]}
      />
    </Section>
  );

/** Parts of the day that a waiting list would help with. */
export const fullParts = (
  moments: readonly { readonly part: DayPart; readonly refusal: Refusal | null }[],
): readonly DayPart[] => moments.flatMap(one => (one.refusal?.code === 'booking.space_full' ? [one.part] : []));
