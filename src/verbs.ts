import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Format } from './intake/intake.ts';
import type { Lang } from './kernel/bilingual.ts';
import { accept, type Outcome, type Refusal, refusal, refuse } from './kernel/outcome.ts';
import type { Actor } from './kernel/visit.ts';
import type { Work, WorkSource } from './platform/database.ts';
import type { Shell } from './platform/http.ts';

export interface Call {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly json: boolean;
}

export interface Verb {
  /** What is typed: `['roads', 'build']`. */
  readonly words: readonly string[];
  readonly usage: string;
  readonly summary: string;
  /** Options that take a value. */
  readonly options?: readonly string[];
  /** Options that are there or not. */
  readonly flags?: readonly string[];
  /** Gives the exit code. */
  readonly run: (call: Call) => Promise<number>;
}

// Verbs load their rooms when called, so that a command which needs no database starts none.

const langOf = ({ options }: Call): Lang => (options['lang'] === 'en' ? 'en' : 'fr');
const progress = (text: string): boolean => process.stderr.write(`${text}\n`);

async function answer<T>(call: Call, outcome: Outcome<T>, sentence: (value: T) => string): Promise<number> {
  if (!outcome.ok) return refused(call, outcome.refusal);
  const { toJson } = await import('./platform/first-answer.ts');
  process.stdout.write(`${call.json ? toJson(outcome.value) : sentence(outcome.value)}\n`);
  return 0;
}

function refused(call: Call, { code, message }: Refusal): number {
  if (call.json) process.stdout.write(`${JSON.stringify({ refusal: { code, message } })}\n`);
  process.stderr.write(`${code}: ${message[langOf(call)]}\n`);
  return 1;
}

/** Runs a verb. A database that is away is said in words; anything else unforeseen is a bug, and comes with its trace. */
export async function perform({ run }: Verb, call: Call): Promise<number> {
  try {
    return await run(call);
  } catch (error) {
    const { databaseAway, failed, isDatabaseAway } = await import('./platform/failure.ts');
    if (isDatabaseAway(error)) return refused(call, databaseAway);
    progress(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return refused(call, failed);
  }
}

/** Writes a file aside, then gives it its name: there is a whole file or none. */
function keepFile(path: string, bytes: Uint8Array): Outcome<null> {
  try {
    writeFileSync(`${path}.part`, bytes);
    renameSync(`${path}.part`, path);
    return accept(null);
  } catch (error) {
    rmSync(`${path}.part`, { force: true });
    const { message } = error as Error;
    return refuse(
      refusal('cli.cannot_write', 422, {
        fr: `Le fichier ${path} n’a pas pu être écrit (${message}). Choisissez un autre emplacement.`,
        en: `The file ${path} could not be written (${message}). Choose another place.`,
      }),
    );
  }
}

function readBytes(path: string): Outcome<Uint8Array> {
  try {
    return accept(readFileSync(path));
  } catch (error) {
    const { message } = error as Error;
    return refuse(
      refusal('cli.cannot_read', 422, {
        fr: `Le fichier ${path} n’a pas pu être lu (${message}). Vérifiez son nom et ses droits.`,
        en: `The file ${path} could not be read (${message}). Check its name and its rights.`,
      }),
    );
  }
}

const usage = (text: string): number => {
  progress(`Usage: parvis ${text}`);
  return 2;
};

async function withShell(task: (shell: Shell) => Promise<number>): Promise<number> {
  const { openShell } = await import('./platform/open.ts');
  const { readSettings } = await import('./platform/settings.ts');
  const { consoleLog } = await import('./platform/log.ts');
  const { shell, close } = await openShell(readSettings(), consoleLog);
  try {
    return await task(shell);
  } finally {
    await close();
  }
}

/** One unit of work in the oldest network of the installation, or a word that there is none. */
async function inOldest<T>(shell: Shell, task: (work: Work) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const { networkIds } = await import('./people/people.ts');
  const { inNetwork } = await import('./platform/database.ts');
  const [networkId] = await networkIds(shell.db);
  if (networkId !== undefined) return inNetwork(shell, networkId, task);
  return refuse(
    refusal('cli.no_network', 404, {
      fr: 'Aucun réseau ici. Lancez npm start une fois : le réseau fictif sera créé.',
      en: 'No network here. Run npm start once: the fictitious network will be created.',
    }),
  );
}

/** The network's first operator: whoever may run commands on this machine acts in their name. */
async function operatorOf(work: Work): Promise<Actor> {
  const { holdersOf } = await import('./people/people.ts');
  const [personId] = await holdersOf(work, 'network_operator', null);
  return {
    personId: personId ?? 'per_nobody',
    firstName: '',
    memberships: personId ? [{ role: 'network_operator', scope: null }] : [],
  };
}

const keyringOf = async (shell: Shell) => (await import('./notary/notary.ts')).keyringOf(shell);

/** Standard input a line at a time, each answered on standard output before the next is read. */
async function quantify(): Promise<number> {
  const { quantifyLine } = await import('./method/method.ts');
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') process.stdout.write(`${quantifyLine(line)}\n`);
  }
  return 0;
}

