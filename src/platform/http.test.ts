import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { type Env, problemOf, Refused, readableBodies } from './http.ts';

const app = new Hono<Env>();
for (const readable of readableBodies) app.use(readable);
app.post('/form', async c => c.json(await c.req.parseBody({ all: true })));
app.post('/json', async c => c.json(await c.req.json()));
app.onError((error, c) => {
  if (error instanceof Refused) return problemOf(c, error.refusal);
  throw error;
});

const codeOf = async (path: string, type: string, body: string): Promise<string> => {
  const answer = await app.request(path, { method: 'POST', headers: { 'content-type': type }, body });
  return answer.ok ? 'read' : ((await answer.json()) as { code: string }).code;
};

test.each([
  ['a form', '/form', 'application/x-www-form-urlencoded', 'a=1&a=2', 'read'],
  ['a document', '/json', 'application/json', '{"a":1}', 'read'],
  ['a form without its boundary', '/form', 'multipart/form-data', 'zz', 'request.broken_form'],
  ['a form cut short', '/form', 'multipart/form-data; boundary=x', '--x\r\ncut', 'request.broken_form'],
  ['two megabytes', '/json', 'application/json', `"${'x'.repeat(2_000_000)}"`, 'request.too_large'],
])('%s is read or refused in words', async (_what, path, type, body, code) => {
  expect(await codeOf(path, type, body)).toBe(code);
});
