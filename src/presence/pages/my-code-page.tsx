import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Island } from '../../ui/island/island.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { labels } from '../labels.ts';
import MyCode, { type MyCodeProps } from '../my-code.island.tsx';
import { personalLabels as t } from '../personal-code.ts';
import { OwnBadges } from './badges-page.tsx';

export interface MyCodePageProps {
  visit: Visit;
  /** Where someone may be: the spaces that they have booked today first. */
  spaces: readonly Space[];
  /** What is shown now, and to which space. */
  shown: (Pick<MyCodeProps, 'now_ms' | 'first_counter' | 'codes' | 'step_s'> & { readonly space: Space }) | null;
  badges: Parameters<typeof OwnBadges>[0]['badges'];
  refusal?: Refusal | undefined;
  requestId: string;
}

const Showing = ({ visit: { lang }, shown }: { visit: Visit; shown: NonNullable<MyCodePageProps['shown']> }) => {
  const { space: _space, ...codes } = shown;
  const texts = { hold: t.hold[lang], qr: t.qr[lang], left: t.left[lang], over: t.over[lang] };
  return <Island name="my-code" of={MyCode} props={{ ...codes, texts }} />;
};

/** A person's own code, for the kiosk of the space where they are. Without script the page comes again when the code changes. */
export function MyCodePage({ visit, spaces, shown, badges, refusal, requestId }: MyCodePageProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({ ...one, field: 'espace' }));
  const left_s = shown ? shown.step_s - (Math.floor(shown.now_ms / 1_000) % shown.step_s) : 0;
  const choose = (
    <Form action="/mon-espace/code" requestId={requestId} label={t.show[lang]}>
      <ErrorSummary problems={problems} />
      <SelectField
        name="espace"
        label={t.space[lang]}
        choices={spaces.map(space => ({ value: space.slug, label: `${space.name}, ${space.commune.name}` }))}
        error={problemAt(problems, 'espace')}
      />
      <Button>{t.show[lang]}</Button>
    </Form>
  );
  return (
    <Layout
      visit={visit}
      title={t.title[lang]}
      head={
        shown && (
          <noscript>
            <meta http-equiv="refresh" content={String(left_s)} />
          </noscript>
        )
      }
    >
      <PageHead
        title={shown ? `${t.title[lang]}, ${shown.space.name}` : t.title[lang]}
        lead={t.lead[lang]}
        above={<a href="/mon-espace">{labels.todayTitle[lang]}</a>}
      />
      <Stack>
        {shown ? (
          <>
            <Showing visit={visit} shown={shown} />
            <Section title={t.other[lang]}>{choose}</Section>
          </>
        ) : (
          choose
        )}
        <OwnBadges visit={visit} badges={badges} requestId={requestId} />
      </Stack>
    </Layout>
  );
}

/** What the kiosk answers to a code typed without script; it comes back to itself. */
export function CodeReadPage({
  visit,
  kioskId,
  name,
  refusal,
}: {
  visit: Visit;
  kioskId: string;
  name: string | null;
  refusal: Refusal | null;
}) {
  const { lang } = visit;
  const title = refusal ? t.refused[lang] : t.noted[lang].replace('{name}', name ?? '');
  return (
    <Layout
      visit={visit}
      title={title}
      alone
      head={<meta http-equiv="refresh" content={`8;url=/kiosque/${kioskId}`} />}
    >
      <PageHead title={title} />
      <Stack>
        {refusal && <Notice kind="warning">{refusal.message[lang]}</Notice>}
        <ButtonLink href={`/kiosque/${kioskId}`}>{t.back[lang]}</ButtonLink>
      </Stack>
    </Layout>
  );
}
