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

  it('is, byte for byte, what Python’s zipfile writes of the same files', () => {
    const written = [
      '504b03040a0000000000000021006d48839e020000000200000005000000612e747874' + '6162',
      '504b03040a00000000000000210043bfa6a3020000000200000006000000622e6a736f6e' + '7b7d',
      '504b010214000a0000000000000021006d48839e0200000002000000050000000000000000000000000000000000612e747874',
      '504b010214000a00000000000000210043bfa6a30200000002000000060000000000000000000000000025000000622e6a736f6e',
      '504b05060000000002000200670000004b0000000000',
    ];
    const made = Buffer.from(archiveOf([file('b.json', '{}'), file('a.txt', 'ab')]));
    expect(made.toString('hex')).toBe(written.join(''));
  });

  it.each([
    ['123456789', 0xcbf43926],
    ['a', 0xe8b7be43],
    ['', 0],
  ])('has the published checksum of %j', (text, sum) => expect(crc32(Buffer.from(text))).toBe(sum));

  it('takes names of letters, digits, dots, dashes and underscores', () => {
    const names = ['0', 'LISEZMOI.txt', 'a-b_c.D9'];
    expect(Object.keys(unzipSync(archiveOf(names.map(name => file(name)))))).toEqual(names);
  });

  it.each([
    [['a', 'a']],
    [['a', 'b', 'a']],
    [['é']],
    [['aé']],
    [['a é']],
    [['../a']],
    [['a/b']],
    [['.a']],
    [['-a']],
    [['']],
  ])('refuses names like %j', names => {
    const make = () => archiveOf(names.map(name => file(name)));
    expect(make).toThrow(BrokenInvariant);
    expect(make).toThrow(/^not a dossier file: /);
  });
});
