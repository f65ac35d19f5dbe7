import { type Bilingual, type Lang, show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { localDay } from '../kernel/time.ts';
import type { Visit } from '../kernel/visit.ts';
import { Cluster, Grid, PageHead, Prose, Section, Stack } from '../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../ui/button/button.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { DescriptionList } from '../ui/description-list/description-list.tsx';
import { EmptyState } from '../ui/empty-state/empty-state.tsx';
import { TextField } from '../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../ui/form/form.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { erasureTexts } from './pages/erasure-page.tsx';
import { tokenTexts } from './pages/tokens-page.tsx';
import type { Account, Organisation, Persona } from './people.ts';
import { absences, keeping, lookers, rights, sights } from './privacy.ts';
import { roleNames } from './roles.ts';
import { terms } from './sign-in.ts';

const t = {
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  signInLead: {
    fr: 'Donnez votre adresse électronique : nous vous envoyons un lien, sans mot de passe.',
    en: 'Give your e-mail address: we send you a link, without a password.',
  },
  email: { fr: 'Adresse électronique', en: 'E-mail address' },
  emailHint: { fr: 'Par exemple prenom.nom@exemple.fr', en: 'For example first.last@example.org' },
  sendLink: { fr: 'Recevoir un lien', en: 'Send me a link' },
  play: {
    fr: 'Ce réseau est fictif : vous pouvez aussi y entrer comme l’un de ses personnages.',
    en: 'This network is fictitious: you may also enter as one of its characters.',
  },
  playAction: { fr: 'Choisir un personnage', en: 'Choose a character' },
  sent: { fr: 'Consultez votre messagerie', en: 'Check your mail' },
  sentLead: {
    fr: `Si cette adresse a un compte ici, un lien vient de partir. Il sert une seule fois, pendant ${terms.link_minutes} minutes.`,
    en: `If this address has an account here, a link has just left. It works once, for ${terms.link_minutes} minutes.`,
  },
  sentHelp: {
    fr: 'Rien n’arrive ? Regardez dans les indésirables, vérifiez l’adresse, puis redemandez un lien.',
    en: 'Nothing arrives? Look among the unwanted mail, check the address, then ask again.',
  },
  noMail: { fr: 'Aucun serveur de courrier n’est réglé', en: 'No mail server is set' },
  noMailDetail: {
    fr: 'Le lien est écrit dans le journal du serveur. Pour l’envoyer par courriel, réglez SMTP_URL.',
    en: 'The link is written in the server’s log. To send it by mail, set SMTP_URL.',
  },
  again: { fr: 'Demander un autre lien', en: 'Ask for another link' },
  confirm: { fr: 'Confirmez votre connexion', en: 'Confirm your sign-in' },
  confirmLead: {
    fr: 'Un dernier geste, pour que seul un humain utilise ce lien.',
    en: 'One last step, so that only a human uses this link.',
  },
  confirmAction: { fr: 'Me connecter', en: 'Sign me in' },
  enter: { fr: 'Entrer dans le réseau fictif', en: 'Enter the fictitious network' },
  enterLead: {
    fr: 'Chacun de ces personnages montre le réseau depuis sa place. Tout y est inventé : essayez sans crainte.',
    en: 'Each of these characters shows the network from where they stand. All is invented: try without fear.',
  },
  noPersona: { fr: 'Personne à jouer ici', en: 'Nobody to play here' },
  noPersonaDetail: {
    fr: 'Ce réseau n’a pas de personnages. Connectez-vous avec votre adresse électronique.',
    en: 'This network has no characters. Sign in with your e-mail address.',
  },
  mine: { fr: 'Mes données', en: 'My data' },
  mineLead: {
    fr: 'Ce que votre compte contient. Vos réservations et vos trajets sont sur leurs propres pages.',
    en: 'What your account holds. Your bookings and journeys are on their own pages.',
  },
  name: { fr: 'Nom', en: 'Name' },
  language: { fr: 'Langue', en: 'Language' },
  roles: { fr: 'Mes rôles', en: 'My roles' },
  role: { fr: 'Rôle', en: 'Role' },
  over: { fr: 'Pour', en: 'For' },
  since: { fr: 'Depuis le', en: 'Since' },
  until: { fr: 'Jusqu’au', en: 'Until' },
  noRole: { fr: 'Aucun rôle pour le moment.', en: 'No role for now.' },
  sessions: { fr: 'Mes connexions ouvertes', en: 'My open sessions' },
  started: { fr: 'Ouverte le', en: 'Opened on' },
  ends: { fr: 'Se ferme le', en: 'Closes on' },
  by: { fr: 'Par', en: 'By' },
  byLink: { fr: 'lien reçu par courriel', en: 'link received by mail' },
  byPersona: { fr: 'choix d’un personnage', en: 'choice of a character' },
  everywhere: { fr: 'Me déconnecter partout', en: 'Sign me out everywhere' },
  take: { fr: 'Télécharger mes données (JSON)', en: 'Download my data (JSON)' },
  privacy: { fr: 'Vos données', en: 'Your data' },
  privacyLead: {
    fr: 'Qui voit quoi, combien de temps, et ce que vous pouvez demander. Cette page décrit ce que fait le logiciel ; les mentions légales disent qui en répond.',
    en: 'Who sees what, for how long, and what you may ask. This page describes what the software does; the legal notice says who answers for it.',
  },
  whoSees: { fr: 'Qui voit quoi', en: 'Who sees what' },
  data: { fr: 'Donnée', en: 'Data' },
  howLong: { fr: 'Combien de temps', en: 'For how long' },
  why: { fr: 'Pourquoi', en: 'Why' },
  rights: { fr: 'Vos droits', en: 'Your rights' },
  without: { fr: 'Ce dont nous nous passons', en: 'What we do without' },
  legal: { fr: 'Mentions légales', en: 'Legal notice' },
  network: { fr: 'tout le réseau', en: 'the whole network' },
  aSpace: { fr: 'un espace', en: 'a space' },
  french: { fr: 'français', en: 'French' },
  english: { fr: 'anglais', en: 'English' },
} satisfies Record<string, Bilingual>;

interface SignInProps {
  visit: Visit;
  requestId: string;
  email?: string | undefined;
  backTo: string;
  refusal?: Refusal | null;
}

export function SignInPage({ visit, requestId, email, backTo, refusal }: SignInProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  return (
    <Layout visit={visit} title={t.signIn[lang]}>
      <PageHead title={t.signIn[lang]} lead={t.signInLead[lang]} />
      <Stack>
        <ErrorSummary problems={problems} />
        <Form action="/connexion" requestId={requestId} hidden={{ retour: backTo }}>
          <TextField
            name="email"
            type="email"
            autocomplete="email"
            label={t.email[lang]}
            hint={t.emailHint[lang]}
            value={email}
            error={problemAt(problems, 'email')}
          />
          <Button>{t.sendLink[lang]}</Button>
        </Form>
        {visit.network.fictitious && (
          <Notice
            actions={
              <ButtonLink
                href={`/entrer${backTo === '/' ? '' : `?retour=${encodeURIComponent(backTo)}`}`}
                kind="secondary"
              >
                {t.playAction[lang]}
              </ButtonLink>
            }
          >
            <p>{t.play[lang]}</p>
          </Notice>
        )}
      </Stack>
    </Layout>
  );
}

/** The same page whoever asked: it says nothing about who has an account. */
export function SentPage({ visit, mailed }: { visit: Visit; mailed: boolean }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.sent[lang]}>
      <PageHead title={t.sent[lang]} lead={t.sentLead[lang]} />
      <Stack>
        {!mailed && (
          <Notice kind="pending" title={t.noMail[lang]}>
            <p>{t.noMailDetail[lang]}</p>
          </Notice>
        )}
        <Prose>
          <p>{t.sentHelp[lang]}</p>
        </Prose>
        <Cluster>
          <ButtonLink href="/connexion" kind="secondary">
            {t.again[lang]}
          </ButtonLink>
        </Cluster>
      </Stack>
    </Layout>
  );
}

