import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acceptOtherLines,
  answerLines,
  type CeeResult,
  claim,
  drawSample,
  type LbcResult,
  noteFinding,
  readDossier,
  rerun,
  sealCarbonClaim,
  sealEnergyClaim,
  signStatement,
  step,
} from '../src/claims/claims.ts';
import type { Actor } from '../src/kernel/visit.ts';
import { published } from '../src/notary/notary.ts';
import { openNote } from '../src/notary/note.ts';
import { erase } from '../src/people/people.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { certificate, holdings, serialText, statusList } from '../src/registry/registry.ts';
import { routes as registryRoutes } from '../src/registry/routes.ts';
import { advance } from '../src/schemes/schemes.ts';
import { readArchive, verify } from '../verifier/verify.mjs';
import { carbonTown, cast, claimTown, type Energy, energyContract, live } from './claim-town.ts';
import { type EveryRoom, everyRoom } from './every-room.ts';
import { roomApp } from './room-app.ts';
import { done, type SmallNetwork } from './small-network.ts';

const keyring = { secrets: openSecretsOf('erased claims'), host: 'log.example' };
const wording = 'Je déclare sur l’honneur que ces jours ont remplacé un trajet en voiture.';

/** A claim's dossier as its auditor gets it, and what the verifier says of it without us. */
async function dossierOf(net: SmallNetwork, claimId: string) {
  const auditor = cast(net.operator, 'auditor');
  const { bytes } = done(await net.work(work => readDossier(work, auditor, { claimId, keyring })));
  const told: string[] = [];
  const { batch } = verify(Buffer.from(bytes), { say: (...said: unknown[]) => told.push(said.join(' ')) });
  const files = new Map([...readArchive(Buffer.from(bytes))].map(([name, file]) => [name, file.toString('base64')]));
  return { batch, told, files };
}

type Dossier = Awaited<ReturnType<typeof dossierOf>>;

/** Names of the files of which a byte differs. */
const changed = (before: Dossier, after: Dossier): readonly string[] =>
  [...before.files].filter(([name, file]) => after.files.get(name) !== file).map(([name]) => name);

const goes = async (net: SmallNetwork, rooms: EveryRoom, gone: Actor, moment: string) => {
  done(await net.work(work => erase(work, gone, { personId: gone.personId, reason: '' })));
  await rooms.hear(moment);
};

describe('I-41: once a person is erased, an energy claim', () => {
  let net: SmallNetwork;
  let rooms: EveryRoom;
  let energy: Energy;
  let claimId: string;
  let before: Dossier;
  const take = (command: 'submit' | 'conclude' | 'pay', reference = '') =>
    net.work(work => step(work, net.operator, { claimId, command, reference, happenedOn: '2026-02-09' }));

  beforeAll(async () => {
    net = await claimTown(keyring);
    rooms = await everyRoom(net);
    energy = await energyContract(net, wording);
    await live(net, '2026-01', 2);
    const { contractId, employerId } = energy;
    ({ claimId } = done(await net.work(work => sealEnergyClaim(work, net.operator, { contractId }))));
    const signed = { claimId, employerId, signatory: 'M. Essai, gérant', text: wording };
    done(await net.work(work => signStatement(work, cast(net.operator, 'employer_admin', employerId), signed)));
    const auditor = cast(net.operator, 'auditor');
    const { seqs } = done(await net.work(work => drawSample(work, auditor, { claimId })));
    done(await net.work(work => noteFinding(work, auditor, { claimId, seqs, conforms: true, note: '' })));
    done(await take('submit'));
    before = await dossierOf(net, claimId);
    await goes(net, rooms, net.workers[0]!, '2026-02-09T09:00:00Z');
  }, 90_000);
  afterAll(async () => {
    await rooms.close();
    await net.database.db.destroy();
  });

  test('still verifies, with the same figures, contract, statements and sample: only its lines tell less', async () => {
    const after = await dossierOf(net, claimId);
    expect(before.told).toContain('recomputed 6 0');
    expect(after.told).toContain('recomputed 4 2');
    expect(after.batch).toEqual(before.batch);
    expect(changed(before, after)).toEqual(['lines.jsonl', 'manifest.json', 'manifest.note']);
    expect(done(await net.work(work => rerun(work, net.operator, claimId)))).toEqual({
      ...{ recounted: 4, erased: 2, differing: [], same: null },
    });
  });

  test('is answered and paid as if nobody had left', async () => {
    const party = cast(net.operator, 'obligated_party', energy.partyId);
    const { lines } = done(await net.work(work => claim(work, party, claimId))).row.result;
    const told = new Map(
      [
        ...Buffer.from((await dossierOf(net, claimId)).files.get('lines.jsonl')!, 'base64')
          .toString()
          .matchAll(/.+/g),
      ]
        .map(([line]) => JSON.parse(line) as { entry: { seq: number }; erased?: string })
        .map(one => [one.entry.seq, one.erased]),
    );
    const refused = lines.find(seq => told.get(seq) === undefined)!;
    const answers = [{ seq: refused, accepted: false, reason: 'motorisation à confirmer' }];
    done(await net.work(work => answerLines(work, party, { claimId, answers })));
    done(await net.work(work => acceptOtherLines(work, party, claimId)));
    // Five days at 5/3 €, two of them of the person who left: 8,33 €, and a third of a cent to carry.
    expect((done(await take('conclude')).result as CeeResult).employers).toMatchObject([
      { days: '5', months: ['2026-01'], incentive_eur_cents: '833', carry_eur_cents: '1/3' },
    ]);
    done(await take('pay', 'VIR-1'));
    expect((await dossierOf(net, claimId)).batch).toEqual(before.batch);
  });
});

