import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltProgram, buildProgram } from '../../tools/built-program.ts';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { standingOn } from '../booking/booking.ts';
import { addDays, type Day, localDay, weekday } from '../kernel/time.ts';
import { addOrganisations, appointFirstOperator } from '../people/people.ts';
import { systemClock } from '../platform/clock.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces } from '../spaces/spaces.ts';

const home = mkdtempSync(join(tmpdir(), 'parvis-import-'));
const path = (name: string) => join(home, name);
const today = localDay(systemClock(), 'Europe/Paris');
/** A Tuesday to come: the command runs by the real clock. */
const tuesday: Day = addDays(today, 9 - weekday(today));

let program: BuiltProgram;
let net: TestNetwork;

beforeAll(async () => {
  net = await freshNetwork(systemClock().toString());
  await net.work(async work => {
    const operator = done(
      await appointFirstOperator(work, { email: 'olga@exemple.invalid', firstName: 'Olga', lastName: 'Essai' }),
    );
    const [manager] = done(await addOrganisations(work, operator, [{ kind: 'commune', name: 'Commune d’essai' }]));
    const sheet = sampleSpace({ managerId: manager!.organisationId, opensOnPublicHolidays: true });
    done(await addSpaces(work, operator, [sheet]));
  });
  program = await buildProgram();
}, 120_000);
afterAll(async () => {
  program?.remove();
  await net?.database.db.destroy();
  rmSync(home, { recursive: true, force: true });
});

const env = () => ({
  DATABASE_URL: net.database.url,
  PARVIS_SECRET: '5e'.repeat(32),
  PARVIS_HOME: home,
  PARVIS_DEMO: 'none',
});
const parvis = (...args: string[]) => program.run('cli', args, env()).ended;
const booked = async () =>
  (await net.work(work => standingOn(work, { days: [tuesday], spaceIds: 'all' }))).map(one => one.part);

test('whoever runs the machine sees what a file would become, then books it', async () => {
  const rows = [
    `a;Haut;olga;${tuesday};8:00;12:30`,
    `b;Haut;olga;${tuesday};14:00;16:00`,
    `c;Haut;paul;${tuesday};8:00;12:30`,
  ];
  writeFileSync(path('former.csv'), ['id;poste;personne;jour;debut;fin', ...rows].join('\n'));
  writeFileSync(path('names.csv'), 'salle;Haut;L’Atelier / Bureau 2\npersonne;olga;olga@exemple.invalid\n');
  const command = ['import', 'csv', path('former.csv'), '--map', path('names.csv'), '--lang', 'en'];

  const dry = await parvis(...command);
  expect([dry.code, dry.stderr]).toEqual([0, '']);
  expect(dry.stdout).toContain('The network does not know “paul”.');
  expect(dry.stdout).toMatch(/1 to book, 1 hours to widen, 1 unknown\.\nNothing is written\. Add --write to book\.\n$/);
  expect(await booked()).toEqual([]);

  const written = await parvis(...command, '--write', '--widen', '--json');
  expect(JSON.parse(written.stdout)).toMatchObject({ written: true, counts: { booked: 2, unknown: 1 } });
  expect(await booked()).toEqual(['morning', 'afternoon']);

  const again = await parvis(...command, '--write');
  expect(again.stdout).toMatch(/2 taken over before, 1 unknown\.\n$/);
  expect(await booked()).toEqual(['morning', 'afternoon']);
}, 60_000);
