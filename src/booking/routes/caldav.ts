import { sha256 } from '../../kernel/canonical.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Interval, isBefore } from '../../kernel/time.ts';
import { bearerOf, isAccessToken } from '../../people/people.ts';
import { type Ctx, inVisit, type Mount } from '../../platform/http.ts';
import * as booking from '../booking.ts';
import { type CalendarEntry, feedOf, freeBusyOf, objectOf } from '../calendar.ts';
import { calendarWords } from '../calendar-words.ts';
import { firstOf } from '../claim.ts';
import {
  type Account,
  accountOf,
  calendarResource,
  type DavObject,
  type DavResource,
  davError,
  homeOf,
  multistatus,
  objectResource,
  principalOf,
  rootOf,
} from '../dav.ts';
import { propfindOf, type Range, reportOf } from '../dav-request.ts';
import { feedLabels } from '../feed-labels.ts';
import { words } from '../words.ts';
import { isKnown } from './feeds.ts';

// Bookings for calendar programs (RFC 4791), read only. Whoever asks is known by Basic authentication alone: no cookie opens it, so no
// page of someone else's can ask in their name.

const readable = 'OPTIONS, GET, HEAD, PROPFIND, REPORT';

interface Opened {
  readonly account: Account;
  readonly read: booking.FeedRead;
}

/** The password of HTTP Basic; null without one. */
function passwordOf(c: Ctx): string | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (encoded === undefined) return null;
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return password || null;
}

/** What a password opens: a token its person's bookings, the secret of an address what that address tells. */
async function open({ shell }: Mount, c: Ctx): Promise<Outcome<Opened>> {
  const { lang, network } = c.get('visit');
  const title = `${feedLabels.calendar[lang]}, ${network.name}`;
  const password = passwordOf(c);
  if (password === null) return refuse(words.unknownFeed);
  if (!isAccessToken(password)) {
    const read = await inVisit(shell, c, work => booking.readFeed(work, password));
    if (!read.ok) return read;
    return accept({ account: accountOf(read.value.feedId, read.value.space ?? title), read: read.value });
  }
  const bearer = await bearerOf(shell, network.networkId, password);
  if (!bearer.ok) return bearer;
  const { actor, scopes } = bearer.value;
  if (!scopes.includes('booking:read')) return refuse(words.unknownFeed);
  const read = await inVisit(shell, c, work => booking.readOwn(work, actor.personId));
  return accept({ account: accountOf(actor.personId, title), read });
}

interface Held extends DavObject {
  readonly entry: CalendarEntry;
}

function objectsOf(c: Ctx, { account, read }: Opened): readonly Held[] {
  const { lang, origin } = c.get('visit');
  return read.entries.map(told => {
    const entry = { ...told, url: `${origin}/reservations/${told.booking.bookingId}` };
    const file = objectOf(entry, read.telling, lang);
    const etag = `"${sha256(file)}"`;
    return { href: `${account.calendar}${firstOf(told.booking)}.ics`, file, etag, entry };
  });
}

const xml = (c: Ctx, body: string, status: 207 | 400 | 403 | 404 | 405): Response =>
  c.body(body, status, { 'content-type': 'application/xml; charset=utf-8' });

const no = (c: Ctx, condition: string, status: 400 | 403 | 404 = 403): Response => {
  const { fr, en } = (condition.includes('need-privileges') ? calendarWords.davReadOnly : calendarWords.davRefused)
    .message;
  return xml(c, davError(condition, `${fr} / ${en}`), status);
};

/** The paths of an account, each with what lies right under it. */
function found(c: Ctx, opened: Opened): readonly DavResource[] | null {
  const { account } = opened;
  const path = c.req.path.endsWith('.ics') ? c.req.path : c.req.path.replace(/\/?$/, '/');
  const objects = objectsOf(c, opened);
  const calendar = calendarResource(account, objects);
  const under: Readonly<Record<string, readonly DavResource[]>> = {
    '/caldav/': [rootOf(account), principalOf(account)],
    [account.principal]: [principalOf(account), homeOf(account)],
    [account.home]: [homeOf(account), calendar],
    [account.calendar]: [calendar, ...objects.map(one => objectResource(account, one))],
  };
  const object = objects.find(one => one.href === path);
  return under[path] ?? (object ? [objectResource(account, object)] : null);
}

