import { z } from '@hono/zod-openapi';
import { accept } from '../../kernel/outcome.ts';
import { actorIn, endpoint, type Mount } from '../../platform/http.ts';
import { type FieldKind, hookEvents } from '../events.ts';
import * as integrations from '../integrations.ts';
import { deliveryJson, deliveryShape, houseOf, webhookJson, webhookShape } from './shapes.ts';

const tag = 'integrations';
const params = z.object({ id: z.string().max(60) });
const known = ['request.sign_in_first', 'integrations.unknown_subscription'];
const told = z.object({ webhook_id: z.string(), secret: z.string().optional() });
const once = 'The secret is told once: repeated under its `Idempotency-Key`, the request is answered without it.';

const tellSecret = ({ subscriptionId, secret }: integrations.Subscribed) =>
  accept({ webhook_id: subscriptionId, secret });

const shapes: Readonly<Record<FieldKind, z.ZodType>> = {
  ...{ id: z.string(), ids: z.array(z.string()), code: z.string(), month: z.string(), flag: z.boolean() },
  ...{ day: z.string(), days: z.array(z.string()), count: z.number().int() },
};

/** What each webhook receives, in the `webhooks` of the OpenAPI document. */
function describeEvents({ api }: Mount): void {
  const headers = z.object({
    'webhook-id': z.string().openapi({ description: 'The same at each attempt.' }),
    'webhook-timestamp': z.string().openapi({ description: 'Of the attempt, in seconds since 1970.' }),
    'webhook-signature': z.string().openapi({
      description:
        '`v1,` and the HMAC-SHA-256 of `id.timestamp.body`, in base64; after a change of secret, two of them.',
    }),
  });
  for (const { name, when, fields } of hookEvents) {
    const told = Object.entries(fields).map(([field, kind]) => [field, shapes[kind]] as const);
    const data = z.object({ network_id: z.string(), ...Object.fromEntries(told) });
    const schema = z.object({ type: z.literal(name), timestamp: z.string(), data });
    api.openAPIRegistry.registerWebhook({
      ...{ method: 'post', path: name, summary: when.en, tags: [tag] },
      request: { headers, body: { required: true, content: { 'application/json': { schema } } } },
      responses: { '2XX': { description: 'Received. Any other answer, or none in five seconds, is tried again.' } },
    });
  }
}

function reading(mount: Mount): void {
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/webhook-events', tag },
      summary: 'Every event that a webhook may hear, with what it tells; `about` says whether it names spaces.',
      returns: z.object({
        events: z.array(
          z.object({
            ...{ name: z.string(), when: z.string(), about: z.enum(['space', 'network']) },
            fields: z.record(z.string(), z.enum(Object.keys(shapes) as [FieldKind, ...FieldKind[]])),
          }),
        ),
      }),
    },
    async (_input, _work, { lang }) =>
      accept({
        events: hookEvents.map(({ name, when, fields, places }) => ({
          ...{ name, when: when[lang], fields, about: places === null ? 'network' : 'space' },
        })),
      }),
  );
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/webhooks', tag, refusals: ['request.sign_in_first'] },
      summary: 'The webhooks that you settle: the network’s for its operator, a space’s for who manages it.',
      returns: z.object({ webhooks: z.array(webhookShape) }),
    },
    async (_input, work, visit) =>
      accept({ webhooks: (await integrations.subscriptionsFor(work, actorIn(visit))).map(webhookJson) }),
  );
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/webhooks/{id}', tag, params, refusals: known },
      summary: 'A webhook and its last hundred deliveries, the newest first.',
      returns: webhookShape.extend({ deliveries: z.array(deliveryShape) }).openapi('WebhookLog'),
    },
    async ({ params: { id } }, work, visit) => {
      const log = await integrations.logOf(work, actorIn(visit), id);
      if (!log.ok) return log;
      const { subscription, deliveries } = log.value;
      return accept({ ...webhookJson(subscription), deliveries: deliveries.map(deliveryJson) });
    },
  );
}

