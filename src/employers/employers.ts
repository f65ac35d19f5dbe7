import { chargeMany, halfDaysByContract, halfDaysByPerson, statement, statementMonths } from '../billing/billing.ts';
import { unique } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { addDays, type Day, firstDay, localDay, type Month, monthOf, nextMonth } from '../kernel/time.ts';
import { type Actor, holds, scopesOf } from '../kernel/visit.ts';
import { addPersons, grant, type NewPerson, organisationsById, peopleById, personByEmail } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { spacesByIds } from '../spaces/spaces.ts';
import {
  type Employment,
  linkRefusal,
  type NewSite,
  type NewStaffLink,
  type NewSubscription,
  type Site,
  siteRefusal,
  subscriptionRefusal,
} from './employer.ts';
import { type EmployerMonth, employerMonth, type Names } from './month.ts';
import { type Ask, type Facts, type Payer, payersOf, personMonth, type StaffLink, type Subscription } from './payer.ts';
import * as store from './store.ts';
import { monthlyLabel, words } from './words.ts';

export type { Employment, NewSite, NewStaffLink, NewSubscription, Site } from './employer.ts';
export type { EmployerMonth } from './month.ts';
export {
  type Ask,
  amountDue,
  type Payer,
  type Plan,
  type PriceRule,
  type StaffLink,
  type Subscription,
  type TeleworkBasis,
} from './payer.ts';
export { statementCsv } from './statement-csv.ts';

const mayManage = (actor: Actor, employerId: Id<'org'>): boolean =>
  holds(actor, 'network_operator') || holds(actor, 'employer_admin', employerId);

/**
 * Registers an organisation as an employer and adds sites to it, in the order given; again, it adds more sites.
 * The operator's task.
 */
export async function addEmployer(
  work: Work,
  actor: Actor,
  { employerId, sites }: { employerId: Id<'org'>; sites: readonly NewSite[] },
): Promise<Outcome<readonly Site[]>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly());
  const reason = sites.map(siteRefusal).find(found => found !== null);
  if (reason) return refuse(reason);
  if ((await organisationsById(work, [employerId])).length === 0) return refuse(words.unknown());
  const added = sites.map(site => ({ ...site, siteId: work.newId('sit'), employerId }));
  await store.insertEmployer(work, employerId);
  await store.insertSites(work, employerId, added);
  return accept(added);
}

/** Records what an employer subscribes to, for a period; one at a time. The operator's task. */
export async function subscribe(work: Work, actor: Actor, asked: NewSubscription): Promise<Outcome<Subscription>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly());
  const reason = subscriptionRefusal(asked);
  if (reason !== null) return refuse(reason);
  if (!(await store.isEmployer(work, asked.employerId))) return refuse(words.unknown());
  const subscription = { ...asked, subscriptionId: work.newId('sub') };
  return (await store.insertSubscription(work, subscription))
    ? accept(subscription)
    : refuse(words.alreadySubscribed());
}

export interface Ending {
  readonly employerId: Id<'org'>;
  readonly id: string;
  /** The first day not covered any more. */
  readonly on: Day;
}

/** Ends a subscription; days already charged stay charged. The operator's task. */
export async function endSubscription(work: Work, actor: Actor, ending: Ending): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly());
  return (await store.endSubscription(work, ending)) ? accept(null) : refuse(words.nothingToEnd());
}

/** Links people to an employer and one of its sites, all or none. */
export async function linkStaff(
  work: Work,
  actor: Actor,
  { employerId, links }: { employerId: Id<'org'>; links: readonly NewStaffLink[] },
): Promise<Outcome<readonly StaffLink[]>> {
  if (!mayManage(actor, employerId)) return refuse(words.notYours());
  const reason = links.map(linkRefusal).find(found => found !== null);
  if (reason) return refuse(reason);
  const sites = new Set((await store.sitesOf(work, [employerId])).map(site => site.siteId));
  if (links.some(link => !sites.has(link.siteId))) return refuse(words.unknownSite());
  const personIds = [...new Set(links.map(link => link.personId))];
  if ((await peopleById(work, personIds)).length < personIds.length) return refuse(words.unknownPerson());
  const rows = links.map(link => ({ ...link, staffLinkId: work.newId('stf'), employerId }));
  const added = await store.insertLinks(work, rows);
  return added.length === rows.length ? accept(rows) : refuse(words.alreadyEmployed());
}

