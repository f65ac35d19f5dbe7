import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { peopleById } from '../../people/people.ts';
import { inNetwork, type Work } from '../../platform/database.ts';
import type { Shell } from '../../platform/http.ts';
import { type Sending, sendOnce } from '../../platform/send-once.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { selectTold } from '../store/usual.ts';
import { selectByIds } from '../store.ts';
import { type UsualNews, usualMail } from '../usual-mail.ts';

interface Told {
  readonly personId: Id<'per'>;
  readonly toldAt: string;
}

/** What a digest says; a booking given back since is not in it. */
async function newsOf(work: Work, told: Told): Promise<readonly UsualNews[]> {
  const days = await selectTold(work, told);
  const bookings = await selectByIds(
    work,
    days.flatMap(one => one.bookingId ?? []),
  );
  const spaces = new Map((await spacesByIds(work, unique(days.map(one => one.spaceId)))).map(s => [s.spaceId, s.name]));
  return days.flatMap(({ day, part, spaceId, bookingId, refusal }): UsualNews[] => {
    const status = bookings.find(one => one.bookingId === bookingId)?.status ?? null;
    return status === 'cancelled' ? [] : [{ day, part, space: spaces.get(spaceId) ?? '', status, refusal }];
  });
}

/** Mails someone what their usual days became: one letter, once. */
export async function tellUsuals(shell: Shell, networkId: Id<'net'>, told: Told): Promise<void> {
  const { publicUrl } = shell.settings;
  const link = publicUrl === null ? null : `${publicUrl}/mes-habitudes`;
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const news = await newsOf(work, told);
    const [person] = news.length === 0 ? [] : await peopleById(work, [told.personId]);
    if (!person) return [];
    const { firstName, locale: lang, email } = person;
    const mail = { to: email, ...usualMail({ firstName, lang, news, link }) };
    return [{ asker: told.personId, key: `usual ${told.toldAt}`, mail }];
  });
  await sendOnce(shell, networkId, sendings);
}
