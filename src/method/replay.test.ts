import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('I-24: golden vectors give the same bytes on another Node; on this one twice when PARVIS_OTHER_NODE names none', () => {
  const env = { ...process.env, PARVIS_OTHER_NODE: process.env['PARVIS_OTHER_NODE'] ?? process.execPath };
  const { status, stderr } = spawnSync(process.execPath, ['tools/replay.mjs'], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringContaining('the same')]);
}, 60_000);