describe('I-41: once a person is erased, a carbon claim and the certificate of its units', () => {
  let net: SmallNetwork;
  let rooms: EveryRoom;
  let claimId: string;
  let before: { dossier: Dossier; public: Awaited<ReturnType<typeof everythingPublic>> };
  const take = (command: 'request' | 'verify', over: object) =>
    net.work(work => step(work, net.operator, { claimId, command, happenedOn: '2026-02-09', ...over }));

  /** What anyone reads of the units: the certificate, its page, its JSON, and the signed list of statuses. */
  const everythingPublic = async () => {
    net.at('2026-02-10T08:00:00Z');
    const held = await net.work(holdings);
    const serial = serialText(held.find(one => one.state === 'active')!);
    const app = roomApp(net, [registryRoutes], { now: '2026-02-10T08:00:00Z' });
    const read = async (path: string) => (await app.request(path)).text();
    const list = done(await net.work(work => statusList(work, keyring)));
    return {
      ...{ held, list, page: await read(`/certificats/${serial}`), json: await read(`/api/v1/certificates/${serial}`) },
      certificate: done(await net.work(work => certificate(work, serial))),
    };
  };

  beforeAll(async () => {
    net = await carbonTown(keyring);
    rooms = await everyRoom(net);
    await live(net, '2026-01', 8);
    const { projectId, operator } = net;
    const facts = { gaugeReached: true, allAfterReceipt: true };
    for (const command of ['file', 'label', 'start_monitoring'] as const) {
      const asked = { projectId, command, happenedOn: '2026-02-09', reference: 'L-1' } as const;
      done(await net.work(work => advance(work, operator, { ...asked, ...(command === 'file' && { facts }) })));
    }
    ({ claimId } = done(await net.work(work => sealCarbonClaim(work, operator, { projectId, vintage: 2026 }))));
    const details = { auditor: 'Bureau Essai', independent: 'yes', impartial: 'yes', competent: 'yes', report: 'R-1' };
    done(await take('request', { details }));
    done(await take('verify', { reference: 'V-1', details: { register: 'LBC-77' } }));
    before = { dossier: await dossierOf(net, claimId), public: await everythingPublic() };
    await goes(net, rooms, net.workers[0]!, '2026-02-10T09:00:00Z');
  }, 120_000);
  afterAll(async () => {
    await rooms.close();
    await net.database.db.destroy();
  });

  test('still verify: the same tonnes, spaces and people, the same project and steps', async () => {
    const after = await dossierOf(net, claimId);
    expect(before.dossier.told).toContain('recomputed 24 0');
    expect(after.told).toContain('recomputed 16 8');
    expect(after.batch).toEqual(before.dossier.batch);
    expect((after.batch as unknown as LbcResult).users).toBe(3);
    expect(changed(before.dossier, after)).toEqual(['lines.jsonl', 'manifest.json', 'manifest.note']);
  });

  test('are what anyone read before, to the byte, under the log’s key', async () => {
    const after = await everythingPublic();
    expect(after).toEqual(before.public);
    expect(after.page).toContain('LBC-77');
    expect(JSON.parse(after.json)).toMatchObject({ status: 'valid' });
    const { key } = done(await net.work(published));
    expect(openNote(after.list, [key])!.text).toContain(' valid ');
  });
});
