import type { ComponentChildren } from 'preact';
import { type Half, halves, partNames } from '../../booking/booking.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { addDays, type Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Resource, Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { type AttendanceLine, isHere } from '../attendance.ts';
import { isCoded } from '../evidence.ts';
import { agreed, capital, labels as t } from '../labels.ts';
import { proofLabels as p } from '../proof-words.ts';
import { hostReasons, methodNames } from '../words.ts';
import { HostLinks } from './host-links.tsx';

/** The spaces that someone hosts. */
export function HostedSpacesPage({ visit, spaces, today }: { visit: Visit; spaces: readonly Space[]; today: Day }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.hostTitle[lang]}>
      <PageHead title={t.hostTitle[lang]} />
      {spaces.length === 0 ? (
        <EmptyState title={t.noHostedSpace[lang]}>
          <p>{t.noHostedSpaceText[lang]}</p>
        </EmptyState>
      ) : (
        <Section title={t.chooseSpace[lang]}>
          <Cluster>
            {spaces.map(space => (
              <ButtonLink kind="secondary" href={`/accueil/${space.slug}/${today}`}>
                {`${space.name}, ${space.commune.name}`}
              </ButtonLink>
            ))}
          </Cluster>
        </Section>
      )}
    </Layout>
  );
}

export interface AttestedLine {
  readonly personId: string;
  readonly attestationId: string;
  readonly halves: 1 | 2;
}

export interface HostPageProps {
  visit: Visit;
  space: Space;
  day: Day;
  today: Day;
  lines: readonly AttendanceLine[];
  resources: readonly Resource[];
  /** Days already attested: once they are, a list changes nothing and a correction is written. */
  attested: readonly AttestedLine[];
  requestId: string;
  typed?: { readonly email?: string | undefined; readonly part?: string | undefined } | undefined;
  refusal?: Refusal | undefined;
  /** What rooms above say of the day. */
  beside: ComponentChildren;
}

const nameOf = ({ firstName, lastName }: AttendanceLine): string => `${firstName} ${lastName}`.trim();

/** One half of someone's day: how they were noted, or the button that notes them. */
const HalfCell = ({ line, half, page }: { line: AttendanceLine; half: Half; page: HostPageProps }) => {
  const { visit, space, day, requestId } = page;
  const { lang } = visit;
  const { methods, since, expected } = line[half];
  const here = methods.length > 0;
  const byHandOnly = here && !methods.some(isCoded);
  const button = (present: boolean) => (
    <Form
      action={`/accueil/${space.slug}/${day}`}
      requestId={`${requestId}-${line.personId}-${half}`}
      hidden={{ personne: line.personId, moment: half, present: present ? 'oui' : 'non' }}
    >
      <Button
        kind={present ? 'secondary' : 'quiet'}
        small
        describe={`${(present ? t.note : t.takeBack)[lang]}, ${nameOf(line)}, ${partNames[half][lang]}`}
      >
        {(present ? t.note : t.takeBack)[lang]}
      </Button>
    </Form>
  );
  if (!here) return expected ? button(true) : t.notExpected[lang];
  return (
    <Cluster>
      <Tag tone="good">
        {methods.some(isCoded) && since !== null ? show.clock(since, space.zone) : methodNames[methods[0]!][lang]}
      </Tag>
      {byHandOnly && button(false)}
    </Cluster>
  );
};

const People = (page: HostPageProps) => {
  const { lines, resources, visit } = page;
  const { lang } = visit;
  const deskOf = (line: AttendanceLine) =>
    resources
      .filter(r => line.resourceIds.includes(r.resourceId))
      .map(r => r.name)
      .join(', ');
  return (
    <DataTable<AttendanceLine>
      caption={`${t.people[lang]}, ${show.day(page.day, lang)}`}
      captionHidden
      rows={lines}
      empty={t.nobody[lang]}
      columns={[
        {
          label: t.person[lang],
          cell: line => (
            <>
              {nameOf(line)}
              <br />
              <small>
                {line.booked === null ? t.noBooking[lang] : `${deskOf(line)}, ${partNames[line.booked][lang]}`}
              </small>
            </>
          ),
        },
        { label: capital(partNames.morning[lang]), cell: line => <HalfCell line={line} half="morning" page={page} /> },
        {
          label: capital(partNames.afternoon[lang]),
          cell: line => <HalfCell line={line} half="afternoon" page={page} />,
        },
      ]}
    />
  );
};

