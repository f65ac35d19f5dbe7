import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { actorAs, openAttendedSpaces, operator, secrets } from '../../tools/attended-spaces.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { writeSun } from '../../tools/sun-tag.ts';
import { confirmedOf } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { Mount } from '../platform/http.ts';
import { type Resource, resourcesOf } from '../spaces/spaces.ts';
import { readTag, registerTag, setLevel, sitDown, type Tag, tagAt, tagsOf, withdrawTag } from './presence.ts';
import { routes } from './routes.ts';

const chance = (size: number) => Buffer.alloc(size, 5);
const means = { secrets, chance };
const withMeans = (mount: Mount) => routes({ ...mount, shell: { ...mount.shell, secrets, chance } });
const day: Day = '2026-06-15';
const at = '2026-06-15T07:00:00Z';
const keys = { meta: Buffer.alloc(16, 1), file: Buffer.alloc(16, 2) };
const uid = '04de5f1eacc040';
const typed = { uid, metaKey: keys.meta.toString('hex'), fileKey: keys.file.toString('hex') };

let net: Awaited<ReturnType<typeof openAttendedSpaces>>;
let spaceId: Id<'spc'>;
let desks: readonly Resource[];
beforeEach(async () => {
  net = await openAttendedSpaces(at, 4);
  spaceId = net.spaces[0]!.spaceId;
  desks = await net.work(w => resourcesOf(w, [spaceId]));
});

const worker = (n: number) => actorAs(net.people[n]!);
const adds = (more: Partial<Parameters<typeof registerTag>[2]> = {}, who = operator) =>
  net.work(w => registerTag(w, who, { spaceId, name: 'Entrée', ...typed, means, ...more }));
const written = (tag: Tag, counter: number, more: { uid?: string; keys?: typeof keys } = {}) => ({
  tagId: tag.tagId,
  ...writeSun(more.keys ?? keys, { uid: more.uid ?? uid, counter }),
});
const reads = (n: number, address: ReturnType<typeof written>) =>
  net.work(w => readTag(w, worker(n), { ...address, secrets }));
const bookedBy = (n: number) => net.work(w => confirmedOf(w, { personId: net.people[n]!, from: day, to: day }));

