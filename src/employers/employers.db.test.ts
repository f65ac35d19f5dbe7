import type { KyselyPlugin } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { charge, reverse } from '../billing/billing.ts';
import type { Id } from '../kernel/ids.ts';
import { type Outcome, refuse } from '../kernel/outcome.ts';
import { place } from '../kernel/place.ts';
import { addDays, type Day } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations, addPersons, appointFirstOperator } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import * as employers from './employers.ts';

const refused = (code: string) => ({ ok: false, refusal: { code } });
let net: TestNetwork;
let operator: Actor;
let count = 0;

beforeAll(async () => {
  net = await freshNetwork('2026-06-01T08:00:00Z');
  const first = { email: 'ana@reseau.test', firstName: 'Ana', lastName: 'Roy' };
  operator = done(await net.work(work => appointFirstOperator(work, first)));
});

interface Company {
  readonly employerId: Id<'org'>;
  readonly siteId: Id<'sit'>;
  readonly manager: Actor;
  readonly staff: readonly Id<'per'>[];
}

const allWeek = [1, 2, 3, 4, 5, 6, 7];
const perDay = { kind: 'per_day', day_eur_cents: 1500n, half_day_eur_cents: 800n } as const;

/** A company with a site, some staff allowed every day, and no subscription yet. */
const company = (size: number): Promise<Company> =>
  net.work(async work => {
    const run = ++count;
    const [organisation] = done(await addOrganisations(work, operator, [{ kind: 'employer', name: `Société ${run}` }]));
    const employerId = organisation!.organisationId;
    const site = {
      name: 'Siège',
      address: '1 rue fictive',
      communeCode: '34172',
      place: place(3.87, 43.61),
      headcount: 40,
    };
    const [added] = done(await employers.addEmployer(work, operator, { employerId, sites: [site] }));
    const people = Array.from({ length: size }, (_, i) => ({
      email: `p${i}.c${run}@exemple.fr`,
      firstName: `Prénom${i}`,
      lastName: `Nom${run}`,
    }));
    const staff = done(await addPersons(work, operator, people)).map(person => person.personId);
    const links = staff.map(personId => link(personId, added!.siteId));
    done(await employers.linkStaff(work, operator, { employerId, links }));
    const manager: Actor = {
      personId: 'per_manager1',
      firstName: 'Manon',
      memberships: [{ role: 'employer_admin', scope: employerId }],
    };
    return { employerId, siteId: added!.siteId, manager, staff };
  });

const link = (personId: Id<'per'>, siteId: Id<'sit'>): employers.NewStaffLink => ({
  personId,
  siteId,
  basis: 'agreement',
  weekdays: allWeek,
  from: '2026-01-01',
  until: null,
});

const subscribe = (employerId: Id<'org'>, over: Partial<employers.NewSubscription> = {}) =>
  net.work(work =>
    employers.subscribe(work, operator, {
      employerId,
      plan: perDay,
      cap_half_days: null,
      from: '2026-01-01',
      until: null,
      ...over,
    }),
  );

/** What booking does: ask who pays, then charge, in one transaction. */
async function book(work: Work, personId: Id<'per'>, day: Day): Promise<Outcome<string>> {
  const payer = await employers.payerFor(work, { personId, day, halves: 2, spaceId: 'spc_ganges01' });
  if (!payer.ok) return payer;
  if (payer.value.kind === 'self') return refuse({ code: 'test.self', status: 409, message: { fr: '', en: '' } });
  const { employerId, subscriptionId, price } = payer.value;
  const line = await charge(work, {
    reference: work.newId('bkg'),
    payerId: employerId,
    payeeId: 'org_commune1',
    contractId: subscriptionId,
    spaceId: 'spc_ganges01',
    personId,
    day,
    half_days: 2,
    amount_eur_cents: employers.amountDue(price, 9999n),
    label: { fr: 'Bureau, journée', en: 'Desk, day' },
  });
  return line.ok ? { ok: true, value: line.value.reference } : line;
}

const codes = (answers: readonly Outcome<unknown>[]) =>
  answers.filter(a => !a.ok).map(a => (a.ok ? '' : a.refusal.code));

