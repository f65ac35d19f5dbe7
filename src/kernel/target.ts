// Addresses that someone typed and that we call: on the public Internet, unless the installation says otherwise.

export interface TargetFacts {
  /** The installation lets calls go to its own network, and without TLS. */
  readonly privately: boolean;
  readonly isPrivateAddress: (address: string) => boolean;
}

/** Names that lead to this machine or stay within a network. */
const privateName = /^[^.]*$|\.(localhost|local|internal|lan|home\.arpa)$/;

/** Why nothing may be asked of an address as it is written; null when it may. Where its name leads is looked at each time. */
export function targetProblem(
  url: string,
  { privately, isPrivateAddress }: TargetFacts,
): 'bad_url' | 'private_address' | null {
  if (url.length > 2_000 || !URL.canParse(url)) return 'bad_url';
  const { protocol, hostname, username, password, hash } = new URL(url);
  const isWeb = protocol === 'https:' || (privately && protocol === 'http:');
  if (!isWeb || username !== '' || password !== '' || hash !== '') return 'bad_url';
  if (privately) return null;
  const address = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isAddress = /^[\d.]+$|:/.test(address);
  return (isAddress ? isPrivateAddress(address) : privateName.test(address)) ? 'private_address' : null;
}
