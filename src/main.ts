import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { isHalfTold, seedDemoOnce } from './demo/demo.ts';
import { listeners, timetable } from './events.ts';
import { localDay } from './kernel/time.ts';
import { hearAll, startJobs } from './platform/jobs.ts';
import { consoleLog } from './platform/log.ts';
import { emptyEmbedded, openShell } from './platform/open.ts';
import { readSettings } from './platform/settings.ts';

const settings = readSettings();
let { shell, close } = await openShell(settings, consoleLog);
if (settings.demo && (await isHalfTold(shell.db))) {
  await close();
  if (!(await emptyEmbedded(settings))) {
    consoleLog.error(
      'The first start was stopped half way. Empty the database that DATABASE_URL names, then start again.',
    );
    process.exit(1);
  }
  consoleLog.info('The first start was stopped half way: beginning again.');
  ({ shell, close } = await openShell(settings, consoleLog));
}
if (settings.demo) {
  await seedDemoOnce(
    {
      db: shell.db,
      home: settings.home,
      secrets: shell.secrets,
      host: settings.publicUrl === null ? null : new URL(settings.publicUrl).host,
      hear: during => hearAll(shell.database, { listeners: listeners({ ...shell, ...during }), log: shell.log }),
      say: shell.log.info,
    },
    localDay(shell.clock(), 'Europe/Paris'),
  );
}
const jobs = await startJobs(shell.database, {
  listeners: listeners(shell),
  timetable: timetable(shell),
  log: shell.log,
});

const server = serve({ fetch: createApp(shell).fetch, port: settings.port }, ({ port }) => {
  const address = settings.publicUrl ?? `http://localhost:${port}`;
  shell.log.info(
    `\nParvis répond sur ${address}\n${settings.demo ? `Réseau fictif : entrez sans mot de passe sur ${address}/entrer\n` : ''}`,
  );
});
server.on('error', (error: NodeJS.ErrnoException) => {
  shell.log.error(
    error.code === 'EADDRINUSE'
      ? `Le port ${settings.port} est déjà pris. Choisissez-en un autre : PORT=3001 npm start`
      : `Le serveur n’a pas pu écouter : ${error.message}`,
  );
  void close().then(() => process.exit(1));
});

let leaving = false;
const leave = async () => {
  if (leaving) return;
  leaving = true;
  server.close();
  await jobs.stop();
  await close();
  process.exit(0);
};
process.on('SIGINT', leave);
process.on('SIGTERM', leave);
