import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fictitiousStatement } from '../src/demo/scenery.ts';
import { hookEvents } from '../src/integrations/events.ts';
import type { Lang } from '../src/kernel/bilingual.ts';
import { enterAs, faultsOf, type Journey, sessionOf, sidewaysScroll, startJourney } from '../tools/journey.ts';
import { anchor } from '../tools/test-demo.ts';

const visitor = 'a visitor';
/** Whoever runs a network has many pages to look at, on a machine that does other things. */
const patience = { timeout: 180_000 };
const characters = [visitor, 'Mohamed', 'Josiane', 'Bruno', 'Hélène', 'Nadia', 'Salomé', 'Inès', 'Marc'] as const;
type Who = (typeof characters)[number];

/** Pages that no link leads to: what a search answers. */
const searched = ['/recherche?q=Ganges', '/recherche?q=30', '/recherche?q=Nulle-Part', '/introuvable'];
const refusing = /^\/(introuvable|recherche\?q=Nulle)/;

/** Addresses that differ by what they show and not by how they show it are one kind: `/espaces/:name`. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://a');
  const path = pathname
    .replaceAll(/\/([a-z]{3})_[0-9a-z]+/g, '/:$1')
    .replaceAll(/\/[0-9a-f]{64}/g, '/:hash')
    .replaceAll(/\/\d{4}-\d\d(-\d\d)?/g, '/:date')
    .replace(
      /^\/(espaces|labels|accueil|planning|acces|carnets|hote|ici|plans|gestion\/espaces)\/[a-z][a-z0-9-]+/,
      '/$1/:name',
    );
  const asked = [...new Set(searchParams.keys())].filter(name => name !== 'lang').sort();
  return asked.length === 0 ? path : `${path}?${asked.join('&')}`;
}

const unescaped = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&#39;', '’').replaceAll('&quot;', '"');

/** Links of a page to other pages of ours; files to download are not pages. */
const linksOf = (html: string, origin: string): string[] =>
  [...html.matchAll(/<a\s[^>]*>/g)]
    .map(([tag]) => tag)
    .filter(tag => !/\sdownload[\s=>]|\shreflang=/.test(tag))
    .map(tag => unescaped(/href="([^"#]*)/.exec(tag)?.[1] ?? '').replace(origin, ''))
    .filter(href => href.startsWith('/') && !href.startsWith('//'));

/** Words on the page, one piece of text an element; what is quoted in its own language is nobody's to translate. */
const textsOf = (html: string): string[] =>
  html
    .replaceAll(
      /<(script|style|head|textarea)\b[\s\S]*?<\/\1>|<span lang="en">[^<]*<\/span>|<blockquote lang="fr">[\s\S]*?<\/blockquote>/g,
      '',
    )
    .split(/<[^>]*>/)
    .map(text => unescaped(text).trim())
    .filter(Boolean);

interface Seen {
  readonly address: string;
  readonly html: string;
}

/** What is wrong with a page as a document, whatever browser shows it. */
function documentFaults({ address, html }: Seen, lang: Lang): string[] {
  const texts = textsOf(html);
  const rules: readonly (readonly [fault: string, holds: boolean])[] = [
    ['not one h1', html.split('<h1').length === 2],
    ['wrong language of the document', html.includes(`<html lang="${lang}">`)],
    ['a title that says nothing', /<title>[^<·]{3,} · [^<]+<\/title>/.test(html)],
    [
      'does not say that its data are fictitious',
      texts.includes(lang === 'fr' ? 'Données fictives' : 'Fictitious data'),
    ],
    [`a value that leaked: ${texts.find(leaked)}`, !texts.some(leaked)],
  ];
  return rules.filter(([, holds]) => !holds).map(([fault]) => `${address}: ${fault}`);
}

const leaked = (text: string): boolean => /\b(undefined|NaN|null|\[object Object\])\b/.test(text);

/** Sentences that an English page leaves in French, but for what invented people wrote. */
function untranslated(french: Seen, english: Seen): string[] {
  const known = new Set(textsOf(french.html));
  return textsOf(english.html)
    .filter(text => known.has(text) && /[a-zà-ÿ].{25,}[.?]$/.test(text) && !text.includes('fictive'))
    .map(text => `${english.address}: not translated: ${text}`);
}

let parvis: Journey;
/** One address of each kind, with the first who found it. */
const kinds = new Map<string, { readonly who: Who; readonly address: string }>();

/** What this file reads of the API's answers. */
interface Told {
  readonly contracts: readonly { readonly contract_id: string }[];
  readonly claim_id: string;
  readonly webhook_id: string;
  readonly sealed: { readonly employers: readonly { readonly employer: string }[] };
  readonly lines: readonly number[];
}

/** Asks the API as one of the characters; a body makes it a POST. */
async function api(who: Who, path: string, body?: object): Promise<Told> {
  const headers = { cookie: await sessionOf(parvis, who), 'content-type': 'application/json' };
  const asked = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${parvis.origin}/api/v1${path}`, asked);
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return (await answer.json()) as Told;
}

/** An energy claim, signed, checked and sent: it has a page for each of its readers. */
async function sendClaim(): Promise<void> {
  const { contracts } = await api('Nadia', '/schemes');
  const { claim_id } = await api('Nadia', `/schemes/contracts/${contracts[0]!.contract_id}/claims`, {});
  const { sealed } = await api('Nadia', `/claims/${claim_id}`);
  const signed = {
    employer_id: sealed.employers[0]!.employer,
    signatory: 'La direction (fictive)',
    text: fictitiousStatement,
  };
  await api('Hélène', `/claims/${claim_id}/statements`, signed);
  const { lines } = await api('Salomé', `/claims/${claim_id}/sample`, {});
  await api('Salomé', `/claims/${claim_id}/findings`, { lines, conforms: true });
  await api('Nadia', `/claims/${claim_id}/steps`, { command: 'submit', happened_on: anchor });
}

/** A program that is told of everything, at an address that leads nowhere: its log has something to say. */
async function tellNobody(): Promise<void> {
  const asked = { url: 'https://programme.exemple.invalid/parvis', events: hookEvents.map(one => one.name) };
  const { webhook_id } = await api('Nadia', '/webhooks', asked);
  await api('Nadia', `/webhooks/${webhook_id}/trial`, {});
}

beforeAll(async () => {
  parvis = await startJourney();
  // A closed month and a claim, so that the pages that follow from them have something to show.
  await api('Nadia', '/months/2026-10/close', {});
  await sendClaim();
  await tellNobody();
});
afterAll(async () => {
  expect(parvis.failures).toEqual([]);
  await parvis.close();
});

async function look(address: string, cookie: string, lang: Lang): Promise<Seen & { status: number; isPage: boolean }> {
  const answer = await fetch(parvis.origin + address, { headers: { cookie: `${cookie}; parvis_lang=${lang}` } });
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
  return { address, html: await answer.text(), status: answer.status, isPage };
}

/** Follows every link from the home page, one address of each kind, in both languages; gives what is wrong. */
async function walk(who: Who): Promise<readonly string[]> {
  const cookie = who === visitor ? '' : await sessionOf(parvis, who);
  const own = new Set<string>();
  const faults: string[] = [];
  const waiting = ['/', ...searched];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const kind = kindOf(address) + (refusing.test(address) ? address : '');
    if (own.has(kind)) continue;
    own.add(kind);
    const french = await look(address, cookie, 'fr');
    if (french.status >= 400 !== refusing.test(address)) faults.push(`${address}: status ${french.status}`);
    if (!french.isPage) continue;
    faults.push(...documentFaults(french, 'fr'));
    waiting.push(...linksOf(french.html, parvis.origin));
    if (kinds.has(kind)) continue;
    kinds.set(kind, { who, address });
    const english = await look(address, cookie, 'en');
    faults.push(...documentFaults(english, 'en'), ...untranslated(french, english));
  }
  return faults;
}

describe('every page is a whole document, in French and in English, before any script runs', () => {
  test.each(characters)('for %s', patience, async who => {
    expect(await walk(who)).toEqual([]);
  });

  test('there are as many kinds of pages as we think', () => {
    expect(kinds.size).toBeGreaterThan(45);
    expect(kinds.size).toBeLessThan(120);
  });
});

/** What is wrong with a page as a person meets it: its width, its accessibility, its console. */
async function livingFaults(page: Page, address: string): Promise<readonly string[]> {
  const said: string[] = [];
  const hear = (text: string) => said.push(`${address}: console: ${text}`);
  page.removeAllListeners();
  page.on('pageerror', error => hear(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !refusing.test(address)) hear(message.text());
  });
  await page.goto(address);
  const width = page.viewportSize()!.width;
  const over = await sidewaysScroll(page);
  const faults = (await faultsOf(page, { contrast: width < 600 })).map(fault => `${address} at ${width}: ${fault}`);
  return [...said, ...faults, ...(over > 0 ? [`${address}: ${over} px too wide at ${width}`] : [])];
}

async function walkThrough(lookOf: { width: number; lang: Lang }, who: Who): Promise<readonly string[]> {
  const page = await parvis.newPage(lookOf);
  if (who !== visitor) await enterAs(page, who);
  const faults: string[] = [];
  for (const found of kinds.values()) {
    if (found.who === who) faults.push(...(await livingFaults(page, found.address)));
  }
  await page.context().close();
  return faults;
}

describe('nobody is left out: WCAG AA, no sideways scroll, no error in the console', () => {
  test.each(characters)('on the phone of %s, in French', patience, async who => {
    expect(await walkThrough({ width: 360, lang: 'fr' }, who)).toEqual([]);
  });
  test.each(characters)('on the desk of %s, in English', patience, async who => {
    expect(await walkThrough({ width: 1280, lang: 'en' }, who)).toEqual([]);
  });
});
