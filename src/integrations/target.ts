import type { Refusal } from '../kernel/outcome.ts';
import { words } from './words.ts';

export interface TargetFacts {
  /** The installation lets webhooks go to its own network, and without TLS. */
  readonly privately: boolean;
  readonly isPrivateAddress: (address: string) => boolean;
}

/** Names that lead to this machine or stay within a network. */
const privateName = /^[^.]*$|\.(localhost|local|internal|lan|home\.arpa)$/;

/** Why nothing may be sent to an address as it is written; null when it may. Where its name leads is looked at each time. */
export function targetRefusal(url: string, { privately, isPrivateAddress }: TargetFacts): Refusal | null {
  if (url.length > 2_000 || !URL.canParse(url)) return words.badUrl;
  const { protocol, hostname, username, password, hash } = new URL(url);
  const isWeb = protocol === 'https:' || (privately && protocol === 'http:');
  if (!isWeb || username !== '' || password !== '' || hash !== '') return words.badUrl;
  if (privately) return null;
  const address = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isAddress = /^[\d.]+$|:/.test(address);
  return (isAddress ? isPrivateAddress(address) : privateName.test(address)) ? words.privateTarget : null;
}
