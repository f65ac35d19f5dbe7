import type { Id } from '../kernel/ids.ts';
import { holdersOf, networkIds, peopleById } from '../people/people.ts';
import { openCourier } from '../platform/courier.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { type Sending, sendOnce } from '../platform/send-once.ts';
import { hookEvents } from './events.ts';
import { deliverDue, forget, forgetPerson, hear } from './integrations.ts';
import { stoppedMail } from './mails.ts';
import { lockSubscription } from './store.ts';

type Payload = Readonly<Record<string, unknown>>;

const network = (payload: Payload) => payload['network_id'] as Id<'net'>;

/** One mail for each person who settles a subscription that stopped by itself. */
async function mailsOf(work: Work, subscriptionId: string, publicUrl: string | null): Promise<readonly Sending[]> {
  const one = await lockSubscription(work, subscriptionId);
  if (one?.disabledAt == null || one.disabledWhy === null || one.disabledWhy === 'by_hand') return [];
  const managers = one.spaceId === null ? [] : await holdersOf(work, 'space_manager', one.spaceId);
  const told = managers.length > 0 ? managers : await holdersOf(work, 'network_operator', null);
  const facts = {
    url: one.url,
    why: one.disabledWhy,
    link: publicUrl && `${publicUrl}/integrations/${subscriptionId}`,
  };
  return (await peopleById(work, told)).map(({ personId, email, locale }) => ({
    ...{ asker: personId, key: `stopped ${subscriptionId} ${one.disabledAt!.toString()}` },
    mail: { to: email, ...stoppedMail(facts, locale) },
  }));
}

export const listeners = (shell: Shell): Listeners => {
  const sender = { ...shell, courier: openCourier({ privately: shell.settings.privateWebhooks }) };
  const hearing = hookEvents.map(({ name }) => [
    name,
    [(payload: Payload) => inNetwork(shell, network(payload), work => hear(work, name, payload))],
  ]);
  return {
    ...(Object.fromEntries(hearing) as Listeners),
    'people.erased': [
      payload => inNetwork(shell, network(payload), work => forgetPerson(work, payload['person_id'] as Id<'per'>)),
    ],
    'integrations.due': [payload => deliverDue(sender, network(payload)).then(() => {})],
    'integrations.stopped': [
      async payload => {
        const id = String(payload['subscription_id']);
        const { publicUrl } = shell.settings;
        const sendings = await inNetwork(shell, network(payload), work => mailsOf(work, id, publicUrl));
        await sendOnce(shell, network(payload), sendings);
      },
    ],
  };
};

/** Attempts come again by the minute. Networks are served side by side: what one waits for, another does not. */
export const timetable = (shell: Shell): readonly Timetabled[] => {
  const sender = { ...shell, courier: openCourier({ privately: shell.settings.privateWebhooks }) };
  return [
    {
      name: 'integrations.deliver',
      match: '* * * * *',
      task: async () => {
        await Promise.all((await networkIds(shell.db)).map(networkId => deliverDue(sender, networkId)));
      },
    },
    {
      name: 'integrations.forget',
      match: '23 2 * * *',
      task: async () => {
        for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, forget);
      },
    },
  ];
};
