import { sha256 } from '../kernel/canonical.ts';
import type { Id, NewId } from '../kernel/ids.ts';
import { addDays, type Day, firstDay, wallTime } from '../kernel/time.ts';
import { batches, buildDossier, type Dossier } from '../mrv/mrv.ts';
import { networkIds, personas } from '../people/people.ts';
import { endWithoutWaiting, inNetwork, type Work, type WorkSource } from '../platform/database.ts';
import { openDemoRoads } from '../platform/roads/demo-roads.ts';
import { openSecretsOf, type Secrets } from '../platform/secrets.ts';
import { sellCarnets } from './jobs/carnets.ts';
import { type Asking, bookAll, live } from './jobs/months.ts';
import { joinProject, signContract } from './jobs/schemes.ts';
import {
  type At,
  done,
  foundNetwork,
  furnish,
  giveLabels,
  loadStudy,
  openAllKiosks,
  openTheDoors,
  planAround,
  settleHomes,
  welcome,
} from './jobs.ts';
import { contractMonths, foundedOn, monthsBefore, monthsLived, seed } from './scenery.ts';
import { zone } from './sheets.ts';

export const demoNetworkId: Id<'net'> = 'net_demonetwork';

/** What the story needs of the world. */
export interface Stage {
  readonly db: WorkSource['db'];
  /** Where the invented roads are written. */
  readonly home: string;
  readonly secrets: Secrets;
  /** The host name under which the network's log is signed; null when it has none. */
  readonly host: string | null;
  /** Lets the listeners of everything announced so far do their work, at a moment and with ids of the story. */
  readonly hear: (during: Pick<WorkSource, 'clock' | 'newId'>) => Promise<void>;
  readonly say: (progress: string) => void;
}

/** Ids that follow from the seed, for one of the threads of the story: its bytes are the same twice. */
function storyIds(thread: 'main' | 'bookings' | 'after'): NewId {
  let count = 0;
  return kind => `${kind}_${sha256(`${seed} ${thread} ${++count}`).slice(0, 26)}`;
}

export interface Telling {
  /** The story's present day. */
  readonly anchor: Day;
  /** Whole months lived before the present day's own. */
  readonly months: number;
  /** How many of them are still to be closed, the last ones. */
  readonly leaveOpen: number;
}

/**
 * Plays the story into an empty database. The same telling gives the same bytes; nothing of it is known to last before its
 * last unit of work, which opens the doors to visitors.
 */
async function tell(stage: Stage, { anchor, months, leaveOpen }: Telling): Promise<Asking> {
  const newId = storyIds('main');
  const during = (day: Day, minutes: number, ids = newId) => ({
    clock: () => wallTime(day, minutes, zone),
    newId: ids,
  });
  const lasting: At = (day, minutes, task) => inNetwork({ db: stage.db, ...during(day, minutes) }, demoNetworkId, task);
  const lightly =
    (ids: NewId): At =>
    (day, minutes, task) =>
      inNetwork({ db: stage.db, ...during(day, minutes, ids) }, demoNetworkId, async work => {
        await endWithoutWaiting(work);
        return task(work);
      });
  const at = lightly(newId);
  const lived = monthsBefore(anchor, months);
  const first = firstDay(lived[0]!);
  const from = foundedOn(first);
  stage.say('A fictitious network: communes, spaces, employers…');
  const founded = await at(from, 8 * 60, work => foundNetwork(work, from));
  const plan = await at(from, 9 * 60, work => planAround(work, founded.spaces));
  const crowd = await at(from, 10 * 60, work => welcome(work, { ...founded, plan, from }));
  const kiosks = await at(from, 11 * 60, work => openAllKiosks(work, crowd, stage.secrets));
  const lots = bookAll(crowd, { at: lightly(storyIds('bookings')), first, anchor, lived });
  await giveLabels(at, crowd, addDays(from, 1));
  stage.say('…roads and homes…');
  const roads = await openDemoRoads(stage.home, plan.towns, seed);
  const settled = addDays(first, -1);
  await at(settled, 7 * 60, work => settleHomes(work, crowd, { roads, from: settled }));
  await at(settled, 8 * 60, work => loadStudy(work, plan));
  await at(settled, 9 * 60, work => joinProject(work, crowd, settled));
  const signed = addDays(firstDay(monthsBefore(anchor, contractMonths)[0]!), -1);
  await at(settled > signed ? settled : signed, 9 * 60, work => signContract(work, crowd));
  stage.say(`…${months} months of bookings and presences…`);
  const { secrets, host } = stage;
  const hear = (day: Day, minutes: number) => stage.hear(during(day, minutes));
  const toClose = lived.slice(0, lived.length - leaveOpen);
  const asking = await live({ crowd, kiosks, secrets, host, at, hear, anchor, toClose }, lots);
  await at(anchor, 13 * 60, work => sellCarnets(work, crowd));
  await lasting(anchor, 14 * 60, async work => {
    await furnish(work, crowd, anchor);
    await openTheDoors(work, crowd);
  });
  return asking;
}

/** Months of a fictitious network until `anchor`; the last whole one is left for the visitor to close. */
export const playStory = (stage: Stage, anchor: Day): Promise<Asking> =>
  tell(stage, { anchor, months: monthsLived, leaveOpen: 1 });

/** Was the fictitious network begun, and never finished? Its first start was stopped half way: it must begin again. */
export async function isHalfTold(db: Stage['db']): Promise<boolean> {
  if (!(await networkIds(db)).includes(demoNetworkId)) return false;
  const reading = { db, clock: () => wallTime('1970-01-01', 0, zone), newId: storyIds('after') };
  return (await inNetwork(reading, demoNetworkId, (work: Work) => personas(work))).length === 0;
}

/** Seeds the fictitious network when the installation has none yet; says whether it did. */
export async function seedDemoOnce(stage: Stage, anchor: Day): Promise<boolean> {
  if ((await networkIds(stage.db)).length > 0) return false;
  await playStory(stage, anchor);
  return true;
}

/** The first day on which June 2026, the month of the dossier, may be closed. */
const dossierDay: Day = '2026-07-08';

/**
 * The whole main job in an empty database, from first booking to sealed month, and the dossier that an auditor gets: the
 * same bytes on any machine, as secrets, days and ids are fixed.
 */
export async function demoDossier(stage: Omit<Stage, 'secrets' | 'host'>): Promise<Dossier> {
  const secrets = openSecretsOf('parvis demo');
  const keyring = { secrets, host: null };
  await tell({ ...stage, ...keyring }, { anchor: dossierDay, months: 1, leaveOpen: 0 });
  const source = { db: stage.db, clock: () => wallTime(dossierDay, 15 * 60, zone), newId: storyIds('after') };
  return inNetwork(source, demoNetworkId, async work => {
    const [batch] = await batches(work);
    return done(await buildDossier(work, { batchId: batch!.id, keyring }));
  });
}
