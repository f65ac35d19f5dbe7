import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publicSets } from '../src/method/method.ts';
import { type Source, sourcesUnder } from './imports.ts';
import { invariants } from './invariants.ts';

interface Coded {
  readonly code: string;
  readonly status: string;
  readonly file: string;
}

const definition = /\brefusal\(\s*(?:`|')([a-z_]+\.[a-z_]+)(?:`|'),\s*(\d{3}),/g;

const refusalsIn = ({ path, text }: Source): Coded[] =>
  [...text.matchAll(definition)].map(([, code, status]) => ({ code: code!, status: status!, file: path }));

const refusals = (): string => {
  const coded = sourcesUnder('src')
    .filter(source => !/\.test\.tsx?$/.test(source.path))
    .flatMap(refusalsIn)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const rows = coded.map(({ code, status, file }) => `| \`${code}\` | ${status} | [${file}](../../${file}) |`);
  return `# Refusals

Generated from the rooms' words: every expected *no*, with the HTTP status under which the API serves it as
\`application/problem+json\` (RFC 9457). The words themselves, French and English, are in the file named.

| Code | Status | Worded in |
|---|---|---|
${rows.join('\n')}
`;
};

const factorSet = (set: ReturnType<typeof publicSets>[number]): string => {
  const rows = set.factors.map(
    ({ id, ug_per_m, construction_ug_per_m: made, denominator, source_id }) =>
      `| \`${id}\` | ${ug_per_m} | ${made ?? ''} | ${denominator} | ${source_id ?? ''} |`,
  );
  const cautions = (set.cautions ?? []).map(({ en }) => `${en}\n\n`).join('');
  return `## Set ${set.id}

${set.boundary_words.en}; vintage ${set.vintage}; valid from ${set.valid_from}, best before ${set.best_before}.
Source: ${set.source}. Licence: ${set.licence.en}. SHA-256 of its content: \`${set.sha256}\`.

${cautions}| Factor | µgCO2e per metre | of which making | Denominator | ADEME id |
|---|---:|---:|---|---|
${rows.join('\n')}
`;
};

const factors = (): string => `# Emission factors

Generated from the factor sets of the methods. A computation takes one set; two sets are never added up. The profile \`demo\`
computes with set A; the others serve sensitivity, and signed values that name them.

${publicSets().map(factorSet).join('\n')}`;

/** Titles of tests that name an invariant. */
const titled = /\b(?:test|it|describe)(?:\.\w+(?:\([^()]*\))?)*\(\s*(['`])((?:\\.|(?!\1)[\s\S])*)\1/g;

const tested = ['src', 'tools', 'verifier', 'witness', 'journeys']
  .flatMap(sourcesUnder)
  .filter(({ path }) => /\.test\.tsx?$/.test(path))
  .flatMap(({ path, text }) => [...text.matchAll(titled)].map(([, , title]) => ({ path, title: title! })));

const testsOf = (id: string) => tested.filter(({ title }) => title.includes(id));

const cell = (id: string): string =>
  testsOf(id)
    .map(
      ({ path, title }) => `[${title.replace(/^[I\-\d, :]+| ?\(I-\d\d\)/g, '').replaceAll('|', '\\|')}](../../${path})`,
    )
    .join('<br>') || '*none yet*';

const invariantsPage = (): string => `# Invariants

Generated from the titles of tests: what must always hold, and what proves it. The numbering keeps gaps.

| Id | What must hold | Proved by |
|---|---|---|
${Object.entries(invariants)
  .map(([id, promise]) => `| ${id} | ${promise} | ${cell(id)} |`)
  .join('\n')}
`;

/** `PARVIS_WRITE=1 npx vitest run tools/reference` writes the pages again. */
const write = process.env['PARVIS_WRITE'] === '1';

describe('docs/reference says what the program does', () => {
  test.each([
    ['refusals.md', refusals],
    ['factors.md', factors],
    ['invariants.md', invariantsPage],
  ])('%s', (name, generate) => {
    const path = `docs/reference/${name}`;
    if (write) writeFileSync(path, generate());
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(generate());
  });
});
