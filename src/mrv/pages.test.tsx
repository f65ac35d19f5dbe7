import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Lang } from '../kernel/bilingual.ts';
import { instant } from '../kernel/time.ts';
import type { Visit } from '../kernel/visit.ts';
import { methodSheet } from '../method/method.ts';
import { checksOf } from './checks.ts';
import { flowOf } from './flow.ts';
import type { MonthView } from './month-view.ts';
import { AuditBatchPage, AuditPage } from './pages/audit-pages.tsx';
import { MonthListPage, MonthPage } from './pages/month-pages.tsx';
import { summaryPdf } from './pages/summary-pdf.ts';
import { erasedRow, rowOf, sampleBatch, sampleLines, sampleMonth } from './sample.ts';
import { words } from './words.ts';

const visit = (lang: Lang): Visit => ({
  network: { networkId: 'net_00000001', name: 'Réseau d’essai', profile: 'demo', fictitious: true },
  actor: null,
  lang,
  path: '/operateur/mois/2026-10',
  origin: 'http://localhost',
  nav: [],
});

const lines = sampleLines(sampleMonth, 0);
const batch = sampleBatch(lines);
const view = (over: Partial<MonthView> = {}): MonthView => ({
  month: '2026-10',
  state: 'ready',
  closable_from: '2026-11-08',
  flow: flowOf(sampleMonth),
  checks: checksOf({
    month: '2026-10',
    today: '2026-11-09',
    presences: 12,
    undecided: 0,
    factors: methodSheet().factors,
    logIntact: true,
    alreadyAllocated: 0,
    metresConserved: true,
  }),
  batch: null,
  recount: null,
  places: [],
  ...over,
});
const monthPage = (
  lang: Lang,
  over: Partial<MonthView> = {},
  refusal: Parameters<typeof MonthPage>[0]['refusal'] = null,
) =>
  render(
    MonthPage({
      visit: visit(lang),
      view: view(over),
      reason: undefined,
      refusal,
      requestId: 'a',
      done: false,
    }),
  );

describe('the operator’s month', () => {
  it.each([
    ['fr', 'Clore octobre 2026', 'trajet habituel non déclaré', 'auraient travaillé chez eux'],
    ['en', 'Close October 2026', 'usual trip not declared', 'would have worked at home'],
  ] as const)('in %s names every loss and offers to close once all passes', (lang, ...said) => {
    const html = monthPage(lang);
    for (const words of said) expect(html).toContain(words);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('action="/operateur/mois/2026-10/clore"');
    expect(html).toContain('?raison=no_trip#ou');
  });

  it('offers no button while a check stands in the way, and says what to do', () => {
    const checks = view().checks.map(check => (check.id === 'presences_decided' ? { ...check, passed: false } : check));
    const html = monthPage('fr', { checks });
    expect(html).not.toContain('/clore"');
    expect(html).toContain('ne peut pas encore être clos');
  });

  it('once closed hands over the dossier, unofficial in a demo', () => {
    const html = monthPage('fr', { state: 'closed', batch });
    expect(html).toContain(`/audit/lots/${batch.id}/dossier.zip`);
    expect(html).toContain('Estimation non officielle');
    expect(html).not.toContain('/clore"');
  });

  it('shows a refusal in words on top', () => {
    expect(monthPage('fr', {}, words.notClosed('2026-10'))).toContain('Le mois d’octobre 2026 n’est pas clos');
  });

  it('lists the months, and says so when there is none', () => {
    const row = { month: '2026-10', state: 'closed', trips: 12, avoided_m: 1000n, batch } as const;
    expect(render(MonthListPage({ visit: visit('fr'), months: [row] }))).toContain('/operateur/mois/2026-10');
    expect(render(MonthListPage({ visit: visit('fr'), months: [] }))).toContain('Aucun trajet compté');
  });
});

