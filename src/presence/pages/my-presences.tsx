import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Attestation } from '../attestation.ts';
import type { Clock } from '../finality.ts';
import { capital, finalitySteps, labels as t } from '../labels.ts';
import { slipLabels } from '../slip-words.ts';
import { classNames, finalityNames } from '../words.ts';
import { finalityTones } from './proof-parts.tsx';

export interface OwnPresence {
  readonly attestation: Attestation;
  readonly space: Space | undefined;
}

/** The published clock, in four lines. */
const How = ({ clock, lang }: { clock: Clock; lang: Lang }) => (
  <Section title={t.howTitle[lang]}>
    <ol>
      {finalitySteps(clock).map(({ when, what }) => (
        <li>
          <strong>{when[lang]}</strong> {what[lang]}
        </li>
      ))}
    </ol>
  </Section>
);

/** One's own days: what was attested, on what proof, and the right to say that it is wrong. */
export function MyPresencesPage({
  visit,
  presences,
  clock,
}: {
  visit: Visit;
  presences: readonly OwnPresence[];
  /** In force today. */
  clock: Clock;
}) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.myPresences[lang]}>
      <PageHead
        title={t.myPresences[lang]}
        lead={t.presencesLead[lang]}
        actions={
          <ButtonLink kind="secondary" href="/mes-presences/fiche">
            {slipLabels.title[lang]}
          </ButtonLink>
        }
      />
      <Stack gap="loose">
        {presences.length === 0 ? (
          <EmptyState title={t.noPresence[lang]} actions={<ButtonLink href="/reserver">{t.book[lang]}</ButtonLink>}>
            <p>{t.noPresenceText[lang]}</p>
          </EmptyState>
        ) : (
          <DataTable<OwnPresence>
            caption={t.myPresences[lang]}
            captionHidden
            rows={presences}
            columns={[
              {
                label: t.day[lang],
                cell: ({ attestation }) => (
                  <a href={`/mes-presences/${attestation.attestationId}`}>{capital(show.day(attestation.day, lang))}</a>
                ),
              },
              {
                label: t.state[lang],
                cell: ({ attestation }) =>
                  attestation.contested ? (
                    <Tag tone="pending">{t.contested[lang]}</Tag>
                  ) : (
                    <Tag tone={finalityTones[attestation.finality]}>{finalityNames[attestation.finality][lang]}</Tag>
                  ),
              },
              { label: t.space[lang], cell: ({ space }) => space?.name ?? '' },
              { label: t.length[lang], cell: ({ attestation }) => (attestation.halves === 2 ? t.whole : t.half)[lang] },
              { label: t.proof[lang], cell: ({ attestation }) => classNames[attestation.evidenceClass][lang] },
            ]}
          />
        )}
        <How clock={clock} lang={lang} />
      </Stack>
    </Layout>
  );
}
