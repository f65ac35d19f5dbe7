import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { type ServerType, serve } from '@hono/node-server';
import { sql } from 'kysely';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { inject } from 'vitest';
import { createApp } from '../src/app.ts';
import { listeners, timetable } from '../src/events.ts';
import type { Lang } from '../src/kernel/bilingual.ts';
import { type Day, type Instant, wallTime } from '../src/kernel/time.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import type { Shell } from '../src/platform/http.ts';
import { startJobs } from '../src/platform/jobs.ts';
import type { Log } from '../src/platform/log.ts';
import { openShell } from '../src/platform/open.ts';
import { openBrowser } from './browser.ts';
import { anchor, demoTemplate, journeySettings } from './test-demo.ts';
import { stretchWire, type Wire } from './wire.ts';

const zone = 'Europe/Paris';

/** Minutes from midnight of `08:30`. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** A clock that a test sets, and that runs at the pace of the real one in between. */
function movableClock() {
  let ahead_ms = 0;
  const move = (to: Instant) => {
    ahead_ms = to.epochMilliseconds - systemClock().epochMilliseconds;
  };
  return { move, now: () => systemClock().add({ milliseconds: ahead_ms }) };
}

/** A database of its own for a journey file, cloned from the story once it is told. */
async function cloneDemo(): Promise<string> {
  const name = `journey_${randomUUID().replaceAll('-', '')}`;
  const admin = openDatabase(inject('postgres').replace(/DATABASE$/, 'postgres'), 1);
  const told = sql`select 1 from pg_database where datname = ${demoTemplate}`;
  while ((await told.execute(admin.db)).rows.length === 0) await new Promise(wait => setTimeout(wait, 100));
  await sql.raw(`create database ${name} template ${demoTemplate} strategy file_copy`).execute(admin.db);
  await admin.db.destroy();
  return inject('postgres').replace(/DATABASE$/, name);
}

/** A real mail server that keeps what it receives, as raw messages. */
async function openMailbox(): Promise<{ url: string; mails: string[]; close: () => Promise<void> }> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as { port: number };
  const close = () => new Promise<void>(done => server.close(() => done()));
  return { url: `smtp://127.0.0.1:${port}`, mails, close };
}

/**
 * A browser judges a cookie's end by its own clock, which is not the story's: in journeys a cookie lasts as long as its
 * browser.
 */
function withoutCookieEnds(answer: Response): Response {
  const cookies = answer.headers.getSetCookie();
  if (cookies.length === 0) return answer;
  const headers = new Headers(answer.headers);
  headers.delete('set-cookie');
  for (const cookie of cookies) headers.append('set-cookie', cookie.replace(/; (Expires=[^;]*|Max-Age=\d+)/gi, ''));
  return new Response(answer.body, { status: answer.status, headers });
}

function listen(shell: Shell): Promise<{ server: ServerType; origin: string }> {
  const app = createApp(shell);
  return new Promise(ready => {
    const server = serve(
      {
        fetch: async (request, env) => withoutCookieEnds(await app.fetch(request, env)),
        port: 0,
        hostname: '127.0.0.1',
      },
      ({ port }) => ready({ server, origin: `http://localhost:${port}` }),
    );
  });
}

export interface Look {
  readonly width?: number;
  readonly lang?: Lang;
  readonly script?: boolean;
  readonly dark?: boolean;
  /** A screen for fingers. */
  readonly touch?: boolean;
}

const contextFor = (
  origin: string,
  { width = 1280, script = true, dark = false, touch = false }: Look,
): BrowserContextOptions => ({
  baseURL: origin,
  viewport: { width, height: width < 600 ? 800 : 900 },
  javaScriptEnabled: script,
  hasTouch: touch,
  colorScheme: dark ? 'dark' : 'light',
  reducedMotion: 'reduce',
  timezoneId: zone,
});

