import { z } from '@hono/zod-openapi';
import type { Shell } from '../../platform/http.ts';
import type { Delivery, House, Subscription } from '../integrations.ts';

export const houseOf = ({ secrets, settings }: Shell): House => ({ secrets, privately: settings.privateWebhooks });

export const webhookShape = z
  .object({
    webhook_id: z.string(),
    url: z.string(),
    space_id: z.string().nullable(),
    events: z.array(z.string()),
    running: z.boolean(),
    stopped_why: z.enum(['by_hand', 'failing', 'gone', 'right_ended']).nullable(),
    failing_since: z.string().nullable(),
    made_at: z.string(),
  })
  .openapi('Webhook');

export const webhookJson = (one: Subscription) => ({
  ...{ webhook_id: one.subscriptionId, url: one.url, space_id: one.spaceId, events: one.events },
  ...{ running: one.disabledAt === null, stopped_why: one.disabledWhy, made_at: one.madeAt.toString() },
  failing_since: one.failingSince?.toString() ?? null,
});

export const deliveryShape = z
  .object({
    delivery_id: z.string().openapi({ description: 'What travels as `webhook-id`, the same at each attempt.' }),
    event: z.string(),
    status: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.number().int(),
    answer_status: z.number().int().nullable(),
    error: z.string().nullable(),
    response_ms: z.number().int().nullable(),
    recorded_at: z.string(),
    attempted_at: z.string().nullable(),
    next_attempt_at: z.string().nullable(),
  })
  .openapi('WebhookDelivery');

export const deliveryJson = (one: Delivery) => ({
  ...{ delivery_id: one.deliveryId, event: one.event, status: one.status, attempts: one.attempts },
  ...{ answer_status: one.answerStatus, error: one.error, response_ms: one.response_ms },
  recorded_at: one.recordedAt.toString(),
  attempted_at: one.attemptedAt?.toString() ?? null,
  next_attempt_at: one.nextAttemptAt?.toString() ?? null,
});
