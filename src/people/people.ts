import type { Lang } from '../kernel/bilingual.ts';
import { sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import { type Actor, holds, type Network, type Role } from '../kernel/visit.ts';
import type { Database, Work, WorkSource } from '../platform/database.ts';
import { announce } from '../platform/outbox.ts';
import { emailOf } from './email.ts';
import { tokensOf } from './jobs/access-tokens.ts';
import {
  checkedOrganisation,
  checkedPerson,
  type Grant,
  type NewOrganisation,
  type NewPerson,
  type Organisation,
  type Person,
  type Persona,
} from './person.ts';
import { isMandate, mayGrant, scopeFits } from './roles.ts';
import { type LinkBase, linkOrigin, safeReturn, signInMail, terms } from './sign-in.ts';
import type { AccessToken } from './store/access-token.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export type { Grant, NewOrganisation, NewPerson, Organisation, OrganisationKind, Person, Persona } from './person.ts';
export { sessionCookie } from './sign-in.ts';
export type { HeldRole, Session } from './store.ts';
export { type AccessToken, tokensOf };

/** The network that answers to a host name (`ganges.example.fr`), else the oldest; null when there is none yet. */
export const networkFor = (db: Database, host: string): Promise<Network | null> =>
  store.networkByHost(db, host.toLowerCase().replace(/:\d+$/, ''));

/** Every network of this installation, oldest first: for tasks of the clock. */
export const networkIds = (db: Database): Promise<Id<'net'>[]> => store.networkIds(db);

/** The network of this unit of work. */
export async function networkOf(work: Work): Promise<Network> {
  const network = await store.networkOf(work);
  if (network === null) throw new BrokenInvariant('a unit of work runs in a network that exists');
  const { hostname: _, ...known } = network;
  return known;
}

export interface NewNetwork extends Omit<Network, 'networkId'> {
  /** The host name under which it answers; null for the only network of an installation. */
  readonly hostname: string | null;
  /** Its first operator, who appoints everyone else. */
  readonly operator: NewPerson;
}

/** Creates the network that `work.networkId` names, with its first operator. */
export async function createNetwork(
  work: Work,
  { operator, ...network }: NewNetwork,
): Promise<Outcome<{ network: Network; operator: Actor }>> {
  const hostname = network.hostname?.toLowerCase() ?? null;
  if (!(await store.insertNetwork(work, { ...network, hostname }))) return refuse(words.hostnameTaken());
  const appointed = await appointFirstOperator(work, operator);
  if (!appointed.ok) return appointed;
  return accept({ network: await networkOf(work), operator: appointed.value });
}

/** Gives a network that has no operator its first one: the only role that nobody has to give. */
export async function appointFirstOperator(work: Work, person: NewPerson): Promise<Outcome<Actor>> {
  await store.networkOf(work, true);
  const operators = await store.holdersOf(work, 'network_operator', null);
  if (operators.length > 0) return refuse(words.operatorExists());
  const added = await insertPersons(work, [person]);
  if (!added.ok) return added;
  const { personId, firstName } = added.value[0]!;
  const operator: Actor = { personId, firstName, memberships: [{ role: 'network_operator', scope: null }] };
  const granted = await grant(work, operator, [{ personId, role: 'network_operator' }]);
  return granted.ok ? accept(operator) : granted;
}

/** Accepts all, or refuses for the first that is refused. */
const all = <T>(outcomes: readonly Outcome<T>[]): Outcome<readonly T[]> => {
  const values: T[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome;
    values.push(outcome.value);
  }
  return accept(values);
};

/** Adds organisations, all or none; the operator's task. */
export async function addOrganisations(
  work: Work,
  actor: Actor,
  organisations: readonly NewOrganisation[],
): Promise<Outcome<readonly Organisation[]>> {
  if (!holds(actor, 'network_operator')) return refuse(words.mayNot());
  const checked = all(organisations.map(checkedOrganisation));
  if (!checked.ok) return checked;
  const rows = checked.value.map(one => ({ organisationId: work.newId('org'), ...one }));
  const added = await store.insertOrganisations(work, rows);
  return added.length === rows.length ? accept(rows) : refuse(words.siretTaken());
}

async function insertPersons(work: Work, people: readonly NewPerson[]): Promise<Outcome<readonly Person[]>> {
  const checked = all(people.map(checkedPerson));
  if (!checked.ok) return checked;
  const rows = checked.value.map(one => ({ personId: work.newId('per'), ...one }));
  const added = new Set(await store.insertPersons(work, rows));
  const taken = rows.find(row => !added.has(row.personId));
  return taken === undefined ? accept(rows) : refuse(words.emailTaken(taken.email));
}

/** Adds people, all or none: the operator does it, and whoever manages a space or an employer for their own. */
export async function addPersons(
  work: Work,
  actor: Actor,
  people: readonly NewPerson[],
): Promise<Outcome<readonly Person[]>> {
  const may = (['network_operator', 'space_manager', 'employer_admin'] as const).some(role => holds(actor, role));
  return may ? insertPersons(work, people) : refuse(words.mayNot());
}

const grantRefusal = (
  actor: Actor,
  { role, scope = null, from, until = null }: Grant,
  now: Instant,
): Refusal | null => {
  if (!scopeFits(role, scope)) return words.scopeMisfit();
  if (!mayGrant(actor, role, scope)) return words.mayNot();
  if (until === null) return isMandate(role) ? words.endMissing() : null;
  return until.epochMilliseconds > (from ?? now).epochMilliseconds ? null : words.endsTooEarly();
};

/** Gives roles, all or none. A role already held stays as it is. */
export async function grant(work: Work, actor: Actor, grants: readonly Grant[]): Promise<Outcome<null>> {
  const reason = grants.map(one => grantRefusal(actor, one, work.now)).find(found => found !== null);
  if (reason) return refuse(reason);
  const personIds = [...new Set(grants.map(one => one.personId))];
  if ((await store.peopleById(work, personIds)).length < personIds.length) return refuse(words.unknownPerson());
  const roles = grants.map(({ personId, role, scope = null, from = work.now, until = null }) => ({
    membershipId: work.newId('mbr'),
    personId,
    role,
    scope,
    from,
    until,
  }));
  await store.insertMemberships(work, roles);
  return accept(null);
}

/** Ends a role at this moment; what was done under it stays. */
export async function revoke(work: Work, actor: Actor, membershipId: string): Promise<Outcome<null>> {
  const held = await store.membershipById(work, membershipId);
  if (held === null) return refuse(words.nothingToRevoke());
  if (!mayGrant(actor, held.role, held.scope)) return refuse(words.mayNot());
  await store.endMembership(work, membershipId);
  return accept(null);
}

/** People by id, by family name; unknown ids are left out. For rooms that may show a name: they decide to whom. */
export const peopleById = (work: Work, ids: readonly Id<'per'>[]): Promise<Person[]> => store.peopleById(work, ids);

/** The person behind an e-mail, if any. Never for an answer to a stranger. */
export const personByEmail = async (work: Work, typed: string): Promise<Person | null> => {
  const email = emailOf(typed);
  return email === null ? null : store.personByEmail(work, email);
};

/** Every organisation of the network, by name. */
export const organisations = (work: Work): Promise<Organisation[]> => store.allOrganisations(work);

/** Organisations by id, by name; unknown ids are left out. */
export const organisationsById = (work: Work, ids: readonly Id<'org'>[]): Promise<Organisation[]> =>
  store.organisationsById(work, ids);

/** People who hold a role now, over that scope or the whole network. */
export const holdersOf = (work: Work, role: Role, scope: Id | null): Promise<Id<'per'>[]> =>
  store.holdersOf(work, role, scope);

/** Who has run, or runs, one of these spaces as its host or manager, or those of one of these organisations, and when. */
export const staffOf = (work: Work, scopes: readonly Id[]): Promise<store.HeldRole[]> => store.staffOf(work, scopes);

/** The roles that someone holds now: for what they once asked for and that is done without them. */
export const rolesOf = (work: Work, personId: Id<'per'>): Promise<store.HeldRole[]> => store.rolesOf(work, [personId]);

export interface SignInAsk {
  readonly email: string;
  readonly lang: Lang;
  /** Origin of the page that asks. */
  readonly origin: string;
  /** Network address of who asks, for the limits. */
  readonly address: string;
  /** Path to come back to. */
  readonly backTo?: string | undefined;
}

/**
 * Asks for a link by mail. The answer, its time and what is written are the same whether or not someone has that
 * e-mail: only the mail job, later, looks for a person.
 */
export async function requestSignIn(work: Work, ask: SignInAsk): Promise<Outcome<{ sent: true }>> {
  const email = emailOf(ask.email);
  if (email === null) return refuse(words.badEmail());
  const since = work.now.subtract({ minutes: terms.link_minutes });
  const recent = await store.requestsSince(work, { email, address: ask.address, since });
  if (recent.by_email >= terms.requests_per_email || recent.by_address >= terms.requests_per_address) {
    return refuse(words.tooManyRequests());
  }
  const { lang, origin, address } = ask;
  const requestId = work.newId('sir');
  await store.insertRequest(work, { requestId, email, address, lang, origin, backTo: safeReturn(ask.backTo) });
  await announce(work, { event: 'people.sign_in_requested', payload: { request_id: requestId } });
  return accept({ sent: true });
}

/** A secret for a link or a session: two ids' worth of chance, 160 bits. Only its hash is kept. */
const secret = (work: Work): string => [work.newId('tok'), work.newId('tok')].map(id => id.slice(4)).join('');

export type LinkMail =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'no_origin' }
  | { readonly kind: 'mail'; readonly to: string; readonly subject: string; readonly text: string };

