import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import { signCheckpoint } from './checkpoint.ts';
import { entryBytes, pendingId } from './entry.ts';
import { keyListText, type LogKey, openOfItsDay, purposeOf, rotationEntry, statusOf, vouchesAt } from './keys.ts';
import { noteSigner, vkeyText } from './note.ts';
import { emptyRoot } from './tree.ts';

const signers = [7, 8].map(seed => noteSigner('log.example/parvis', Buffer.alloc(32, seed)));
const keyOf = (generation: number, span: { from: string; until?: string; revokedSince?: string }): LogKey => {
  const { key } = signers[generation - 1]!;
  const maybe = (text?: string) => (text === undefined ? null : instant(text));
  return {
    generation,
    vkey: vkeyText(key),
    key,
    from: instant(span.from),
    until: maybe(span.until),
    revokedSince: maybe(span.revokedSince),
  };
};

const year = { from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' };
const retired = keyOf(1, year);
const revoked = keyOf(1, { ...year, revokedSince: '2026-06-01T00:00:00Z' });
const current = keyOf(2, { from: '2027-01-01T00:00:00Z' });

describe('the word of a key', () => {
  it.each([
    ['retired', retired, '2025-12-31T23:59:59Z', false],
    ['retired', retired, '2026-01-01T00:00:00Z', true],
    ['retired', retired, '2027-01-01T00:00:00Z', true],
    ['retired', retired, '2027-01-01T00:00:01Z', false],
    ['revoked', revoked, '2026-05-31T23:59:59Z', true],
    ['revoked', revoked, '2026-06-01T00:00:00Z', false],
    ['current', current, '2026-12-31T23:59:59Z', false],
    ['current', current, '2099-01-01T00:00:00Z', true],
  ])('%s, %s', (status, key, at, expected) => {
    expect(statusOf(key)).toBe(status);
    expect(vouchesAt(key, instant(at))).toBe(expected);
  });

  it('opens what it signed in its day, and nothing that it signs afterwards', () => {
    const note = signCheckpoint({ origin: 'log.example/parvis', size: 0, root: emptyRoot }, signers[0]!);
    const opens = (keys: readonly LogKey[], signedAt: string) =>
      openOfItsDay(note, { keys, signedAt: instant(signedAt) }) !== null;
    expect(opens([retired, current], '2026-03-01T00:00:00Z')).toBe(true);
    expect(opens([retired, current], '2027-03-01T00:00:00Z')).toBe(false);
    expect(opens([revoked, current], '2026-03-01T00:00:00Z')).toBe(true);
    expect(opens([revoked, current], '2026-09-01T00:00:00Z')).toBe(false);
    expect(opens([current], '2026-03-01T00:00:00Z')).toBe(false);
    // At a change both keys sign: whichever did, in whatever order they are tried.
    for (const keys of [
      [retired, current],
      [current, retired],
    ])
      expect(opens(keys, '2027-01-01T00:00:00Z')).toBe(true);
  });
});

it('the list of keys says each with its state and its span', () => {
  expect(keyListText('log.example/parvis', [revoked, current])).toBe(
    [
      'parvis-log-keys/1',
      'log.example/parvis',
      `${revoked.vkey} revoked from 2026-01-01T00:00:00Z until 2027-01-01T00:00:00Z since 2026-06-01T00:00:00Z`,
      `${current.vkey} current from 2027-01-01T00:00:00Z`,
      '',
    ].join('\n'),
  );
});

it('each generation has its own secret, and the first one keeps the secret it always had', () => {
  expect([1, 2, 3].map(n => purposeOf('net_a', n))).toEqual(['log net_a', 'log net_a key 2', 'log net_a key 3']);
});

it('a change of key is written in the log as a fact about no person and no place, which commits to the new key', () => {
  expect(rotationEntry({ seq: 12, at: instant('2026-11-25T23:59:59Z'), vkey: 'abc' })).toEqual({
    type: 'log_key',
    seq: 12,
    site: '',
    day: '2026-11-25',
    person_commit: '0'.repeat(64),
    payload_commit: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
});

it('what is sealed of a fact is six keys in the order of their names, and its name while it waits leaves its place out', () => {
  const entry = { type: 'presence', site: 's', day: '2026-11-25', person_commit: 'aa', payload_commit: 'bb', seq: 3 };
  const said = '"day":"2026-11-25","payload_commit":"bb","person_commit":"aa"';
  expect(Buffer.from(entryBytes(entry)).toString()).toBe(`{${said},"seq":3,"site":"s","type":"presence"}`);
  const id = createHash('sha256').update(`{${said},"site":"s","type":"presence"}`).digest('hex');
  expect([pendingId(entry), pendingId({ ...entry, seq: 4 } as typeof entry)]).toEqual([id, id]);
});
