import { expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import { datedAt, type Journal, wordOf } from './journal.ts';

const at = (hour: number) => instant(`2026-11-25T${String(hour).padStart(2, '0')}:00:00Z`);
const said = (size: number, hour: number, vkey = 'a') => ({ size, vkey, signedAt: at(hour), line: '' });
const stamped = (size: number, hour: number) => ({ size, stampedAt: at(hour), authority: '', token: new Uint8Array() });
const journal = (told: Partial<Journal>) =>
  ({ size: 7, sealedAt: at(8), cosignatures: [], stamps: [], ...told }) as unknown as Journal;

it.each([
  ['when it was sealed, if nobody dated it', {}, 8],
  ['when a witness did', { cosignatures: [said(7, 9)] }, 9],
  ['when an authority did', { stamps: [stamped(7, 10)] }, 10],
  ['the latest of them, in any order', { cosignatures: [said(7, 12), said(7, 11)], stamps: [stamped(7, 10)] }, 12],
  ['the latest of them, a stamp', { cosignatures: [said(7, 9)], stamps: [stamped(7, 13), stamped(7, 12)] }, 13],
  ['no word on another size', { cosignatures: [said(6, 12)], stamps: [stamped(8, 12)] }, 8],
  ['no word from before it was sealed', { cosignatures: [said(7, 5)] }, 8],
])('a checkpoint was last dated %s', (_, told, hour) => {
  expect(datedAt(journal(told)).toString()).toBe(at(hour).toString());
});

it('each witness has its own word, or none', () => {
  const told = journal({ cosignatures: [said(7, 9, 'a'), said(6, 8, 'b')] });
  const wordOfKey = (vkey: string) => wordOf(told, { vkey } as Parameters<typeof wordOf>[1]);
  expect([wordOfKey('b')?.size, wordOfKey('a')?.size, wordOfKey('c')]).toEqual([6, 7, null]);
});