describe('no race passes what an employer allows', () => {
  test('a cap of five days, asked by twenty connections for one person', async () => {
    const { employerId, staff } = await company(1);
    done(await subscribe(employerId, { cap_half_days: 10 }));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => net.work(work => book(work, staff[0]!, addDays('2026-06-01', i)))),
    );
    expect(answers.filter(a => a.ok)).toHaveLength(5);
    expect(new Set(codes(answers))).toEqual(new Set(['employers.cap_reached']));
  });

  test('a pack of six half-days, asked by twenty people at once', async () => {
    const { employerId, staff } = await company(20);
    const plan = { kind: 'day_pack', day_eur_cents: 1500n, half_day_eur_cents: 800n, pack_half_days: 6 } as const;
    done(await subscribe(employerId, { plan }));
    const answers = await Promise.all(staff.map(person => net.work(work => book(work, person, '2026-06-02'))));
    expect(answers.filter(a => a.ok)).toHaveLength(3);
    expect(new Set(codes(answers))).toEqual(new Set(['employers.pack_used_up']));
  });

  test('a cancelled day is given back', async () => {
    const { employerId, staff } = await company(1);
    done(await subscribe(employerId, { cap_half_days: 2 }));
    const reference = done(await net.work(work => book(work, staff[0]!, '2026-06-02')));
    expect(await net.work(work => book(work, staff[0]!, '2026-06-03'))).toMatchObject(refused('employers.cap_reached'));
    done(await net.work(work => reverse(work, reference)));
    expect((await net.work(work => book(work, staff[0]!, '2026-06-03'))).ok).toBe(true);
  });
});

describe('one at a time', () => {
  test('an employer has one subscription, whoever signs first', async () => {
    const { employerId } = await company(0);
    const answers = await Promise.all(Array.from({ length: 10 }, () => subscribe(employerId)));
    expect(answers.filter(a => a.ok)).toHaveLength(1);
    expect(codes(answers)[0]).toBe('employers.already_subscribed');
  });

  test('the next one starts the day on which the first ends', async () => {
    const { employerId } = await company(0);
    const { subscriptionId: id } = done(await subscribe(employerId));
    done(await net.work(work => employers.endSubscription(work, operator, { employerId, id, on: '2026-07-01' })));
    expect(await subscribe(employerId, { from: '2026-06-30' })).toMatchObject(refused('employers.already_subscribed'));
    expect((await subscribe(employerId, { from: '2026-07-01' })).ok).toBe(true);
    const again = await net.work(work =>
      employers.endSubscription(work, operator, { employerId, id, on: '2026-07-02' }),
    );
    expect(again).toMatchObject(refused('employers.nothing_to_end'));
  });

  test('a person has one employer, whoever links first, and a list is linked whole or not at all', async () => {
    const [first, second] = [await company(2), await company(0)];
    const fresh = done(
      await net.work(work => addPersons(work, operator, [{ email: 'new@exemple.fr', firstName: 'Noé', lastName: '' }])),
    )[0]!;
    const links = [fresh.personId, first.staff[0]!].map(personId => link(personId, second.siteId));
    const answer = await net.work(work =>
      employers.linkStaff(work, second.manager, { employerId: second.employerId, links }),
    );
    expect(answer).toMatchObject(refused('employers.already_employed'));
    expect(
      await net.work(work => employers.employmentsOn(work, { personIds: [fresh.personId], day: '2026-06-01' })),
    ).toEqual([]);
  });

  test('a former employer stops paying the day the link ends', async () => {
    const { employerId, staff, manager } = await company(1);
    done(await subscribe(employerId));
    const file = done(await net.work(work => employers.fileOfEmployer(work, manager, employerId)));
    const id = file.staff[0]!.staffLinkId;
    done(await net.work(work => employers.unlinkStaff(work, manager, { employerId, id, on: '2026-06-10' })));
    expect((await net.work(work => book(work, staff[0]!, '2026-06-09'))).ok).toBe(true);
    expect(await net.work(work => book(work, staff[0]!, '2026-06-10'))).toMatchObject(refused('test.self'));
  });
});

test('a link made by mistake is taken back before it begins, and the person is free again', async () => {
  const [first, second] = [await company(0), await company(0)];
  const invitation = {
    email: ' Lea.Martin@exemple.fr',
    firstName: 'Léa',
    lastName: 'Martin',
    basis: 'written',
    weekdays: [2],
    from: '2026-06-01',
    until: null,
  } as const;
  const invite = ({ employerId, siteId, manager }: Company) =>
    net.work(work => employers.inviteStaff(work, manager, { ...invitation, employerId, siteId }));
  const { staffLinkId: id, personId } = done(await invite(first));
  expect(await invite(second)).toMatchObject(refused('employers.already_employed'));
  const ending = { employerId: first.employerId, id, on: '2026-06-01' } as const;
  done(await net.work(work => employers.unlinkStaff(work, first.manager, ending)));
  expect(done(await invite(second)).personId).toBe(personId);
});