/** Tells what a file of another system would become; books it when asked to. */
const importBookings =
  (format: Format) =>
  async (call: Call): Promise<number> => {
    const [file] = call.args;
    if (!file) return usage(importUsage(format));
    const { examine, reportText, takeInBatches, textOf } = await import('./intake/intake.ts');
    const map = call.options['map'];
    const [content, mapping] = [readBytes(file), map === undefined ? accept(new Uint8Array()) : readBytes(map)];
    if (!content.ok) return refused(call, content.refusal);
    if (!mapping.ok) return refused(call, mapping.refusal);
    const intake = {
      format,
      content: textOf(content.value),
      mapping: textOf(mapping.value),
      source: call.options['source'] ?? '',
      widen: call.flags.includes('widen'),
    };
    return withShell(async shell => {
      const asked = await inOldest(shell, async work => accept({ actor: await operatorOf(work), id: work.networkId }));
      if (!asked.ok) return refused(call, asked.refusal);
      const { actor, id } = asked.value;
      const report = call.flags.includes('write')
        ? await takeInBatches(shell, id, { actor, intake })
        : await inOldest(shell, work => examine(work, actor, intake));
      const text = report.ok ? await reportText(report.value, langOf(call)) : '';
      return answer(call, report, () => text);
    });
  };

const importUsage = (format: string): string =>
  `import ${format} <file> [--map F] [--source NAME] [--widen] [--write] [--lang L]`;

const importing = (format: Format, from: string): Verb => ({
  words: ['import', format],
  usage: `import ${format} <file> [--write]`,
  summary: `tell what bookings of ${from} would become here; --write books them (src/intake/README.md)`,
  options: ['map', 'source', 'lang'],
  flags: ['widen', 'write'],
  run: importBookings(format),
});

const importCommunes = (call: Call) =>
  withShell(async shell => {
    const communes = await import('./platform/communes/communes.ts');
    const outcome = await shell.db.transaction().execute(tx => communes.importCommunes(tx, shell.clock()));
    return answer(call, outcome, ({ communes: n, exact_centres, changed, sources }) =>
      [
        changed
          ? `${n} communes imported, ${exact_centres} with a centre of their own.`
          : `${n} communes were already here.`,
        ...sources.map(s => `  ${s.source} ${s.version} (${s.licence}), ${s.row_count} rows, sha256 ${s.sha256}`),
      ].join('\n'),
    );
  });

async function buildRoads(call: Call): Promise<number> {
  const [pbf] = call.args;
  const engine = call.options['engine'] ?? 'valhalla';
  if (!pbf || (engine !== 'valhalla' && engine !== 'ts-graph')) {
    return usage('roads build <file.osm.pbf> [--engine valhalla|ts-graph]');
  }
  const roads = await import('./platform/roads/built-roads.ts');
  const { readSettings } = await import('./platform/settings.ts');
  const { home, root } = readSettings();
  const built = await roads.buildRoads({ home, root, pbf: resolve(pbf), engine, say: progress });
  return answer(
    call,
    built,
    map =>
      `${map.engine} ${map.version} drives on ${map.extract} (${map.data_timestamp ?? 'no date'}). Restart the server to use it.`,
  );
}

async function find(call: Call): Promise<number> {
  const text = call.args.join(' ');
  const day = call.options['day'] ?? null;
  const { isDay } = await import('./kernel/time.ts');
  if (text === '' || (day !== null && !isDay(day)))
    return usage('find <commune, postcode or address> [--day 2026-11-24]');
  const { search } = await import('./directory/directory.ts');
  return withShell(async shell => {
    const guides = { roads: await shell.roads(), geocoder: shell.geocoder };
    const found = await inOldest(shell, work => search(work, guides, { text, communeCode: null, day }));
    return answer(call, found, result =>
      result.kind === 'choose'
        ? `Which one?\n${result.places.map(p => `  ${p.label}`).join('\n')}`
        : result.results.map(r => `  ${r.space.name}, ${r.space.commune.name}`).join('\n'),
    );
  });
}

async function closeMonth(call: Call): Promise<number> {
  const [month] = call.args;
  if (!month) return usage('close <month, 2026-10>');
  const { isMonth } = await import('./kernel/time.ts');
  const { words } = await import('./mrv/words.ts');
  if (!isMonth(month)) return refused(call, words.notAMonth);
  const { closePeriod } = await import('./mrv/mrv.ts');
  return withShell(async shell => {
    const closed = await inOldest(shell, async work =>
      closePeriod(work, await operatorOf(work), { month, keyring: await keyringOf(shell) }),
    );
    return answer(
      call,
      closed,
      batch =>
        `${batch.month} is closed: batch ${batch.id}, ${batch.lines} lines, ${batch.totals.avoided_m} m avoided.`,
    );
  });
}

