import { sql } from 'kysely';
import type { Lang } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { type Instant, instantText } from '../kernel/time.ts';
import type { Actor, Membership, Network, Role } from '../kernel/visit.ts';
import type { Database, Work } from '../platform/database.ts';
import type { Organisation, Person, Persona } from './person.ts';
import type { terms } from './sign-in.ts';

const networkColumns = sql`network_id as "networkId", name, profile, fictitious`;

/** The network that answers to a host name, else the oldest. */
export async function networkByHost(db: Database, hostname: string): Promise<Network | null> {
  const found = await sql<Network>`select ${networkColumns} from people.network
    order by hostname is not distinct from ${hostname} desc, created_at, network_id limit 1`.execute(db);
  return found.rows[0] ?? null;
}

export async function networkIds(db: Database): Promise<Id<'net'>[]> {
  const found = await sql<{ id: Id<'net'> }>`select network_id as id from people.network order by created_at`.execute(
    db,
  );
  return found.rows.map(row => row.id);
}

/** The network of this unit of work, with its host name; locked when a decision about it follows. */
export async function networkOf(work: Work, lock = false): Promise<(Network & { hostname: string | null }) | null> {
  const found = await sql<Network & { hostname: string | null }>`select ${networkColumns}, hostname from people.network
    where network_id = ${work.networkId} ${lock ? sql`for no key update` : sql``}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** False when another network has the host name. */
export async function insertNetwork(
  work: Work,
  network: Omit<Network, 'networkId'> & { hostname: string | null },
): Promise<boolean> {
  const added = await sql`insert into people.network (network_id, name, hostname, profile, fictitious, created_at)
    values (${work.networkId}, ${network.name}, ${network.hostname}, ${network.profile}, ${network.fictitious},
      ${instantText(work.now)}) on conflict on constraint one_network_per_hostname do nothing returning 1`.execute(
    work.tx,
  );
  return added.rows.length === 1;
}

/** Adds organisations; those whose SIRET is taken are left out of the answer. */
export async function insertOrganisations(work: Work, organisations: readonly Organisation[]): Promise<string[]> {
  const added = await sql<{
    id: string;
  }>`insert into people.organisation (network_id, organisation_id, kind, name, siren, siret, created_at)
    select ${work.networkId}, "organisationId", kind, name, siren, siret, ${instantText(work.now)}
    from json_to_recordset(${JSON.stringify(organisations)}::json)
      as o ("organisationId" text, kind text, name text, siren text, siret text)
    on conflict do nothing returning organisation_id as id`.execute(work.tx);
  return added.rows.map(row => row.id);
}

const organisationColumns = sql`organisation_id as "organisationId", kind, name, siren, siret`;

export async function organisationsById(work: Work, ids: readonly string[]): Promise<Organisation[]> {
  const found = await sql<Organisation>`select ${organisationColumns} from people.organisation
    where network_id = ${work.networkId} and organisation_id = any(${ids}) order by name collate "fr-x-icu", organisation_id`.execute(
    work.tx,
  );
  return found.rows;
}

export async function allOrganisations(work: Work): Promise<Organisation[]> {
  const found = await sql<Organisation>`select ${organisationColumns} from people.organisation
    where network_id = ${work.networkId} order by name collate "fr-x-icu", organisation_id`.execute(work.tx);
  return found.rows;
}

/** Adds people; those whose e-mail is taken are left out of the answer. */
export async function insertPersons(work: Work, people: readonly Person[]): Promise<string[]> {
  const added = await sql<{
    id: string;
  }>`insert into people.person (network_id, person_id, email, first_name, last_name, locale, created_at)
    select ${work.networkId}, "personId", email, "firstName", "lastName", locale, ${instantText(work.now)}
    from json_to_recordset(${JSON.stringify(people)}::json)
      as p ("personId" text, email text, "firstName" text, "lastName" text, locale text)
    on conflict do nothing returning person_id as id`.execute(work.tx);
  return added.rows.map(row => row.id);
}

const personColumns = sql`person_id as "personId", email, first_name as "firstName", last_name as "lastName", locale`;

export async function peopleById(work: Work, ids: readonly string[]): Promise<Person[]> {
  const found = await sql<Person>`select ${personColumns} from people.person
    where network_id = ${work.networkId} and person_id = any(${ids}) order by last_name collate "fr-x-icu", first_name collate "fr-x-icu", person_id`.execute(
    work.tx,
  );
  return found.rows;
}

export async function personByEmail(work: Work, email: string): Promise<Person | null> {
  const found = await sql<Person>`select ${personColumns} from people.person
    where network_id = ${work.networkId} and email = ${email}`.execute(work.tx);
  return found.rows[0] ?? null;
}

export interface HeldRole extends Membership {
  readonly membershipId: Id<'mbr'>;
  readonly personId: Id<'per'>;
  readonly from: Instant;
  readonly until: Instant | null;
}

const heldColumns = sql`membership_id as "membershipId", person_id as "personId", role, scope,
  lower(valid) as "from", upper(valid) as "until"`;

/** Gives roles; one already held for part of the time is left as it is. */
export async function insertMemberships(work: Work, roles: readonly HeldRole[]): Promise<void> {
  const rows = roles.map(role => ({ ...role, from: role.from.toString(), until: role.until?.toString() ?? null }));
  await sql`insert into people.membership (network_id, membership_id, person_id, role, scope, valid, recorded_at)
    select ${work.networkId}, "membershipId", "personId", role, scope, tstzrange("from", "until"), ${instantText(work.now)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as m ("membershipId" text, "personId" text, role text,
      scope text, "from" timestamptz, "until" timestamptz)
    on conflict do nothing`.execute(work.tx);
}

/** Roles held at this moment by some people. */
export async function rolesOf(work: Work, personIds: readonly string[]): Promise<HeldRole[]> {
  const found = await sql<HeldRole>`select ${heldColumns} from people.membership
    where network_id = ${work.networkId} and person_id = any(${personIds}) and valid @> ${instantText(work.now)}::timestamptz
    order by membership_id`.execute(work.tx);
  return found.rows;
}

/** Terms of those who ran one of these spaces or organisations' spaces, ended ones too. */
export async function staffOf(work: Work, scopes: readonly string[]): Promise<HeldRole[]> {
  const found = await sql<HeldRole>`select ${heldColumns} from people.membership
    where network_id = ${work.networkId} and role in ('host', 'space_manager') and scope = any(${scopes})
    order by membership_id`.execute(work.tx);
  return found.rows;
}

/** People who hold a role now, over the network or that very scope. */
export async function holdersOf(work: Work, role: Role, scope: string | null): Promise<Id<'per'>[]> {
  const found = await sql<{ id: Id<'per'> }>`select distinct person_id as id from people.membership
    where network_id = ${work.networkId} and role = ${role} and (scope is null or scope = ${scope})
      and valid @> ${instantText(work.now)}::timestamptz order by 1`.execute(work.tx);
  return found.rows.map(row => row.id);
}

export async function membershipById(work: Work, membershipId: string): Promise<HeldRole | null> {
  const found = await sql<HeldRole>`select ${heldColumns} from people.membership
    where network_id = ${work.networkId} and membership_id = ${membershipId}
      and valid @> ${instantText(work.now)}::timestamptz and lower(valid) < ${instantText(work.now)}::timestamptz`.execute(
    work.tx,
  );
  return found.rows[0] ?? null;
}

/** Ends a role at this moment. */
export async function endMembership(work: Work, membershipId: string): Promise<void> {
  await sql`update people.membership set valid = tstzrange(lower(valid), ${instantText(work.now)})
    where network_id = ${work.networkId} and membership_id = ${membershipId}`.execute(work.tx);
}

export interface Session {
  readonly sessionId: Id<'ses'>;
  readonly personId: Id<'per'>;
  readonly enteredBy: 'link' | 'persona';
  readonly started_at: Instant;
  readonly expires_at: Instant;
}

export async function insertSession(work: Work, session: Session & { tokenSha256: string }): Promise<void> {
  await sql`insert into people.session (network_id, session_id, token_sha256, person_id, entered_by, started_at, expires_at)
    values (${work.networkId}, ${session.sessionId}, ${session.tokenSha256}, ${session.personId}, ${session.enteredBy},
      ${session.started_at.toString()}, ${session.expires_at.toString()})`.execute(work.tx);
}

/** Who is behind a session's token at a moment, with the roles held then: one statement, as every request asks. */
export async function actorOfSession(
  db: Database,
  {
    networkId,
    tokenSha256,
    now,
  }: { readonly networkId: Id<'net'>; readonly tokenSha256: string; readonly now: Instant },
): Promise<Actor | null> {
  const found = await sql<Actor>`select "personId", "firstName", memberships
    from people.actor_of_session(${networkId}, ${tokenSha256}, ${instantText(now)}::timestamptz)`.execute(db);
  return found.rows[0] ?? null;
}

/** The same within a unit of work. */
export async function actorWithin(work: Work, tokenSha256: string): Promise<Actor | null> {
  const found = await sql<Actor>`select "personId", "firstName", memberships
    from people.actor_within(${work.networkId}, ${tokenSha256}, ${instantText(work.now)}::timestamptz)`.execute(
    work.tx,
  );
  return found.rows[0] ?? null;
}

/** Ends a session by its token. */
export async function endSession(work: Work, tokenSha256: string): Promise<void> {
  await sql`update people.session set ended_at = ${instantText(work.now)}
    where network_id = ${work.networkId} and token_sha256 = ${tokenSha256} and ended_at is null`.execute(work.tx);
}

/** Ends every open session of a person. */
export async function endSessionsOf(work: Work, personId: string): Promise<void> {
  await sql`update people.session set ended_at = ${instantText(work.now)}
    where network_id = ${work.networkId} and person_id = ${personId} and ended_at is null`.execute(work.tx);
}

/** Open sessions of a person, newest first. */
export async function sessionsOf(work: Work, personId: string): Promise<Session[]> {
  const found = await sql<Session>`select session_id as "sessionId", person_id as "personId", entered_by as "enteredBy",
      started_at, expires_at
    from people.session where network_id = ${work.networkId} and person_id = ${personId} and ended_at is null
      and expires_at > ${instantText(work.now)} order by started_at desc, session_id desc`.execute(work.tx);
  return found.rows;
}

export interface SignInRequest {
  readonly requestId: Id<'sir'>;
  readonly email: string;
  /** Network address of who asked. */
  readonly address: string;
  readonly lang: Lang;
  readonly origin: string;
  readonly backTo: string;
}

export async function insertRequest(work: Work, request: SignInRequest): Promise<void> {
  await sql`insert into people.sign_in_request (network_id, request_id, email, address, lang, origin, back_to, requested_at)
    values (${work.networkId}, ${request.requestId}, ${request.email}, ${request.address}, ${request.lang},
      ${request.origin}, ${request.backTo}, ${instantText(work.now)})`.execute(work.tx);
}

/** Requests for an e-mail, and from an address, since a moment. */
export async function requestsSince(
  work: Work,
  { email, address, since }: { email: string; address: string; since: Instant },
): Promise<{ by_email: bigint; by_address: bigint }> {
  // Requests for one e-mail, and from one address, queue here: no burst of connections gets past the limits.
  await sql`select pg_advisory_xact_lock(hashtextextended(key, 0))
    from unnest(array[${`${work.networkId} ${email}`}, ${`${work.networkId} ${address}`}]) as key`.execute(work.tx);
  const found = await sql<{ by_email: bigint; by_address: bigint }>`
    select count(*) filter (where email = ${email}) as by_email, count(*) filter (where address = ${address}) as by_address
    from people.sign_in_request where network_id = ${work.networkId} and (email = ${email} or address = ${address})
      and requested_at > ${since.toString()}`.execute(work.tx);
  return found.rows[0]!;
}

/** A request not answered yet and made since a moment, locked. */
export async function openRequest(work: Work, requestId: string, since: Instant): Promise<SignInRequest | null> {
  const found = await sql<SignInRequest>`
    select request_id as "requestId", email, address, lang, origin, back_to as "backTo" from people.sign_in_request
    where network_id = ${work.networkId} and request_id = ${requestId} and answered_at is null
      and requested_at > ${since.toString()} for update`.execute(work.tx);
  return found.rows[0] ?? null;
}

export async function answerRequest(work: Work, requestId: string): Promise<void> {
  await sql`update people.sign_in_request set answered_at = ${instantText(work.now)}
    where network_id = ${work.networkId} and request_id = ${requestId}`.execute(work.tx);
}

/** The link of a request; a mail sent again carries a new one, and the one before stops working. */
export async function putLink(
  work: Work,
  link: { requestId: string; tokenSha256: string; personId: string; expires_at: Instant },
): Promise<void> {
  await sql`insert into people.sign_in_link (network_id, request_id, token_sha256, person_id, expires_at)
    values (${work.networkId}, ${link.requestId}, ${link.tokenSha256}, ${link.personId}, ${link.expires_at.toString()})
    on conflict (network_id, request_id) do update
      set token_sha256 = excluded.token_sha256, expires_at = excluded.expires_at`.execute(work.tx);
}

/** Uses a link up. Null when it is unknown, expired or used: of several at once, one gets it. */
export async function useLink(work: Work, tokenSha256: string): Promise<Id<'per'> | null> {
  const now = instantText(work.now);
  const used = await sql<{ personId: Id<'per'> }>`update people.sign_in_link set used_at = ${now}
    where network_id = ${work.networkId} and token_sha256 = ${tokenSha256} and used_at is null and expires_at > ${now}
    returning person_id as "personId"`.execute(work.tx);
  return used.rows[0]?.personId ?? null;
}

/** What became of a link that could not be used. */
export async function linkState(work: Work, tokenSha256: string): Promise<'unknown' | 'used' | 'expired'> {
  const found = await sql<{ used: boolean }>`select used_at is not null as used from people.sign_in_link
    where network_id = ${work.networkId} and token_sha256 = ${tokenSha256}`.execute(work.tx);
  const link = found.rows[0];
  return link === undefined ? 'unknown' : link.used ? 'used' : 'expired';
}

/** Erases sign-in requests (their links go with them), sessions and tokens that are over for long enough. */
export async function forget(
  work: Work,
  { request_minutes, session_kept_days, token_kept_days }: typeof terms,
): Promise<void> {
  const now = work.now;
  await sql`delete from people.sign_in_request where network_id = ${work.networkId}
    and requested_at < ${now.subtract({ minutes: request_minutes }).toString()}`.execute(work.tx);
  await sql`delete from people.session where network_id = ${work.networkId}
    and least(ended_at, expires_at) < ${now.subtract({ hours: 24 * session_kept_days }).toString()}`.execute(work.tx);
  await sql`delete from people.access_token where network_id = ${work.networkId}
    and least(revoked_at, expires_at) < ${now.subtract({ hours: 24 * token_kept_days }).toString()}`.execute(work.tx);
}

export async function insertPersonas(
  work: Work,
  cast: readonly Pick<Persona, 'personId' | 'sentence'>[],
): Promise<void> {
  const rows = cast.map(({ personId, sentence }, rank) => ({ personId, rank, ...sentence }));
  await sql`insert into people.persona (network_id, person_id, rank, sentence_fr, sentence_en)
    select ${work.networkId}, "personId", rank, fr, en
    from json_to_recordset(${JSON.stringify(rows)}::json) as p ("personId" text, rank integer, fr text, en text)
    on conflict (network_id, person_id) do update
      set rank = excluded.rank, sentence_fr = excluded.sentence_fr, sentence_en = excluded.sentence_en`.execute(
    work.tx,
  );
}

export async function personas(work: Work): Promise<Persona[]> {
  const found = await sql<Persona>`select person_id as "personId", first_name as "firstName",
      json_build_object('fr', sentence_fr, 'en', sentence_en) as sentence
    from people.persona join people.person using (network_id, person_id)
    where network_id = ${work.networkId} order by rank, person_id`.execute(work.tx);
  return found.rows;
}
