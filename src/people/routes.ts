import { z } from '@hono/zod-openapi';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Id, isId } from '../kernel/ids.ts';
import { accept, type Refusal } from '../kernel/outcome.ts';
import { instant } from '../kernel/time.ts';
import type { Role, Visit } from '../kernel/visit.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../platform/http.ts';
import { ConfirmPage, EnterPage, MyPage, PrivacyPage, SentPage, SignInPage } from './pages.tsx';
import * as people from './people.ts';
import { organisationKinds } from './person.ts';
import { roleNames } from './roles.ts';
import { tokenJson, tokenRoutes, tokenShape } from './routes/access-tokens.ts';
import { erasureRoutes } from './routes/erasure.ts';
import { holdRoutes } from './routes/holds.ts';
import { clientAddress, safeReturn, sessionCookie } from './sign-in.ts';

const addressOf = (c: Ctx): string => {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return clientAddress(env?.incoming?.socket?.remoteAddress, c.req.header('x-forwarded-for'));
};

const keepSession = (c: Ctx, { token, expires_at }: people.Entered): void => {
  const secure = c.get('visit').origin.startsWith('https:');
  const expires = new Date(expires_at.epochMilliseconds);
  setCookie(c, sessionCookie, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, expires });
};

const page = (c: Ctx, given: { backTo: string; email?: string | undefined; refusal?: Refusal }) =>
  show(c, SignInPage({ visit: c.get('visit'), requestId: requestId(), ...given }), given.refusal?.status ?? 200);

const asking = z.object({ email: z.string().max(1000).default(''), retour: z.string().optional() });

function signingIn({ pages, shell }: Mount): void {
  pages.get('/connexion', c => page(c, { backTo: safeReturn(c.req.query('retour')) }));
  pages.post('/connexion', async c => {
    const { email, retour } = must(await readForm(c, asking));
    const { lang, origin } = c.get('visit');
    const ask = { email, lang, origin, address: addressOf(c), backTo: retour };
    const sent = await submit(shell, c, work => people.requestSignIn(work, ask));
    if (!sent.ok) return page(c, { backTo: safeReturn(retour), email, refusal: sent.refusal });
    return c.redirect('/connexion/envoi', 303);
  });
  pages.get('/connexion/envoi', c =>
    show(c, SentPage({ visit: c.get('visit'), mailed: shell.settings.smtpUrl !== null })),
  );
  pages.get('/connexion/lien', c => {
    c.header('cache-control', 'no-store');
    const { jeton: token = '', retour } = c.req.query();
    return show(c, ConfirmPage({ visit: c.get('visit'), token, backTo: safeReturn(retour) }));
  });
  pages.post('/connexion/lien', async c => {
    const form = must(await readForm(c, z.object({ jeton: z.string().default(''), retour: z.string().optional() })));
    const backTo = safeReturn(form.retour);
    // Not `submit`: it would keep the session's token among first answers.
    const entered = await inVisit(shell, c, work => people.signIn(work, form.jeton));
    if (!entered.ok) return page(c, { backTo, refusal: entered.refusal });
    keepSession(c, entered.value);
    return c.redirect(backTo, 303);
  });
}

function playing({ pages, shell }: Mount): void {
  pages.get('/entrer', async c => {
    const personas = await inVisit(shell, c, people.personas);
    return show(c, EnterPage({ visit: c.get('visit'), personas, backTo: safeReturn(c.req.query('retour')) }));
  });
  pages.post('/entrer', async c => {
    const form = must(await readForm(c, z.object({ personne: z.string(), retour: z.string().optional() })));
    keepSession(c, must(await inVisit(shell, c, work => people.enterAs(work, form.personne))));
    return c.redirect(safeReturn(form.retour), 303);
  });
}

function leaving({ pages, shell }: Mount): void {
  pages.post('/deconnexion', async c => {
    const { partout } = must(await readForm(c, z.object({ partout: z.string().optional() })));
    const token = getCookie(c, sessionCookie);
    const { actor } = c.get('visit');
    await inVisit(shell, c, async work => {
      if (partout && actor) await people.signOutEverywhere(work, actor);
      else if (token) await people.signOut(work, token);
    });
    deleteCookie(c, sessionCookie, { path: '/' });
    return c.redirect('/', 303);
  });
}

const plainAccount = ({ person, roles, sessions, tokens }: people.Account, visit: Visit) => ({
  person_id: person.personId,
  first_name: person.firstName,
  last_name: person.lastName,
  email: person.email,
  locale: person.locale,
  roles: roles.map(({ role, scope, from, until }) => ({
    role,
    scope,
    from: from.toString(),
    until: until?.toString() ?? null,
  })),
  sessions: sessions.map(one => ({
    entered_by: one.enteredBy,
    started_at: one.started_at.toString(),
    expires_at: one.expires_at.toString(),
  })),
  tokens: tokens.map(tokenJson),
  network: visit.network.name,
  fictitious: visit.network.fictitious,
});

function ownData({ pages, shell }: Mount): void {
  pages.get('/moi', async c => {
    const actor = actorOf(c);
    const account = must(await inVisit(shell, c, work => people.account(work, actor)));
    return show(c, MyPage({ visit: c.get('visit'), account }));
  });
  pages.get('/moi/donnees.json', async c => {
    const actor = actorOf(c);
    const account = must(await inVisit(shell, c, work => people.account(work, actor)));
    const name = c.get('visit').network.fictitious ? 'parvis-donnees-fictives.json' : 'parvis-mes-donnees.json';
    c.header('content-disposition', `attachment; filename="${name}"`);
    c.header('cache-control', 'no-store');
    return c.json(plainAccount(account, c.get('visit')));
  });
  pages.get('/confidentialite', c => show(c, PrivacyPage({ visit: c.get('visit') })));
  pages.get('/donnees-personnelles', c => c.redirect('/confidentialite', 301));
}

