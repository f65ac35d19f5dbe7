import { describe, expect, test } from 'vitest';
import type { Day } from '../kernel/time.ts';
import { initialValues } from '../platform/parameters/parameters.ts';
import { clockTerms, declarationClock } from './declaration.ts';
import { parameters } from './registry.ts';
import { type Reminder, reminderMail } from './reminder.ts';

const terms = clockTerms(initialValues(parameters));
const transfer: Reminder['transfer'] = {
  ...{ contract: 'C-2026-1', signedOn: '2026-06-01' as Day, scheme: 'lbc' as const, project: '0001', vintage: 2026 },
  ...{ first: 1n, beyond: 26n },
};
const mailOn = (today: Day, over: Partial<Reminder> = {}) => {
  const clock = declarationClock({ signedOn: transfer.signedOn, declaredOn: null }, today, terms);
  return reminderMail({ firstName: 'Ana', lang: 'fr', transfer, clock, link: null, ...over });
};

describe('the reminder of a transfer to declare', () => {
  test.each([
    ['2026-07-31', 'La cession C-2026-1 est à déclarer au plus tard le 1er septembre 2026', 'Il reste 32 jours.'],
    [
      '2026-08-20',
      'Il reste 12 jours. La cession C-2026-1 est à déclarer au plus tard le 1er septembre 2026',
      'Il reste 12 jours.',
    ],
    [
      '2026-08-31',
      'Il reste 1 jour. La cession C-2026-1 est à déclarer au plus tard le 1er septembre 2026',
      'Il reste 1 jour.',
    ],
    [
      '2026-09-01',
      'C’est aujourd’hui. La cession C-2026-1 est à déclarer au plus tard le 1er septembre 2026',
      'C’est aujourd’hui.',
    ],
    ['2026-09-02', 'En retard : la cession C-2026-1 devait être déclarée le 1er septembre 2026', 'Ce jour est passé.'],
  ] as const)('on %s is titled “%s”', (today, subject, rest) => {
    const mail = mailOn(today);
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain('La cession C-2026-1, signée le 1er juin 2026 (25 unités, PV-LBC-');
    expect(mail.text).toContain(`Dernier jour pour la déclarer : 1er septembre 2026. ${rest}`);
    expect(mail.text).toContain('à la page « Registre ».');
  });

  test.each([
    ['2026-07-31', 'Transfer C-2026-1 is to be declared by 1 September 2026', '32 days are left.'],
    ['2026-08-31', '1 day is left. Transfer C-2026-1 is to be declared by 1 September 2026', '1 day is left.'],
    ['2026-09-01', 'It is today. Transfer C-2026-1 is to be declared by 1 September 2026', 'It is today.'],
    ['2026-09-02', 'Late: transfer C-2026-1 was to be declared by 1 September 2026', 'That day is over.'],
  ] as const)('on %s in English is titled “%s”', (today, subject, rest) => {
    const mail = mailOn(today, { lang: 'en' });
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(`Hello Ana,\n\nTransfer C-2026-1, signed on 1 June 2026 (25 units, PV-LBC-`);
    expect(mail.text).toContain(`Last day to declare it: 1 September 2026. ${rest}`);
    expect(mail.text).toContain('on the page “Register”.');
  });

  test('leads to the transfer’s page where the network has a public address', () => {
    const link = 'https://parvis.example/registre/cessions/trf_1';
    expect(mailOn('2026-07-31', { link }).text).toContain(`à cette page :\n\n${link}\n`);
    expect(mailOn('2026-07-31', { link, lang: 'en' }).text).toContain(`on this page:\n\n${link}\n`);
  });
});
