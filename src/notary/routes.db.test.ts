import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { sealLeaves } from '../../tools/sealed-leaves.ts';
import type { Lang } from '../kernel/bilingual.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Shell } from '../platform/http.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { readSettings } from '../platform/settings.ts';
import { cosigner } from './cosignature.ts';
import { leafHash, openCheckpoint } from './notary.ts';
import { noteSigner, openNote, parseVkey, vkeyText } from './note.ts';
import { routes } from './routes.ts';

const secrets = openSecretsOf('test');
const keyring = { secrets, host: null };
const operator: Actor = {
  personId: 'per_00000001',
  firstName: 'Olga',
  memberships: [{ role: 'network_operator', scope: null }],
};
const witness = vkeyText(cosigner(noteSigner('temoin.example', Buffer.alloc(32, 9))).key);

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});
afterAll(() => net.database.db.destroy());

const appFor = (actor: Actor | null = null, lang: Lang = 'fr') =>
  roomApp(
    net,
    [
      mount =>
        routes({
          ...mount,
          shell: { ...mount.shell, secrets, settings: readSettings({ PARVIS_HOME: '/nonexistent' }) } as Shell,
        }),
    ],
    { actor, lang },
  );
const textAt = async (path: string, actor: Actor | null = null, lang: Lang = 'fr') => {
  const answer = await appFor(actor, lang).request(path);
  return { status: answer.status, text: await answer.text() };
};
const call = async (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  actor: Actor | null = operator,
) => {
  const answer = await appFor(actor).request(`/api/v1${path}`, method === 'GET' ? {} : json(method, body));
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const append = (...names: readonly string[]) =>
  net.work(work =>
    sealLeaves(
      work,
      keyring,
      names.map(name => leafHash(Buffer.from(name))),
    ),
  );

test('before anything is sealed the page says so, and the addresses answer 404', async () => {
  expect((await textAt('/journal')).text).toContain('n’est pas encore ouvert');
  for (const path of ['/log/checkpoint', '/log/keys', '/log/vkey', '/api/v1/log', '/log/timestamp/1']) {
    expect((await textAt(path)).status, path).toBe(404);
  }
});

describe('the page of the log', () => {
  beforeAll(async () => {
    await append('a', 'b', 'c');
  });

  test.each([
    ['fr', 'Le journal scellé', 'Aucun témoin extérieur', 'signe aujourd’hui'],
    ['en', 'The sealed log', 'No outside witness', 'signs today'],
  ] as const)(
    'in %s says what it is, how far it is and who vouches for it, and offers a visitor nothing to change',
    async (lang, ...told) => {
      const { status, text } = await textAt('/journal', null, lang);
      expect(status).toBe(200);
      for (const words of told) expect(text).toContain(words);
      expect(text.match(/<h1/g)).toHaveLength(1);
      expect(text).not.toContain('action="/journal');
    },
  );

  test('lets its operator add a witness, says what is wrong with it, and removes it again', async () => {
    const add = (fields: Record<string, string>, actor: Actor | null = operator) =>
      appFor(actor).request('/journal/temoins', form(fields));
    const good = { name: 'Mairie de Ganges', vkey: witness, url: 'https://temoin.example' };
    const wrong = await add({ ...good, vkey: 'x<script>' });
    const page = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(page).toContain('Recopiez en entier la ligne');
    expect(page).toContain('value="x&lt;script>"');
    expect((await add(good, null)).status).toBe(401);
    expect((await add(good, { ...operator, memberships: [] })).status).toBe(403);
    expect((await add(good)).headers.get('location')).toBe('/journal?fait=oui');
    expect((await textAt('/journal')).text).toContain('pas encore interrogé');
    const { body } = await call('GET', '/log', undefined, null);
    const [{ witness_id }] = body['witnesses'] as [{ witness_id: string }];
    const removed = await appFor(operator).request(`/journal/temoins/${witness_id}/retirer`, form({}));
    expect(removed.status).toBe(303);
    expect((await textAt('/journal')).text).toContain('Aucun témoin extérieur');
  });

  test('lets its operator change the key, and revoke the old one', async () => {
    expect((await appFor(operator).request('/journal/cles', form({ request_id: 'r1' }))).status).toBe(303);
    expect((await appFor(operator).request('/journal/cles', form({ request_id: 'r1' }))).status).toBe(303);
    const { body } = await call('GET', '/log');
    expect(body).toMatchObject({ size: 4, keys: [{ status: 'retired' }, { status: 'current' }] });
    const revoke = (since: string, generation = '1') =>
      appFor(operator).request('/journal/cles/revoquer', form({ generation, since }));
    expect((await revoke('2099-01-01')).status).toBe(422);
    expect((await revoke('hier')).status).toBe(422);
    expect((await revoke('2026-06-15', '2')).status).toBe(409);
    expect((await revoke('2026-06-15')).status).toBe(303);
    expect((await textAt('/journal')).text).toContain('révoquée');
  });
});

describe('the addresses of the log', () => {
  test('give each checkpoint as it was signed, and the list of keys', async () => {
    const [first, second] = (await call('GET', '/log')).body['keys'] as { vkey: string }[];
    const keyOf = (one?: { vkey: string }) => parseVkey(one!.vkey)!;
    expect(openCheckpoint((await textAt('/log/checkpoint/3')).text, keyOf(first))?.size).toBe(3);
    expect(openNote((await textAt('/log/checkpoint/4')).text, [keyOf(first), keyOf(second)])?.signedBy).toHaveLength(2);
    expect(openNote((await textAt('/log/keys')).text, [keyOf(second)])?.text).toContain(`${first!.vkey} revoked from `);
    expect((await textAt('/log/vkey')).text).toBe(`${second!.vkey}\n`);
  });

  test.each(['/log/checkpoint/99', '/log/timestamp/3'])('%s is not there', async path => {
    expect((await textAt(path)).status).toBe(404);
  });

  test.each(['/log/checkpoint/x', '/log/checkpoint/-1', '/log/checkpoint/1e99', '/log/timestamp/1.5'])(
    '%s is refused in words',
    async path => expect((await textAt(path)).status).toBe(422),
  );
});

describe('the endpoints', () => {
  const asked = { name: 'Auditeur', vkey: witness, url: 'https://temoin.example' };
  test('are for the operator', async () => {
    for (const [method, path, body] of [
      ['POST', '/log/keys', undefined],
      ['POST', '/log/keys/1/revocation', { since: '2026-06-15T00:00:00Z' }],
      ['POST', '/log/witnesses', asked],
      ['DELETE', '/log/witnesses/wit_1', undefined],
    ] as const) {
      expect((await call(method, path, body, null)).status, path).toBe(401);
      expect((await call(method, path, body, { ...operator, memberships: [] })).body['code']).toBe(
        'notary.operator_only',
      );
    }
  });

  test('change keys and witnesses', async () => {
    expect(await call('POST', '/log/keys')).toMatchObject({ status: 201, body: { size: 5 } });
    expect(await call('POST', '/log/keys/2/revocation', { since: '2026-06-15T07:00:00Z' })).toMatchObject({
      status: 201,
      body: { status: 'revoked' },
    });
    expect((await call('POST', '/log/keys/2/revocation', { since: 'hier' })).status).toBe(422);
    const added = await call('POST', '/log/witnesses', asked);
    expect(added).toMatchObject({ status: 201, body: { witness_id: expect.stringMatching(/^wit_/) } });
    expect((await call('POST', '/log/witnesses', asked)).body['code']).toBe('notary.same_witness');
    expect((await call('DELETE', `/log/witnesses/${added.body['witness_id']}`)).status).toBe(200);
    expect((await call('DELETE', '/log/witnesses/wit_nobody')).body['code']).toBe('notary.no_witness');
  });
});
