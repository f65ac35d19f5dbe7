// Valhalla in a process of its own: a crash of native code ends this process and not the site.
// First argument: Valhalla's configuration as JSON. Then one question a line on standard input, {"id", "verb", "query"},
// and one answer a line on standard output, {"id", "answer"} or {"id", "error"}, in any order. Ends with its input.
import { createInterface } from 'node:readline';
import { Actor } from '@valhallajs/valhallajs';

const verbs = new Set(['route', 'matrix', 'isochrone', 'traceAttributes', 'status']);
const actor = new Actor(process.argv[2]);
const say = message => process.stdout.write(`${JSON.stringify(message)}\n`);

async function answer({ id, verb, query }) {
  try {
    if (!verbs.has(verb)) throw new Error(`unknown verb ${verb}`);
    say({ id, answer: await actor[verb](query) });
  } catch (error) {
    say({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

createInterface({ input: process.stdin })
  .on('line', line => void answer(JSON.parse(line)))
  .on('close', () => process.exit(0));