/** Opening the link shows this and uses nothing: mail scanners open links too. */
export function ConfirmPage({ visit, token, backTo }: { visit: Visit; token: string; backTo: string }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.confirm[lang]}>
      <PageHead title={t.confirm[lang]} lead={t.confirmLead[lang]} />
      <Form action="/connexion/lien" hidden={{ jeton: token, retour: backTo }}>
        <Button>{t.confirmAction[lang]}</Button>
      </Form>
    </Layout>
  );
}

const PersonaCard = ({ persona, backTo, lang }: { persona: Persona; backTo: string; lang: Lang }) => {
  const enterAs = { fr: `Entrer comme ${persona.firstName}`, en: `Enter as ${persona.firstName}` }[lang];
  return (
    <article class="card">
      <div class="card-body">
        <h2 class="card-title">{persona.firstName}</h2>
        <p class="card-text">{persona.sentence[lang]}</p>
        <Form action="/entrer" hidden={{ personne: persona.personId, retour: backTo }}>
          <Button>{enterAs}</Button>
        </Form>
      </div>
    </article>
  );
};

interface EnterProps {
  visit: Visit;
  personas: readonly Persona[];
  backTo: string;
}

export function EnterPage({ visit, personas, backTo }: EnterProps) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.enter[lang]}>
      <PageHead title={t.enter[lang]} lead={t.enterLead[lang]} />
      {personas.length === 0 ? (
        <EmptyState title={t.noPersona[lang]} actions={<ButtonLink href="/connexion">{t.signIn[lang]}</ButtonLink>}>
          <p>{t.noPersonaDetail[lang]}</p>
        </EmptyState>
      ) : (
        <Grid>
          {personas.map(persona => (
            <PersonaCard persona={persona} backTo={backTo} lang={lang} />
          ))}
        </Grid>
      )}
    </Layout>
  );
}

