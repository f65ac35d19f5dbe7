import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carbonTown, cast, claimTown, energyContract, live } from '../../tools/claim-town.ts';
import { codeOf, done, type SmallNetwork } from '../../tools/small-network.ts';
import { verify } from '../../verifier/verify.mjs';
import type { Id } from '../kernel/ids.ts';
import { accountOf, batches, buildDossier, claimDossier, linesAt } from '../mrv/mrv.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { reverse } from '../presence/presence.ts';
import { holdings } from '../registry/registry.ts';
import { advance, enterCertified, projectById } from '../schemes/schemes.ts';
import {
  acceptOtherLines,
  advanceProject,
  answerLines,
  type CeeResult,
  claim,
  drawSample,
  type LbcResult,
  noteFinding,
  readDossier,
  rerun,
  type StepAsked,
  sealCarbonClaim,
  sealEnergyClaim,
  signStatement,
  step,
  takenBack,
} from './claims.ts';
import { draw } from './sample.ts';

const keyring = { secrets: openSecretsOf('claims'), host: 'log.example' };
const wording = 'Je déclare sur l’honneur que ces jours ont remplacé un trajet en voiture.';

/** The verifier's word on a claim's dossier in which some files were told otherwise, then signed by the log itself. */
async function told(net: SmallNetwork, claimId: string, files: Record<string, (content: never) => unknown>) {
  const bytes = await net.work(async work => {
    const { row } = done(await claim(work, net.operator, claimId));
    const { result, more, kind, period, checks, method, factors, checkpoint, vkey, readme, summary } = row;
    const extra = {
      'control.json': { lines: null, findings: [] },
      ...(kind === 'cee' && { 'statements.json': [] }),
      ...more,
    };
    const changed = (name: string, content: unknown) =>
      (files[name] ?? (same => same))(structuredClone(content) as never);
    const source = {
      ...{ kind, period, id: claimId, checks, method, factors, checkpoint, vkey, readme, summary },
      result: changed('batch.json', result) as never,
      more: Object.entries(extra).map(([name, content]) => [name, changed(name, content) as never] as const),
    };
    return done(await claimDossier(work, { files: source, rows: await linesAt(work, result.lines), keyring })).bytes;
  });
  try {
    return verify(Buffer.from(bytes)).batch.id;
  } catch (error) {
    return `${(error as { file: string }).file} ${(error as { code: string }).code}`;
  }
}

/** A change of one value, wherever it stands. */
const put = (path: string, value: unknown) => (content: unknown) => {
  const keys = path.split('.');
  const last = keys.pop()!;
  const place = keys.reduce((at, key) => (at as Record<string, unknown>)[key], content);
  (place as Record<string, unknown>)[last] = value;
  return content;
};

