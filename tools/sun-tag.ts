import { createCipheriv } from 'node:crypto';
import { aesCmac, type TagKeys, type TagReading } from '../src/presence/sun.ts';

/** What an NTAG 424 DNA would write in its address when it is read: tests have no tag at hand. */
export function writeSun(
  { meta, file }: TagKeys,
  { uid, counter }: TagReading,
  padding: Uint8Array = Buffer.alloc(5),
): { readonly picc: string; readonly cmac: string } {
  const count = Buffer.from([counter & 0xff, (counter >> 8) & 0xff, counter >> 16]);
  const id = Buffer.from(uid, 'hex');
  const cipher = createCipheriv('aes-128-cbc', meta, Buffer.alloc(16)).setAutoPadding(false);
  const picc = cipher.update(Buffer.concat([Buffer.from([0xc7]), id, count, padding])).toString('hex');
  const session = aesCmac(file, Buffer.concat([Buffer.from('3cc300010080', 'hex'), id, count]));
  const mac = aesCmac(session, Buffer.alloc(0)).filter((_, i) => i % 2 === 1);
  return { picc: picc.toUpperCase(), cmac: Buffer.from(mac).toString('hex').toUpperCase() };
}
