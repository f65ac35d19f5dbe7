import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { kinds } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ChoiceCards, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { passKinds } from '../pass.ts';
import type { PassOffer, SaleSheet } from '../passes.ts';
import { daysText, texts as t } from '../texts.ts';
import { kindNames, unitsText } from '../words.ts';
import { placesText } from './my-passes.tsx';

export interface SalePageProps {
  readonly visit: Visit;
  readonly sheet: SaleSheet;
  readonly done: 'sold' | 'recorded' | null;
  /** The form that came back, and what was typed in it. */
  readonly sent: 'sale' | 'offer' | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly typedKinds: readonly string[];
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
}

const Offers = ({ visit: { lang }, sheet }: SalePageProps) => (
  <Section title={t.offers[lang]}>
    <DataTable<PassOffer>
      caption={t.offers[lang]}
      captionHidden
      rows={sheet.offers}
      empty={t.noOffer[lang]}
      columns={[
        { label: t.pass[lang], cell: one => one.name },
        { label: t.holds[lang], cell: one => unitsText(one.kind, one.quantity, lang) },
        { label: t.price[lang], numeric: true, cell: one => show.euros(one.price_eur_cents, lang) },
        { label: t.validity[lang], cell: one => daysText(one.validity_days)[lang] },
        { label: t.pays[lang], cell: one => placesText(one.resourceKinds, lang) },
        { label: t.where[lang], cell: one => (one.spaceId === null ? t.allSpaces : t.here)[lang] },
        { label: t.deliberation[lang], cell: one => one.deliberation },
        ...(sheet.manages
          ? [
              {
                label: t.withdraw[lang],
                cell: (one: PassOffer) => (
                  <Form action={`/carnets/${sheet.space.slug}/${one.offerId}/retirer`}>
                    <Button kind="quiet" small describe={`${t.withdraw[lang]}: ${one.name}`}>
                      {t.withdraw[lang]}
                    </Button>
                  </Form>
                ),
              },
            ]
          : []),
      ]}
    />
  </Section>
);

const Selling = ({ visit: { lang }, sheet, typed, requestId, refusal, sent }: SalePageProps) => {
  const fields: Readonly<Record<string, string>> = { offer_id: 'carnet', email: 'email' };
  const problems = problemsOf(sent === 'sale' ? refusal : null, lang).map(one => ({
    ...one,
    field: fields[one.field ?? ''] ?? 'email',
  }));
  if (sheet.offers.length === 0) return null;
  return (
    <Section title={t.sale[lang]} lead={t.saleLead[lang]}>
      <Form action={`/carnets/${sheet.space.slug}/vendre`} requestId={requestId} label={t.sale[lang]}>
        <ErrorSummary problems={problems} />
        <SelectField
          name="carnet"
          label={t.which[lang]}
          value={typed['carnet']}
          choices={sheet.offers.map(one => ({
            value: one.offerId,
            label: `${one.name}, ${show.euros(one.price_eur_cents, lang)}`,
          }))}
          error={problemAt(problems, 'carnet')}
        />
        <TextField
          name="email"
          type="email"
          label={t.email[lang]}
          value={typed['email']}
          error={problemAt(problems, 'email')}
        />
        <Button>{t.sell[lang]}</Button>
      </Form>
    </Section>
  );
};

type Sold = SaleSheet['sales'][number];

/** A sale made by mistake is undone while nothing is drawn from it. */
const TakeBack = ({ one, lang, slug }: { one: Sold; lang: Lang; slug: string }) => {
  if (one.takenBackAt !== null) return <Tag>{t.takenBack[lang]}</Tag>;
  if (one.balance < one.quantity || one.personId === null) return null;
  return (
    <Form action={`/carnets/${slug}/${one.passId}/reprendre`}>
      <Button kind="quiet" small describe={`${t.takeBack[lang]}: ${one.name}, ${one.holder ?? ''}`}>
        {t.takeBack[lang]}
      </Button>
    </Form>
  );
};

