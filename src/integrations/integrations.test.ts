import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourcesUnder } from '../../tools/imports.ts';
import { addSeconds, instant, secondsBetween } from '../kernel/time.ts';
import { isPrivateAddress } from '../platform/courier.ts';
import { migrationsIn } from '../platform/database.ts';
import { attemptsInAll, delays_s, endOf, lease_s, nextOf, pause_s } from './attempts.ts';
import { dataFor, eventNamed, hookEvents } from './events.ts';
import { secretText, signedHeaders, signingKey } from './signature.ts';
import { targetRefusal } from './target.ts';

const now = instant('2026-06-15T08:00:00Z');

describe('the signature', () => {
  test('is the one of the Standard Webhooks example', () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp_s: 1_614_265_330, body: '{"test": 2432232314}' };
    expect(signedHeaders(signed, [key])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
    expect(secretText(key)).toBe('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  });

  test('has a key of its own for each network, subscription and generation, of 32 bytes', () => {
    const master = new Uint8Array(32).fill(7);
    const name = fc.record({
      networkId: fc.constantFrom('net_a', 'net_b'),
      subscriptionId: fc.constantFrom('whk_1', 'whk_2', 'whk_1 1'),
      generation: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [one, other] = [a, b].map(key => Buffer.from(signingKey(master, key)));
        expect(one!.length).toBe(32);
        expect(one!.equals(other!)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  test('changes with the id, the time, the body and the key', () => {
    const text = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(text, fc.nat(), text, (id, timestamp_s, body) => {
        const key = new Uint8Array(32).fill(1);
        const header = signedHeaders({ id, timestamp_s, body }, [key])['webhook-signature']!;
        const own = createHmac('sha256', key).update(`${id}.${timestamp_s}.${body}`).digest('base64');
        expect(header).toBe(`v1,${own}`);
        expect(signedHeaders({ id, timestamp_s: timestamp_s + 1, body }, [key])['webhook-signature']).not.toBe(header);
      }),
    );
  });
});

describe('attempts', () => {
  test('grow apart and last about a day', () => {
    expect(delays_s.toSorted((a, b) => a - b)).toEqual(delays_s);
    expect(delays_s.reduce((sum, one) => sum + one, 0) / 3_600).toBeCloseTo(24.6, 1);
    expect(attemptsInAll).toBe(7);
    expect(lease_s).toBeGreaterThan(5);
    expect(pause_s).toBeLessThanOrEqual(delays_s[0]!);
  });

  test.each([
    ['a 204 at once', 0, 204, 'delivered'],
    ['a 200 at last', 6, 200, 'delivered'],
    ['a redirection', 0, 302, 'waiting'],
    ['no answer', 0, null, 'waiting'],
    ['a 500 before the last', 5, 500, 'waiting'],
    ['a 500 the last time', 6, 500, 'failed'],
    ['a 410 at once', 0, 410, 'failed'],
  ] as const)('%s: %i failures before, %s → %s', (_name, step, status, state) => {
    expect(nextOf({ step, status }, now).state).toBe(state);
  });

  test('whatever the answers, a delivery ends, and its attempts never come closer', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(200, 302, 404, 410, 500, null), { minLength: 8 }), answers => {
        let [step, at, last_s] = [0, now, 0];
        for (const status of answers) {
          const next = nextOf({ step, status }, at);
          if (next.state !== 'waiting') return;
          const delay_s = secondsBetween(at, next.at);
          expect(delay_s).toBeGreaterThan(last_s);
          [step, at, last_s] = [step + 1, next.at, delay_s];
        }
        expect.unreachable('a delivery is tried for ever');
      }),
    );
  });

  test.each([
    ['gone', 410, true, 0, 'gone'],
    ['a delivery lost after a day of failures', 500, true, 24 * 3_600, 'failing'],
    ['a delivery lost while others arrive', 500, true, 3_600, null],
    ['a day of failures with attempts to come', 500, false, 48 * 3_600, null],
  ] as const)('a receiver ends when %s', (_name, status, lost, since_s, why) => {
    expect(endOf({ status, lost, failingSince: addSeconds(now, -since_s) }, now)).toBe(why);
  });
});

/** Events of places that change, noted by the database itself. */
const noted = migrationsIn('migrations').flatMap(({ text }) =>
  [...text.matchAll(/note_change\('([a-z_.]+)'\)/g)].map(([, name]) => name!),
);

describe('what is told', () => {
  const announced = sourcesUnder('src')
    .filter(({ path }) => !/\.test\.tsx?$/.test(path))
    .flatMap(({ text }) => [
      ...[...text.matchAll(/event: '([a-z_]+\.[a-z_]+)'/g)].map(([, name]) => name!),
      ...[...text.matchAll(/announceBookings\(\s*work, '([a-z_.]+)'/g)].map(([, name]) => name!),
    ])
    .concat(noted);

  test('is every event that rooms announce, but those about people or doors, and our own', () => {
    const leftOut =
      /^(people|access|calendars|hosting|integrations|passes)\.|^presence\.(day_coded|forgotten)$|^booking\.(clashed$|(guest|usual)_)/;
    const outside = [...new Set(announced)].filter(name => !leftOut.test(name)).sort();
    expect(hookEvents.map(one => one.name).toSorted()).toEqual(outside);
  });

  test('holds ids, days and counts: no field of people, reasons or hours', () => {
    const fields = hookEvents.flatMap(one => Object.keys(one.fields));
    expect(fields.filter(name => /person|name|email|reason|home|hour|(^|_)at$|employer/.test(name))).toEqual([]);
    for (const { name, when, places, fields: told } of hookEvents) {
      expect(when.fr && when.en, name).toBeTruthy();
      if (places !== null) expect(told[places], name).toBe(places === 'space_ids' ? 'ids' : 'id');
    }
    const decided = { space_id: 'spc_1', booking_id: 'bkg_1', approved: false, reason: 'Ana est malade' };
    expect(dataFor(eventNamed('booking.decided')!, decided, null)).toEqual({
      ...{ space_id: 'spc_1', booking_id: 'bkg_1', approved: false },
    });
  });

  test('to a space is about that space alone', () => {
    const freed = { space_ids: ['spc_1', 'spc_2'], days: ['2026-06-15'] };
    expect(dataFor(eventNamed('booking.freed')!, freed, 'spc_2')).toEqual({ ...freed, space_ids: ['spc_2'] });
    expect(dataFor(eventNamed('booking.freed')!, freed, 'spc_3')).toBeNull();
    expect(dataFor(eventNamed('spaces.closed')!, { space_id: 'spc_1' }, 'spc_2')).toBeNull();
    expect(dataFor(eventNamed('mrv.period_closed')!, { month: '2026-06' }, 'spc_1')).toBeNull();
    expect(dataFor(eventNamed('mrv.period_closed')!, { month: '2026-06' }, null)).toEqual({ month: '2026-06' });
  });

  test('is listed in the README of the room', () => {
    const readme = readFileSync('src/integrations/README.md', 'utf8');
    for (const { name } of hookEvents) expect(readme).toContain(`\`${name}\``);
  });
});

describe('a target', () => {
  const refusedAs = (url: string, privately = false) =>
    targetRefusal(url, { privately, isPrivateAddress })?.code ?? 'accepted';
  test.each([
    ...['', 'rien', '/chemin', 'http://example.org/', 'ftp://example.org/', 'javascript:alert(1)'],
    ...['https://u:p@example.org/', 'https://u@example.org/', 'https://example.org/#x', 'https://'],
    `https://example.org/${'a'.repeat(2_000)}`,
  ])('%s is no web address to send to', url => {
    expect(refusedAs(url)).toBe('integrations.bad_url');
  });

  test.each([
    ...['https://localhost/', 'https://intranet/', 'https://a.localhost/', 'https://a.internal./', 'https://a.local/'],
    ...['https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://[::1]:8443/x'],
    ...['https://[::ffff:10.0.0.1]/', 'https://169.254.169.254/latest', 'https://192.168.1.1./', 'https://0/'],
  ])('%s is private', url => {
    expect(refusedAs(url)).toBe('integrations.private_target');
  });

  test('that is public is accepted, and a private one where the installation says so', () => {
    expect(refusedAs('https://hooks.example.org:8443/parvis?key=1')).toBe('accepted');
    expect(refusedAs('https://8.8.8.8/')).toBe('accepted');
    expect(refusedAs('http://127.0.0.1:4000/', true)).toBe('accepted');
    expect(refusedAs('ftp://127.0.0.1/', true)).toBe('integrations.bad_url');
  });
});