describe('a tag at the entrance', () => {
  test('notes whoever reads it: a strong proof, once a reading', async () => {
    const tag = done(await adds());
    await net.book(0, day);
    const first = written(tag, 1);
    expect(done(await net.work(w => tagAt(w, first, secrets))).counter).toBe(1);
    expect(done(await reads(0, first))).toMatchObject({ method: 'tag', sourceId: tag.tagId, kioskId: null });
    expect(codeOf(await reads(0, first))).toBe('presence.tag_reading_used');
    expect(codeOf(await reads(1, first))).toBe('presence.tag_reading_used');
    expect(codeOf(await reads(1, written(tag, 3)))).toBe('accepted');
    // An address copied earlier, and kept: a later reading has overtaken it.
    expect(codeOf(await reads(2, written(tag, 2)))).toBe('presence.tag_reading_used');
    await net.attest(day, '2026-06-16');
    const classes = [await net.of(0, day), await net.of(1, day)].map(own => own.map(one => one.evidenceClass));
    expect(classes).toEqual([['C'], ['B']]);
  });

  test('a reading sent by many at once serves one', async () => {
    const tag = done(await adds());
    const many = await Promise.all([0, 1, 2, 3].map(n => reads(n, written(tag, 1))));
    expect(many.map(codeOf).filter(code => code === 'accepted')).toHaveLength(1);
  });

  test('its counter grows, whatever the program does', async () => {
    const tag = done(await adds());
    done(await reads(0, written(tag, 5)));
    const back = sql`update presence.tag set last_counter = 4`.execute(net.database.db);
    await expect(back).rejects.toMatchObject({ constraint: 'a_tag_counter_only_grows' });
  });

  test('what it did not write is refused: forged, of another tag, of one out of service', async () => {
    const tag = done(await adds());
    const other = { ...keys, file: Buffer.alloc(16, 9) };
    expect(codeOf(await reads(0, written(tag, 1, { keys: other })))).toBe('presence.tag_not_read');
    expect(codeOf(await reads(0, written(tag, 1, { uid: '04000000000000' })))).toBe('presence.tag_not_read');
    const good = written(tag, 1);
    expect(codeOf(await reads(0, { ...good, cmac: good.cmac.replace(/./, d => (d === '0' ? '1' : '0')) }))).toBe(
      'presence.tag_not_read',
    );
    expect(codeOf(await reads(0, { ...good, tagId: 'tag_00000000' }))).toBe('presence.unknown_tag');
    const second = done(await adds({ uid: '04aabbccddeeff' }));
    expect(codeOf(await reads(0, { ...good, tagId: second.tagId }))).toBe('presence.tag_not_read');
    done(await net.work(w => withdrawTag(w, operator, tag.tagId)));
    expect(codeOf(await reads(0, good))).toBe('presence.unknown_tag');
    expect(codeOf(await net.work(w => withdrawTag(w, operator, tag.tagId)))).toBe('presence.unknown_tag');
  });

  test('its number and keys are kept sealed, bound to it, and taken once', async () => {
    const tag = done(await adds());
    const kept = await sql<{ text: string }>`select encode(keys_sealed, 'hex') || encode(uid_mac, 'hex') as text
      from presence.tag`.execute(net.database.db);
    for (const secret of [uid, typed.metaKey, typed.fileKey]) expect(kept.rows[0]!.text).not.toContain(secret);
    expect(codeOf(await adds({ spaceId: net.spaces[1]!.spaceId }))).toBe('presence.tag_registered');
    done(await net.work(w => withdrawTag(w, operator, tag.tagId)));
    const again = done(await adds());
    await sql`update presence.tag set keys_sealed = (select keys_sealed from presence.tag where tag_id = ${tag.tagId})
      where tag_id = ${again.tagId}`.execute(net.database.db);
    expect(codeOf(await reads(0, written(again, 1)))).toBe('presence.unknown_tag');
  });

  test('is put in service by who manages the space, and not with the factory’s keys', async () => {
    const host = actorAs(net.people[3]!, 'host', spaceId);
    const zeros = '0'.repeat(32);
    const codes = [
      codeOf(await adds({}, host)),
      codeOf(await adds({ name: ' ' })),
      codeOf(await adds({ uid: '04DE' })),
      codeOf(await adds({ metaKey: zeros })),
      codeOf(await adds({ fileKey: zeros })),
      codeOf(await adds({ resourceId: 'res_00000000' })),
      codeOf(await adds({ spaceId: 'spc_00000000' })),
      codeOf(await net.work(w => tagsOf(w, worker(0), spaceId))),
    ];
    expect(codes).toEqual([
      'presence.not_manager',
      'presence.tag_without_name',
      'presence.tag_number_unreadable',
      'presence.tag_key_unreadable',
      'presence.tag_key_unreadable',
      'presence.tag_of_unknown_desk',
      'presence.unknown_space',
      'presence.not_host',
    ]);
    expect(done(await net.work(w => tagsOf(w, host, spaceId)))).toEqual([]);
  });
});

describe('a tag on a desk', () => {
  test('books it when it is free and notes the arrival; taken, it says so and uses no reading', async () => {
    const desk = desks[2]!;
    const tag = done(await adds({ resourceId: desk.resourceId }));
    const noted = done(await reads(0, written(tag, 1)));
    expect(noted.booking).toMatchObject({ resourceId: desk.resourceId, part: 'day' });
    const refused = await reads(1, written(tag, 2));
    expect([codeOf(refused), await bookedBy(1)]).toEqual(['booking.desk_taken', []]);
    expect(codeOf(await reads(0, written(tag, 2)))).toBe('accepted');
    expect(await bookedBy(0)).toHaveLength(1);
  });

  test('of whoever has booked another, it notes the arrival alone; in the afternoon it books the afternoon', async () => {
    const tag = done(await adds({ resourceId: desks[2]!.resourceId }));
    await net.book(0, day);
    const [own] = await bookedBy(0);
    expect(done(await reads(0, written(tag, 1))).booking?.bookingId).toBe(own!.bookingId);
    net.at('2026-06-15T12:30:00Z');
    expect(done(await reads(1, written(tag, 2))).booking).toMatchObject({ part: 'afternoon' });
  });

  test('a printed square books it too, and is somebody’s word: not where a code is asked for', async () => {
    const asked = { space: net.spaces[0]!, resourceId: desks[1]!.resourceId };
    const sits = (n: number) => net.work(w => sitDown(w, worker(n), asked));
    expect(done(await sits(0))).toMatchObject({ method: 'own_declaration', booking: { part: 'day' } });
    expect(codeOf(await sits(1))).toBe('booking.desk_taken');
    done(await net.work(w => setLevel(w, operator, { spaceId, level: 'code', from: day })));
    const other = { ...asked, resourceId: desks[3]!.resourceId };
    expect(codeOf(await net.work(w => sitDown(w, worker(2), other)))).toBe('presence.code_needed');
    expect(await bookedBy(2)).toEqual([]);
  });
});

