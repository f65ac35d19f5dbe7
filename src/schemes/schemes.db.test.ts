import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces } from '../spaces/spaces.ts';
import {
  acceptOffer,
  addContract,
  advance,
  allocator,
  certifiedValues,
  changeMembers,
  draftProject,
  type Eligibility,
  endOffer,
  enterCertified,
  offers,
  projects,
} from './schemes.ts';

let net: TestNetwork;
let org: { edf: Id<'org'>; firm: Id<'org'>; holder: Id<'org'> };
let spaceIds: Id<'spc'>[];

const actor = (role: 'network_operator' | 'employer_admin' | 'worker', scope: Id | null = null): Actor => ({
  personId: `per_${role.replace('_', '')}1`,
  firstName: 'Olga',
  memberships: [{ role, scope }],
});
const operator = actor('network_operator');
beforeAll(async () => {
  net = await freshNetwork('2026-03-02T08:00:00Z');
  const [edf, firm, holder] = done(
    await net.work(work =>
      addOrganisations(work, operator, [
        { kind: 'obligated_party', name: 'Énergie d’essai' },
        { kind: 'employer', name: 'Mutuelle d’essai' },
        { kind: 'operator', name: 'Réseau d’essai' },
      ]),
    ),
  );
  org = { edf: edf!.organisationId, firm: firm!.organisationId, holder: holder!.organisationId };
  const sheets = Array.from({ length: 4 }, (_, n) => sampleSpace({ name: `Espace ${n}`, managerId: org.holder }));
  spaceIds = done(await net.work(work => addSpaces(work, operator, sheets))).map(space => space.spaceId);
});
afterAll(() => net.database.db.destroy());

const contract = (over: object = {}) =>
  net.work(work =>
    addContract(work, operator, {
      obligatedPartyId: org.edf,
      label: '2026',
      validFrom: '2026-01-01',
      validUntil: null,
      terms: {},
      statementText: null,
      ...over,
    }),
  );

describe('an offer', () => {
  let contractId: string;
  beforeAll(async () => {
    ({ contractId } = done(await contract()));
  });
  const accept = (over: object = {}, by = actor('employer_admin', org.firm)) =>
    net.work(work => acceptOffer(work, by, { contractId, employerId: org.firm, signatory: 'Mme Roy, DRH', ...over }));

  test('counts from the day after its acceptance, once for an employer however many accept', async () => {
    const answers = await Promise.all(Array.from({ length: 64 }, () => accept()));
    expect(answers.filter(answer => answer.ok)).toHaveLength(1);
    expect(new Set(answers.filter(answer => !answer.ok).map(codeOf))).toEqual(new Set(['schemes.other_offer']));
    const scheme = await net.work(allocator);
    const on = (day: '2026-03-02' | '2026-03-03') =>
      scheme({ employerId: org.firm, spaceId: spaceIds[0]!, day }).scheme;
    expect([on('2026-03-02'), on('2026-03-03')]).toEqual(['none', 'cee']);
  });

  test.each([
    ['by the operator', {}, operator, 'schemes.employer_only'],
    ['by another employer', {}, actor('employer_admin', 'org_other0001'), 'schemes.employer_only'],
    ['of an unknown contract', { contractId: 'con_unknown01' }, undefined, 'schemes.unknown_contract'],
    ['without a signatory', { signatory: ' ' }, undefined, 'schemes.signatory_missing'],
  ])('is refused %s', async (_, over, by, code) => {
    expect(codeOf(await accept(over, by))).toBe(code);
  });

  test('is refused on a contract that is over', async () => {
    const over = done(await contract({ label: '2025', validFrom: '2025-01-01', validUntil: '2026-01-01' }));
    expect(codeOf(await accept({ contractId: over.contractId }))).toBe('schemes.contract_over');
  });

  test('ends the next day, once, and another may follow', async () => {
    const [offer] = await net.work(offers);
    net.at('2026-05-10T08:00:00Z');
    const end = () => net.work(work => endOffer(work, operator, offer!.offerId));
    expect(done(await end()).until).toBe('2026-05-11');
    expect(codeOf(await end())).toBe('schemes.unknown_offer');
    expect(codeOf(await accept())).toBe('accepted');
  });

  test('is never rewritten', async () => {
    const change = (statement: string) => net.work(work => sql.raw(statement).execute(work.tx));
    await expect(change(`update schemes.offer set signatory = 'x'`)).rejects.toThrow(/are evidence/);
    await expect(change('delete from schemes.offer')).rejects.toThrow(/are evidence/);
    await expect(change(`update schemes.contract_version set terms = '{}'`)).rejects.toThrow(/reversing entry/);
  });

  test('a version of a contract keeps its name', async () => {
    expect(codeOf(await contract())).toBe('schemes.label_taken');
  });
});

