import { describe, expect, test } from 'vitest';
import { BrokenInvariant } from '../kernel/outcome.ts';
import { causeOf, logTo } from './log.ts';
import { openPost } from './mail.ts';

const canary = 'zephyrine@canari.invalid';
const thrownBy = (task: () => unknown): unknown => {
  try {
    return task();
  } catch (error) {
    return error;
  }
};
const database = Object.assign(new Error(`invalid input syntax for type date: "${canary}"`), {
  ...{ name: 'error', code: '22007', table: 'person', constraint: 'one_email', detail: `Key (email)=(${canary})` },
});

describe('the technical log', () => {
  test.each<[string, unknown, RegExp]>([
    ['a database', database, /^error, code 22007, constraint one_email, table person\n/],
    ['a parser', thrownBy(() => JSON.parse(`${canary}`)), /^SyntaxError\n/],
    [
      'a mail server',
      Object.assign(new Error(`550 <${canary}>: no such user`), { code: 'EENVELOPE', responseCode: 550 }),
      /^Error, code EENVELOPE, responseCode 550\n/,
    ],
    ['no error at all', canary, /^a string was thrown$/],
  ])('keeps of %s what is nobody’s, and where it failed', (_, error, told) => {
    const cause = causeOf(error);
    expect(cause).toMatch(told);
    expect(cause).not.toContain(canary);
    if (error instanceof Error) expect(cause).toMatch(/\n\s+at .*log\.test\.ts:\d+:\d+/);
  });

  test('keeps the words of a promise that the program broke, and of what its own code lacks', () => {
    expect(causeOf(new BrokenInvariant('line 3 no longer reads'))).toMatch(
      /^BrokenInvariant, line 3 no longer reads\n/,
    );
    expect(causeOf(thrownBy(() => (undefined as never as { a: number }).a))).toMatch(/^TypeError, Cannot read prop/);
  });

  test('is written line by line, a failure with its cause', () => {
    const lines: string[] = [];
    const log = logTo(text => lines.push(text));
    log.info('ready');
    log.error('alone');
    log.error('failed', canary);
    expect(lines).toEqual(['ready\n', 'alone\n', 'failed\na string was thrown\n']);
  });

  test('tells where a mail that could not leave leads, and not to whom nor what they looked at', async () => {
    const lines: string[] = [];
    const post = openPost(
      { smtpUrl: null, mailFrom: '' },
      logTo(text => lines.push(text)),
    );
    const text = `Bonjour Zéphyrine,\n\nhttp://localhost:3000/connexion/lien?jeton=abc&retour=%2Frecherche%3Fq%3Drue\n\nÀ vous.`;
    await post({ to: canary, subject: 'Votre lien', text });
    expect(lines.join('')).toBe(
      '\nA mail did not leave, as no SMTP_URL is set: Votre lien\nhttp://localhost:3000/connexion/lien?jeton=abc\n',
    );
  });
});