describe('the auditor’s desk', () => {
  const log = {
    vkey: 'log+00000000+A',
    key: { name: 'log', id: '0', type: 'ed25519' as never, publicKey: new Uint8Array() },
    size: 12,
    checkpoint: 'c',
  };
  const key = { ...log, generation: 1, from: instant('2026-01-01T00:00:00Z'), until: null, revokedSince: null };
  const keys = new Map([[batch.id, key]]);

  it('gives the batches, the log and the verifier’s command', () => {
    const html = render(AuditPage({ visit: visit('fr'), desk: { batches: [batch], log, keys } }));
    expect(html).toContain(`parvis-2026-10-${batch.id.slice(0, 12)}.zip --key`);
    expect(html).toContain('/log/checkpoint');
    expect(render(AuditPage({ visit: visit('en'), desk: { batches: [], log: null, keys } }))).toContain(
      'No month is closed',
    );
  });

  it('shows lines without identity, says which are erased and who read them', () => {
    const rows = lines.map(rowOf).map((row, i) => (i === 0 ? erasedRow(row) : row));
    const readings = [{ personId: 'per_auditor01', what: 'lines', readAt: instant('2026-11-09T08:00:00Z') }] as const;
    const html = render(
      AuditBatchPage({
        visit: visit('fr'),
        page: {
          batch,
          checkpoint: 'c\n',
          key,
          lines: rows,
          readings,
          readers: new Map([['per_auditor01', 'Salomé Verdier']]),
          sites: new Map([['spc_00000001', 'Ganges, La Filature']]),
        },
      }),
    );
    expect(html).toContain('effacée');
    expect(html).toContain('Ganges, La Filature');
    expect(html).toContain('2026-11-09 08:00');
    expect(html).toContain('Salomé Verdier');
    expect(html).not.toContain(lines[1]!.personCommit);
  });
});

describe('the key that signed a batch', () => {
  const later = { ...sampleBatch(lines), closed_at: '2026-11-09T08:00:00Z' };
  const shown = (lang: Lang, over: { until?: string; revokedSince?: string }) => {
    const [until = null, revokedSince = null] = [over.until, over.revokedSince].map(text => text && instant(text));
    const key = {
      ...{
        vkey: 'log+00000001+B',
        key: { name: 'log' } as never,
        generation: 1,
        from: instant('2026-01-01T00:00:00Z'),
      },
      ...{ until: until || null, revokedSince: revokedSince || null },
    };
    const log = { ...key, vkey: 'log+00000002+C', size: 12, checkpoint: 'c' };
    const page = {
      batch: later,
      checkpoint: 'c\n',
      key,
      lines: [],
      readings: [],
      readers: new Map(),
      sites: new Map<string, string>(),
    };
    const desk = { batches: [later], log, keys: new Map([[later.id, key]]) };
    return [
      render(AuditPage({ visit: visit(lang), desk })),
      render(AuditBatchPage({ visit: visit(lang), page })),
    ] as const;
  };

  it.each([
    ['while it signs', {}, 'signe aujourd’hui', null],
    ['once retired', { until: '2026-12-01T08:00:00Z' }, 'retirée le 1er décembre 2026', 'vaut toujours'],
    [
      'revoked since a later day',
      { until: '2026-12-01T08:00:00Z', revokedSince: '2026-11-30T08:00:00Z' },
      'révoquée depuis le 30 novembre 2026',
      'vaut toujours',
    ],
    [
      'revoked since the very moment of its seal',
      { until: '2026-12-01T08:00:00Z', revokedSince: '2026-11-09T08:00:00Z' },
      'révoquée depuis le 9 novembre 2026',
      'ne prouve plus rien',
    ],
  ])('%s is named with how it stands, in the list and on the batch’s page', (_, over, standing, meaning) => {
    for (const html of shown('fr', over)) {
      expect(html).toContain(standing);
      expect(html).toContain('--key &quot;log+00000001+B&quot;');
    }
    const [, page] = shown('fr', over);
    expect(page).toContain('<code>log+00000001+B</code>');
    if (meaning === null) expect(page).not.toMatch(/vaut toujours|ne prouve plus rien/);
    else expect(page).toContain(meaning);
  });

  it('is told in English too', () => {
    const [list, page] = shown('en', { until: '2026-12-01T08:00:00Z', revokedSince: '2026-11-09T08:00:00Z' });
    expect(list).toContain('revoked since 9 November 2026');
    expect(page).toContain('proves nothing any more');
  });
});

describe('the summary of a dossier', () => {
  const facts = {
    network: 'Réseau d’essai',
    profile: 'demo',
    fictitious: true,
    batch,
    closedAt: instant(batch.closed_at),
    vkey: 'v',
    method: methodSheet(),
    factors: methodSheet().factors as never,
    checks: [],
  } as const;

  it('is the same bytes each time, and other bytes for other facts', async () => {
    const [one, two] = [await summaryPdf(facts), await summaryPdf(facts)];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
    expect(Buffer.from(one).subarray(0, 5).toString()).toBe('%PDF-');
    const other = await summaryPdf({ ...facts, network: 'Autre' });
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  });
});