/**
 * The mail that answers a request, with a fresh link; the token exists only in what is returned. `nobody` when the
 * request is answered, too old or for an unknown e-mail; `no_origin` when no address can be trusted for the link.
 */
export async function linkMail(
  work: Work,
  requestId: string,
  base: Pick<LinkBase, 'publicUrl' | 'mailed'>,
): Promise<LinkMail> {
  const request = await store.openRequest(work, requestId, work.now.subtract({ minutes: terms.link_minutes }));
  const person = request && (await store.personByEmail(work, request.email));
  if (!request || !person) return { kind: 'nobody' };
  const network = await store.networkOf(work);
  const origin = linkOrigin({ ...base, hostname: network?.hostname ?? null, asked: request.origin });
  if (origin === null) return { kind: 'no_origin' };
  const token = secret(work);
  const expires_at = work.now.add({ minutes: terms.link_minutes });
  await store.putLink(work, { requestId, tokenSha256: sha256(token), personId: person.personId, expires_at });
  const back = request.backTo === '/' ? '' : `&retour=${encodeURIComponent(request.backTo)}`;
  const link = `${origin}/connexion/lien?jeton=${token}${back}`;
  const mail = signInMail({ firstName: person.firstName, network: network?.name ?? '', link, lang: request.lang });
  return { kind: 'mail', to: person.email, ...mail };
}

