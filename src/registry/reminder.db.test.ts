import { afterAll, beforeAll, expect, test } from 'vitest';
import { countingIds, freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { listeners as everyone } from '../events.ts';
import { instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations, addPersons, appointFirstOperator, grant } from '../people/people.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { announceDue, listeners } from './jobs.ts';
import { declare, issue, transfer } from './registry.ts';
import { sampleIssue, sampleTransfer } from './sample.ts';

let net: TestNetwork;
let operator: Actor;
let transferId: string;
let mails: Mail[] = [];
/** An address that the mail server refuses for now. */
let refused = '';

const shellAt = (day: string) =>
  ({
    settings: { publicUrl: 'https://parvis.example' },
    post: async (mail: Mail) => {
      if (mail.to === refused) throw new Error('refused');
      mails.push(mail);
    },
    db: net.database.db,
    clock: () => instant(`${day}T04:12:00Z`),
    newId: countingIds(),
  }) as unknown as Shell;

beforeAll(async () => {
  net = await freshNetwork();
  const olga = { email: 'olga@reseau.test', firstName: 'Olga', lastName: 'Essai' };
  operator = done(await net.work(work => appointFirstOperator(work, olga)));
  const others = ['network_operator', 'worker'] as const;
  await net.work(async work => {
    const people = done(
      await addPersons(
        work,
        operator,
        others.map(role => ({ email: `${role}@reseau.test`, firstName: 'Eve', lastName: 'Test', locale: 'en' })),
      ),
    );
    done(
      await grant(
        work,
        operator,
        people.map(({ personId }, n) => ({ personId, role: others[n]! })),
      ),
    );
    const [holder] = done(await addOrganisations(work, operator, [{ kind: 'employer', name: 'Porteur' }]));
    const range = done(await issue(work, operator, sampleIssue({ holderId: holder!.organisationId })));
    ({ transferId } = done(await transfer(work, operator, sampleTransfer(range.rangeId, 25n))));
  });
});
afterAll(() => net.database.db.destroy());

const nightOf = async (day: string) => {
  mails = [];
  net.at(`${day}T04:12:00Z`);
  await net.work(announceDue);
  await hearAll(net.database, { listeners: everyone(shellAt(day)), log: silentLog });
  return mails.map(({ to, subject }) => [to, subject]).sort();
};

test('a transfer to declare is mailed to each operator in their language, once a threshold', async () => {
  expect(await nightOf('2026-07-30')).toEqual([]);
  expect(await nightOf('2026-07-31')).toEqual([
    ['network_operator@reseau.test', 'Transfer C-2026-1 is to be declared by 1 September 2026'],
    ['olga@reseau.test', 'La cession C-2026-1 est à déclarer au plus tard le 1er septembre 2026'],
  ]);
  expect(mails[0]!.text).toContain(`https://parvis.example/registre/cessions/${transferId}`);
  expect(await nightOf('2026-08-01')).toEqual([]);
});

test('told again, it mails whoever could not be reached, and nobody twice', async () => {
  refused = 'olga@reseau.test';
  expect((await nightOf('2026-08-20')).map(([to]) => to)).toEqual(['network_operator@reseau.test']);
  refused = '';
  mails = [];
  const told = { network_id: net.networkId, transfer_id: transferId, threshold: 'red' };
  const [hear] = listeners(shellAt('2026-08-21'))['registry.declaration_due']!;
  await Promise.all([hear!(told), hear!(told)]);
  await hear!(told);
  expect(mails.map(({ to, subject }) => [to, subject.slice(0, 18)])).toEqual([
    ['olga@reseau.test', 'Il reste 11 jours.'],
  ]);
});

test('nobody is reminded of what was declared meanwhile', async () => {
  const asked = { transferId, declaredOn: '2026-08-21', reference: 'LBC-D-1' } as const;
  net.at('2026-09-02T04:12:00Z');
  await net.work(announceDue);
  done(await net.work(work => declare(work, operator, asked)));
  expect(await nightOf('2026-09-03')).toEqual([]);
});
