import { sha256 } from '../kernel/canonical.ts';
import { type Name, namespaces, type Wanted } from './dav-request.ts';

// Bookings as a calendar server tells them (RFC 4918, RFC 4791): to be read, never written.

const { dav, caldav, server } = namespaces;
const prefixes: Readonly<Record<string, string>> = { [dav]: 'D', [caldav]: 'C', [server]: 'S' };
const declared = Object.entries(prefixes)
  .map(([uri, prefix]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, mark => marks[mark]!);

const tagged = ({ uri, local }: Name, content: string): string => {
  const prefix = prefixes[uri];
  const [name, more] = prefix ? [`${prefix}:${local}`, ''] : [`X:${local}`, ` xmlns:X="${escaped(uri)}"`];
  return content === '' ? `<${name}${more}/>` : `<${name}${more}>${content}</${name}>`;
};

interface Property extends Name {
  readonly xml: string;
  /** Told only when it is asked for by name. */
  readonly large?: boolean;
}

/** Something that a client may ask about, with what it says of itself. */
export interface DavResource {
  readonly href: string;
  readonly properties: readonly Property[];
}

export interface DavObject {
  readonly href: string;
  /** The event as an iCalendar file. */
  readonly file: string;
  readonly etag: string;
}

const href = (path: string): string => `<D:href>${escaped(path)}</D:href>`;
const readOnly = '<D:privilege><D:read/></D:privilege>';
const reports = ['calendar-query', 'calendar-multiget', 'free-busy-query']
  .map(name => `<D:supported-report><D:report><C:${name}/></D:report></D:supported-report>`)
  .join('');

export interface Account {
  /** `/caldav/per_…/` */
  readonly principal: string;
  readonly home: string;
  readonly calendar: string;
  readonly name: string;
}

export const accountOf = (ownerId: string, name: string): Account => {
  const principal = `/caldav/${ownerId}/`;
  const home = `${principal}agendas/`;
  return { principal, home, calendar: `${home}reservations/`, name };
};

const common = ({ principal, home }: Account): readonly Property[] => [
  { uri: dav, local: 'current-user-principal', xml: href(principal) },
  { uri: dav, local: 'principal-URL', xml: href(principal) },
  { uri: dav, local: 'owner', xml: href(principal) },
  { uri: dav, local: 'current-user-privilege-set', xml: readOnly },
  { uri: caldav, local: 'calendar-home-set', xml: href(home) },
];

const collection = (account: Account, path: string, type: string): DavResource => ({
  href: path,
  properties: [
    { uri: dav, local: 'resourcetype', xml: `<D:collection/>${type}` },
    { uri: dav, local: 'displayname', xml: escaped(account.name) },
    ...common(account),
  ],
});

export const rootOf = (account: Account): DavResource => collection(account, '/caldav/', '');
export const principalOf = (account: Account): DavResource => collection(account, account.principal, '<D:principal/>');
export const homeOf = (account: Account): DavResource => collection(account, account.home, '');

/** The calendar; its tag changes with any event of it. */
export function calendarResource(account: Account, objects: readonly DavObject[]): DavResource {
  const tag = sha256(objects.map(one => `${one.href} ${one.etag}`).join('\n'));
  const { href: path, properties } = collection(account, account.calendar, '<C:calendar/>');
  return {
    href: path,
    properties: [
      ...properties,
      { uri: server, local: 'getctag', xml: tag },
      { uri: dav, local: 'getetag', xml: `&quot;${tag}&quot;` },
      { uri: dav, local: 'getcontenttype', xml: 'text/calendar; charset=utf-8' },
      { uri: dav, local: 'supported-report-set', xml: reports },
      { uri: caldav, local: 'supported-calendar-component-set', xml: '<C:comp name="VEVENT"/>' },
      {
        uri: caldav,
        local: 'supported-calendar-data',
        xml: '<C:calendar-data content-type="text/calendar" version="2.0"/>',
      },
    ],
  };
}

export const objectResource = (account: Account, { href: path, file, etag }: DavObject): DavResource => ({
  href: path,
  properties: [
    { uri: dav, local: 'resourcetype', xml: '' },
    { uri: dav, local: 'getetag', xml: escaped(etag) },
    { uri: dav, local: 'getcontenttype', xml: 'text/calendar; charset=utf-8; component=VEVENT' },
    { uri: dav, local: 'getcontentlength', xml: String(Buffer.byteLength(file)) },
    { uri: dav, local: 'current-user-principal', xml: href(account.principal) },
    { uri: dav, local: 'current-user-privilege-set', xml: readOnly },
    { uri: caldav, local: 'calendar-data', xml: escaped(file), large: true },
  ],
});

const propstat = (inside: string, status: string): string =>
  inside === '' ? '' : `<D:propstat><D:prop>${inside}</D:prop><D:status>HTTP/1.1 ${status}</D:status></D:propstat>`;

function responseOf({ href: path, properties }: DavResource, wanted: Wanted): string {
  const known = (name: Name) => properties.find(one => one.uri === name.uri && one.local === name.local);
  const names: readonly Name[] = typeof wanted === 'string' ? properties.filter(one => !one.large) : wanted;
  const found = names.filter(known).map(name => tagged(name, wanted === 'names' ? '' : known(name)!.xml));
  const missing = names.filter(name => !known(name)).map(name => tagged(name, ''));
  const told = propstat(found.join(''), '200 OK') + propstat(missing.join(''), '404 Not Found');
  return `<D:response>${href(path)}${told || propstat('<D:resourcetype/>', '404 Not Found')}</D:response>`;
}

/** What was asked of each, and which of them are not there. */
export const multistatus = (resources: readonly DavResource[], wanted: Wanted, gone: readonly string[] = []): string =>
  [
    `<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus ${declared}>`,
    ...resources.map(one => responseOf(one, wanted)),
    ...gone.map(path => `<D:response>${href(path)}<D:status>HTTP/1.1 404 Not Found</D:status></D:response>`),
    '</D:multistatus>\n',
  ].join('');

/** Why something is not done: the condition of the standard, and a sentence for whoever reads it. */
export const davError = (condition: string, reason: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<D:error ${declared}>${condition}<P:reason xmlns:P="urn:parvis">${escaped(reason)}</P:reason></D:error>\n`;
