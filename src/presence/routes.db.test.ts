import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { bookMany } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import type { Mount } from '../platform/http.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { attestDay, codeAt, type OpenedKiosk, openKiosk } from './presence.ts';
import { routes } from './routes.ts';

const secrets = openSecretsOf('presence pages');
const withSecrets = (mount: Mount) => routes({ ...mount, shell: { ...mount.shell, secrets } });
const actorOf = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId,
  firstName: 'Ada',
  memberships: [{ role, scope }],
});
const operator = actorOf('per_operator0', 'network_operator');
const morning = '2026-06-15T08:00:00Z';

let net: TestNetwork;
let space: Space;
let opened: OpenedKiosk;
let people: readonly Id<'per'>[];

beforeEach(async () => {
  net = await freshNetwork(morning);
  people = done(
    await net.work(w =>
      addPersons(w, operator, [
        { email: 'claire@example.org', firstName: 'Claire', lastName: 'Dubois' },
        { email: 'yanis@example.org', firstName: 'Yanis', lastName: 'Benali' },
        { email: 'hote@example.org', firstName: 'Maya', lastName: 'Roy' },
      ]),
    ),
  ).map(p => p.personId);
  space = done(await net.work(w => addSpaces(w, operator, [sampleSpace()])))[0]!;
  opened = done(await net.work(w => openKiosk(w, operator, { spaceId: space.spaceId, name: 'Entrée', secrets })));
  await net.work(w => bookMany(w, [{ spaceId: space.spaceId, day: '2026-06-15', part: 'day', personId: people[0]! }]));
});

const worker = (n = 0, now = morning) => roomApp(net, [withSecrets], { actor: actorOf(people[n]!), now });
const host = (now = morning) => roomApp(net, [withSecrets], { actor: actorOf(people[2]!, 'host', space.spaceId), now });
const visitor = (now = morning) => roomApp(net, [withSecrets], { now });
const code = (at = morning) => codeAt(opened.kiosk, { at: instant(at), secrets }).code;
const text = async (answer: Response | Promise<Response>) => (await answer).text();

describe('my day', () => {
  test('shows today’s desk and notes the code typed', async () => {
    const page = await text(worker().request('/mon-espace'));
    expect(page).toContain('Aujourd’hui, lundi 15 juin');
    expect(page).toContain('Bureau');
    const noted = await worker().request('/mon-espace', form({ code: code(), request_id: 'one' }));
    expect(noted.headers.get('location')).toBe('/mon-espace?note=oui');
    expect(await text(worker().request('/mon-espace?note=oui'))).toContain('Arrivée notée à 10:00, L’Atelier');
  });

  test('a wrong code comes back with what to do, the code still in the field', async () => {
    const refused = await worker().request('/mon-espace', form({ code: 'ABC123' }));
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('Aucune borne n’affiche ce code');
    expect(page).toContain('value="ABC123"');
  });

  test('a phone that scans gets one button; looking at the page notes no one', async () => {
    const address = `/p/${code()}?k=${opened.kiosk.kioskId}`;
    expect(await text(worker().request(address))).toContain('Noter mon arrivée');
    expect(await text(worker().request('/mon-espace'))).not.toContain('Arrivée notée');
  });

  test('without a kiosk a person declares, and nothing more is claimed', async () => {
    const page = await text(worker().request('/mon-espace'));
    const reservation = /name="reservation" value="([^"]+)"/.exec(page)![1]!;
    const declared = await worker().request('/mon-espace/declarer', form({ reservation, request_id: 'two' }));
    expect(declared.status).toBe(303);
    net.at('2026-06-16T01:00:00Z');
    await net.work(w => attestDay(w, { day: '2026-06-15', secrets }));
    const days = await text(worker(0, '2026-06-16T08:00:00Z').request('/mes-presences'));
    expect(days).toContain('A : déclaration');
    const id = /href="(\/mes-presences\/prs_[^"]+)"/.exec(days)![1]!;
    const later = worker(0, '2026-06-16T08:00:00Z');
    expect((await later.request(id, form({ motif: 'half_only' }))).status).toBe(303);
    expect(await text(later.request(id))).toContain('Retirer ma contestation');
    expect((await worker(1, '2026-06-16T08:00:00Z').request(id, form({ motif: 'other' }))).status).toBe(403);
    const network = roomApp(net, [withSecrets], { actor: operator, now: '2026-06-16T08:00:00Z' });
    expect((await later.request('/contestations')).status).toBe(403);
    const answer = /action="(\/contestations\/prs_[^"]+)"/.exec(await text(network.request('/contestations')))![1]!;
    expect((await network.request(answer, form({ reponse: 'oui' }))).status).toBe(303);
    expect(await text(network.request('/contestations'))).toContain('Aucune contestation en attente');
    expect(await text(later.request('/mes-presences'))).toContain('annulée');
  });
});