describe('an energy claim', () => {
  let net: SmallNetwork;
  let employerId: Id<'org'>;
  let partyId: Id<'org'>;
  let contractId: Id<'con'>;
  let claimId: string;
  const operator = () => net.operator;
  const employer = () => cast(net.operator, 'employer_admin', employerId);
  const party = () => cast(net.operator, 'obligated_party', partyId);
  const auditor = () => cast(net.operator, 'auditor');
  const take = (asked: Omit<StepAsked, 'happenedOn'> & { happenedOn?: StepAsked['happenedOn'] }, id = claimId) =>
    net.work(work => step(work, operator(), { happenedOn: '2026-02-09', ...asked, claimId: id }));
  const view = async (id = claimId) => done(await net.work(work => claim(work, operator(), id)));
  const sign = (text = wording, who = employer()) =>
    net.work(work => signStatement(work, who, { claimId, employerId, signatory: 'M. Essai, gérant', text }));

  beforeAll(async () => {
    net = await claimTown(keyring);
    ({ employerId, partyId, contractId } = await energyContract(net, wording));
    await live(net, '2026-01', 2);
  }, 60_000);
  afterAll(() => net.database.db.destroy());

  test('gathers what the contract pays for, exactly, and is sealed once', async () => {
    const sealed = done(await net.work(work => sealEnergyClaim(work, operator(), { contractId })));
    claimId = sealed.claimId;
    const result = sealed.result as CeeResult;
    expect(result.lines).toHaveLength(6);
    // Six days at 5/3 € are 10 €, below the half of 72 € of rent.
    expect(result.employers).toMatchObject([
      {
        days: '6',
        rent_eur_cents: '7200',
        incentive_eur_cents: '1000',
        residual_cost_eur_cents: '6200',
        carry_eur_cents: '0',
      },
    ]);
    const again = done(await net.work(work => sealEnergyClaim(work, operator(), { contractId })));
    expect(again.claimId).toBe(claimId);
  });

  test.each([
    [
      'by an employer',
      () => net.work(work => sealEnergyClaim(work, employer(), { contractId })),
      'claims.operator_only',
    ],
    [
      'under no contract',
      () => net.work(work => sealEnergyClaim(work, operator(), { contractId: 'con_no' })),
      'claims.unknown_contract',
    ],
    ['submitted before it is signed', () => take({ command: 'submit' }), 'claims.statement_missing'],
    ['signed with other words', () => sign('Je déclare.'), 'claims.other_wording'],
    ['signed by the operator', () => sign(wording, operator()), 'claims.employer_only'],
    ['paid before it is sent', () => take({ command: 'pay', reference: 'x' }), 'claims.not_from_here'],
    ['verified like a carbon claim', () => take({ command: 'verify' }), 'claims.not_from_here'],
    [
      'taken tomorrow',
      () => take({ command: 'withdraw', reason: 'x', happenedOn: '2026-02-10' }),
      'claims.out_of_time',
    ],
    ['read by a worker', () => net.work(work => claim(work, net.workers[0]!, claimId)), 'claims.reader_only'],
    [
      'read by the obligated party before it is sent',
      () => net.work(work => claim(work, party(), claimId)),
      'claims.reader_only',
    ],
    [
      'controlled by the operator',
      () => net.work(work => drawSample(work, operator(), { claimId })),
      'claims.auditor_only',
    ],
  ])('%s is refused', async (_name, attempt, code) => {
    expect(codeOf(await attempt())).toBe(code);
    expect((await view()).steps).toEqual([]);
  });

  test('leaves once signed and once its sample is sound; the draw is that of a checkpoint, whoever asks', async () => {
    done(await sign());
    done(await sign());
    expect(codeOf(await take({ command: 'submit' }))).toBe('claims.sample_not_checked');
    const sample = done(await net.work(work => drawSample(work, auditor(), { claimId })));
    expect(sample.seqs).toHaveLength(2);
    expect(done(await net.work(work => drawSample(work, auditor(), { claimId }))).seqs).toEqual(sample.seqs);
    const note = (seq: number, conforms: boolean, why = '') =>
      net.work(work => noteFinding(work, auditor(), { claimId, seqs: [seq], conforms, note: why }));
    const outside = (await view()).row.result.lines.find(seq => !sample.seqs.includes(seq))!;
    expect(codeOf(await note(outside, true))).toBe('claims.line_not_sampled');
    expect(codeOf(await note(sample.seqs[0]!, false))).toBe('claims.note_missing');
    const mixed = { claimId, seqs: [sample.seqs[0]!, outside], conforms: true, note: '' };
    expect(codeOf(await net.work(work => noteFinding(work, auditor(), mixed)))).toBe('claims.line_not_sampled');
    expect(codeOf(await net.work(work => noteFinding(work, auditor(), { ...mixed, seqs: [] })))).toBe(
      'claims.line_not_sampled',
    );
    expect((await view()).findings).toEqual([]);
    done(await note(sample.seqs[0]!, false, 'code de jour illisible'));
    done(await note(sample.seqs[1]!, true));
    expect(codeOf(await take({ command: 'submit' }))).toBe('claims.sample_not_checked');
    done(await note(sample.seqs[0]!, true, 'relu avec l’hôte'));
    expect(done(await take({ command: 'submit' })).state).toBe('submitted');
    expect(done(await take({ command: 'submit' })).steps).toHaveLength(1);
    expect(codeOf(await take({ command: 'withdraw', reason: 'trop tard' }))).toBe('claims.not_from_here');
  });

  test('half refused: those lines go free with their reason, the others are settled on their own', async () => {
    const { lines } = (await view()).row.result;
    const no = lines.slice(0, 2).map(seq => ({ seq, accepted: false, reason: 'motorisation à confirmer' }));
    const answer = (answers: Parameters<typeof answerLines>[2]['answers'], who = party()) =>
      net.work(work => answerLines(work, who, { claimId, answers }));
    expect(codeOf(await answer(no, operator()))).toBe('claims.obligated_party_only');
    expect(codeOf(await answer([...no, { seq: 10_000, accepted: true, reason: null }]))).toBe(
      'claims.line_not_in_claim',
    );
    expect(codeOf(await answer([{ ...no[0]!, reason: ' ' }]))).toBe('claims.refusal_without_reason');
    expect((await view()).answers).toEqual([]);
    done(await answer(no));
    expect(codeOf(await answer([{ seq: lines[0]!, accepted: true, reason: null }]))).toBe('claims.already_answered');
    expect(codeOf(await take({ command: 'conclude' }))).toBe('claims.lines_not_answered');
    done(await net.work(work => acceptOtherLines(work, party(), claimId)));
    const { state, result } = done(await take({ command: 'conclude' }));
    expect(state).toBe('accepted_in_part');
    // Four days at 5/3 €: 6,66 €, and two thirds of a cent to carry.
    expect((result as CeeResult).employers).toMatchObject([
      { days: '4', incentive_eur_cents: '666', carry_eur_cents: '2/3' },
    ]);
    expect((await view()).row.result.lines).toHaveLength(6);
  });

  test('the refused lines come back in the next claim, which carries the rest and counts what was paid', async () => {
    done(await take({ command: 'pay', reference: 'VIR-1' }));
    const next = done(await net.work(work => sealEnergyClaim(work, operator(), { contractId })));
    expect(next.claimId).not.toBe(claimId);
    // Two days and two thirds of a cent: 3,34 €.
    expect((next.result as CeeResult).employers).toMatchObject([
      {
        days: '2',
        incentive_eur_cents: '334',
        paid_before_eur_cents: '666',
        carried_eur_cents: '2/3',
        carry_eur_cents: '0',
      },
    ]);
    done(await take({ command: 'withdraw', reason: 'essai' }, next.claimId));
    const third = done(await net.work(work => sealEnergyClaim(work, operator(), { contractId })));
    expect(third.claimId).not.toBe(next.claimId);
    expect((third.result as CeeResult).lines).toEqual((next.result as CeeResult).lines);
    done(await take({ command: 'withdraw', reason: 'essai' }, third.claimId));
  });

  test('is archived once its years are over, with the references of the State', async () => {
    expect(codeOf(await take({ command: 'record_issue', reference: 'PNCEE-9' }))).toBe('claims.register_missing');
    done(await take({ command: 'record_issue', reference: 'PNCEE-9', details: { register: 'EMMY-7', volume: '12' } }));
    expect(codeOf(await take({ command: 'archive' }))).toBe('claims.kept_until');
    net.at('2036-02-10T08:00:00Z');
    expect(done(await take({ command: 'archive', happenedOn: '2036-02-10' })).state).toBe('archived');
    net.at('2026-02-09T08:00:00Z');
  });

  test('gives the same dossier twice, and comes out the same when computed again', async () => {
    const dossier = () => net.work(work => readDossier(work, auditor(), { claimId, keyring }));
    const [one, two] = [done(await dossier()), done(await dossier())];
    expect(one.sha256).toBe(two.sha256);
    expect(verify(Buffer.from(one.bytes), { pinned: null }).batch.id).toBe(claimId);
    expect(one.name).toMatch(/^parvis-cee-2026-01-[0-9a-f]{12}\.zip$/);
    expect(done(await net.work(work => rerun(work, auditor(), claimId)))).toEqual({
      recounted: 6,
      erased: 0,
      differing: [],
      same: true,
    });
  });

  test.each<[string, string, unknown, string]>([
    ['batch.json', 'employers.0.incentive_eur_cents', '1001', 'batch.json sum'],
    ['batch.json', 'employers.0.wh_cumac', '1', 'batch.json sum'],
    ['batch.json', 'employers.0.days', '7', 'batch.json sum'],
    ['batch.json', 'employers.0.offer_accepted_on', '2026-01-30', 'lines.jsonl ineligible'],
    ['batch.json', 'on', '2028-01-01', 'lines.jsonl ineligible'],
    ['batch.json', 'incentive_eur_cents', '999999', 'batch.json sum'],
    ['batch.json', 'turn', 2, 'batch.json batch_id'],
    ['batch.json', 'lines', [0], 'batch.json sum'],
    ['contract.json', 'terms.min_distance_m', 10_001, 'contract.json content'],
    ['contract.json', 'statement', 'Autre texte', 'accepted'],
    ['control.json', 'lines', [999], 'control.json sample'],
    ['control.json', 'lines', [], 'control.json small_sample'],
    ['control.json', 'lines', {}, 'control.json sample'],
    ['control.json', 'lines', null, 'accepted'],
  ])('%s with another %s is caught, whoever signed it', async (file, path, value, expected) => {
    expect((await told(net, claimId, { [file]: put(path, value) })).replace(claimId, 'accepted')).toBe(expected);
  });

  test('a sample of fewer lines than the contract asks for is caught, though the checkpoint draws them', async () => {
    const { row } = await view();
    const lines = await net.work(work => linesAt(work, row.result.lines));
    const drawing = (count: number) =>
      told(net, claimId, { 'control.json': put('lines', draw(lines, row.checkpoint, count)) });
    expect(await drawing(1)).toBe('control.json small_sample');
    expect(await drawing(2)).toBe(claimId);
    expect(await drawing(6)).toBe(claimId);
  });

  test('a statement of other words than the contract’s is caught', async () => {
    const other = { 'statements.json': () => [{ text_sha256: 'f'.repeat(64) }] };
    expect(await told(net, claimId, other)).toBe('statements.json content');
  });

  test('a day reversed after it was paid is taken back by the next claim', async () => {
    const [line] = (await view()).answers.filter(one => one.accepted);
    const presence = (await net.database.db
      .selectFrom('mrv.line' as never)
      .selectAll()
      .execute()) as unknown as {
      seq: string;
      presence_id: Id<'prs'>;
    }[];
    const { presence_id } = presence.find(one => Number(one.seq) === line!.seq)!;
    done(await net.work(work => reverse(work, operator(), { attestationId: presence_id, secrets: keyring.secrets })));
    await live(net, '2026-02', 1);
    const next = done(await net.work(work => sealEnergyClaim(work, operator(), { contractId })));
    // Two that were refused, three of February, less one.
    expect((next.result as CeeResult).employers).toMatchObject([{ days: '4', carried_eur_cents: '2/3' }]);
    expect((await net.work(work => accountOf(work, presence_id))).lines).toHaveLength(2);
  });
});

