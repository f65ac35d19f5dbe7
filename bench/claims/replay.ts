import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readSettings } from '../../src/platform/settings.ts';
import { judged, type Row } from '../suite.ts';

/** Every golden vector on this Node and on the one that `PARVIS_OTHER_NODE` names; no row without it. */
export function replayed(): readonly Row[] {
  const other = process.env['PARVIS_OTHER_NODE'];
  if (other === undefined) {
    process.stderr.write('  Golden vectors were not replayed: PARVIS_OTHER_NODE names no other Node.\n');
    return [];
  }
  const { stdout } = spawnSync(other, ['--version'], { encoding: 'utf8' });
  const { root } = readSettings();
  const run = spawnSync(process.execPath, [join(root, 'tools', 'replay.mjs')], { cwd: root, encoding: 'utf8' });
  process.stderr.write(`  ${run.stderr.trim()}\n`);
  const name = `golden vectors differ between ${process.version} and ${stdout.trim()}`;
  return [judged({ name, value: run.status === 0 ? 0 : 1, unit: '', goal: '= 0' })];
}