const zone = 'Europe/Paris';
type HeldRole = Account['roles'][number];
type OpenSession = Account['sessions'][number];

const Roles = ({
  roles,
  organisations,
  lang,
}: {
  roles: readonly HeldRole[];
  organisations: readonly Organisation[];
  lang: Lang;
}) => {
  const scopeName = (scope: string | null): string => {
    if (scope === null) return t.network[lang];
    return organisations.find(one => one.organisationId === scope)?.name ?? t.aSpace[lang];
  };
  return (
    <DataTable<HeldRole>
      caption={t.roles[lang]}
      captionHidden
      rows={roles}
      empty={t.noRole[lang]}
      columns={[
        { label: t.role[lang], cell: held => roleNames[held.role][lang] },
        { label: t.over[lang], cell: held => scopeName(held.scope) },
        { label: t.since[lang], cell: held => show.date(localDay(held.from, zone), lang) },
        { label: t.until[lang], cell: held => (held.until ? show.date(localDay(held.until, zone), lang) : '–') },
      ]}
    />
  );
};

const Sessions = ({ sessions, lang }: { sessions: readonly OpenSession[]; lang: Lang }) => (
  <DataTable<OpenSession>
    caption={t.sessions[lang]}
    captionHidden
    rows={sessions}
    columns={[
      {
        label: t.started[lang],
        cell: one => `${show.date(localDay(one.started_at, zone), lang)}, ${show.clock(one.started_at, zone)}`,
      },
      { label: t.ends[lang], cell: one => show.date(localDay(one.expires_at, zone), lang) },
      { label: t.by[lang], cell: one => (one.enteredBy === 'link' ? t.byLink : t.byPersona)[lang] },
    ]}
  />
);

export function MyPage({ visit, account }: { visit: Visit; account: Account }) {
  const { lang } = visit;
  const { person, roles, organisations, sessions } = account;
  return (
    <Layout visit={visit} title={t.mine[lang]}>
      <PageHead
        title={t.mine[lang]}
        lead={t.mineLead[lang]}
        actions={
          <ButtonLink href="/moi/donnees.json" kind="secondary" download>
            {t.take[lang]}
          </ButtonLink>
        }
      />
      <DescriptionList
        items={[
          { term: t.name[lang], value: `${person.firstName} ${person.lastName}`.trim() },
          { term: t.email[lang], value: person.email },
          { term: t.language[lang], value: (person.locale === 'fr' ? t.french : t.english)[lang] },
        ]}
      />
      <Section title={t.roles[lang]}>
        <Roles roles={roles} organisations={organisations} lang={lang} />
      </Section>
      <Section title={t.sessions[lang]}>
        <Sessions sessions={sessions} lang={lang} />
        <Form action="/deconnexion" hidden={{ partout: 'oui' }}>
          <Button kind="secondary">{t.everywhere[lang]}</Button>
        </Form>
      </Section>
      <Section title={tokenTexts.title[lang]} lead={tokenTexts.lead[lang]}>
        <ButtonLink href="/moi/jetons" kind="secondary">
          {tokenTexts.open[lang]}
        </ButtonLink>
      </Section>
      <Section title={erasureTexts.title[lang]} lead={erasureTexts.lead[lang]}>
        <ButtonLink href="/moi/effacement" kind="secondary">
          {erasureTexts.open[lang]}
        </ButtonLink>
      </Section>
    </Layout>
  );
}

export function PrivacyPage({ visit }: { visit: Visit }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.privacy[lang]} wide>
      <PageHead title={t.privacy[lang]} lead={t.privacyLead[lang]} />
      <Section title={t.whoSees[lang]}>
        <DataTable
          caption={t.whoSees[lang]}
          captionHidden
          rows={sights}
          columns={[
            { label: t.data[lang], cell: row => row.data[lang] },
            ...lookers.map((looker, i) => ({
              label: looker[lang],
              cell: (row: (typeof sights)[number]) => row.seen[i]?.[lang],
            })),
          ]}
        />
      </Section>
      <Section title={t.howLong[lang]}>
        <DataTable
          caption={t.howLong[lang]}
          captionHidden
          rows={keeping}
          columns={[
            { label: t.data[lang], cell: row => row.data[lang] },
            { label: t.why[lang], cell: row => row.why[lang] },
            { label: t.howLong[lang], cell: row => row.how_long[lang] },
          ]}
        />
      </Section>
      <Section title={t.rights[lang]}>
        <DescriptionList items={rights.map(({ right, how }) => ({ term: right[lang], value: how[lang] }))} />
        <Cluster>
          <ButtonLink href="/moi" kind="secondary">
            {t.mine[lang]}
          </ButtonLink>
          <ButtonLink href="/mentions-legales" kind="quiet">
            {t.legal[lang]}
          </ButtonLink>
        </Cluster>
      </Section>
      <Section title={t.without[lang]}>
        <Prose>
          <ul>
            {absences.map(absence => (
              <li>{absence[lang]}</li>
            ))}
          </ul>
        </Prose>
      </Section>
    </Layout>
  );
}
