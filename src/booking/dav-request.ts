import { SaxesParser } from 'saxes';
import { type Instant, instant } from '../kernel/time.ts';

// What a CalDAV client asks (RFC 4918, RFC 4791). No document type is read: it is where entities that grow come from.

export const namespaces = {
  dav: 'DAV:',
  caldav: 'urn:ietf:params:xml:ns:caldav',
  server: 'http://calendarserver.org/ns/',
} as const;

/** An element's name: where it comes from, and its local part. */
export interface Name {
  readonly uri: string;
  readonly local: string;
}

export interface Element extends Name {
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

const deepest = 20;
const mostElements = 20_000;

/** The document as elements; null when it is not well formed, too deep, too long, or has a document type. */
export function elementsOf(text: string): Element | null {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let [root, count]: [Element | null, number] = [null, 0];
  const stop = () => {
    throw new SyntaxError('not a request');
  };
  parser.on('error', stop);
  parser.on('doctype', stop);
  parser.on('opentag', ({ uri, local, attributes }) => {
    if (open.length >= deepest || ++count > mostElements) stop();
    const given = Object.values(attributes).map(one => [one.local, one.value] as const);
    const element: Element = { uri, local, attributes: new Map(given), children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', piece => {
    const last = open.at(-1);
    if (last) last.text += piece;
  });
  parser.on('closetag', () => void open.pop());
  try {
    parser.write(text).close();
    return root;
  } catch {
    return null;
  }
}

const is = (element: Element, uri: string, local: string): boolean => element.uri === uri && element.local === local;

const within = (element: Element | undefined, uri: string, local: string): Element | undefined =>
  element?.children.find(one => is(one, uri, local));

/** The properties asked for, all of those that are told unasked, or their names. */
export type Wanted = readonly Name[] | 'all' | 'names';

const wantedIn = (element: Element): Wanted => {
  if (within(element, namespaces.dav, 'propname')) return 'names';
  const prop = within(element, namespaces.dav, 'prop');
  return prop ? prop.children.map(({ uri, local }) => ({ uri, local })) : 'all';
};

/** An empty body asks for everything; null for what is no PROPFIND. */
export function propfindOf(text: string): Wanted | null {
  if (text.trim() === '') return 'all';
  const root = elementsOf(text);
  return root && is(root, namespaces.dav, 'propfind') ? wantedIn(root) : null;
}

export interface Range {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

export type Report =
  | { readonly kind: 'query'; readonly wanted: Wanted; readonly range: Range | 'nothing' }
  | { readonly kind: 'multiget'; readonly wanted: Wanted; readonly hrefs: readonly string[] }
  | { readonly kind: 'free_busy'; readonly range: Range }
  | { readonly kind: 'unsupported'; readonly why: 'supported-report' | 'supported-filter' | 'valid-filter' };

const unsupported = (why: 'supported-report' | 'supported-filter' | 'valid-filter'): Report => ({
  kind: 'unsupported',
  why,
});

/** `20261124T073000Z`; null when there is none, undefined when it is no time. */
function timeOf(text: string | undefined): Instant | null | undefined {
  if (text === undefined) return null;
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  try {
    return instant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  } catch {
    return undefined;
  }
}

function rangeOf(element: Element): Range | null {
  const [from, to] = ['start', 'end'].map(name => timeOf(element.attributes.get(name)));
  return from === undefined || to === undefined || (from === null && to === null) ? null : { from, to };
}

/** Events alone are kept here, so a filter may narrow them by time, or ask for what is not there. */
function queryOf(root: Element, wanted: Wanted): Report {
  const calendar = within(within(root, namespaces.caldav, 'filter'), namespaces.caldav, 'comp-filter');
  if (calendar?.attributes.get('name')?.toUpperCase() !== 'VCALENDAR') return unsupported('valid-filter');
  const [part, ...more] = calendar.children;
  if (part === undefined) return { kind: 'query', wanted, range: { from: null, to: null } };
  if (more.length > 0 || !is(part, namespaces.caldav, 'comp-filter')) return unsupported('supported-filter');
  if (part.attributes.get('name')?.toUpperCase() !== 'VEVENT') return { kind: 'query', wanted, range: 'nothing' };
  const [time, ...others] = part.children;
  if (time === undefined) return { kind: 'query', wanted, range: { from: null, to: null } };
  if (others.length > 0 || !is(time, namespaces.caldav, 'time-range')) return unsupported('supported-filter');
  const range = rangeOf(time);
  return range ? { kind: 'query', wanted, range } : unsupported('valid-filter');
}

/** Null for what is no document. */
export function reportOf(text: string): Report | null {
  const root = elementsOf(text);
  if (root === null) return null;
  const wanted = wantedIn(root);
  if (is(root, namespaces.caldav, 'calendar-query')) return queryOf(root, wanted);
  if (is(root, namespaces.caldav, 'calendar-multiget')) {
    const hrefs = root.children.filter(one => is(one, namespaces.dav, 'href')).map(one => one.text.trim());
    return { kind: 'multiget', wanted, hrefs };
  }
  if (is(root, namespaces.caldav, 'free-busy-query')) {
    const time = within(root, namespaces.caldav, 'time-range');
    const range = time ? rangeOf(time) : null;
    return range ? { kind: 'free_busy', range } : unsupported('valid-filter');
  }
  return unsupported('supported-report');
}
