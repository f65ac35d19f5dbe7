import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Every file git would keep under a folder, as paths from the repository's root. */
export const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

export interface Source {
  readonly path: string;
  readonly text: string;
}

export const sourcesUnder = (folder: string): Source[] =>
  filesUnder(folder)
    .filter(path => /\.tsx?$/.test(path))
    .map(path => ({ path, text: readFileSync(path, 'utf8') }));

const statement =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a file imports, types included: packages by name, own files as paths from the repository's root. */
export const importsOf = ({ path, text }: Source): string[] =>
  [...text.matchAll(statement)].map(match => {
    const target = (match[1] ?? match[2] ?? match[3])!;
    return target.startsWith('.') ? normalize(join(dirname(path), target)) : target;
  });
