import { parseArgs } from 'node:util';
import { perform, type Verb, verbs } from './verbs.ts';

const help = (): string => {
  const width = Math.max(...verbs.map(verb => verb.usage.length));
  const list = verbs.map(verb => `  ${verb.usage.padEnd(width)}  ${verb.summary}`).join('\n');
  return `parvis <verb> [options]

${list}

Options of every verb
  --json   one JSON document on standard output, and nothing else there
  --help   this page

Exit codes: 0 done · 1 refused or failed, with the reason on standard error · 2 not understood
`;
};

const named = (words: readonly string[]): Verb | undefined =>
  verbs.find(verb => verb.words.every((word, i) => words[i] === word));

const optionNames = [...new Set(verbs.flatMap(verb => verb.options ?? []))];
const flagNames = [...new Set(verbs.flatMap(verb => verb.flags ?? []))];

function readLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(optionNames.map(name => [name, { type: 'string' as const }])),
      ...Object.fromEntries(flagNames.map(name => [name, { type: 'boolean' as const }])),
      json: { type: 'boolean' as const },
      help: { type: 'boolean' as const, short: 'h' },
    },
  });
  return { values: values as Readonly<Record<string, string | boolean | undefined>>, positionals };
}

async function main(): Promise<number> {
  let line: ReturnType<typeof readLine>;
  try {
    line = readLine();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nparvis --help lists the verbs and their options.\n`);
    return 2;
  }
  const { values, positionals } = line;
  if (values['help'] || positionals.length === 0) {
    process.stdout.write(help());
    return 0;
  }
  const verb = named(positionals);
  if (verb === undefined) {
    process.stderr.write(`Unknown verb “${positionals.join(' ')}”. parvis --help lists them.\n`);
    return 2;
  }
  const given = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return perform(verb, {
    args: positionals.slice(verb.words.length),
    options: Object.fromEntries(given),
    flags: flagNames.filter(name => values[name] === true),
    json: values['json'] === true,
  });
}

process.exitCode = await main();
