import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { kinds } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Draw, Pass, PassOffer } from '../passes.ts';
import { daysText, texts as t } from '../texts.ts';
import { unitsText } from '../words.ts';

export interface MyPassesProps {
  readonly visit: Visit;
  readonly today: Day;
  readonly own: readonly { readonly pass: Pass; readonly draws: readonly Draw[] }[];
  /** What is on sale in the network. */
  readonly offers: readonly PassOffer[];
  /** Names of spaces. */
  readonly spaces: ReadonlyMap<string, string>;
  /** Names of the organisations that run them. */
  readonly managers: ReadonlyMap<string, string>;
}

type Where = Pick<Pass, 'spaceId' | 'managerId'>;

const whereText = ({ spaces, managers }: MyPassesProps, { spaceId, managerId }: Where, lang: Lang): string =>
  spaceId === null
    ? `${t.allSpaces[lang]} (${managers.get(managerId) ?? ''})`.replace(' ()', '')
    : (spaces.get(spaceId) ?? '');

/** Kinds of place in words. */
export const placesText = (resourceKinds: readonly string[], lang: Lang): string =>
  resourceKinds.flatMap(kind => kinds[kind as keyof typeof kinds]?.[lang] ?? []).join(', ');

const Own = (props: MyPassesProps) => {
  const { visit, own, today } = props;
  const { lang } = visit;
  if (own.length === 0)
    return (
      <EmptyState title={t.none[lang]}>
        <p>{t.noneText[lang]}</p>
      </EmptyState>
    );
  return (
    <DataTable<MyPassesProps['own'][number]>
      caption={t.mine[lang]}
      captionHidden
      rows={own}
      columns={[
        { label: t.pass[lang], cell: ({ pass }) => pass.name },
        {
          label: t.left[lang],
          cell: ({ pass }) => (
            <>
              {unitsText(pass.kind, pass.balance, lang)}{' '}
              {pass.validUntil < today ? <Tag>{t.ended[lang]}</Tag> : pass.balance === 0 && <Tag>{t.used[lang]}</Tag>}
            </>
          ),
        },
        { label: t.until[lang], cell: ({ pass }) => show.date(pass.validUntil, lang) },
        { label: t.where[lang], cell: ({ pass }) => whereText(props, pass, lang) },
        { label: t.pays[lang], cell: ({ pass }) => placesText(pass.resourceKinds, lang) },
      ]}
    />
  );
};

const Draws = ({ visit: { lang }, own }: MyPassesProps) => {
  const rows = own
    .flatMap(({ pass, draws }) => draws.map(draw => ({ draw, pass })))
    .toSorted((a, b) => (a.draw.day === b.draw.day ? 0 : a.draw.day < b.draw.day ? 1 : -1));
  if (own.length === 0) return null;
  return (
    <Section title={t.draws[lang]}>
      <DataTable<(typeof rows)[number]>
        caption={t.draws[lang]}
        captionHidden
        rows={rows}
        empty={t.noDraw[lang]}
        columns={[
          {
            label: t.day[lang],
            cell: ({ draw }) => <a href={`/reservations/${draw.bookingId}`}>{show.day(draw.day, lang)}</a>,
          },
          { label: t.pass[lang], cell: ({ pass }) => pass.name },
          {
            label: t.taken[lang],
            cell: ({ draw, pass }) => (
              <>
                {unitsText(pass.kind, Math.abs(draw.quantity), lang)}{' '}
                {draw.quantity < 0 && <Tag tone="info">{t.givenBack[lang]}</Tag>}
              </>
            ),
          },
          { label: t.saved[lang], numeric: true, cell: ({ draw }) => show.euros(draw.saved_eur_cents, lang) },
        ]}
      />
    </Section>
  );
};

const OnSale = (props: MyPassesProps) => {
  const { visit, offers } = props;
  const { lang } = visit;
  if (offers.length === 0) return null;
  return (
    <Section title={t.onSale[lang]} lead={t.noneText[lang]}>
      <DataTable<PassOffer>
        caption={t.onSale[lang]}
        captionHidden
        rows={offers}
        columns={[
          { label: t.pass[lang], cell: one => one.name },
          { label: t.holds[lang], cell: one => unitsText(one.kind, one.quantity, lang) },
          { label: t.price[lang], numeric: true, cell: one => show.euros(one.price_eur_cents, lang) },
          { label: t.validity[lang], cell: one => daysText(one.validity_days)[lang] },
          { label: t.pays[lang], cell: one => placesText(one.resourceKinds, lang) },
          { label: t.where[lang], cell: one => whereText(props, one, lang) },
        ]}
      />
    </Section>
  );
};

/** One's passes: what is left, until when, and the days that they paid. */
export function MyPassesPage(props: MyPassesProps) {
  const { lang } = props.visit;
  return (
    <Layout visit={props.visit} title={t.mine[lang]}>
      <PageHead
        title={t.mine[lang]}
        lead={t.mineLead[lang]}
        above={<a href="/mes-reservations">{t.bookings[lang]}</a>}
      />
      <Stack gap="loose">
        <Own {...props} />
        <Draws {...props} />
        <OnSale {...props} />
      </Stack>
    </Layout>
  );
}
