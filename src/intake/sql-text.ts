// Tables out of the text of a dump: what mysqldump, MariaDB, phpMyAdmin and pg_dump write, no more of SQL than that.

export type Row = Readonly<Record<string, string | null>>;
export type Tables = ReadonlyMap<string, readonly Row[]>;

interface Token {
  /** `text` is a quoted value, `name` a quoted identifier. */
  readonly kind: 'word' | 'text' | 'name' | 'sign' | 'end';
  readonly value: string;
}

const end: Token = { kind: 'end', value: '' };
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0', b: '\b', Z: '\u001a' };
const blank = /\s/;
const wordEnd = /[^\p{L}\p{N}_.$+-]/gu;

/** Reads a dump from one statement to the next. */
class Reader {
  readonly #text: string;
  #at = 0;
  /** PostgreSQL keeps a backslash as it is, unless the text is marked with an E. */
  readonly #escaping: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#escaping = !/^-- PostgreSQL database/m.test(text);
  }

  #skip(): void {
    for (;;) {
      while (this.#at < this.#text.length && blank.test(this.#text[this.#at]!)) this.#at++;
      if (this.#text.startsWith('--', this.#at) || this.#text[this.#at] === '#') this.line();
      else if (this.#text.startsWith('/*', this.#at)) this.#until('*/', this.#at + 2);
      else return;
    }
  }

  #until(mark: string, from: number): void {
    const found = this.#text.indexOf(mark, from);
    this.#at = found < 0 ? this.#text.length : found + mark.length;
  }

  /** The rest of the line; the next reading begins on the one below. */
  line(): string {
    const from = this.#at;
    this.#until('\n', from);
    return this.#text.slice(from, this.#at).replace(/\r?\n$/, '');
  }

  get over(): boolean {
    return this.#at >= this.#text.length;
  }

  #quoted(quote: string, escaping: boolean): string {
    const parts: string[] = [];
    let from = ++this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text[this.#at]!;
      const next = this.#text[this.#at + 1];
      if (sign === '\\' && escaping && next !== undefined) {
        parts.push(this.#text.slice(from, this.#at), escapes[next] ?? next);
        from = ++this.#at + 1;
      } else if (sign === quote && next === quote) {
        parts.push(this.#text.slice(from, this.#at), quote);
        from = ++this.#at + 1;
      } else if (sign === quote) break;
    }
    parts.push(this.#text.slice(from, this.#at++));
    return parts.join('');
  }

  token(): Token {
    this.#skip();
    const sign = this.#text[this.#at];
    if (sign === undefined) return end;
    if (sign === "'") return { kind: 'text', value: this.#quoted(sign, this.#escaping) };
    if (sign === '`' || sign === '"') return { kind: 'name', value: this.#quoted(sign, false) };
    wordEnd.lastIndex = this.#at;
    const to = wordEnd.exec(this.#text)?.index ?? this.#text.length;
    if (to === this.#at) {
      this.#at++;
      return { kind: 'sign', value: sign };
    }
    const value = this.#text.slice(this.#at, to);
    this.#at = to;
    if ((value === 'E' || value === 'e') && this.#text[to] === "'")
      return { kind: 'text', value: this.#quoted("'", true) };
    return { kind: 'word', value };
  }
}

const is = (token: Token, value: string): boolean => token.kind !== 'text' && token.value.toUpperCase() === value;
const isOver = (token: Token): boolean => token.kind === 'end' || is(token, ';');

const skipStatement = (reader: Reader, from: Token): void => {
  for (let token = from; !isOver(token); token = reader.token());
};

/** A table's name without its schema; `rest` is the first token after it. */
function tableName(reader: Reader, first: Token): { readonly name: string; readonly rest: Token } {
  let name = first.value;
  let rest = reader.token();
  while (is(rest, '.') || name.endsWith('.')) {
    name = name.endsWith('.') ? rest.value : reader.token().value;
    rest = reader.token();
  }
  return { name: name.split('.').at(-1)!, rest };
}

/** Items of a parenthesis, each as its tokens; nested parentheses are kept as one sign. */
function itemsOf(reader: Reader): readonly (readonly Token[])[] {
  const items: Token[][] = [[]];
  for (let depth = 1; ; ) {
    const token = reader.token();
    if (token.kind === 'end') return items;
    if (is(token, '(')) depth++;
    if (is(token, ')')) depth--;
    if (depth === 0) return items;
    if (depth === 1 && is(token, ',')) items.push([]);
    else items.at(-1)!.push(token);
  }
}

const notColumns = /^(primary|key|unique|constraint|index|fulltext|spatial|foreign|check|exclude)$/i;

const columnsOf = (items: readonly (readonly Token[])[]): readonly string[] =>
  items.flatMap(([first]) =>
    first === undefined || (first.kind === 'word' && notColumns.test(first.value)) ? [] : [first.value.toLowerCase()],
  );

/** A plain value, or null; what has to be computed is null too: it cannot be told. */
function plainValue(tokens: readonly Token[]): string | null {
  const text = tokens.find(token => token.kind === 'text');
  if (tokens.some(token => is(token, '('))) return null;
  if (text !== undefined) return text.value;
  const [only] = tokens;
  return only === undefined || is(only, 'NULL') ? null : only.value;
}

const rowOf = (columns: readonly string[], values: readonly (string | null)[]): Row =>
  Object.fromEntries(columns.map((column, i) => [column, values[i] ?? null]));

const copied = (cell: string): string | null =>
  cell === '\\N' ? null : cell.replaceAll(/\\([\s\S])/g, (_, sign: string) => escapes[sign] ?? sign);

interface Found {
  readonly columns: Map<string, readonly string[]>;
  readonly rows: Map<string, Row[]>;
}

function create(reader: Reader, found: Found): void {
  let token = reader.token();
  while (['IF', 'NOT', 'EXISTS'].some(word => is(token, word))) token = reader.token();
  const { name, rest } = tableName(reader, token);
  if (is(rest, '(')) found.columns.set(name, columnsOf(itemsOf(reader)));
  skipStatement(reader, is(rest, '(') ? reader.token() : rest);
}

function insert(reader: Reader, found: Found): void {
  let token = reader.token();
  while (['INTO', 'IGNORE'].some(word => is(token, word))) token = reader.token();
  const { name, rest } = tableName(reader, token);
  token = rest;
  let columns = found.columns.get(name);
  if (is(token, '(')) {
    columns = columnsOf(itemsOf(reader));
    token = reader.token();
  }
  if (columns !== undefined && is(token, 'VALUES')) {
    const rows = found.rows.get(name) ?? [];
    for (token = reader.token(); is(token, '('); token = reader.token()) {
      rows.push(rowOf(columns, itemsOf(reader).map(plainValue)));
      token = reader.token();
      if (!is(token, ',')) break;
    }
    found.rows.set(name, rows);
  }
  skipStatement(reader, token);
}

function copy(reader: Reader, found: Found): void {
  const { name, rest } = tableName(reader, reader.token());
  const columns = is(rest, '(') ? columnsOf(itemsOf(reader)) : (found.columns.get(name) ?? []);
  skipStatement(reader, is(rest, '(') ? reader.token() : rest);
  reader.line();
  const rows = found.rows.get(name) ?? [];
  for (let line = reader.line(); line !== '\\.' && !reader.over; line = reader.line()) {
    rows.push(rowOf(columns, line.split('\t').map(copied)));
  }
  found.rows.set(name, rows);
}

/** The rows of every table whose columns the dump names, by table; column names in lower case. */
export function tablesOf(dump: string): Tables {
  const reader = new Reader(dump);
  const found: Found = { columns: new Map(), rows: new Map() };
  for (;;) {
    const token = reader.token();
    if (token.kind === 'end') break;
    if (is(token, 'INSERT') || is(token, 'REPLACE')) insert(reader, found);
    else if (is(token, 'COPY')) copy(reader, found);
    else if (is(token, 'CREATE')) {
      const what = reader.token();
      if (is(what, 'TABLE')) create(reader, found);
      else skipStatement(reader, what);
    } else skipStatement(reader, token);
  }
  for (const name of found.columns.keys()) if (!found.rows.has(name)) found.rows.set(name, []);
  return found.rows;
}