describe('the host’s day', () => {
  const list = () => `/accueil/${space.slug}/2026-06-15`;

  test('opens on the only space hosted, lists who comes, and notes with one button', async () => {
    expect((await host().request('/accueil')).headers.get('location')).toBe(list());
    expect(await text(host().request(list()))).toContain('Claire Dubois');
    const mark = { personne: people[0]!, moment: 'morning', present: 'oui', request_id: 'three' };
    expect((await host().request(list(), form(mark))).status).toBe(303);
    expect(await text(host().request(list()))).toContain('liste de l’hôte');
    expect((await worker().request(list())).status).toBe(403);
  });

  test('receives a visitor; an unknown address comes back beside its field', async () => {
    const receive = (email: string) => host().request(`${list()}/visiteur`, form({ email, moment: 'day' }));
    expect((await receive('yanis@example.org')).status).toBe(303);
    expect(await text(host().request(list()))).toContain('Yanis Benali');
    const refused = await receive('nobody@example.org');
    expect(refused.status).toBe(404);
    expect(await refused.text()).toContain('value="nobody@example.org"');
  });
});

describe('the kiosk', () => {
  const cookieOf = (answer: Response) => answer.headers.get('set-cookie')!.split(';')[0]!;

  test('opens with its key, keeps it in a cookie, shows the code, the clock and short names', async () => {
    const { kioskId } = opened.kiosk;
    expect((await visitor().request(`/kiosque/${kioskId}`)).status).toBe(403);
    const entered = await visitor().request(`/kiosque/${kioskId}?cle=${opened.key}`);
    expect(entered.headers.get('location')).toBe(`/kiosque/${kioskId}`);
    const page = await text(visitor().request(`/kiosque/${kioskId}`, { headers: { cookie: cookieOf(entered) } }));
    expect(page).toContain(`${code().slice(0, 3)} ${code().slice(3)}`);
    expect(page).toContain('10:00');
    expect(page).toContain('Claire D.');
    expect(page).not.toContain('Dubois');
    expect(page).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"/);
    const touched = await visitor().request(`/kiosque/${kioskId}/nom`, {
      ...form({ personne: people[0]! }),
      headers: { cookie: cookieOf(entered), 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(touched.status).toBe(303);
    expect(await text(host().request(`/accueil/${space.slug}/2026-06-15`))).toContain('nom touché sur la borne');
  });

  test('opens where its host is signed in, and tells no one else its key', async () => {
    const { kioskId } = opened.kiosk;
    expect((await host().request(`/kiosque/${kioskId}`)).status).toBe(200);
    expect((await worker().request(`/kiosque/${kioskId}`)).status).toBe(403);
    expect(await text(host().request(`/accueil/${space.slug}/bornes`))).toContain(`cle=${opened.key}`);
    expect((await worker().request(`/accueil/${space.slug}/bornes`)).status).toBe(403);
  });

  test('syncs what it kept, says its time, and gets an hour of codes', async () => {
    const { kioskId } = opened.kiosk;
    const sync = (body: object) => visitor().request(`/api/v1/kiosks/${kioskId}/sync`, json('POST', body));
    const at = '2026-06-15T07:30:00Z';
    const shown = codeAt(opened.kiosk, { at: instant(at), secrets });
    const events = [
      {
        event_id: 'acc_keptoffline',
        person_id: people[1],
        method: 'rotating_code',
        code: shown.code,
        counter: String(shown.counter),
        captured_at: at,
      },
      {
        person_id: people[1],
        method: 'rotating_code',
        code: '000000',
        counter: String(shown.counter),
        captured_at: at,
      },
    ];
    const answer = await sync({ key: opened.key, kiosk_time: '2026-06-15T08:05:00Z', events });
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { codes: string[]; first_counter: number };
    expect(body).toMatchObject({
      clock: { right: false, message: expect.stringContaining('avance de 5 min') },
      events: [
        { accepted: true, event_id: 'acc_keptoffline' },
        { accepted: false, code: 'presence.code_not_shown' },
      ],
    });
    expect(body.codes).toHaveLength(240);
    expect(body.codes[1]).toBe(code());
    expect((await sync({ key: 'wrong', kiosk_time: at, events: [] })).status).toBe(403);
  });
});

describe('by the API', () => {
  test('check-ins, one’s own presences, and the public rules', async () => {
    const noted = await worker().request('/api/v1/check-ins', json('POST', { code: code() }));
    expect(noted.status).toBe(201);
    expect(await noted.json()).toMatchObject({ space: 'L’Atelier', half: 'morning', booking_id: expect.any(String) });
    net.at('2026-06-16T01:00:00Z');
    await net.work(w => attestDay(w, { day: '2026-06-15', secrets }));
    const own = await worker().request('/api/v1/presences?from=2026-06-01&to=2026-06-30');
    expect(await own.json()).toMatchObject({
      presences: [{ half_days: 2, evidence_class: 'C', finality: 'captured' }],
    });
    const rules = (await (await visitor().request('/api/v1/presence-rules')).json()) as { rules: { id: string }[] };
    expect(rules.rules).toHaveLength(16);
  });
});
