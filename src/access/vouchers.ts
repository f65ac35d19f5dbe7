// Wi-Fi codes as a box prints or exports them: one a line, or the first column of a CSV file.

export const mostVouchers = 5_000;
const longest = 64;

export interface CodesRead {
  readonly codes: readonly string[];
  /** The first line that is no code, counted from 1; null when all are. */
  readonly wrongLine: number | null;
}

const headings = /^(codes?|vouchers?|code wi-?fi|wi-?fi code|password|mot de passe)$/i;

/** `"AB12-CD34";3h` → `AB12-CD34` */
const firstCell = (line: string): string =>
  (line.split(/[;,\t]/)[0] ?? '')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();

const isCode = (text: string): boolean => text.length <= longest && /^[\x21-\x7e]{4,}$/.test(text);

/** Codes in the order of the list, each once. Empty lines, lines that begin with `#` and headings are passed over. */
export function codesIn(text: string): CodesRead {
  const told = text
    .split(/\r\n|\r|\n/)
    .map((line, n) => ({ cell: firstCell(line.replace(/^\ufeff/, '')), line: n + 1 }))
    .filter(({ cell }) => cell !== '' && !cell.startsWith('#') && !headings.test(cell));
  return {
    codes: [...new Set(told.map(({ cell }) => cell))],
    wrongLine: told.find(({ cell }) => !isCode(cell))?.line ?? null,
  };
}
