import type { VNode } from 'preact';
import { whenOf } from '../../booking/booking.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice, type NoticeKind } from '../../ui/notice/notice.tsx';
import { Stat } from '../../ui/stat/stat.tsx';
import type { Codes } from '../access.ts';
import type { GrantState } from '../grant.ts';
import { doorStates, keptText, spanText, texts as t } from '../texts.ts';

export interface HolderPageProps {
  readonly visit: Visit;
  readonly codes: Codes;
  readonly refusal: Refusal | null;
  readonly requestId: string;
}

const kinds: Readonly<Record<GrantState, NoticeKind>> = {
  waiting: 'pending',
  granted: 'success',
  withdrawn: 'info',
  failed: 'warning',
};

/** `493027` → `493 027`: easier to keep in mind on the way to the door. */
const spaced = (pin: string): string => `${pin.slice(0, 3)}\u00a0${pin.slice(3)}`;

const Door = ({ visit: { lang }, codes: { door, space } }: HolderPageProps) => {
  if (door === null) return <p>{t.noDoor[lang]}</p>;
  return (
    <Stack>
      <Notice kind={kinds[door.state]}>{doorStates[door.state][lang]}</Notice>
      {door.pin === null ? (
        <p>{`${t.noPin[lang]} ${spanText(door, space.zone, lang)}`}</p>
      ) : (
        <Stat large value={spaced(door.pin)} label={t.doorCode[lang]} period={spanText(door, space.zone, lang)} />
      )}
    </Stack>
  );
};

const Wifi = ({ visit: { lang }, codes, requestId }: HolderPageProps) => {
  const { wifi, offersWifi, booking } = codes;
  if (wifi !== null) return <Stat large value={wifi} label={t.wifiCode[lang]} />;
  if (!offersWifi) return <p>{t.wifiSoon[lang]}</p>;
  return (
    <Form action={`/reservations/${booking.bookingId}/acces/wifi`} requestId={requestId}>
      <Button>{t.takeWifi[lang]}</Button>
    </Form>
  );
};

/** The codes on the page of the booking itself; nothing where there is neither door nor code. */
export const besideBooking = (props: HolderPageProps): VNode | null => {
  const { lang } = props.visit;
  const { door, wifi, offersWifi, booking } = props.codes;
  if (door === null && wifi === null && !offersWifi) return null;
  return (
    <Stack gap="loose">
      {door && (
        <Section title={t.door[lang]}>
          <Door {...props} />
        </Section>
      )}
      {(wifi !== null || offersWifi) && (
        <Section title={t.wifiPlace[lang]}>
          <Wifi {...props} />
        </Section>
      )}
      <p>
        <a href={`/reservations/${booking.bookingId}/acces`}>{t.yours[lang]}</a>
      </p>
    </Stack>
  );
};

/** How to come in and go on line, for whoever booked. */
export function HolderPage(props: HolderPageProps) {
  const { visit, codes, refusal } = props;
  const { lang } = visit;
  const { booking, space } = codes;
  return (
    <Layout visit={visit} title={t.yours[lang]}>
      <PageHead
        title={t.yours[lang]}
        lead={`${whenOf(booking, lang)}, ${space.name}`}
        above={<a href={`/reservations/${booking.bookingId}`}>{t.backToBooking[lang]}</a>}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        <Section title={t.door[lang]}>
          <Door {...props} />
        </Section>
        <Section title={t.wifiPlace[lang]}>
          <Wifi {...props} />
        </Section>
        <p>{keptText(codes.kept_days, lang)}</p>
      </Stack>
    </Layout>
  );
}
