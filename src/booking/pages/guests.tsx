import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import type { Booking } from '../booking.ts';
import { guestLabels as t } from '../guest-labels.ts';
import { labels } from '../labels.ts';
import { whenText } from '../words.ts';
import { momentOf } from './moving.tsx';

export interface Beside {
  readonly booking: Booking;
  /** Null once it is erased. */
  readonly name: string | null;
}

interface GuestsProps {
  readonly lang: Lang;
  readonly slug: string;
  readonly booking: Booking;
  readonly beside: readonly Beside[];
  readonly requestId: string;
  readonly typed: Readonly<Record<string, string>>;
  /** Of this form alone. */
  readonly refusal: Refusal | null;
}

/** Who comes with someone, and one more. */
export const Guests = ({ lang, slug, booking, beside, requestId, typed, refusal }: GuestsProps) => {
  const fields: Readonly<Record<string, string>> = { name: 'nom', email: 'courriel' };
  const problems = problemsOf(refusal, lang).map(one => ({ ...one, field: fields[one.field ?? ''] ?? 'nom' }));
  const why = `/reserver/pourquoi?espace=${slug}&jour=${booking.day}&moment=${momentOf[booking.part]}&invite=oui`;
  return (
    <Section title={t.title[lang]} lead={t.lead[lang]} id="invites">
      <Stack>
        {beside.length > 0 && (
          <DataTable<Beside>
            caption={t.guests[lang]}
            rows={beside}
            columns={[
              { label: t.guest[lang], cell: one => one.name ?? t.forgotten[lang] },
              {
                label: labels.day[lang],
                cell: one => (
                  <a href={`/reservations/${one.booking.bookingId}`}>
                    {whenText(one.booking.day, one.booking.part, lang)}
                  </a>
                ),
              },
            ]}
          />
        )}
        <Form
          action={`/reservations/${booking.bookingId}/invites`}
          requestId={`${requestId}-invite`}
          label={t.title[lang]}
        >
          <TextField
            name="nom"
            label={t.name[lang]}
            hint={t.nameHint[lang]}
            value={typed['nom']}
            error={problemAt(problems, 'nom')}
          />
          <TextField
            name="courriel"
            type="email"
            optional
            label={t.email[lang]}
            hint={t.emailHint[lang]}
            value={typed['courriel']}
            error={problemAt(problems, 'courriel')}
          />
          <Button kind="secondary">{t.invite[lang]}</Button>
        </Form>
        {refusal !== null && (
          <p>
            <a href={why}>{t.why[lang]}</a>
          </p>
        )}
      </Stack>
    </Section>
  );
};
