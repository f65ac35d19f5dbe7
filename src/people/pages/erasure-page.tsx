import { type Bilingual, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Day, isDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Prose, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { CheckField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';

export const erasureTexts = {
  title: { fr: 'Effacer mes données', en: 'Erase my data' },
  lead: {
    fr: 'Vous pouvez tout faire effacer, vous-même et tout de suite.',
    en: 'You can have everything erased, by yourself and at once.',
  },
  open: { fr: 'Voir ce qui serait effacé', en: 'See what would be erased' },
  mine: { fr: 'Mes données', en: 'My data' },
  gone: { fr: 'Ce qui est effacé', en: 'What is erased' },
  stays: { fr: 'Ce qui reste, sans vous', en: 'What stays, without you' },
  sure: { fr: 'J’ai compris que c’est définitif', en: 'I understand that this is final' },
  erase: { fr: 'Effacer mes données', en: 'Erase my data' },
  done: { fr: 'C’est effacé', en: 'It is erased' },
  doneLead: {
    fr: 'Votre compte n’existe plus. Chaque partie du programme détruit ce qu’elle gardait de vous dans les minutes qui viennent.',
    en: 'Your account is no more. Each part of the program destroys what it kept of you within minutes.',
  },
  held: { fr: 'C’est mis de côté', en: 'It is set aside' },
  heldLead: {
    fr: 'Une règle oblige à garder ces données encore un temps. Personne ne les voit plus, et elles seront effacées seules le',
    en: 'A rule asks for these data to be kept a while longer. Nobody sees them any more, and they will erase themselves on',
  },
  home: { fr: 'Revenir à l’accueil', en: 'Back to the home page' },
} as const satisfies Record<string, Bilingual>;

const gone: readonly Bilingual[] = [
  {
    fr: 'Votre nom, votre adresse, vos rôles et vos connexions.',
    en: 'Your name, your address, your roles and your sessions.',
  },
  {
    fr: 'Vos réservations à venir ; les passées ne sont plus à personne.',
    en: 'Your bookings to come; past ones are nobody’s.',
  },
  { fr: 'Vos arrivées, et ce qui relie vos journées à vous.', en: 'Your arrivals, and what ties your days to you.' },
  {
    fr: 'Vos trajets déclarés, votre commune et vos réponses.',
    en: 'The trips you declared, your commune and your answers.',
  },
];

const stays: readonly Bilingual[] = [
  {
    fr: 'Les kilomètres déjà comptés et leurs preuves : des nombres qui ne mènent plus à vous.',
    en: 'Kilometres already counted and their proofs: numbers that no longer lead to you.',
  },
  {
    fr: 'Les lignes facturées, aussi longtemps que les règles comptables le demandent, sans votre nom.',
    en: 'Lines charged, as long as accounting rules ask, without your name.',
  },
];

interface Props {
  readonly visit: Visit;
  readonly requestId: string;
  readonly refusal: Refusal | null;
}

/** What erasing does, what it leaves, and the one button that does it. */
export function ErasurePage({ visit, requestId, refusal }: Props) {
  const { lang } = visit;
  const t = erasureTexts;
  const problems = problemsOf(refusal, lang);
  const list = (items: readonly Bilingual[]) => (
    <Prose>
      <ul>
        {items.map(one => (
          <li>{one[lang]}</li>
        ))}
      </ul>
    </Prose>
  );
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <PageHead
        above={<Breadcrumb places={[{ label: t.mine[lang], href: '/moi' }, { label: t.title[lang] }]} />}
        title={t.title[lang]}
        lead={t.lead[lang]}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        <Section title={t.gone[lang]}>{list(gone)}</Section>
        <Section title={t.stays[lang]}>{list(stays)}</Section>
        <Form action="/moi/effacement" requestId={requestId}>
          <CheckField name="sure" label={t.sure[lang]} error={problemAt(problems, 'sure')} />
          <Button kind="danger">{t.erase[lang]}</Button>
        </Form>
      </Stack>
    </Layout>
  );
}

/** For whoever has just been erased, or set aside until a day. */
export function ErasedPage({ visit, until }: { visit: Visit; until: string | undefined }) {
  const { lang } = visit;
  const t = erasureTexts;
  const held = until !== undefined && isDay(until);
  const title = (held ? t.held : t.done)[lang];
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={held ? `${t.heldLead[lang]} ${show.date(until as Day, lang)}.` : t.doneLead[lang]}
        actions={
          <ButtonLink kind="secondary" href="/">
            {t.home[lang]}
          </ButtonLink>
        }
      />
    </Layout>
  );
}