const roleName = z.enum(Object.keys(roleNames) as [Role, ...Role[]]);
const accountShape = z
  .object({
    person_id: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    email: z.string(),
    locale: z.enum(['fr', 'en']),
    roles: z.array(
      z.object({ role: roleName, scope: z.string().nullable(), from: z.string(), until: z.string().nullable() }),
    ),
    sessions: z.array(z.object({ entered_by: z.string(), started_at: z.string(), expires_at: z.string() })),
    tokens: z.array(tokenShape),
    network: z.string(),
    fictitious: z.boolean(),
  })
  .openapi('Account');

function signInByApi(mount: Mount): void {
  // A verb of the API does not see the connection; the address waits beside the visit until the verb runs.
  const addresses = new WeakMap<Visit, string>();
  mount.api.use('/sign-in', async (c, next) => {
    // Whoever asks to sign in is nobody yet.
    c.set('askedWithin', undefined);
    addresses.set(c.get('visit'), addressOf(c));
    await next();
  });
  endpoint(
    mount,
    {
      method: 'post',
      path: '/sign-in',
      tag: 'people',
      summary: 'Ask for a sign-in link by mail. The answer is the same for every e-mail.',
      body: z.object({ email: z.string().max(1000), lang: z.enum(['fr', 'en']).default('fr') }),
      returns: z.object({ sent: z.boolean() }),
      refusals: ['people.bad_email', 'people.too_many_requests'],
    },
    ({ body }, work, visit) =>
      people.requestSignIn(work, { ...body, origin: visit.origin, address: addresses.get(visit) ?? 'unknown' }),
  );
}

function meByApi(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/me',
      tag: 'people',
      summary: 'What the account of whoever asks holds.',
      returns: accountShape,
      refusals: ['request.sign_in_first'],
    },
    async (_input, work, visit) => {
      const account = await people.account(work, actorIn(visit));
      return account.ok ? accept(plainAccount(account.value, visit)) : account;
    },
  );
}

const organisationShape = z.object({
  organisation_id: z.string(),
  kind: z.string(),
  name: z.string(),
  siren: z.string().nullable(),
  siret: z.string().nullable(),
});

function registerByApi(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/organisations',
      tag: 'people',
      summary: 'Add an organisation to the network.',
      body: z.object({
        kind: z.enum(organisationKinds),
        name: z.string().max(200),
        siren: z.string().nullish(),
        siret: z.string().nullish(),
      }),
      returns: organisationShape,
      status: 201,
      refusals: ['people.may_not', 'people.empty_name', 'people.bad_siren', 'people.bad_siret', 'people.siret_taken'],
    },
    async ({ body: { kind, name, siren = null, siret = null } }, work, visit) => {
      const added = await people.addOrganisations(work, actorIn(visit), [{ kind, name, siren, siret }]);
      if (!added.ok) return added;
      const { organisationId, ...organisation } = added.value[0]!;
      return accept({ organisation_id: organisationId, ...organisation });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/people',
      tag: 'people',
      summary: 'Add a person, without any role yet.',
      body: z.object({
        email: z.string().max(1000),
        first_name: z.string().max(100),
        last_name: z.string().max(100),
        locale: z.enum(['fr', 'en']).default('fr'),
      }),
      returns: z.object({ person_id: z.string() }),
      status: 201,
      refusals: ['people.may_not', 'people.bad_email', 'people.empty_name', 'people.email_taken'],
    },
    async ({ body: { email, first_name: firstName, last_name: lastName, locale } }, work, visit) => {
      const added = await people.addPersons(work, actorIn(visit), [{ email, firstName, lastName, locale }]);
      return added.ok ? accept({ person_id: added.value[0]!.personId }) : added;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/roles',
      tag: 'people',
      summary: 'Give a role, from now on: for good, or until a moment. An auditor’s role always has an end.',
      body: z.object({
        person_id: z.string().refine(text => isId('per', text)),
        role: roleName,
        scope: z
          .string()
          .refine(text => isId('spc', text) || isId('org', text))
          .nullish(),
        until: z.iso.datetime({ offset: true }).nullish(),
      }),
      returns: z.object({ granted: z.boolean() }),
      status: 201,
      refusals: [
        ...['people.scope_misfit', 'people.may_not', 'people.end_missing', 'people.ends_too_early'],
        'people.unknown_person',
      ],
    },
    async ({ body }, work, visit) => {
      const given = {
        personId: body.person_id as Id<'per'>,
        role: body.role,
        scope: (body.scope ?? null) as Id | null,
        until: body.until == null ? null : instant(body.until),
      };
      const granted = await people.grant(work, actorIn(visit), [given]);
      return granted.ok ? accept({ granted: true }) : granted;
    },
  );
}

export function routes(mount: Mount): void {
  signingIn(mount);
  playing(mount);
  leaving(mount);
  ownData(mount);
  erasureRoutes(mount);
  holdRoutes(mount);
  tokenRoutes(mount);
  signInByApi(mount);
  meByApi(mount);
  registerByApi(mount);
}