async function propfind(c: Ctx, opened: Opened): Promise<Response> {
  const depth = c.req.header('depth') ?? 'infinity';
  if (depth !== '0' && depth !== '1') return no(c, '<D:propfind-finite-depth/>');
  const wanted = propfindOf(await c.req.text());
  if (wanted === null) return no(c, '', 400);
  const resources = found(c, opened);
  if (resources === null) return no(c, '', 404);
  return xml(c, multistatus(depth === '0' ? resources.slice(0, 1) : resources, wanted), 207);
}

const meets = ({ from, to }: Range, during: Interval): boolean =>
  (to === null || isBefore(during.from, to)) && (from === null || isBefore(from, during.to));

/** Clients give addresses whole or from the root, written in several ways. */
function pathOf(href: string): string {
  try {
    return decodeURIComponent(new URL(href, 'http://a').pathname);
  } catch {
    return href;
  }
}

async function report(c: Ctx, opened: Opened): Promise<Response> {
  const { account, read } = opened;
  if (c.req.path.replace(/\/?$/, '/') !== account.calendar) return no(c, '<D:supported-report/>');
  const asked = reportOf(await c.req.text());
  if (asked === null) return no(c, '', 400);
  if (asked.kind === 'unsupported')
    return no(c, asked.why === 'supported-report' ? '<D:supported-report/>' : `<C:${asked.why}/>`);
  const objects = objectsOf(c, opened);
  if (asked.kind === 'free_busy') {
    const { from, to } = asked.range;
    const told = objects.map(one => one.entry.booking).filter(one => meets(asked.range, one.during));
    const during = { from: from ?? read.during.from, to: to ?? read.during.to };
    const file = freeBusyOf(told, { uid: account.principal.split('/')[2]!, during });
    return c.body(file, 200, { 'content-type': 'text/calendar; charset=utf-8' });
  }
  if (asked.kind === 'multiget') {
    const paths = asked.hrefs.map(pathOf);
    const known = new Map(objects.map(one => [one.href, one]));
    const there = paths.flatMap(path => known.get(path) ?? []);
    const resources = there.map(one => objectResource(account, one));
    return xml(
      c,
      multistatus(
        resources,
        asked.wanted,
        paths.filter(path => !known.has(path)),
      ),
      207,
    );
  }
  const { range } = asked;
  const kept = range === 'nothing' ? [] : objects.filter(one => meets(range, one.entry.booking.during));
  return xml(
    c,
    multistatus(
      kept.map(one => objectResource(account, one)),
      asked.wanted,
    ),
    207,
  );
}

function get(c: Ctx, opened: Opened): Response {
  const { account, read } = opened;
  const objects = objectsOf(c, opened);
  const path = c.req.path;
  const whole = path.replace(/\/?$/, '/') === account.calendar;
  const entries = objects.map(one => one.entry);
  const file = whole
    ? feedOf({ name: account.name, entries, telling: read.telling }, c.get('visit').lang)
    : objects.find(one => one.href === path)?.file;
  if (file === undefined) return no(c, '', 404);
  const etag = `"${sha256(file)}"`;
  if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, { etag });
  return c.body(file, 200, { etag, 'content-type': 'text/calendar; charset=utf-8' });
}

async function answer(mount: Mount, c: Ctx): Promise<Response> {
  c.header('dav', '1, calendar-access');
  // What is compressed on its way has a weak tag, which no calendar program compares.
  c.header('cache-control', 'private, no-store, no-transform');
  if (c.req.method === 'OPTIONS') return c.body(null, 200, { allow: readable });
  const opened = await open(mount, c);
  if (!opened.ok) {
    const headers = { 'www-authenticate': 'Basic realm="Parvis", charset="UTF-8"' };
    return c.body(`${calendarWords.davSignIn.message.fr}\n${calendarWords.davSignIn.message.en}\n`, 401, headers);
  }
  const { method } = c.req;
  if (method === 'PROPFIND') return propfind(c, opened.value);
  if (method === 'REPORT') return report(c, opened.value);
  if (method === 'GET' || method === 'HEAD') return get(c, opened.value);
  return no(c, '<D:need-privileges/>');
}

export function calDav(mount: Mount): void {
  const { pages } = mount;
  pages.all('/.well-known/caldav', c => c.redirect('/caldav/', 301));
  pages.all('/caldav', c => answer(mount, c));
  pages.all('/caldav/*', c => answer(mount, c));
}
