import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { badgeLabels as t } from '../badge-words.ts';
import type { Badge, BadgeTold } from '../presence.ts';
import { releaseLabels } from '../release-words.ts';

export interface BadgesPageProps {
  visit: Visit;
  space: Space;
  today: Day;
  badges: readonly BadgeTold[];
  typed?: { readonly email: string; readonly number: string } | undefined;
  refusal?: Refusal | undefined;
  requestId: string;
}

/** The badges of a space's doors, and whose each is. */
export function BadgesPage({ visit, space, today, badges, typed, refusal, requestId }: BadgesPageProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => (one.field === 'number' ? { ...one, field: 'numero' } : one));
  const action = `/accueil/${space.slug}/badges`;
  const nameOf = ({ person }: BadgeTold) =>
    person ? `${person.firstName} ${person.lastName}`.trim() : releaseLabels.erased[lang];
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`}>
      <PageHead
        title={t.title[lang]}
        lead={t.lead[lang]}
        above={<a href={`/accueil/${space.slug}/${today}`}>{space.name}</a>}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        <Section title={t.inService[lang]} lead={t.how[lang]}>
          <DataTable<BadgeTold>
            caption={t.inService[lang]}
            captionHidden
            rows={badges}
            empty={t.none[lang]}
            columns={[
              { label: t.person[lang], cell: nameOf },
              { label: t.since[lang], cell: one => show.date(localDay(one.registeredAt, space.zone), lang) },
              {
                label: t.action[lang],
                cell: one => (
                  <Form
                    action={`${action}/retirer`}
                    requestId={`${requestId}-${one.badgeId}`}
                    hidden={{ badge: one.badgeId }}
                  >
                    <Button kind="quiet" small describe={`${t.withdraw[lang]}, ${nameOf(one)}`}>
                      {t.withdraw[lang]}
                    </Button>
                  </Form>
                ),
              },
            ]}
          />
        </Section>
        <Section title={t.add[lang]}>
          <Form action={action} requestId={requestId} label={t.add[lang]}>
            <TextField
              name="email"
              type="email"
              label={t.email[lang]}
              value={typed?.email}
              error={problemAt(problems, 'email')}
            />
            <TextField
              name="numero"
              label={t.number[lang]}
              value={typed?.number}
              autocomplete="off"
              error={problemAt(problems, 'numero')}
            />
            <Button>{t.add[lang]}</Button>
          </Form>
        </Section>
      </Stack>
    </Layout>
  );
}

/** One's own badges, each of which can be withdrawn; nothing for whoever has none. */
export const OwnBadges = ({
  visit: { lang },
  badges,
  requestId,
}: {
  visit: Visit;
  badges: readonly { readonly badge: Badge; readonly space: Space }[];
  requestId: string;
}) =>
  badges.length === 0 ? null : (
    <Section title={t.mine[lang]} lead={t.mineLead[lang]}>
      <DataTable<(typeof badges)[number]>
        caption={t.mine[lang]}
        captionHidden
        rows={badges}
        columns={[
          { label: t.space[lang], cell: ({ space }) => `${space.name}, ${space.commune.name}` },
          {
            label: t.since[lang],
            cell: ({ badge, space }) => show.date(localDay(badge.registeredAt, space.zone), lang),
          },
          {
            label: t.action[lang],
            cell: ({ badge, space }) => (
              <Form
                action="/mon-espace/badges/retirer"
                requestId={`${requestId}-${badge.badgeId}`}
                hidden={{ badge: badge.badgeId }}
              >
                <Button kind="quiet" small describe={`${t.withdraw[lang]}, ${space.name}`}>
                  {t.withdraw[lang]}
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </Section>
  );