const Desks = ({ lines, resources, visit: { lang } }: HostPageProps) => {
  const at = (desk: Resource, half: Half) =>
    lines.filter(line => line.resourceIds.includes(desk.resourceId) && line[half].expected).map(nameOf);
  return (
    <DataTable<Resource>
      caption={t.desks[lang]}
      captionHidden
      rows={resources}
      columns={[
        { label: t.desk[lang], cell: desk => desk.name },
        ...halves.map(half => ({
          label: capital(partNames[half][lang]),
          cell: (desk: Resource) => at(desk, half).join(', ') || <Tag>{t.freeDesk[lang]}</Tag>,
        })),
      ]}
    />
  );
};

const WalkIn = ({ visit, space, day, typed, refusal, requestId }: HostPageProps) => {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  return (
    <Section title={t.walkIn[lang]} lead={t.walkInLead[lang]} id="visiteur">
      <Form action={`/accueil/${space.slug}/${day}/visiteur`} requestId={requestId} label={t.walkIn[lang]} inline>
        <TextField
          name="email"
          type="email"
          label={t.email[lang]}
          value={typed?.email}
          error={problemAt(problems, 'email')}
        />
        <SelectField
          name="moment"
          label={t.part[lang]}
          value={typed?.part}
          choices={(['day', 'morning', 'afternoon'] as const).map(part => ({
            value: part,
            label: partNames[part][lang],
          }))}
        />
        <Button>{t.receive[lang]}</Button>
      </Form>
    </Section>
  );
};

