import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { kinds, type Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { ChoiceCards, DateField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { Booking, Policy } from '../booking.ts';
import { bookable } from '../claim.ts';
import { capital } from '../labels.ts';
import { heldText, pendingLabels as t } from '../pending-labels.ts';

interface PendingProps {
  readonly lang: Lang;
  readonly booking: Booking;
  readonly zone: string;
  /** Whoever looks may answer the request. */
  readonly decides: boolean;
  readonly requestId: string;
}

/** What a pending booking waits for, and the button that ends the wait; nothing for one that stands. */
export const Pending = ({ lang, booking, zone, decides, requestId }: PendingProps) => {
  const { status, heldUntil, bookingId } = booking;
  if (heldUntil === null || status === 'confirmed') return null;
  if (status === 'cancelled')
    return (
      <Notice kind="info" title={t.overTitle[lang]}>
        {t.overText[lang]}
      </Notice>
    );
  if (status === 'held')
    return (
      <Stack>
        <Notice kind="info" live>
          {heldText(heldUntil, zone)[lang]}
        </Notice>
        <Form action={`/reservations/${bookingId}/confirmer`} requestId={`${requestId}-confirmer`}>
          <Button>{t.confirm[lang]}</Button>
        </Form>
      </Stack>
    );
  if (!decides)
    return (
      <Notice kind="info" live>
        {t.requestedText[lang]}
      </Notice>
    );
  return (
    <Section title={t.decideTitle[lang]}>
      <Form
        action={`/reservations/${bookingId}/reponse`}
        requestId={`${requestId}-reponse`}
        label={t.decideTitle[lang]}
      >
        <TextField name="mot" label={t.reason[lang]} optional />
        <Cluster>
          <Button name="reponse" value="oui">
            {t.approve[lang]}
          </Button>
          <Button name="reponse" value="non" kind="danger">
            {t.decline[lang]}
          </Button>
        </Cluster>
      </Form>
    </Section>
  );
};

export interface RulesProps {
  visit: Visit;
  space: Space;
  policy: Policy;
  today: Day;
  done: boolean;
  typed: Readonly<Record<string, string>>;
  typedKinds?: readonly string[] | undefined;
  refusal?: Refusal | undefined;
  requestId: string;
}

/** Names of the form's fields, by those of the refusals. */
const fieldNames: Readonly<Record<string, string>> = {
  ...{ furthest_days: 'jours', cancel_hours: 'heures', notice_minutes: 'preavis', half_days_a_week: 'semaine' },
  ...{ buffer_minutes: 'menage', guests_a_day: 'invites', from: 'du' },
};

/** How a space lets people book and cancel, for who manages it. */
export function RulesPage({ visit, space, policy, today, done, typed, typedKinds, refusal, requestId }: RulesProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    ...(one.field && { field: fieldNames[one.field] ?? one.field }),
  }));
  const number = (name: string, value: number | null) => ({
    ...{ name, inputMode: 'numeric' as const, size: 6 },
    value: typed[name] ?? value?.toString() ?? '',
    error: problemAt(problems, name),
  });
  return (
    <Layout visit={visit} title={`${t.rulesTitle[lang]}, ${space.name}`}>
      <PageHead
        title={t.rulesTitle[lang]}
        lead={`${space.name}, ${space.commune.name}`}
        above={<a href={`/gestion/espaces/${space.slug}`}>{t.manage[lang]}</a>}
      />
      <Stack>
        {done && (
          <Notice kind="success" live>
            {t.saved[lang]}
          </Notice>
        )}
        <p>{t.rulesLead[lang]}</p>
        <Form action={`/regles/${space.slug}`} requestId={requestId} label={t.rulesTitle[lang]}>
          <ErrorSummary problems={problems} />
          <TextField {...number('jours', policy.furthest_days)} label={t.furthest[lang]} hint={t.furthestHint[lang]} />
          <TextField {...number('heures', policy.cancel_hours)} label={t.cancelHours[lang]} hint={t.cancelHint[lang]} />
          <ChoiceCards
            name="retard"
            label={t.late[lang]}
            value={typed['retard'] ?? policy.late_cancellation}
            choices={(['charged', 'refused'] as const).map(value => ({ value, label: capital(t[value][lang]) }))}
          />
          <ChoiceCards
            name="accord"
            label={t.approval[lang]}
            value={typed['accord'] ?? policy.approval}
            choices={(['none', 'required'] as const).map(value => ({ value, label: capital(t[value][lang]) }))}
          />
          <TextField {...number('preavis', policy.notice_minutes)} label={t.notice[lang]} hint={t.noticeHint[lang]} />
          <TextField
            {...number('semaine', policy.half_days_a_week)}
            label={t.quota[lang]}
            hint={t.quotaHint[lang]}
            optional
          />
          <TextField {...number('menage', policy.buffer_minutes)} label={t.buffer[lang]} hint={t.bufferHint[lang]} />
          <TextField {...number('invites', policy.guests_a_day)} label={t.guests[lang]} hint={t.guestsHint[lang]} />
          <ChoiceCards
            name="accueil"
            label={t.byHost[lang]}
            many
            optional
            value={typedKinds ?? policy.by_host}
            choices={bookable.map(kind => ({ value: kind, label: capital(kinds[kind][lang]) }))}
          />
          <DateField
            name="du"
            label={t.from[lang]}
            value={typed['du'] ?? today}
            min={today}
            error={problemAt(problems, 'du')}
          />
          <Button>{t.save[lang]}</Button>
        </Form>
      </Stack>
    </Layout>
  );
}