async function openPage(browser: Browser, origin: string, look: Look): Promise<Page> {
  const context = await browser.newContext(contextFor(origin, look));
  await context.addCookies([{ name: 'parvis_lang', value: look.lang ?? 'fr', url: origin }]);
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

export interface Journey {
  readonly origin: string;
  readonly shell: Shell;
  /** The line to the database, which a test may cut and mend. */
  readonly wire: Wire;
  readonly browser: Browser;
  /** Raw mails received so far. */
  readonly mails: readonly string[];
  /** What the program wrote of its own failures. */
  readonly failures: readonly string[];
  /** A page in a browser of its own: nobody is signed in there. */
  readonly newPage: (look?: Look) => Promise<Page>;
  /** Puts the clock on a day and a time of Paris; from there it runs. */
  readonly at: (day: Day, time: string) => void;
  /** Runs what the timetable runs every hour, then waits until everyone has heard of all that was announced. */
  readonly hourPasses: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const untilHeard = async ({ db }: Shell): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ waiting: bigint }>`
      select (select count(*) from graphile_worker.jobs where attempts < max_attempts and task_identifier = 'announced')
        + (select count(*) from platform.change) as waiting`.execute(db);
    if (rows[0]!.waiting === 0n) return;
    await new Promise(done => setTimeout(done, 40));
  }
};

/** The whole program on the told story, its clock on the story's present at nine in the morning, and a browser before it. */
export async function startJourney(): Promise<Journey> {
  const mailbox = await openMailbox();
  const failures: string[] = [];
  const log: Log = {
    info: () => {},
    error: (message, cause) => failures.push(`${message} ${cause instanceof Error ? cause.stack : ''}`),
  };
  const wire = await stretchWire(
    await cloneDemo(),
    () =>
      (_said, { pass }) =>
        pass(),
  );
  const settings = journeySettings({ databaseUrl: wire.url, home: inject('home'), smtpUrl: mailbox.url });
  const opened = await openShell(settings, log);
  const clock = movableClock();
  clock.move(wallTime(anchor, 9 * 60, zone));
  const shell: Shell = { ...opened.shell, clock: clock.now };
  const tasks = timetable(shell);
  const jobs = await startJobs(shell.database, { listeners: listeners(shell), timetable: [], log });
  const { server, origin } = await listen(shell);
  const browser = await openBrowser();
  return {
    origin,
    shell,
    wire,
    browser,
    failures,
    mails: mailbox.mails,
    newPage: (look = {}) => openPage(browser, origin, look),
    at: (day, time) => clock.move(wallTime(day, minutesOf(time), zone)),
    hourPasses: async () => {
      for (const { task } of tasks) await task();
      await untilHeard(shell);
    },
    close: async () => {
      await browser.close();
      server.close();
      await jobs.stop();
      await mailbox.close();
      await opened.close();
      await wire.close();
    },
  };
}

/** Enters as one of the network's characters, with the one click that a fictitious network offers. */
export async function enterAs(page: Page, firstName: string): Promise<void> {
  await page.goto('/entrer');
  await page.getByRole('button', { name: new RegExp(`(Entrer comme|Enter as) ${firstName}$`) }).click();
}

/** A character's session, as the header that a program without a browser sends. */
export async function sessionOf({ origin }: Journey, firstName: string): Promise<string> {
  const page = await (await fetch(`${origin}/entrer`)).text();
  const button = page.indexOf(`Entrer comme ${firstName}<`);
  const [person] = /per_[0-9a-z]+(?=[^_]*$)/.exec(page.slice(0, button))!;
  const answer = await fetch(`${origin}/entrer`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams({ personne: person }),
  });
  return answer.headers.getSetCookie().join(';').split(';')[0]!;
}

/**
 * What WCAG 2.2 AA finds wrong with a page, one line a fault. Contrast, the dearest rule, does not depend on the width: a
 * page already read on a phone may spare it.
 */
export async function faultsOf(page: Page, { contrast = true } = {}): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .disableRules(contrast ? [] : ['color-contrast'])
    .analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.html.slice(0, 200)}`));
}

/** Pixels by which a page is wider than its window. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What a page says, its spaces as one types them. */
export const textOf = async (page: Page): Promise<string> =>
  (await page.locator('main').innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
