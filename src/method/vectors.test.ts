import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { replays } from '../../tools/replay-vectors.ts';

const vectors = replays('.').map(one => [one.file, one.vector.name, one.vector.title, one] as const);

describe('golden vectors', () => {
  it.each(vectors)('%s %s: %s', (_file, _name, _title, { vector, answer }) => {
    expect(answer()).toEqual(vector.expected);
  });

  it('I-24: give the same bytes on another Node; on this one twice when PARVIS_OTHER_NODE names none', () => {
    const env = { ...process.env, PARVIS_OTHER_NODE: process.env['PARVIS_OTHER_NODE'] ?? process.execPath };
    const { status, stderr } = spawnSync(process.execPath, ['tools/replay.mjs'], { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.stringContaining('the same')]);
  }, 60_000);
});