/** The mail of a request has left: it is not sent again. */
export const linkMailed = (work: Work, requestId: string): Promise<void> => store.answerRequest(work, requestId);

export interface Entered {
  /** What the cookie holds; nowhere else. */
  readonly token: string;
  readonly expires_at: Instant;
}

async function startSession(work: Work, personId: Id<'per'>, enteredBy: 'link' | 'persona'): Promise<Entered> {
  const token = secret(work);
  const expires_at = work.now.add({ hours: 24 * terms.session_days });
  await store.insertSession(work, {
    sessionId: work.newId('ses'),
    personId,
    enteredBy,
    started_at: work.now,
    expires_at,
    tokenSha256: sha256(token),
  });
  return { token, expires_at };
}

/** Opens a session with a link's token, once. */
export async function signIn(work: Work, token: string): Promise<Outcome<Entered>> {
  const personId = await store.useLink(work, sha256(token));
  if (personId !== null) return accept(await startSession(work, personId, 'link'));
  const state = await store.linkState(work, sha256(token));
  if (state === 'unknown') return refuse(words.linkUnknown());
  return refuse(state === 'used' ? words.linkUsed() : words.linkExpired());
}

/** Who a session's token speaks for, with the roles held now; null when it is over or unknown. Outside any unit of work. */
export const visitorOf = (
  { db, clock }: Pick<WorkSource, 'db' | 'clock'>,
  networkId: Id<'net'>,
  token: string,
): Promise<Actor | null> => store.actorOfSession(db, { networkId, tokenSha256: sha256(token), now: clock() });

