import { createHmac } from 'node:crypto';

// Standard Webhooks 1.0: https://www.standardwebhooks.com

export interface KeyName {
  readonly networkId: string;
  readonly subscriptionId: string;
  readonly generation: number;
}

/** The 32 bytes that sign for one subscription, derived from the installation's own secret: the database holds none of them. */
export const signingKey = (master: Uint8Array, { networkId, subscriptionId, generation }: KeyName): Uint8Array =>
  createHmac('sha256', master).update(`${networkId} ${subscriptionId} ${generation}`).digest();

/** A key as its receiver keeps it. */
export const secretText = (key: Uint8Array): string => `whsec_${Buffer.from(key).toString('base64')}`;

export interface Signed {
  readonly id: string;
  /** Of the attempt, whole seconds since 1970. */
  readonly timestamp_s: number;
  readonly body: string;
}

/** The three headers that a receiver checks; one signature a key, so that a secret changes without a gap. */
export function signedHeaders(
  { id, timestamp_s, body }: Signed,
  keys: readonly Uint8Array[],
): Readonly<Record<string, string>> {
  const signatures = keys.map(
    key => `v1,${createHmac('sha256', key).update(`${id}.${timestamp_s}.${body}`).digest('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp_s),
    'webhook-signature': signatures.join(' '),
  };
}