async function writeDossier(call: Call): Promise<number> {
  const [month] = call.args;
  const out = call.options['out'];
  if (!month || !out) return usage('dossier <month, 2026-10> --out dossier.zip');
  const { isMonth } = await import('./kernel/time.ts');
  const { words } = await import('./mrv/words.ts');
  if (!isMonth(month)) return refused(call, words.notAMonth);
  const { batches, buildDossier } = await import('./mrv/mrv.ts');
  return withShell(async shell => {
    const dossier = await inOldest(shell, async work => {
      const batch = (await batches(work)).find(one => one.month === month);
      if (batch === undefined) return refuse(words.notClosed(month));
      return buildDossier(work, { batchId: batch.id, keyring: await keyringOf(shell) });
    });
    if (!dossier.ok) return refused(call, dossier.refusal);
    const { bytes, sha256 } = dossier.value;
    const kept = keepFile(out, bytes);
    return answer(
      call,
      kept.ok ? accept({ file: out, sha256 }) : kept,
      () => `${out} written, sha256 ${sha256}. Check it: node verifier/verify.mjs ${out}`,
    );
  });
}

/** Plays the main job of the fictitious network in a database of its own, and writes its dossier. */
async function demoDossier(call: Call): Promise<number> {
  const { out } = call.options;
  if (!out) return usage('demo dossier --out dossier.zip');
  const [
    open,
    demo,
    { readSettings },
    { hearAll },
    { listeners },
    { consoleLog },
    { noRoads },
    { openSecretsOf },
    clock,
  ] = await Promise.all([
    import('./platform/open.ts'),
    import('./demo/demo.ts'),
    import('./platform/settings.ts'),
    import('./platform/jobs.ts'),
    import('./events.ts'),
    import('./platform/log.ts'),
    import('./platform/roads/no-roads.ts'),
    import('./platform/secrets.ts'),
    import('./platform/clock.ts'),
  ]);
  const settings = readSettings();
  const home = mkdtempSync(join(tmpdir(), 'parvis-dossier-'));
  const dossier = await open.inScratchDatabase(settings, scratch => {
    const quiet = { settings, log: consoleLog, geocoder: null, roads: async () => noRoads(null), post: async () => {} };
    const hear = (during: Pick<WorkSource, 'clock' | 'newId'>) =>
      hearAll(scratch, {
        listeners: listeners({
          ...quiet,
          ...during,
          db: scratch.db,
          database: scratch,
          secrets: openSecretsOf('parvis demo'),
          chance: clock.systemChance,
        }),
        log: consoleLog,
      });
    return demo.demoDossier({ db: scratch.db, home, hear, say: progress });
  });
  rmSync(home, { recursive: true, force: true });
  const kept = keepFile(out, dossier.bytes);
  return answer(
    call,
    kept.ok ? accept({ file: out, sha256: dossier.sha256 }) : kept,
    () => `${out} written, sha256 ${dossier.sha256}. Check it: node verifier/verify.mjs ${out}`,
  );
}

const migrate = (call: Call) =>
  withShell(async () => answer(call, accept({ done: true }), () => 'The schema is up to date.'));

export const verbs: readonly Verb[] = [
  {
    words: ['quantify'],
    usage: 'quantify',
    summary: 'compute avoided carbon: one JSON document a line in, one a line out',
    run: quantify,
  },
  {
    words: ['find'],
    usage: 'find <place> [--day D]',
    summary: 'spaces near a commune, a postcode or an address',
    options: ['day'],
    run: find,
  },
  { words: ['close'], usage: 'close <month>', summary: 'check, compute and seal a month', run: closeMonth },
  {
    words: ['dossier'],
    usage: 'dossier <month> --out F',
    summary: 'write the dossier of a closed month',
    options: ['out'],
    run: writeDossier,
  },
  {
    words: ['demo', 'dossier'],
    usage: 'demo dossier --out F',
    summary: 'play the main job on the fictitious network and write its dossier',
    options: ['out'],
    run: demoDossier,
  },
  {
    words: ['import', 'communes'],
    usage: 'import communes',
    summary: 'load the communes of France from the installed packages',
    run: importCommunes,
  },
  importing('grr', 'a GRR dump'),
  importing('mrbs', 'an MRBS dump'),
  importing('ics', 'an iCalendar file'),
  importing('csv', 'a CSV file'),
  {
    words: ['roads', 'build'],
    usage: 'roads build <file.osm.pbf> [--engine E]',
    summary: 'prepare a road map from an OpenStreetMap extract and put it in use',
    options: ['engine'],
    run: buildRoads,
  },
  {
    words: ['migrate'],
    usage: 'migrate',
    summary: 'bring the schema of the database up to date',
    options: ['lang'],
    run: migrate,
  },
];