export interface Invitation extends Omit<NewStaffLink, 'personId'> {
  readonly employerId: Id<'org'>;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

/**
 * Links someone by e-mail: an account that exists is linked as it is, a new one is created as a worker's. Says nothing
 * about an account beyond what the link itself shows.
 */
export async function inviteStaff(work: Work, actor: Actor, invitation: Invitation): Promise<Outcome<StaffLink>> {
  const { employerId, email, firstName, lastName, ...link } = invitation;
  if (!mayManage(actor, employerId)) return refuse(words.notYours());
  const person = await workerByEmail(work, actor, { email, firstName, lastName });
  if (!person.ok) return person;
  const linked = await linkStaff(work, actor, { employerId, links: [{ ...link, personId: person.value }] });
  return linked.ok ? accept(linked.value[0]!) : linked;
}

async function workerByEmail(work: Work, actor: Actor, person: NewPerson): Promise<Outcome<Id<'per'>>> {
  const known = await personByEmail(work, person.email);
  if (known !== null) return accept(known.personId);
  const added = await addPersons(work, actor, [person]);
  if (!added.ok) return added;
  const { personId } = added.value[0]!;
  const granted = await grant(work, actor, [{ personId, role: 'worker' }]);
  return granted.ok ? accept(personId) : granted;
}

/** Ends someone's link with an employer; days already paid stay paid. */
export async function unlinkStaff(work: Work, actor: Actor, ending: Ending): Promise<Outcome<null>> {
  if (!mayManage(actor, ending.employerId)) return refuse(words.notYours());
  return (await store.endLink(work, ending)) ? accept(null) : refuse(words.nothingToEnd());
}

/** Ends every link of someone with any employer, as of today; days already paid stay paid. */
export const endLinksOf = (work: Work, personId: Id<'per'>): Promise<void> =>
  store.endLinksOf(work, personId, localDay(work.now, 'Europe/Paris'));

/** Destroys every link of someone with any employer, past ones too; days already paid stay paid. */
export const forgetPerson = async (work: Work, personId: Id<'per'>): Promise<void> =>
  recordDestruction(work, { staff_link: await store.deleteLinksOf(work, personId) });

/** What must be known to say who pays; staff links and packs stay locked until the transaction ends. */
async function factsFor(work: Work, asks: readonly Ask[]): Promise<Facts> {
  const days = asks.map(ask => ask.day).toSorted();
  const [first, last] = [days[0]!, days.at(-1)!];
  const personIds = unique(asks.map(ask => ask.personId));
  const links = await store.lockLinks(work, { personIds, from: first, until: addDays(last, 1) });
  // Nobody's employer pays: they pay for themselves, and nothing else is looked up.
  if (links.length === 0) return { links, subscriptions: [], usedByPerson: new Map(), usedBySubscription: new Map() };
  const employerIds = unique(links.map(link => link.employerId));
  const subscriptions = await store.lockSubscriptions(work, { employerIds, from: first, until: addDays(last, 1) });
  // Counted after the locks: what another booking charged while this one waited is seen.
  const months = { from: firstDay(monthOf(first)), to: firstDay(nextMonth(monthOf(last))) };
  const [byPerson, drawn] = await Promise.all([
    halfDaysByPerson(work, { personIds, ...months }),
    halfDaysByContract(
      work,
      subscriptions.map(one => one.subscriptionId),
    ),
  ]);
  return {
    links,
    subscriptions,
    usedByPerson: new Map(byPerson.map(u => [personMonth(u.payerId, u.personId, u.month), u.half_days])),
    usedBySubscription: new Map(drawn.map(u => [u.contractId, u.half_days])),
  };
}

/**
 * Who pays some of these days: the answer to give for a list of them, in its order, each counting those before it. Charge in the same
 * transaction, under `contractId: subscriptionId`: the links and packs asked about stay locked, so no race passes a cap.
 */
export async function payersAmong(
  work: Work,
  asks: readonly Ask[],
): Promise<(asked: readonly Ask[]) => readonly Outcome<Payer>[]> {
  if (asks.length === 0) return () => [];
  const facts = await factsFor(work, asks);
  return asked => payersOf(asked, facts).map(payer => ('kind' in payer ? accept(payer) : refuse(payer)));
}

/** Who pays each of these days, in the order asked: `payersAmong` for all of them. */
export const payersFor = async (work: Work, asks: readonly Ask[]): Promise<readonly Outcome<Payer>[]> =>
  (await payersAmong(work, asks))(asks);

/** Who pays this day: the employer or the person; refused when the employer does not allow it. */
export const payerFor = async (work: Work, ask: Ask): Promise<Outcome<Payer>> => (await payersFor(work, [ask]))[0]!;

/** Who employs each of these people on a day, and where; someone without an employer is absent. */
export async function employmentsOn(
  work: Work,
  { personIds, day }: { personIds: readonly Id<'per'>[]; day: Day },
): Promise<Employment[]> {
  const found = await store.workplacesOn(work, personIds, day);
  const names = await organisationNames(
    work,
    found.map(one => one.employerId),
  );
  return found.map(({ name, headcount: _, ...site }) => ({
    ...site,
    siteName: name,
    employerName: names.get(site.employerId) ?? '',
  }));
}

const organisationNames = async (work: Work, ids: readonly Id<'org'>[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await organisationsById(work, unique(ids))).map(one => [one.organisationId, one.name]));

/** Whose site each of these is. */
export const employersOfSites = store.selectSiteEmployers;

/** The employers that the actor manages, with their names; all of them for the operator. */
export async function employersOf(work: Work, actor: Actor): Promise<{ employerId: Id<'org'>; name: string }[]> {
  const scopes = holds(actor, 'network_operator') ? 'network' : scopesOf(actor, 'employer_admin');
  const known = await store.employerIds(work);
  const mine = scopes === 'network' ? known : known.filter(id => scopes.includes(id));
  const named = await organisationsById(work, mine);
  return named.map(({ organisationId, name }) => ({ employerId: organisationId, name }));
}

const fullName = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim();

async function namesFor(
  work: Work,
  lines: readonly { spaceId: Id<'spc'>; payeeId: Id<'org'>; personId: Id<'per'> | null }[],
): Promise<Names> {
  const personIds = unique(lines.flatMap(line => (line.personId === null ? [] : [line.personId])));
  const people = await peopleById(work, personIds);
  const spaces = await spacesByIds(work, unique(lines.map(line => line.spaceId)));
  return {
    people: new Map(people.map(person => [person.personId, fullName(person)])),
    spaces: new Map(spaces.map(space => [space.spaceId, space.name])),
    organisations: await organisationNames(
      work,
      lines.map(line => line.payeeId),
    ),
  };
}

/** A month of an employer: days and cost, as its managers may see them. */
export async function monthOfEmployer(
  work: Work,
  actor: Actor,
  { employerId, month }: { employerId: Id<'org'>; month: Month },
): Promise<Outcome<EmployerMonth>> {
  if (!mayManage(actor, employerId)) return refuse(words.notYours());
  const employer = (await organisationNames(work, [employerId])).get(employerId);
  if (employer === undefined || !(await store.isEmployer(work, employerId))) return refuse(words.unknown());
  const { lines } = await statement(work, { payerId: employerId, month });
  const today = localDay(work.now, 'Europe/Paris');
  return accept(employerMonth({ employerId, employer, month, today }, lines, await namesFor(work, lines)));
}

export interface StaffMember extends StaffLink {
  readonly person: string;
  readonly site: string;
}

export interface EmployerFile {
  readonly sites: readonly Site[];
  readonly subscriptions: readonly Subscription[];
  readonly staff: readonly StaffMember[];
  /** Months with a statement, newest first. */
  readonly months: readonly Month[];
}

/** What does not change with the month: sites, subscriptions, staff, and the months that have a statement. */
export async function fileOfEmployer(work: Work, actor: Actor, employerId: Id<'org'>): Promise<Outcome<EmployerFile>> {
  if (!mayManage(actor, employerId)) return refuse(words.notYours());
  if (!(await store.isEmployer(work, employerId))) return refuse(words.unknown());
  const sites = await store.sitesOf(work, [employerId]);
  const links = await store.linksOf(work, employerId, localDay(work.now, 'Europe/Paris'));
  const people = new Map(
    (
      await peopleById(
        work,
        links.map(link => link.personId),
      )
    ).map(p => [p.personId, fullName(p)]),
  );
  const site = new Map(sites.map(one => [one.siteId, one.name]));
  const staff = links
    .map(link => ({ ...link, person: people.get(link.personId) ?? link.personId, site: site.get(link.siteId) ?? '' }))
    .toSorted((a, b) => a.person.localeCompare(b.person, 'fr'));
  const months = await statementMonths(work, employerId);
  return accept({ sites, subscriptions: await store.subscriptionsOf(work, employerId), staff, months });
}

/**
 * Charges the desks rented by the month that are in force during a month, once each, whole months only; again, it
 * changes nothing. A task of the clock.
 */
export async function chargeMonthlyDesks(work: Work, month: Month): Promise<Outcome<number>> {
  const from = firstDay(month);
  const found = await store.monthlySubscriptions(work, { from, until: firstDay(nextMonth(month)) });
  const charged = await chargeMany(
    work,
    found.flatMap(({ plan, ...one }) =>
      plan.kind !== 'monthly_desk'
        ? []
        : [
            {
              reference: `${one.subscriptionId}.${month}`,
              payerId: one.employerId,
              payeeId: plan.payeeId,
              contractId: one.subscriptionId,
              spaceId: plan.spaceId,
              personId: null,
              day: one.from > from ? one.from : from,
              half_days: 0 as const,
              amount_eur_cents: plan.month_eur_cents,
              label: monthlyLabel(month),
            },
          ],
    ),
  );
  return charged.ok ? accept(charged.value.length) : charged;
}