describe('their pages', () => {
  const phone = (n: number) => roomApp(net, [withMeans], { actor: worker(n), now: at });
  const manager = () => roomApp(net, [withMeans], { actor: operator, now: at });
  const list = () => `/accueil/${net.spaces[0]!.slug}/etiquettes`;

  test('a manager puts a tag in service; a phone that read it gets one button, and looking uses nothing', async () => {
    const sent = { nom: 'Bureau 2', poste: desks[2]!.resourceId, uid: '04:DE:5F:1E:AC:C0:40' };
    const added = await manager().request(
      list(),
      form({ ...sent, cle_lecture: typed.metaKey, cle_signature: typed.fileKey }),
    );
    expect(added.headers.get('location')).toBe(list());
    const bad = await manager().request(list(), form({ ...sent, cle_lecture: '00', cle_signature: '00' }));
    const page = await bad.text();
    expect([bad.status, page.includes('href="#cle_lecture"'), page.includes(typed.metaKey)]).toEqual([
      422,
      true,
      false,
    ]);
    const [tag] = done(await net.work(w => tagsOf(w, operator, spaceId)));
    expect(await (await manager().request(list())).text()).toContain(`/n?t=${tag!.tagId}&amp;e=0000`);
    const { picc, cmac } = written(tag!, 7);
    const address = `/n?t=${tag!.tagId}&e=${picc}&c=${cmac}`;
    for (let look = 0; look < 2; look++)
      expect(await (await phone(0).request(address)).text()).toContain('Réserver la journée et noter mon arrivée');
    const press = { t: tag!.tagId, e: picc, c: cmac, moment: 'morning', request_id: 'a' };
    expect((await phone(0).request('/n', form(press))).headers.get('location')).toBe('/mon-espace?note=oui');
    expect((await bookedBy(0))[0]).toMatchObject({ part: 'morning', resourceId: desks[2]!.resourceId });
    const taken = await (await phone(1).request(address)).text();
    expect(taken).toContain('Ce poste ne peut pas être pris');
    expect(taken).toContain(`/bureau/${net.spaces[0]!.slug}/${desks[3]!.resourceId}`);
    expect((await phone(1).request('/n?t=x&e=y&c=z')).status).toBe(404);
    const gone = await manager().request(`${list()}/retirer`, form({ etiquette: tag!.tagId }));
    expect([gone.status, (await phone(1).request(address)).status]).toEqual([303, 404]);
  });

  test('squares are printed for each desk, and lead to it', async () => {
    const squares = await (await manager().request(`${list()}/carres`)).text();
    expect(squares.match(/class="paper-square"/g)).toHaveLength(desks.length);
    expect((await phone(0).request(`${list()}/carres`)).status).toBe(403);
    const desk = `/bureau/${net.spaces[0]!.slug}/${desks[0]!.resourceId}`;
    expect(await (await phone(0).request(desk)).text()).toContain('Ce poste est libre');
    expect((await phone(0).request(desk, form({ moment: 'day', request_id: 'b' }))).status).toBe(303);
    expect(await (await phone(0).request(desk)).text()).toContain('Vous avez réservé ici aujourd’hui');
    expect((await phone(0).request(`/bureau/${net.spaces[0]!.slug}/res_00000000`)).status).toBe(404);
  });

  test('by the API', async () => {
    const tags = `/api/v1/spaces/${spaceId}/tags`;
    const sent = { name: 'Entrée', uid, meta_key: typed.metaKey, file_key: typed.fileKey };
    const added = await manager().request(tags, json('POST', sent));
    const { tag_id } = (await added.json()) as { tag_id: Id<'tag'> };
    const { picc, cmac } = writeSun(keys, { uid, counter: 1 });
    const reading = json('POST', { tag_id, picc, cmac });
    expect(await (await phone(0).request('/api/v1/tag-readings', reading)).json()).toMatchObject({ booking_id: null });
    expect((await phone(0).request('/api/v1/tag-readings', reading)).status).toBe(409);
    expect(await (await manager().request(tags)).json()).toMatchObject({ tags: [{ tag_id, resource_id: null }] });
    expect((await manager().request(`/api/v1/tags/${tag_id}`, { method: 'DELETE' })).status).toBe(200);
  });
});
