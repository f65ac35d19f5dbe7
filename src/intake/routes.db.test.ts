import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { json, roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { standingOn } from '../booking/booking.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations, addPersons, appointFirstOperator } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces } from '../spaces/spaces.ts';
import { routes } from './routes.ts';

const sample = (name: string): string => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8');

let net: TestNetwork;
let operator: Actor;
const worker: Actor = { personId: 'per_ordinary', firstName: 'Ana', memberships: [{ role: 'worker', scope: null }] };

beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  operator = done(
    await net.work(work =>
      appointFirstOperator(work, { email: 'olga@exemple.invalid', firstName: 'Olga', lastName: 'Essai' }),
    ),
  );
  await net.work(async work => {
    const names = ['Ana', 'Bea'].map(firstName => ({
      email: `${firstName.toLowerCase()}@exemple.invalid`,
      firstName,
      lastName: 'Essai',
    }));
    done(await addPersons(work, operator, names));
    const [manager] = done(await addOrganisations(work, operator, [{ kind: 'commune', name: 'Commune d’essai' }]));
    done(await addSpaces(work, operator, [sampleSpace({ managerId: manager!.organisationId })]));
  });
});
afterAll(() => net.database.db.destroy());

const app = (actor: Actor | null = operator, lang: 'fr' | 'en' = 'fr') => roomApp(net, [routes], { actor, lang });
const upload = (fields: Readonly<Record<string, string | File>>): RequestInit => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return { method: 'POST', body };
};
const post = async (fields: Readonly<Record<string, string | File>>, actor = operator) => {
  const answer = await app(actor).request('/reprise', upload(fields));
  return { status: answer.status, html: await answer.text() };
};
const standing = () =>
  net.work(work => standingOn(work, { days: ['2026-06-23', '2026-06-24', '2026-06-25'], spaceIds: 'all' }));

/** Hidden fields of the form that books, as a browser would send them. */
const hiddenOf = (html: string): Record<string, string> => {
  const form = /<form[^>]*>(?:(?!<\/form>)[\s\S])*name="ecrire"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const plain = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)" value(?:="([^"]*)")?/g)].map(([, name, value = '']) => [
      name!,
      plain(value).replaceAll(/\r?\n/g, '\r\n'),
    ]),
  );
};

describe('the page', () => {
  test.each(['fr', 'en'] as const)('asks for a file (%s)', async lang => {
    const html = await (await app(operator, lang).request('/reprise')).text();
    expect(html).toContain(lang === 'fr' ? 'Reprendre des réservations' : 'Take bookings over');
    expect(html).toContain('type="file"');
  });

  test('shows what a dump would become, then books it, then changes nothing', async () => {
    const file = new File([sample('mrbs-dump.sql')], 'mrbs.sql');
    const seen = await post({ format: 'mrbs', fichier: file, correspondance: '', source: '', elargir: 'oui' });
    expect(seen.status).toBe(200);
    expect(seen.html).toContain('Rien n’est encore réservé');
    expect(seen.html).toContain('Réserver ces 3 places');
    expect(seen.html).toContain('«\u00a0n° 9\u00a0» n’est le nom d’aucun poste');
    expect(await standing()).toEqual([]);
    const agreed = hiddenOf(seen.html);
    expect(Object.keys(agreed)).toEqual(['ecrire', 'format', 'contenu', 'correspondance', 'source', 'elargir']);
    expect((await post(agreed)).html).toContain('C’est repris');
    const booked = await standing();
    expect(booked).toHaveLength(3);
    const again = await post(agreed);
    expect(again.html).toContain('déjà repris');
    expect(await standing()).toEqual(booked);
  });

  test('reads the same file again under a corrected mapping, without choosing it again', async () => {
    const fields = { format: 'grr', contenu: sample('grr-dump.sql'), fichier: new File([], ''), source: '' };
    const first = await post({ ...fields, correspondance: '' });
    expect(first.html).toContain('Rien à réserver dans ce fichier');
    const second = await post({ ...fields, correspondance: 'salle;Poste du fond;L’Atelier / Bureau 3' });
    expect(second.html).toContain('Réserver cette place');
  });

  test.each([
    ['no file', { format: 'csv', fichier: new File([], '') }, 'Choisissez un fichier'],
    ['no such format', { format: 'xls', fichier: new File(['x'], 'x') }, 'La valeur de «\u00a0format\u00a0»'],
    ['a dump that is none', { format: 'grr', fichier: new File(['Bonjour'], 'x') }, 'n’a pas toutes les tables'],
    [
      'bytes of any kind',
      { format: 'ics', fichier: new File([new Uint8Array([0, 255, 1])], 'x') },
      'ne se lit pas comme iCalendar',
    ],
    [
      'a mapping that leads nowhere',
      { format: 'csv', fichier: new File([sample('bookings.csv')], 'x'), correspondance: 'salle;a;b' },
      'À la ligne 1 de la correspondance',
    ],
  ])('says why not: %s', async (_name, fields, says) => {
    const { status, html } = await post(fields);
    expect(status).toBe(422);
    expect(html).toContain(says);
    expect(html).toContain('error-summary');
  });

  test('is for those who receive people', async () => {
    expect((await app(worker).request('/reprise')).status).toBe(403);
    expect((await post({ format: 'csv' }, worker)).status).toBe(403);
    expect((await app(null).request('/reprise')).status).toBe(401);
  });
});

describe('the API', () => {
  const ask = (body: object, actor: Actor | null = operator) =>
    app(actor).request('/api/v1/imports', json('POST', body));

  test('tells, then books', async () => {
    const content = 'id;space;resource;person;day;part\nx1;L’Atelier;Bureau 2;ana@exemple.invalid;2026-06-25;morning';
    const told = await (await ask({ format: 'csv', content })).json();
    expect(told).toMatchObject({
      written: false,
      counts: { bookable: 1 },
      lines: [{ ref: 'x1', state: 'bookable', part: 'morning', price_eur_cents: '800', against: [] }],
    });
    const written = await (await ask({ format: 'csv', content, write: true })).json();
    expect(written).toMatchObject({ written: true, counts: { booked: 1 } });
    const clash = await (await ask({ format: 'csv', content: content.replace('x1', 'x2') })).json();
    expect(clash).toMatchObject({
      lines: [
        {
          state: 'clash',
          reason: { code: 'intake.person_taken' },
          against: [{ booking_id: (written as { lines: { booking_id: string }[] }).lines[0]!.booking_id }],
        },
      ],
    });
  });

  test.each([
    [{ format: 'csv', content: 'a;b' }, 422, 'intake.csv_columns'],
    [{ format: 'ics', content: 'BEGIN:VCALENDAR\nEND:VCALENDAR' }, 422, 'intake.no_entry'],
    [{ format: 'dbase', content: '' }, 422, 'request.invalid'],
    [{}, 422, 'request.invalid'],
  ])('refuses %j', async (body, status, code) => {
    const answer = await ask(body);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
  });

  test('is for those who receive people', async () => {
    expect(await (await ask({ format: 'csv', content: 'x' }, worker)).json()).toMatchObject({
      code: 'intake.not_host',
    });
    expect((await ask({ format: 'csv', content: 'x' }, null)).status).toBe(401);
  });
});