const eligibility: Eligibility = {
  densityLevel: 3,
  densityVintage: '2024',
  individualOffices: true,
  exchangeArea: true,
  forEmployees: true,
  nouveauxLiens: false,
  fabrique: false,
};

describe('a project', () => {
  let projectId: string;
  beforeAll(async () => {
    net.at('2026-05-10T08:00:00Z');
    ({ projectId } = done(
      await net.work(work => draftProject(work, operator, { name: 'Projet d’essai', holderId: org.holder })),
    ));
  });
  const join = (spaceId: Id<'spc'>, over: object = {}) => ({
    spaceId,
    signatory: 'Le maire',
    signedOn: '2026-05-01' as const,
    notifiedOn: null,
    eligibility,
    ...over,
  });
  const change = (joining: ReturnType<typeof join>[], leaving: Id<'spc'>[] = [], id = projectId) =>
    net.work(work => changeMembers(work, operator, { projectId: id, joining, leaving }));

  test.each([
    ['of the dense level', { densityLevel: 1 }],
    ['without individual offices', { individualOffices: false }],
    ['without an exchange area', { exchangeArea: false }],
    ['without an offer for employees', { forEmployees: false }],
    ['of Nouveaux Liens', { nouveauxLiens: true }],
    ['whose grid has no vintage', { densityVintage: '' }],
  ])('refuses a space %s', async (_, over) => {
    const joining = [join(spaceIds[0]!, { eligibility: { ...eligibility, ...over } })];
    expect(codeOf(await change(joining))).toBe('schemes.space_not_eligible');
  });

  test('takes its members freely while a draft, and each space once', async () => {
    expect(codeOf(await change(spaceIds.slice(0, 3).map(id => join(id))))).toBe('accepted');
    expect(codeOf(await change([join(spaceIds[0]!)]))).toBe('schemes.already_member');
    const other = done(await net.work(work => draftProject(work, operator, { name: 'Autre', holderId: org.holder })));
    expect(codeOf(await change([join(spaceIds[1]!)], [], other.projectId))).toBe('schemes.already_member');
  });

  test('of rivals who take one step, one takes it', async () => {
    const notify = { projectId, command: 'notify', happenedOn: '2026-05-10' } as const;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => net.work(work => advance(work, operator, notify))),
    );
    expect(answers.filter(answer => answer.ok)).toHaveLength(1);
    const refused = new Set(answers.filter(answer => !answer.ok).map(codeOf));
    expect([...refused].every(code => ['schemes.step_taken', 'schemes.not_from_here'].includes(code))).toBe(true);
  });

  test('counts days after both receipts only', async () => {
    const scheme = await net.work(allocator);
    const on = (day: '2026-05-10' | '2026-05-11') => scheme({ employerId: null, spaceId: spaceIds[2]!, day }).scheme;
    expect([on('2026-05-10'), on('2026-05-11')]).toEqual(['none', 'lbc']);
  });

  test('changes its list once after notification, by two of its three members at most', async () => {
    net.at('2026-06-01T08:00:00Z');
    const three = [join(spaceIds[3]!)];
    expect(codeOf(await change(three, [spaceIds[0]!, spaceIds[1]!]))).toBe('schemes.too_many_changes');
    expect(codeOf(await change(three, [spaceIds[0]!]))).toBe('accepted');
    expect(codeOf(await change([], [spaceIds[1]!]))).toBe('schemes.list_already_changed');
    const [project] = await net.work(projects);
    expect(project).toMatchObject({ state: 'notified', receivedOn: '2026-05-10' });
    expect(project!.members.filter(member => member.endedOn === null)).toHaveLength(3);
  });

  test('is kept by the operator alone', async () => {
    const asked = { projectId, command: 'withdraw', happenedOn: '2026-06-01', reason: 'x' } as const;
    expect(codeOf(await net.work(work => advance(work, actor('worker'), asked)))).toBe('schemes.operator_only');
  });
});

describe('a value that the method leaves open', () => {
  test('has a source and a name, and its last revision holds', async () => {
    const enter = (value: string, source = 'annexe 2') =>
      net.work(work => enterCertified(work, operator, { unknownId: 'U4', value, source, vouchedBy: 'C. Martin' }));
    expect(codeOf(await enter('fixed', ' '))).toBe('schemes.source_missing');
    await enter('yearly');
    await enter('fixed');
    expect(await net.work(certifiedValues)).toMatchObject([
      { unknownId: 'U4', value: 'fixed', vouchedBy: 'C. Martin' },
    ]);
  });
});
