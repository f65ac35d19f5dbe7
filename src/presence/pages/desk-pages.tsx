import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { DeskNow } from '../presence.ts';
import { tagLabels as t } from '../tag-words.ts';

const wordsOf = { day: t.whole, morning: t.morning, afternoon: t.afternoon } as const;

/** What else is free, and where to book another time. */
const Others = ({ desk, lang }: { desk: DeskNow; lang: Lang }) => (
  <Section title={t.others[lang]}>
    {desk.free.length === 0 ? (
      <p>{t.noOther[lang]}</p>
    ) : (
      <Cluster>
        {desk.free.map(one => (
          <ButtonLink kind="secondary" small href={`/bureau/${desk.space.slug}/${one.resourceId}`}>
            {one.name}
          </ButtonLink>
        ))}
      </Cluster>
    )}
    <p>
      <a href={`/reserver?espace=${desk.space.slug}`}>{t.elsewhere[lang]}</a>
    </p>
  </Section>
);

interface SendProps {
  action: string;
  hidden?: Readonly<Record<string, string>>;
  requestId: string;
}

/** The desk as it stands: already one's own, free with one button a part, or taken with what else there is. */
const Desk = ({ desk, lang, send }: { desk: DeskNow; lang: Lang; send: SendProps }) => {
  const possible = desk.offers.filter(one => one.offer.ok);
  const why = desk.offers.map(one => (one.offer.ok ? null : one.offer.refusal)).find(one => one !== null);
  if (desk.booking)
    return (
      <Stack>
        <p>{t.booked[lang]}</p>
        <Form {...send}>
          <Button>{t.noteMe[lang]}</Button>
        </Form>
      </Stack>
    );
  if (possible.length === 0)
    return (
      <Stack>
        <Notice kind="warning" title={t.taken[lang]}>
          {why?.message[lang]}
        </Notice>
        <Others desk={desk} lang={lang} />
      </Stack>
    );
  return (
    <Stack>
      <p>{t.free[lang]}</p>
      <Form {...send}>
        <Cluster>
          {possible.map(({ part }, n) => (
            <Button name="moment" value={part} kind={n === 0 ? 'primary' : 'secondary'}>
              {wordsOf[part][lang]}
            </Button>
          ))}
        </Cluster>
      </Form>
    </Stack>
  );
};

export interface ReadPageProps {
  visit: Visit;
  /** `L’Atelier, Ganges` */
  place: string;
  /** Null where what was read lies on no desk. */
  desk: DeskNow | null;
  send: SendProps;
  refusal?: Refusal | undefined;
}

/** What a phone shows once it read a tag or a square: nothing is noted before a button is pressed. */
export function ReadPage({ visit, place, desk, send, refusal }: ReadPageProps) {
  const { lang } = visit;
  const title = desk ? desk.desk.name : t.here[lang];
  return (
    <Layout visit={visit} title={title}>
      <PageHead title={title} lead={place} />
      <Stack>
        <ErrorSummary problems={problemsOf(refusal, lang).map(({ message }) => ({ message }))} />
        {desk ? (
          <Desk desk={desk} lang={lang} send={send} />
        ) : (
          <Form {...send}>
            <Button>{t.noteMe[lang]}</Button>
          </Form>
        )}
      </Stack>
    </Layout>
  );
}
