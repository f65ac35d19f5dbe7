import { parseArgs } from 'node:util';
import { booking } from './booking.ts';
import { claims } from './claims.ts';
import { fraud } from './fraud.ts';
import { house } from './house.ts';
import { log } from './log.ts';
import { mrv } from './mrv.ts';
import { peers } from './peers.ts';
import type { Row, Suite } from './suite.ts';

const suites: readonly Suite[] = [house, booking, log, mrv, claims, fraud, peers];

const table = (rows: readonly Row[]): string => {
  const cells = rows.map(r => [r.name, `${r.value} ${r.unit}`, r.goal, r.ok ? 'ok' : 'MISSED', r.ratio_to ?? '']);
  const head = ['figure', 'value', 'goal', '', 'ratio to'];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map(row => row[i]!.length)));
  return [head, ...cells]
    .map(row =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const suite = suites.find(s => s.name === positionals[0]);
if (suite === undefined) {
  process.stderr.write(`Suites:\n${suites.map(s => `  ${s.name}  ${s.summary}`).join('\n')}\n`);
  process.exitCode = positionals.length === 0 ? 0 : 2;
} else {
  const rows = await suite.run();
  process.stdout.write(values.json ? `${JSON.stringify({ suite: suite.name, rows })}\n` : `${table(rows)}\n`);
  if (!rows.every(row => row.ok)) process.exitCode = 1;
}
