import type { Id } from '../../kernel/ids.ts';
import { peopleById } from '../../people/people.ts';
import { inNetwork } from '../../platform/database.ts';
import type { Shell } from '../../platform/http.ts';
import { type Sending, sendOnce } from '../../platform/send-once.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { parcelMail } from '../mails.ts';
import { selectTask } from '../store/task.ts';

/** Mails someone that a parcel waits for them, once; nobody when it was handed over or taken back meanwhile. */
export async function tellParcel(shell: Shell, networkId: Id<'net'>, taskId: string): Promise<void> {
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const task = await selectTask(work, taskId);
    if (task === null || task.personId === null || task.doneAt !== null) return [];
    const [person] = await peopleById(work, [task.personId]);
    const [space] = await spacesByIds(work, [task.spaceId]);
    if (!person || !space) return [];
    const { firstName, locale: lang } = person;
    const mail = { to: person.email, ...parcelMail({ firstName, lang, space, title: task.title }) };
    return [{ asker: taskId, key: 'parcel', mail }];
  });
  await sendOnce(shell, networkId, sendings);
}