describe('a carbon claim', () => {
  let net: SmallNetwork;
  let ids: readonly Id<'prs'>[];
  let claimId: string;
  const operator = () => net.operator;
  const take = (asked: Omit<StepAsked, 'happenedOn'>, id = claimId) =>
    net.work(work => step(work, operator(), { happenedOn: '2026-02-09', ...asked, claimId: id }));
  const auditor = { auditor: 'Bureau Essai', independent: 'yes', impartial: 'yes', competent: 'yes', report: 'R-1' };
  const seal = (vintage = 2026) =>
    net.work(work => sealCarbonClaim(work, operator(), { projectId: net.projectId, vintage }));
  const move = (command: 'label' | 'start_monitoring' | 'continue') =>
    net.work(work =>
      advance(work, operator(), { projectId: net.projectId, command, happenedOn: '2026-02-09', reference: 'L-1' }),
    );

  beforeAll(async () => {
    net = await carbonTown(keyring);
    ids = await live(net, '2026-01', 8);
  }, 60_000);
  afterAll(() => net.database.db.destroy());

  test('waits for a project that is being monitored, and for the threshold before that', async () => {
    expect(codeOf(await seal())).toBe('claims.not_monitoring');
    const file = { projectId: net.projectId, command: 'file', happenedOn: '2026-02-09', reference: 'D-1' } as const;
    expect(codeOf(await net.work(work => advanceProject(work, operator(), file)))).toBe('schemes.gauge_not_reached');
    const byHand = { ...file, command: 'verify' } as const;
    expect(codeOf(await net.work(work => advanceProject(work, operator(), byHand)))).toBe('claims.by_its_claim');
    // As if it had been filed with enough: the project's own life is tested in its room.
    done(
      await net.work(work =>
        advance(work, operator(), { ...file, facts: { gaugeReached: true, allAfterReceipt: true } }),
      ),
    );
    done(await move('label'));
    done(await move('start_monitoring'));
  });

  test('counts whole tonnes downward and carries the exact rest', async () => {
    const sealed = done(await seal());
    claimId = sealed.claimId;
    const { settlement, lines, users, spaces } = sealed.result as LbcResult;
    expect([lines.length, users, spaces]).toEqual([24, 3, 1]);
    const [credits, carry] = [BigInt(settlement.credits), settlement.carry_out_mg];
    expect(credits).toBeGreaterThan(0n);
    expect(carry).not.toBe('0');
    const dossier = done(await net.work(work => readDossier(work, operator(), { claimId, keyring })));
    expect(verify(Buffer.from(dossier.bytes)).batch.id).toBe(claimId);
    expect(done(await seal()).claimId).toBe(claimId);
    expect(codeOf(await seal(2025))).toBe('claims.other_open');
  });

  test.each<[string, unknown, string]>([
    ['settlement.credits', '999', 'batch.json sum'],
    ['settlement.carry_in_mg', '1000000000', 'batch.json sum'],
    ['settlement.rebates.rates', ['1/2'], 'batch.json sum'],
    ['users', 30, 'batch.json sum'],
    ['settlement.carry_out_mg', '0', 'batch.json sum'],
    ['gross_mg', '1', 'batch.json sum'],
    ['vintage', 2025, 'batch.json batch_id'],
    ['project', 'prj_other', 'batch.json sum'],
  ])('a dossier with another %s is caught, whoever signed it', async (path, value, expected) => {
    expect(await told(net, claimId, { 'batch.json': put(path, value) })).toBe(expected);
  });

  test('its steps are those of its project; what it lacks is named, and nothing is half done', async () => {
    expect(codeOf(await take({ command: 'request' }))).toBe('schemes.report_missing');
    expect((await net.work(work => projectById(work, net.projectId))).ok).toBe(true);
    done(await take({ command: 'request', details: auditor }));
    expect(codeOf(await take({ command: 'verify', reference: 'V-1' }))).toBe('claims.register_missing');
    const more = { register: 'LBC-77', volume: '999999' };
    expect(codeOf(await take({ command: 'reduce', reference: 'V-1', reason: 'x', details: more }))).toBe(
      'claims.volume_too_large',
    );
    expect(await net.work(holdings)).toEqual([]);
  });

  test('verified: its units exist, under the number of the State, and its project is verified', async () => {
    const { state, result } = done(
      await take({ command: 'verify', reference: 'V-1', details: { register: 'LBC-77' } }),
    );
    expect(state).toBe('verified');
    const { credits } = (result as LbcResult).settlement;
    const held = await net.work(holdings);
    expect(held.reduce((sum, one) => sum + one.beyond - one.first, 0n)).toBe(BigInt(credits));
    expect(done(await net.work(work => projectById(work, net.projectId))).state).toBe('verified');
    expect(
      done(await take({ command: 'verify', reference: 'V-1', details: { register: 'LBC-77' } })).steps,
    ).toHaveLength(2);
  });

  test('what proves false afterwards is taken back in whole units, and the excess is carried', async () => {
    const before = done(await net.work(work => claim(work, operator(), claimId)));
    expect(codeOf(await take({ command: 'take_back', reason: 'fraude' }))).toBe('claims.nothing_taken_back');
    done(await net.work(work => reverse(work, operator(), { attestationId: ids[0]!, secrets: keyring.secrets })));
    // Another rebound from now on: the line taken back is still told under the basis that counted it.
    const rebound = { unknownId: 'U5', value: { variant: 'none' }, source: 'avenant', vouchedBy: 'A. Essai' } as const;
    done(await net.work(work => enterCertified(work, operator(), rebound)));
    await live(net, '2026-02', 1);
    const [february] = await net.work(batches);
    const month = done(await net.work(work => buildDossier(work, { batchId: february!.id, keyring })));
    expect(verify(Buffer.from(month.bytes)).batch.id).toBe(february!.id);
    expect(february!.reasons).toMatchObject({ credited: { lines: 3 }, reversed: { lines: 1 } });
    const found = (await net.work(work => takenBack(work, before)))!;
    expect(found).toMatchObject({ lines: 1, units: 1n });
    const asked = { command: 'take_back', reason: 'fraude', happenedOn: '2026-03-09', claimId } as const;
    done(await net.work(work => step(work, operator(), asked)));
    expect(await net.work(work => takenBack(work, before))).toBeNull();
    const held = await net.work(holdings);
    const standing = held
      .filter(one => one.state !== 'cancelled')
      .reduce((sum, one) => sum + one.beyond - one.first, 0n);
    expect(standing).toBe(BigInt((before.result as LbcResult).settlement.credits) - 1n);
    const first = { projectId: net.projectId, command: 'continue', happenedOn: '2026-03-09' } as const;
    done(await net.work(work => advance(work, operator(), first)));
    const next = done(await seal()).result as LbcResult;
    const [left, surplus] = [(before.result as LbcResult).settlement.carry_out_mg, found.surplus_mg].map(asExact);
    expect(asExact(next.settlement.carry_in_mg)).toBe(left! + surplus!);
    expect(next.lines).toHaveLength(3);
  });
});

const asExact = (mass: string): bigint => {
  const [n, d = '1'] = mass.split('/');
  return BigInt(n!) * (720_720_000n / BigInt(d));
};