function making(mount: Mount): void {
  const house = houseOf(mount.shell);
  endpoint(
    mount,
    {
      ...{ method: 'post', path: '/webhooks', tag, status: 201, returns: told, toldOnce: ['secret'] },
      summary: `Tell an https address of events, signed after Standard Webhooks: those of the network, or of one space. ${once}`,
      body: z.object({
        url: z.string().max(2_000),
        events: z.array(z.string().max(60)).max(50),
        space_id: z.string().max(60).nullish(),
      }),
      refusals: [
        ...['request.sign_in_first', 'integrations.may_not', 'integrations.unknown_space', 'integrations.bad_url'],
        ...['integrations.private_target', 'integrations.no_event', 'integrations.unknown_event'],
        ...['integrations.not_of_a_space', 'integrations.too_many'],
      ],
    },
    async ({ body: { space_id: spaceId = null, ...asked } }, work, visit) => {
      const made = await integrations.subscribe(work, actorIn(visit), { ...asked, spaceId, house });
      return made.ok ? tellSecret(made.value) : made;
    },
  );
  endpoint(
    mount,
    {
      ...{ method: 'post', path: '/webhooks/{id}/secret', tag, status: 201, params, refusals: known },
      ...{ returns: told, toldOnce: ['secret'] },
      summary: `Change the secret; the one before signs too for a day. ${once}`,
      body: z.object({}),
    },
    async ({ params: { id } }, work, visit) => {
      const changed = await integrations.rotateSecret(work, actorIn(visit), { id, house });
      return changed.ok ? tellSecret(changed.value) : changed;
    },
  );
}

function changing(mount: Mount): void {
  endpoint(
    mount,
    {
      ...{ method: 'put', path: '/webhooks/{id}/running', tag, params, refusals: known },
      summary: 'Stop a webhook, or start it again: what waited then leaves, on your own right.',
      body: z.object({ running: z.boolean() }),
      returns: z.object({ running: z.boolean() }),
    },
    ({ params: { id }, body }, work, visit) => integrations.setRunning(work, actorIn(visit), { id, ...body }),
  );
  endpoint(
    mount,
    {
      ...{ method: 'delete', path: '/webhooks/{id}', tag, params, refusals: known },
      summary: 'Delete a webhook and its log.',
      returns: z.object({ deleted: z.literal(true) }),
    },
    async ({ params: { id } }, work, visit) => {
      const gone = await integrations.unsubscribe(work, actorIn(visit), id);
      return gone.ok ? accept({ deleted: true }) : gone;
    },
  );
  const delivery = { returns: z.object({ delivery_id: z.string() }), status: 201, body: z.object({}) } as const;
  endpoint(
    mount,
    {
      ...{ method: 'post', path: '/webhooks/{id}/trial', tag, params, ...delivery },
      summary: 'Send a trial event, `integrations.tested`.',
      refusals: [...known, 'integrations.disabled'],
    },
    async ({ params: { id } }, work, visit) => {
      const sent = await integrations.tryOut(work, actorIn(visit), id);
      return sent.ok ? accept({ delivery_id: sent.value.deliveryId }) : sent;
    },
  );
  endpoint(
    mount,
    {
      ...{ method: 'post', path: '/webhook-deliveries/{id}/replay', tag, params, ...delivery },
      summary: 'Send a delivery once more, under the `webhook-id` that it had.',
      refusals: ['request.sign_in_first', 'integrations.unknown_delivery', 'integrations.disabled'],
    },
    async ({ params: { id } }, work, visit) => {
      const sent = await integrations.replay(work, actorIn(visit), id);
      return sent.ok ? accept({ delivery_id: sent.value.deliveryId }) : sent;
    },
  );
}

export function endpoints(mount: Mount): void {
  describeEvents(mount);
  reading(mount);
  making(mount);
  changing(mount);
}
