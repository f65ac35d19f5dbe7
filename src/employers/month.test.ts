import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Day } from '../kernel/time.ts';
import { employerMonth, type LedgerLine, type Names, smallGroup } from './month.ts';
import { statementCsv } from './statement-csv.ts';

const ask = {
  employerId: 'org_employer1',
  employer: 'Cévennes Études',
  month: '2026-06',
  today: '2026-06-15',
} as const;
const line = (person: number | null, day: number, over: Partial<LedgerLine> = {}): LedgerLine => ({
  spaceId: 'spc_ganges01',
  payeeId: 'org_commune1',
  personId: person === null ? null : `per_${person}`,
  day: `2026-06-${String(day).padStart(2, '0')}` as Day,
  half_days: 2,
  amount_eur_cents: 1500n,
  label: { fr: 'Bureau, journée', en: 'Desk, day' },
  ...over,
});
const names: Names = {
  people: new Map(Array.from({ length: 20 }, (_, i) => [`per_${i}`, `Prénom${i} Nom${i}`])),
  spaces: new Map([['spc_ganges01', 'La Filature']]),
  organisations: new Map([['org_commune1', 'Ville de Ganges']]),
};
const staff = (count: number) => Array.from({ length: count }, (_, i) => line(i, i + 10));

describe('what an employer sees of a month', () => {
  test('of six people or more: who, which days, how much', () => {
    const month = employerMonth(ask, staff(smallGroup), names);
    expect(month).toMatchObject({ totals_only: false, half_days: 12, amount_eur_cents: 9000n });
    expect(month.people[0]).toMatchObject({ person: 'Prénom0 Nom0', days: ['2026-06-10'], amount_eur_cents: 1500n });
    expect(month.lines[0]).toMatchObject({ space: 'La Filature', payee: 'Ville de Ganges', person: 'Prénom0 Nom0' });
  });

  test('of fewer: totals only, no name and no day anywhere, in the table as in the file', () => {
    const month = employerMonth(ask, staff(smallGroup - 1), names);
    expect(month).toMatchObject({ totals_only: true, people: [], half_days: 10, amount_eur_cents: 7500n });
    const text =
      statementCsv(month, { lang: 'fr', fictitious: true }) +
      JSON.stringify(month, (_k, v) => String(v) && (typeof v === 'bigint' ? `${v}` : v));
    expect(text).not.toMatch(/Prénom|per_|2026-06-1[0-4]/);
  });

  test('someone whose days were all cancelled does not make the group larger', () => {
    const cancelled = line(9, 20, { half_days: -2, amount_eur_cents: -1500n });
    const month = employerMonth(ask, [...staff(smallGroup - 1), line(9, 20), cancelled], names);
    expect(month.totals_only).toBe(true);
  });

  test('days to come are told apart from days gone', () => {
    expect(employerMonth(ask, staff(8), names).to_come_half_days).toBe(4);
  });

  test('totals are the ledger’s to the cent, by space, by person and by line, whatever the group', () => {
    const entry = fc.tuple(
      fc.option(fc.integer({ min: 0, max: 9 })),
      fc.integer({ min: 1, max: 30 }),
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), entries => {
        const lines = entries.map(([person, day, amount_eur_cents]) => line(person, day, { amount_eur_cents }));
        const month = employerMonth(ask, lines, names);
        const sum = (list: readonly { amount_eur_cents: bigint }[]) =>
          list.reduce((total, one) => total + one.amount_eur_cents, 0n);
        expect(month.amount_eur_cents).toBe(sum(lines));
        expect(sum(month.spaces)).toBe(sum(lines));
        expect(sum(month.lines)).toBe(sum(lines));
        if (!month.totals_only) expect(sum(month.people)).toBe(sum(lines.filter(l => l.personId !== null)));
      }),
    );
  });
});

describe('the statement as a file', () => {
  const csv = (lines: LedgerLine[], over: Partial<Names> = {}, fictitious = true) =>
    statementCsv(employerMonth(ask, lines, { ...names, ...over }), { lang: 'fr', fictitious });

  test('says exact cents and half-days, and on each row that its data is fictitious', () => {
    const [head, first] = csv(staff(6)).slice(1).split('\r\n');
    expect(head).toContain('"montant (centimes)"');
    expect(first).toBe(
      '2026-06,2026-06-10,"La Filature","Ville de Ganges","Prénom0 Nom0","Bureau, journée",2,1500,fictives',
    );
    expect(csv(staff(6), {}, false)).toContain(',réelles\r\n');
  });

  test.each(['=1+1', '+33', '-2', '@cmd', '\tx', '\rx'])(
    'a name that starts like a formula (%j) stays a text',
    evil => {
      expect(csv(staff(6), { spaces: new Map([['spc_ganges01', evil]]) })).toContain(`"'${evil}"`);
    },
  );

  test('quotes inside a name are doubled', () => {
    expect(csv(staff(6), { spaces: new Map([['spc_ganges01', 'La "Filature"']]) })).toContain('"La ""Filature"""');
  });
});