/** The same within the unit of work that answers them. */
export const visitorWithin = (work: Work, token: string): Promise<Actor | null> =>
  store.actorWithin(work, sha256(token));

/** Closes the session of a token; nothing happens when it is already closed. */
export const signOut = (work: Work, token: string): Promise<void> => store.endSession(work, sha256(token));

/** Closes every session of the actor, on every device. */
export const signOutEverywhere = (work: Work, actor: Actor): Promise<void> => store.endSessionsOf(work, actor.personId);

/** The people whom a visitor may play; empty in a network that is not fictitious. */
export const personas = async (work: Work): Promise<Persona[]> =>
  (await networkOf(work)).fictitious ? store.personas(work) : [];

/** Names the cast of a fictitious network, in order of appearance. */
export async function presentAs(
  work: Work,
  actor: Actor,
  cast: readonly Pick<Persona, 'personId' | 'sentence'>[],
): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.mayNot());
  if (!(await networkOf(work)).fictitious) return refuse(words.notFictitious());
  await store.insertPersonas(work, cast);
  return accept(null);
}

/** Opens a session as anyone of a fictitious network. */
export async function enterAs(work: Work, personId: string): Promise<Outcome<Entered>> {
  if (!(await networkOf(work)).fictitious) return refuse(words.notFictitious());
  const person = (await store.peopleById(work, [personId]))[0];
  return person ? accept(await startSession(work, person.personId, 'persona')) : refuse(words.unknownPerson());
}

export interface Account {
  readonly person: Person;
  readonly roles: readonly store.HeldRole[];
  /** The organisations over which some of these roles are held. */
  readonly organisations: readonly Organisation[];
  readonly sessions: readonly store.Session[];
  readonly tokens: readonly AccessToken[];
}

/** Everything that this room holds about the actor. */
export async function account(work: Work, actor: Actor): Promise<Outcome<Account>> {
  const person = (await store.peopleById(work, [actor.personId]))[0];
  if (person === undefined) return refuse(words.unknownPerson());
  const roles = await store.rolesOf(work, [actor.personId]);
  const organisations = await store.organisationsById(
    work,
    roles.flatMap(one => one.scope ?? []),
  );
  const sessions = await store.sessionsOf(work, actor.personId);
  return accept({ person, roles, organisations, sessions, tokens: await tokensOf(work, actor) });
}

export { isAccessToken } from './access-token.ts';
export { bearerOf, type MadeToken, makeToken, revokeToken } from './jobs/access-tokens.ts';
export {
  type Erasure,
  type ErasureAsked,
  erase,
  eraseDue,
  type HoldAsked,
  type Holds,
  heldPersons,
  hold,
  legalHolds,
  lift,
} from './jobs/erasing.ts';
export type { HoldRow } from './store/erasure.ts';

/** Erases what the terms say is kept no longer; a task of the clock. */
export const forget = (work: Work): Promise<void> => store.forget(work, terms);
