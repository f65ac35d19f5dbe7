import { type Booking, type Strike, whenOf } from '../../booking/booking.ts';
import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { PageHead, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { releaseLabels as t } from '../release-words.ts';

export interface ReturnPageProps {
  visit: Visit;
  booking: Booking;
  strike: Strike;
  space: Space;
  typed?: string | undefined;
  /** Why the place could not be given again, though the arrival is noted. */
  why?: Refusal | null;
  refusal?: Refusal | undefined;
  requestId: string;
}

const isBack = ({ booking, strike }: Pick<ReturnPageProps, 'booking' | 'strike'>): boolean =>
  booking.status === 'confirmed' && strike.restoredAt !== null;

/** The place was given back, and how to have it again. */
export const LostToday = ({ strike, lang }: { strike: Strike; lang: Lang }) => (
  <Notice
    kind="warning"
    title={t.title[lang]}
    actions={
      strike.liftedAt === null && (
        <ButtonLink href={`/reservations/${strike.bookingId}/retour`}>{t.back[lang]}</ButtonLink>
      )
    }
  >
    {strike.liftedAt === null ? t.text[lang] : t.lifted[lang]}
  </Notice>
);

/** The same on the booking's page, unless the place is theirs again. */
export const LostPlace = ({ booking, strike, lang }: { booking: Booking; strike: Strike; lang: Lang }) =>
  isBack({ booking, strike }) ? null : <LostToday strike={strike} lang={lang} />;

/** "I am there": the kiosk's code, or the host's word, gives the place again while it is free. */
export function ReturnPage({ visit, booking, strike, space, typed, why, refusal, requestId }: ReturnPageProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  const back = isBack({ booking, strike });
  const title = (back ? t.restored : t.title)[lang];
  return (
    <Layout visit={visit} title={title}>
      <PageHead title={title} lead={`${whenOf(booking, lang)}, ${space.name}`} />
      <Stack>
        <ErrorSummary problems={problems} />
        {back && (
          <Notice kind="success" title={t.lifted[lang]} live>
            {t.restoredText[lang]}
          </Notice>
        )}
        {!back && strike.liftedAt !== null && (
          <Notice kind="info" title={t.lifted[lang]} live>
            {why?.message[lang]}
          </Notice>
        )}
        {!back && strike.liftedAt === null && (
          <>
            <p>{t.text[lang]}</p>
            <p>{t.due[lang]}</p>
            <Form action={`/reservations/${booking.bookingId}/retour`} requestId={requestId} label={t.back[lang]}>
              <TextField
                name="code"
                label={t.code[lang]}
                hint={t.codeHint[lang]}
                size={8}
                value={typed}
                autocomplete="off"
                error={problemAt(problems, 'code')}
                optional
              />
              <Button>{t.back[lang]}</Button>
            </Form>
          </>
        )}
        <p>
          <a href={`/reservations/${booking.bookingId}`}>{t.booking[lang]}</a>
        </p>
      </Stack>
    </Layout>
  );
}
