import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { BrokenInvariant } from '../kernel/outcome.ts';
import { archiveOf, crc32 } from './archive.ts';

const file = (name: string, text = name) => ({ name, content: Buffer.from(text) });

describe('the archive', () => {
  it('is opened by an ordinary ZIP reader', () => {
    const opened = unzipSync(archiveOf([file('b.json', '{"é":1}'), file('a.txt'), file('empty', '')]));
    expect(Object.keys(opened)).toEqual(['a.txt', 'b.json', 'empty']);
    expect(Buffer.from(opened['b.json']!).toString()).toBe('{"é":1}');
  });

  it('depends on names and contents, not on the order in which files come', () => {
    const files = [file('b'), file('a'), file('c')];
    expect(archiveOf(files)).toEqual(archiveOf([...files].reverse()));
    expect(files.map(one => one.name)).toEqual(['b', 'a', 'c']);
  });

  it('has the published checksum', () => expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926));

  it.each([[['a', 'a']], [['é']], [['../a']], [['a/b']], [['']]])('refuses names like %j', names => {
    expect(() => archiveOf(names.map(name => file(name)))).toThrow(BrokenInvariant);
  });
});