describe('who sees and does what', () => {
  test('another employer’s manager sees nothing and changes nothing here', async () => {
    const [mine, other] = [await company(1), await company(1)];
    done(await subscribe(mine.employerId));
    const { employerId, siteId } = mine;
    const attempts = [
      (work: Work) => employers.monthOfEmployer(work, other.manager, { employerId, month: '2026-06' }),
      (work: Work) => employers.fileOfEmployer(work, other.manager, employerId),
      (work: Work) => employers.linkStaff(work, other.manager, { employerId, links: [link(other.staff[0]!, siteId)] }),
      (work: Work) => employers.unlinkStaff(work, other.manager, { employerId, id: 'stf_anything', on: '2026-06-10' }),
    ];
    for (const attempt of attempts)
      expect(await net.work<Outcome<unknown>>(attempt)).toMatchObject(refused('employers.not_yours'));
    expect(
      await net.work(work =>
        employers.subscribe(work, mine.manager, {
          employerId,
          plan: perDay,
          cap_half_days: null,
          from: '2027-01-01',
          until: null,
        }),
      ),
    ).toMatchObject(refused('employers.operator_only'));
    expect(await net.work(work => employers.employersOf(work, mine.manager))).toEqual([
      { employerId, name: expect.any(String) },
    ]);
  });

  test('a site of another employer is not a workplace here', async () => {
    const [mine, other] = [await company(0), await company(0)];
    const answer = await net.work(work =>
      employers.linkStaff(work, mine.manager, {
        employerId: mine.employerId,
        links: [link('per_whoever1', other.siteId)],
      }),
    );
    expect(answer).toMatchObject(refused('employers.unknown_site'));
  });

  test('a month names people from six up, and adds up to the ledger', async () => {
    const { employerId, staff, manager } = await company(6);
    done(await subscribe(employerId));
    const see = async () =>
      done(await net.work(work => employers.monthOfEmployer(work, manager, { employerId, month: '2026-06' })));
    for (const person of staff.slice(0, 5)) done(await net.work(work => book(work, person, '2026-06-02')));
    expect(await see()).toMatchObject({ totals_only: true, half_days: 10, amount_eur_cents: 7500n, people: [] });
    done(await net.work(work => book(work, staff[5]!, '2026-06-02')));
    const month = await see();
    expect(month).toMatchObject({ totals_only: false, half_days: 12, amount_eur_cents: 9000n });
    expect(month.people.map(p => p.person.split(' ')[0])).toEqual([
      'Prénom0',
      'Prénom1',
      'Prénom2',
      'Prénom3',
      'Prénom4',
      'Prénom5',
    ]);
  });

  test('an employment says where, not who else', async () => {
    const { employerId, staff } = await company(2);
    const found = await net.work(work =>
      employers.employmentsOn(work, { personIds: [staff[0]!, 'per_nobody01'], day: '2026-06-01' }),
    );
    expect(found).toEqual([
      expect.objectContaining({
        personId: staff[0],
        employerId,
        siteName: 'Siège',
        communeCode: '34172',
        place: place(3.87, 43.61),
      }),
    ]);
  });
});

describe('desks by the month', () => {
  test('are charged once a month, however often the clock asks', async () => {
    const { employerId, manager } = await company(0);
    const plan = {
      kind: 'monthly_desk',
      month_eur_cents: 12000n,
      spaceId: 'spc_ganges01',
      payeeId: 'org_commune1',
    } as const;
    done(await subscribe(employerId, { plan, from: '2026-05-15', until: '2026-07-01' }));
    const clock = (month: '2026-05' | '2026-06' | '2026-07') =>
      net.work(work => employers.chargeMonthlyDesks(work, month));
    expect(await Promise.all([clock('2026-06'), clock('2026-06'), clock('2026-06')])).toEqual(
      Array(3).fill({ ok: true, value: 1 }),
    );
    expect(await clock('2026-07')).toEqual({ ok: true, value: 0 });
    const month = done(
      await net.work(work => employers.monthOfEmployer(work, manager, { employerId, month: '2026-06' })),
    );
    expect(month).toMatchObject({ half_days: 0, amount_eur_cents: 12000n });
  });
});

test('two hundred people and a day’s sixty bookings are asked about in a few statements', async () => {
  const { employerId, staff } = await company(200);
  done(await subscribe(employerId, { cap_half_days: 20 }));
  const asks = staff
    .slice(0, 60)
    .map(personId => ({ personId, day: '2026-06-02' as Day, halves: 2 as const, spaceId: 'spc_ganges01' as const }));
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const from = process.cpuUsage();
  const payers = await net.work(work => {
    const counted = work.tx.getExecutor().withPlugin(counting);
    return employers.payersFor({ ...work, tx: { getExecutor: () => counted } }, asks);
  });
  expect(process.cpuUsage(from).user).toBeLessThan(250_000);
  expect(payers.every(payer => payer.ok && payer.value.kind === 'employer')).toBe(true);
  expect(statements).toBeLessThan(8);
});
