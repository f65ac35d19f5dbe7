import { systemClock } from '../../src/platform/clock.ts';
import { openSecrets } from '../../src/platform/secrets.ts';
import { codeAt, openKiosks } from '../../src/presence/presence.ts';
import { done, operator } from '../claims/network.ts';
import { judged, type Row } from '../suite.ts';
import { type Answer, load, type NextAsk } from './load.ts';
import type { Town } from './town.ts';

const clients = 10;
const most_ms = 10_000;

/** The master secret that the server and the kiosks of this bench share. */
export const secretHex = '5a'.repeat(32);
const secrets = openSecrets({ home: '', secretHex });

const accepted = (answers: readonly Answer[]): number => answers.filter(answer => answer.status === 201).length;

/**
 * Everyone of a town arrives at every kiosk, the codes read as they are shown; then the same arrivals are sent again, and codes of
 * other kiosks, of other moments and of nobody.
 */
export async function arrivals(town: Town, address: string): Promise<readonly Row[]> {
  const asked = { spaceIds: town.spaceIds, name: 'Entrée', secrets };
  const kiosks = done(await town.run(work => openKiosks(work, operator, asked))).map(one => one.kiosk);
  const turns = kiosks.flatMap(kiosk => town.tokens.map(token => ({ kiosk, token })));
  const nexts = Array.from({ length: clients }, (_, c): NextAsk => {
    let turn = c;
    return () => {
      const one = turns[turn];
      turn += clients;
      if (one === undefined) return null;
      const { code } = codeAt(one.kiosk, { at: systemClock(), secrets });
      return { path: '/api/v1/check-ins', token: one.token, body: { code, kiosk_id: one.kiosk.kioskId } };
    };
  });
  const arrived = await load(address, nexts, most_ms);
  const [here, elsewhere] = [kiosks[0]!, kiosks[1]!];
  const later = (minutes: number) => systemClock().add({ minutes });
  const forged = [
    codeAt(elsewhere, { at: systemClock(), secrets }).code,
    codeAt(here, { at: later(2), secrets }).code,
    codeAt(here, { at: later(-2), secrets }).code,
    ...Array.from({ length: 200 }, (_, n) => String(n).padStart(6, '0')),
  ].map((code, n) => ({
    path: '/api/v1/check-ins',
    token: town.tokens[n % 50]!,
    body: { code, kiosk_id: here.kioskId },
  }));
  const attack = await load(address, [() => forged.pop() ?? null]);
  return [
    judged({ name: `check-ins over HTTP, ${clients} clients`, value: arrived.a_second, unit: '/s', goal: '>= 1500' }),
    judged({ name: 'check-ins, p95', value: arrived.p95_ms, unit: 'ms', goal: '<= 50' }),
    judged({
      name: `check-ins refused of ${arrived.answers.length}`,
      ...{ value: arrived.answers.length - accepted(arrived.answers), unit: '', goal: '= 0' },
    }),
    judged({
      name: `codes accepted of ${attack.answers.length} forged, of another kiosk or of another time`,
      ...{ value: accepted(attack.answers), unit: '', goal: '= 0' },
    }),
  ];
}
