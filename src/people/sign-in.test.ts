import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailOf } from './email.ts';
import { clientAddress, linkOrigin, safeReturn, signInMail } from './sign-in.ts';
import { sirenOf, siretOf } from './siren.ts';

describe('an e-mail', () => {
  test.each([
    ['  Camille@Exemple.FR ', 'camille@exemple.fr'],
    ["o'neil+parvis@sub.exemple.fr", "o'neil+parvis@sub.exemple.fr"],
    ['camille', null],
    ['camille@exemple', null],
    ['camille@@exemple.fr', null],
    ['camille@exemple..fr', null],
    ['a b@exemple.fr', null],
    ['camille@exemple.fr\r\nBcc: all@exemple.fr', null],
    ['josé@exemple.fr', null],
    [`${'a'.repeat(65)}@exemple.fr`, null],
  ])('%j is kept as %j', (typed, kept) => {
    expect(emailOf(typed)).toBe(kept);
  });
});

describe('SIREN and SIRET', () => {
  test.each([
    ['a valid SIREN, spaced', '732 829 320', '732829320'],
    ['a wrong key', '732829321', null],
    ['two digits swapped', '723829320', null],
    ['too short', '73282932', null],
  ])('%s', (_name, typed, kept) => {
    expect(sirenOf(typed)).toBe(kept);
  });
  test.each([
    ['a valid SIRET, with narrow spaces', '732\u202f829\u202f320\u202f00074', '73282932000074'],
    ['a wrong key', '73282932000075', null],
    ['a SIREN that is wrong inside', '73282932100074', null],
    ['a post office, whose digits add up to a multiple of 5', '35600000049837', '35600000049837'],
  ])('%s', (_name, typed, kept) => {
    expect(siretOf(typed)).toBe(kept);
  });
  test('one changed digit is always seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digits = [...'732829320'];
        digits[place] = String((Number(digits[place]) + shift) % 10);
        expect(sirenOf(digits.join(''))).toBeNull();
      }),
    );
  });
});

describe('the way back after signing in', () => {
  test.each([
    ['/reserver?jour=2026-06-16', '/reserver?jour=2026-06-16'],
    [undefined, '/'],
    ['', '/'],
    ['https://evil.test/', '/'],
    ['//evil.test/', '/'],
    ['/\\evil.test/', '/'],
    ['/a\\b', '/'],
    ['/a\r\nSet-Cookie: x', '/'],
    ['/\t/evil.test', '/'],
    [`/${'a'.repeat(600)}`, '/'],
  ])('%j leads to %j', (asked, path) => {
    expect(safeReturn(asked)).toBe(path);
  });
  test('never leaves the site, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        const back = safeReturn(`/${text}`);
        expect(new URL(back, 'https://parvis.test').origin).toBe('https://parvis.test');
      }),
    );
  });
});

describe('the address that a mailed link carries', () => {
  const base = { publicUrl: null, hostname: null, asked: 'https://evil.test', mailed: true };
  test.each([
    ['the public address comes first', { ...base, publicUrl: 'https://parvis.test' }, 'https://parvis.test'],
    ['the network’s own host name is trusted', { ...base, hostname: 'evil.test' }, 'https://evil.test'],
    ['a forged host is not', base, null],
    ['a forged host is not, beside the network’s own', { ...base, hostname: 'sud.test' }, null],
    ['this machine is', { ...base, asked: 'http://localhost:3000' }, 'http://localhost:3000'],
    ['a host that only looks like this machine is not', { ...base, asked: 'http://localhost.evil.test' }, null],
    ['with no mail server, the log shows what was asked', { ...base, mailed: false }, 'https://evil.test'],
    ['what is not an address is nothing', { ...base, asked: 'evil', mailed: false }, null],
  ])('%s', (_name, given, origin) => {
    expect(linkOrigin(given)).toBe(origin);
  });
});

describe('the address that limits count', () => {
  test.each([
    ['someone from afar', '203.0.113.9', undefined, '203.0.113.9'],
    ['a header from afar is not believed', '203.0.113.9', '192.0.2.1', '203.0.113.9'],
    ['behind our proxy, the address that it wrote last', '127.0.0.1', '6.6.6.6, 192.0.2.1', '192.0.2.1'],
    ['behind our proxy in IPv6 form', '::ffff:10.0.0.2', '192.0.2.1', '192.0.2.1'],
    ['nothing is known', undefined, '192.0.2.1', 'unknown'],
  ])('%s', (_name, peer, forwarded, address) => {
    expect(clientAddress(peer, forwarded)).toBe(address);
  });
});

test('the mail speaks the language that was read', () => {
  const mail = { firstName: 'Camille', network: 'Réseau d’essai', link: 'https://parvis.test/x' } as const;
  expect(signInMail({ ...mail, lang: 'fr' }).text).toContain('Il sert une seule fois et pendant 15 minutes.');
  expect(signInMail({ ...mail, lang: 'en' }).text).toContain('It works once, for 15 minutes.');
});