const Attested = ({ attested, lines, visit: { lang }, space, day, requestId }: HostPageProps) => {
  const named = attested.flatMap(one => {
    const line = lines.find(({ personId }) => personId === one.personId);
    return line ? [{ ...one, name: nameOf(line) }] : [];
  });
  if (named.length === 0) return null;
  return (
    <Section title={p.attestedTitle[lang]} lead={p.correctLead[lang]}>
      <DataTable<(typeof named)[number]>
        caption={p.attestedTitle[lang]}
        captionHidden
        rows={named}
        columns={[
          { label: t.person[lang], cell: one => one.name },
          { label: t.length[lang], cell: one => (one.halves === 2 ? t.whole : t.half)[lang] },
          {
            label: p.correct[lang],
            cell: one => (
              <Form
                action={`/accueil/${space.slug}/${day}/corriger`}
                requestId={`${requestId}-${one.attestationId}`}
                hidden={{ presence: one.attestationId }}
                label={`${p.correct[lang]}, ${one.name}`}
                inline
              >
                <SelectField
                  name="motif"
                  id={`motif-${one.attestationId}`}
                  label={p.why[lang]}
                  choices={Object.entries(hostReasons).map(([value, text]) => ({ value, label: text[lang] }))}
                />
                <Button kind="secondary" small>
                  {p.correct[lang]}
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </Section>
  );
};

const Counts = ({ lines, lang }: { lines: readonly AttendanceLine[]; lang: Lang }) => {
  const here = lines.filter(line => halves.some(half => isHere(line, half))).length;
  const missing = lines.filter(line => line.booked !== null && !halves.some(half => isHere(line, half))).length;
  const expected = lines.filter(line => line.booked !== null).length;
  return (
    <Stats>
      <Stat value={String(expected)} label={agreed(expected, t.expected)[lang]} />
      <Stat value={String(here)} label={agreed(here, t.here)[lang]} />
      <Stat value={String(missing)} label={t.missing[lang]} />
    </Stats>
  );
};

/** A host's day: how many, who, where they sit; a line is noted with one button, a visitor received with one form. */
export function HostPage(page: HostPageProps) {
  const { visit, space, day, today, lines, refusal } = page;
  const { lang } = visit;
  const link = (to: Day) => `/accueil/${space.slug}/${to}`;
  return (
    <Layout visit={visit} title={`${t.hostTitle[lang]}, ${space.name}`} wide>
      <PageHead
        title={capital(show.day(day, lang))}
        lead={`${space.name}, ${space.commune.name}`}
        actions={
          <>
            <ButtonLink kind="quiet" href={link(addDays(day, -1))}>
              {show.day(addDays(day, -1), lang)}
            </ButtonLink>
            {day !== today && <ButtonLink href={link(today)}>{t.todayTitle[lang]}</ButtonLink>}
            <ButtonLink kind="quiet" href={link(addDays(day, 1))}>
              {show.day(addDays(day, 1), lang)}
            </ButtonLink>
            <ButtonLink kind="secondary" href={`/planning/${space.slug}?jour=${day}`}>
              {t.planning[lang]}
            </ButtonLink>
          </>
        }
      />
      <Stack gap="loose">
        <HostLinks slug={space.slug} lang={lang} />
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        <Counts lines={lines} lang={lang} />
        {page.beside}
        <Section title={t.people[lang]} lead={t.peopleLead[lang]}>
          <People {...page} />
        </Section>
        {day === today && <WalkIn {...page} />}
        <Attested {...page} />
        <Section title={t.desks[lang]} lead={t.print[lang]}>
          <Desks {...page} />
        </Section>
      </Stack>
    </Layout>
  );
}

export interface KiosksPageProps {
  visit: Visit;
  space: Space;
  kiosks: readonly { readonly kioskId: string; readonly name: string; readonly address: string }[];
  requestId: string;
  refusal?: Refusal | undefined;
}

/** The kiosks of a space, with the address that opens each on its tablet. */
export function KiosksPage({ visit, space, kiosks, requestId, refusal }: KiosksPageProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  const action = `/accueil/${space.slug}/bornes`;
  return (
    <Layout visit={visit} title={`${t.kiosks[lang]}, ${space.name}`}>
      <PageHead title={t.kiosks[lang]} lead={t.kiosksLead[lang]} above={<a href="/accueil">{space.name}</a>} />
      <Stack gap="loose">
        <DataTable<KiosksPageProps['kiosks'][number]>
          caption={t.kiosks[lang]}
          captionHidden
          rows={kiosks}
          empty={t.noKiosks[lang]}
          columns={[
            { label: t.kioskName[lang], cell: one => one.name },
            { label: t.kioskAddress[lang], cell: one => <code>{one.address}</code> },
            {
              label: t.action[lang],
              cell: one => (
                <Cluster>
                  <ButtonLink small href={one.address}>
                    {t.openHere[lang]}
                  </ButtonLink>
                  <Form action={action} requestId={`${requestId}-${one.kioskId}`} hidden={{ borne: one.kioskId }}>
                    <Button kind="quiet" small describe={`${t.renew[lang]}, ${one.name}`}>
                      {t.renew[lang]}
                    </Button>
                  </Form>
                </Cluster>
              ),
            },
          ]}
        />
        <p>{t.renewWhy[lang]}</p>
        <Section title={t.addKiosk[lang]}>
          <Form action={action} requestId={requestId} label={t.addKiosk[lang]}>
            <ErrorSummary problems={problems} />
            <TextField
              name="name"
              label={t.kioskName[lang]}
              hint={t.kioskNameHint[lang]}
              error={problemAt(problems, 'name')}
            />
            <Button>{t.addKiosk[lang]}</Button>
          </Form>
        </Section>
      </Stack>
    </Layout>
  );
}
