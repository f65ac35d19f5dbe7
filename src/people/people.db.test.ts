import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { randomId } from '../platform/clock.ts';
import { inNetwork, type OpenDatabase } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import { openPost } from '../platform/mail.ts';
import { listeners } from './jobs.ts';
import * as people from './people.ts';

const refused = (code: string) => ({ ok: false, refusal: { code } });
/** A real mail server that keeps what it receives, and may be told to refuse. */
async function mailServer() {
  const received: string[] = [];
  const state = { refuses: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (state.refuses) return done(new Error('mailbox busy'));
        received.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  const close = () => new Promise<void>(resolve => server.close(() => resolve()));
  return { received, state, url: `smtp://127.0.0.1:${port}`, close };
}

let net: TestNetwork;
let operator: Actor;
let post: Awaited<ReturnType<typeof mailServer>>;
let camille: people.Person;
let hear: () => Promise<void>;
let address = 0;

beforeAll(async () => {
  net = await freshNetwork();
  post = await mailServer();
  operator = done(
    await net.work(work =>
      people.appointFirstOperator(work, { email: 'ana@reseau.test', firstName: 'Ana', lastName: 'Roy' }),
    ),
  );
  const added = await net.work(work =>
    people.addPersons(work, operator, [
      { email: ' Camille.Aubert@Exemple.FR ', firstName: 'Camille', lastName: 'Aubert' },
    ]),
  );
  camille = done(added)[0]!;
  const settings = { publicUrl: 'https://parvis.test', smtpUrl: post.url };
  const mailer = openPost({ smtpUrl: post.url, mailFrom: 'Parvis <parvis@reseau.test>' }, silentLog);
  let now = '2026-06-15T08:00:00Z';
  net.at(now);
  const at = net.at;
  const move = (moment: string) => {
    now = moment;
    at(moment);
  };
  Object.assign(net, { at: move });
  const shell = {
    settings,
    post: mailer,
    log: silentLog,
    db: net.database.db,
    clock: () => instant(now),
    newId: randomId,
  } as unknown as Shell;
  hear = () => hearAll(net.database, { listeners: listeners(shell), log: silentLog });
});
afterAll(() => post.close());
beforeEach(() => net.at('2026-06-15T08:00:00Z'));

const ask = (email: string, more: Partial<people.SignInAsk> = {}) =>
  net.work(work =>
    people.requestSignIn(work, {
      email,
      lang: 'fr',
      origin: 'https://parvis.test',
      address: `192.0.2.${++address}`,
      ...more,
    }),
  );

/** Who a token speaks for at the moment of the tests. */
const visitor = (token: string) =>
  net.work(({ now }) => people.visitorOf({ db: net.database.db, clock: () => now }, net.networkId, token));

/** The token of the last mail that left, as the person reads it. */
const tokenMailed = (): string => {
  const text = post.received.at(-1)!.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return /jeton=([0-9a-z]+)/.exec(text)![1]!;
};
const freshToken = async (): Promise<string> => {
  await sql`delete from people.sign_in_request`.execute(net.database.db);
  done(await ask('camille.aubert@exemple.fr'));
  await hear();
  return tokenMailed();
};

describe('a sign-in link', () => {
  test('arrives by mail, opens one session, and the token is nowhere in the database', async () => {
    const token = await freshToken();
    const stored = await sql<{ text: string }>`select (select json_agg(l)::text from people.sign_in_link l)
      || (select json_agg(r)::text from people.sign_in_request r)
      || coalesce((select json_agg(j)::text from graphile_worker.jobs j), '') as text`.execute(net.database.db);
    expect(stored.rows[0]!.text).not.toContain(token);
    const { token: cookie } = done(await net.work(work => people.signIn(work, token)));
    expect(await visitor(cookie)).toMatchObject({
      firstName: 'Camille',
      memberships: [],
    });
    expect(await visitor(token)).toBeNull();
  });

  test('used by twenty connections at once, opens one session', async () => {
    const token = await freshToken();
    const answers = await Promise.all(Array.from({ length: 20 }, () => net.work(work => people.signIn(work, token))));
    expect(answers.filter(answer => answer.ok)).toHaveLength(1);
    expect(answers.find(answer => !answer.ok)).toMatchObject(refused('people.link_used'));
  });

  test('lasts fifteen minutes', async () => {
    const token = await freshToken();
    net.at('2026-06-15T08:15:00Z');
    expect(await net.work(work => people.signIn(work, token))).toMatchObject(refused('people.link_expired'));
    net.at('2026-06-15T08:14:59Z');
    expect((await net.work(work => people.signIn(work, token))).ok).toBe(true);
  });

  test.each(['', 'forged', `${'0'.repeat(52)}`, "' or 1=1 --"])('%j opens nothing', async token => {
    expect(await net.work(work => people.signIn(work, token))).toMatchObject(refused('people.link_unknown'));
  });

  test('of one network opens nothing in another', async () => {
    const token = await freshToken();
    await sql`insert into people.network values ('net_neighbour', 'Autre', 'autre.test', 'demo', true, now())`.execute(
      net.database.db,
    );
    const elsewhere = { db: net.database.db, clock: () => instant('2026-06-15T08:00:00Z'), newId: randomId };
    const answer = await inNetwork(elsewhere, 'net_neighbour', work => people.signIn(work, token));
    expect(answer).toMatchObject(refused('people.link_unknown'));
  });

  test('is mailed again with a new token when the mail server refuses, and the job told twice sends one mail', async () => {
    await sql`delete from people.sign_in_request`.execute(net.database.db);
    const before = post.received.length;
    post.state.refuses = true;
    await ask('camille.aubert@exemple.fr');
    await hear();
    expect(post.received).toHaveLength(before);
    post.state.refuses = false;
    await sql`update graphile_worker._private_jobs set run_at = now()`.execute(net.database.db);
    await hear();
    expect(post.received).toHaveLength(before + 1);
    expect((await net.work(work => people.signIn(work, tokenMailed()))).ok).toBe(true);
    const { rows } = await sql<{ id: string }>`select request_id as id from people.sign_in_request`.execute(
      net.database.db,
    );
    const again = await net.work(work => people.linkMail(work, rows[0]!.id, { publicUrl: null, mailed: false }));
    expect(again).toEqual({ kind: 'nobody' });
  });
});

describe('nobody learns who has an account', () => {
  test('a known and an unknown e-mail get the same answer and leave the same rows', async () => {
    await sql`delete from people.sign_in_request`.execute(net.database.db);
    const known = await ask('camille.aubert@exemple.fr');
    const unknown = await ask('nobody@exemple.fr');
    expect(unknown).toEqual(known);
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from people.sign_in_request group by email`.execute(
      net.database.db,
    );
    expect(rows.map(row => row.n)).toEqual([1n, 1n]);
    const before = post.received.length;
    await hear();
    expect(post.received).toHaveLength(before + 1);
  });

  test('in the same time', async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let i = 0; i < 60; i++) {
      await sql`delete from people.sign_in_request`.execute(net.database.db);
      for (const [kind, email] of [
        ['known', 'camille.aubert@exemple.fr'],
        ['unknown', 'nobody.aubert@exemple.fr'],
      ] as const) {
        const start = performance.now();
        await ask(email);
        times[kind].push(performance.now() - start);
      }
    }
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[30]!;
    expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(
      Math.max(2, median(times.unknown) * 0.5),
    );
    await sql`delete from people.sign_in_request`.execute(net.database.db);
    await sql`delete from graphile_worker._private_jobs`.execute(net.database.db);
  });

  test.each(['camille.aubert@exemple.fr', 'nobody@exemple.fr'])('%s is limited alike, even by a burst', async email => {
    await sql`delete from people.sign_in_request`.execute(net.database.db);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(email)));
    expect(answers.filter(answer => answer.ok)).toHaveLength(5);
    expect(await ask(email)).toMatchObject(refused('people.too_many_requests'));
    net.at('2026-06-15T08:15:01Z');
    expect((await ask(email)).ok).toBe(true);
  });

  test('one address may ask forty times, for whomever', async () => {
    await sql`delete from people.sign_in_request`.execute(net.database.db);
    for (let i = 0; i < 40; i++) done(await ask(`p${i}@exemple.fr`, { address: '198.51.100.7' }));
    expect(await ask('last@exemple.fr', { address: '198.51.100.7' })).toMatchObject(
      refused('people.too_many_requests'),
    );
    expect((await ask('last@exemple.fr')).ok).toBe(true);
  });

  test('what is not an e-mail is said at once', async () => {
    expect(await ask('camille')).toMatchObject(refused('people.bad_email'));
  });
});

describe('a session', () => {
  const enter = async () => done(await net.work(work => people.enterAs(work, camille.personId))).token;

  test('ends when signed out, and after fourteen days', async () => {
    const token = await enter();
    await net.work(work => people.signOut(work, token));
    expect(await visitor(token)).toBeNull();
    const other = await enter();
    net.at('2026-06-29T08:00:00Z');
    expect(await visitor(other)).toBeNull();
  });

  test('carries the roles held now: a role that has ended is gone at the next page', async () => {
    const token = await enter();
    done(
      await net.work(work =>
        people.grant(work, operator, [
          { personId: camille.personId, role: 'worker', until: instant('2026-06-16T00:00:00Z') },
          { personId: camille.personId, role: 'employer_admin', scope: 'org_somebody1' },
        ]),
      ),
    );
    const rolesAt = async (moment: string) => {
      net.at(moment);
      return (await visitor(token))!.memberships.map(m => m.role).toSorted();
    };
    expect(await rolesAt('2026-06-15T23:59:59Z')).toEqual(['employer_admin', 'worker']);
    expect(await rolesAt('2026-06-16T00:00:00Z')).toEqual(['employer_admin']);
    const held = done(await net.work(work => people.account(work, { ...operator, personId: camille.personId })));
    expect((await net.work(work => people.revoke(work, operator, held.roles[0]!.membershipId))).ok).toBe(true);
    expect(await rolesAt('2026-06-16T00:00:01Z')).toEqual([]);
  });

  test('over for thirty days is erased, and a sign-in request after an hour', async () => {
    await enter();
    done(await ask('camille.aubert@exemple.fr', { address: '203.0.113.9' }));
    net.at('2026-08-15T08:00:00Z');
    await net.work(people.forget);
    const left = await sql<{
      n: bigint;
    }>`select (select count(*) from people.session) + (select count(*) from people.sign_in_request)
      as n`.execute(net.database.db);
    expect(left.rows[0]!.n).toBe(0n);
  });
});

describe('roles', () => {
  const manager: Actor = { ...operatorLike('org_employer1') };
  function operatorLike(scope: `org_${string}`): Actor {
    return { personId: 'per_manager1', firstName: 'Manon', memberships: [{ role: 'employer_admin', scope }] };
  }
  test.each([
    ['an employer’s manager gives no role over the network', { role: 'network_operator' }, 'people.may_not'],
    ['nor over another employer', { role: 'employer_admin', scope: 'org_employer2' }, 'people.may_not'],
    ['a host needs a space', { role: 'host' }, 'people.scope_misfit'],
    ['a worker has no scope', { role: 'worker', scope: 'spc_ganges01' }, 'people.scope_misfit'],
    ['nor of an auditor, with or without an end', { role: 'auditor' }, 'people.may_not'],
  ] as const)('%s', async (_name, given, code) => {
    const one = { personId: camille.personId, ...given } as people.Grant;
    expect(await net.work(work => people.grant(work, manager, [one]))).toMatchObject(refused(code));
  });

  test.each([
    ['without an end', {}, 'people.end_missing'],
    ['that ends as it begins', { until: instant('2026-06-15T08:00:00Z') }, 'people.ends_too_early'],
  ])('a mandate to audit %s is refused, and the database has the last word', async (_, given, code) => {
    net.at('2026-06-15T08:00:00Z');
    const one = { personId: camille.personId, role: 'auditor', ...given } as people.Grant;
    expect(await net.work(work => people.grant(work, operator, [one]))).toMatchObject(refused(code));
    const forGood = net.work(work =>
      sql`insert into people.membership (network_id, membership_id, person_id, role, valid, recorded_at)
        values (${work.networkId}, 'mbr_forever01', ${camille.personId}, 'auditor', tstzrange(now(), null), now())`.execute(
        work.tx,
      ),
    );
    await expect(forGood).rejects.toThrow(/an_auditor_has_an_end_of_mandate/);
  });

  test('a mandate that is over gives no role at the next page', async () => {
    net.at('2026-06-15T08:00:00Z');
    const mandate = { personId: camille.personId, role: 'auditor', until: instant('2026-06-20T00:00:00Z') } as const;
    done(await net.work(work => people.grant(work, operator, [mandate])));
    const { token } = done(await net.work(work => people.enterAs(work, camille.personId)));
    const roles = async () => (await visitor(token))!.memberships.map(m => m.role);
    expect(await roles()).toContain('auditor');
    net.at('2026-06-20T00:00:00Z');
    expect(await roles()).not.toContain('auditor');
  });

  test('given twice, a role is held once', async () => {
    const twice = () =>
      net.work(work =>
        people.grant(work, operator, [
          { personId: camille.personId, role: 'auditor', until: instant('2027-06-15T00:00:00Z') },
        ]),
      );
    await Promise.all(Array.from({ length: 10 }, twice));
    expect(await net.work(work => people.holdersOf(work, 'auditor', null))).toEqual([camille.personId]);
  });

  test('only a network without an operator appoints its first', async () => {
    const again = await net.work(work =>
      people.appointFirstOperator(work, { email: 'x@y.fr', firstName: 'X', lastName: '' }),
    );
    expect(again).toMatchObject(refused('people.operator_exists'));
  });
});

describe('people and organisations', () => {
  test('one person has one e-mail, whatever the case, and a list is added whole or not at all', async () => {
    const list = [
      { email: 'new@exemple.fr', firstName: 'Noé', lastName: 'Petit' },
      { email: 'CAMILLE.aubert@exemple.fr', firstName: 'Camille', lastName: 'Autre' },
    ];
    expect(await net.work(work => people.addPersons(work, operator, list))).toMatchObject(
      refused('people.email_taken'),
    );
    expect(await net.work(work => people.personByEmail(work, 'new@exemple.fr'))).toBeNull();
  });

  test('an organisation’s SIRET says its SIREN and belongs to one organisation', async () => {
    const town = { kind: 'commune', name: 'Ville d’essai', siret: '732 829 320 00074' } as const;
    const [added] = done(await net.work(work => people.addOrganisations(work, operator, [town])));
    expect(added).toMatchObject({ siren: '732829320', siret: '73282932000074' });
    expect(await net.work(work => people.addOrganisations(work, operator, [town]))).toMatchObject(
      refused('people.siret_taken'),
    );
    const wrong = { ...town, siret: '73282932000075' };
    expect(await net.work(work => people.addOrganisations(work, operator, [wrong]))).toMatchObject(
      refused('people.bad_siret'),
    );
  });
});

describe('networks', () => {
  let database: OpenDatabase;
  const make = (id: `net_${string}`, hostname: string | null, at: string, fictitious = true) =>
    inNetwork({ db: database.db, clock: () => instant(at), newId: randomId }, id, work =>
      people.createNetwork(work, {
        name: id,
        hostname,
        profile: 'demo',
        fictitious,
        operator: { email: 'op@exemple.fr', firstName: 'Ana', lastName: 'Roy' },
      }),
    );
  beforeAll(async () => {
    database = await freshDatabase();
  });

  test('a visit finds its network by host name, else the oldest', async () => {
    expect(await people.networkFor(database.db, 'anything')).toBeNull();
    done(await make('net_oldest01', null, '2026-01-01T00:00:00Z'));
    done(await make('net_younger1', 'Sud.Parvis.test', '2026-02-01T00:00:00Z', false));
    expect((await people.networkFor(database.db, 'SUD.parvis.test:3000'))?.networkId).toBe('net_younger1');
    expect((await people.networkFor(database.db, 'localhost'))?.networkId).toBe('net_oldest01');
    expect(await make('net_third001', 'sud.parvis.test', '2026-03-01T00:00:00Z')).toMatchObject(
      refused('people.hostname_taken'),
    );
  });

  test('playing someone else exists only where everyone is invented', async () => {
    const real = { db: database.db, clock: () => instant('2026-06-15T08:00:00Z'), newId: randomId };
    const ana = await inNetwork(real, 'net_younger1', work => people.personByEmail(work, 'op@exemple.fr'));
    const answer = await inNetwork(real, 'net_younger1', work => people.enterAs(work, ana!.personId));
    expect(answer).toMatchObject(refused('people.not_fictitious'));
    expect(await inNetwork(real, 'net_younger1', people.personas)).toEqual([]);
  });

  test('a cast appears in its order', async () => {
    const cast = [
      { personId: camille.personId, sentence: { fr: 'salariée à Montpellier', en: 'works in Montpellier' } },
    ];
    done(await net.work(work => people.presentAs(work, operator, cast)));
    expect(await net.work(people.personas)).toEqual([{ ...cast[0], firstName: 'Camille' }]);
    expect(await net.work(work => people.enterAs(work, 'per_nobody01'))).toMatchObject(
      refused('people.unknown_person'),
    );
  });
});