const Sales = ({ visit: { lang }, sheet }: SalePageProps) => (
  <Section title={t.sales[lang]}>
    <DataTable<Sold>
      caption={t.sales[lang]}
      captionHidden
      rows={sheet.sales}
      empty={t.noSale[lang]}
      columns={[
        { label: t.person[lang], cell: one => one.holder ?? t.erased[lang] },
        { label: t.pass[lang], cell: one => one.name },
        { label: t.soldOn[lang], cell: one => show.date(localDay(one.soldAt, sheet.space.zone), lang) },
        { label: t.left[lang], cell: one => unitsText(one.kind, one.balance, lang) },
        { label: t.until[lang], cell: one => show.date(one.validUntil, lang) },
        { label: t.takeBack[lang], cell: one => <TakeBack {...{ one, lang, slug: sheet.space.slug }} /> },
      ]}
    />
  </Section>
);

/** Where a refusal's field stands in this form. */
const offerFields: Readonly<Record<string, string>> = {
  name: 'nom',
  quantity: 'quantite',
  price_eur_cents: 'prix',
  deliberation: 'deliberation',
  validity_days: 'duree',
  resource_kinds: 'places',
};

const Defining = ({ visit: { lang }, sheet, typed, typedKinds, requestId, refusal, sent }: SalePageProps) => {
  const problems = problemsOf(sent === 'offer' ? refusal : null, lang).map(one => ({
    ...one,
    field: offerFields[one.field ?? ''] ?? 'nom',
  }));
  const text = (name: string, label: string, hint?: string, more: { unit?: string; size?: number } = {}) => (
    <TextField {...{ name, label, hint, ...more }} value={typed[name]} error={problemAt(problems, name)} />
  );
  const chosen = typedKinds.length > 0 ? typedKinds : ['desk'];
  return (
    <Section title={t.define[lang]} lead={t.defineLead[lang]}>
      <Form action={`/carnets/${sheet.space.slug}`} requestId={`${requestId}-offre`} label={t.define[lang]}>
        <ErrorSummary problems={problems} />
        {text('nom', t.name[lang], t.nameHint[lang])}
        <SelectField
          name="sorte"
          label={t.kind[lang]}
          value={typed['sorte']}
          choices={passKinds.map(kind => ({ value: kind, label: kindNames[kind][lang] }))}
        />
        {text('quantite', t.quantity[lang], t.quantityHint[lang], { size: 8 })}
        {text('prix', t.price[lang], undefined, { unit: '€', size: 8 })}
        {text('deliberation', t.deliberation[lang], t.deliberationHint[lang])}
        {text('duree', t.validityDays[lang], t.validityHint[lang], { size: 6 })}
        <ChoiceCards
          name="places"
          many
          label={t.kinds[lang]}
          value={chosen}
          choices={Object.entries(kinds).map(([value, name]) => ({ value, label: name[lang] }))}
          error={problemAt(problems, 'places')}
        />
        <SelectField
          name="ou"
          label={t.everywhere[lang]}
          value={typed['ou']}
          choices={[
            { value: 'ici', label: t.here[lang] },
            { value: 'partout', label: t.allSpaces[lang] },
          ]}
        />
        <Button>{t.save[lang]}</Button>
      </Form>
    </Section>
  );
};

/** What a space sells ahead: on sale, sold, and for who manages it, one more. */
export function SalePage(props: SalePageProps) {
  const { visit, sheet, done, sent, refusal } = props;
  const { lang } = visit;
  const { space, manages } = sheet;
  const title = `${t.sellTitle[lang]}, ${space.name}`;
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={`${space.address}, ${space.postcode} ${space.commune.name}`}
        above={<a href={`/planning/${space.slug}`}>{t.planning[lang]}</a>}
      />
      <Stack gap="loose">
        {done && (
          <Notice kind="success" live>
            {t[done][lang]}
          </Notice>
        )}
        {sent === null && <ErrorSummary problems={problemsOf(refusal, lang)} />}
        <Offers {...props} />
        <Selling {...props} />
        <Sales {...props} />
        {manages && <Defining {...props} />}
      </Stack>
    </Layout>
  );
}
