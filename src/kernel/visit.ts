import type { Bilingual, Lang } from './bilingual.ts';
import type { Id } from './ids.ts';
import type { Scope } from './scope.ts';

export type Role =
  | 'worker'
  | 'host'
  | 'space_manager'
  | 'employer_admin'
  | 'network_operator'
  | 'auditor'
  | 'funder'
  | 'obligated_party';

/** One role of a person, over the network (`scope` null), a space (`spc_…`) or an organisation (`org_…`). */
export interface Membership {
  readonly role: Role;
  readonly scope: Id | null;
}

/** Who acts. Built by `people` from a session; every verb that needs a right takes one. */
export interface Actor {
  readonly personId: Id<'per'>;
  readonly firstName: string;
  readonly memberships: readonly Membership[];
}

/** Does the actor hold the role, over the network or over that very scope? */
export const holds = (actor: Actor | null, role: Role, scope?: Id): boolean =>
  actor?.memberships.some(m => m.role === role && (m.scope === null || scope === undefined || m.scope === scope)) ??
  false;

/** The scopes over which the actor holds a role; `'network'` when it is over all of them. */
export const scopesOf = (actor: Actor | null, role: Role): 'network' | readonly Id[] => {
  const held = actor?.memberships.filter(m => m.role === role) ?? [];
  return held.some(m => m.scope === null) ? 'network' : held.flatMap(m => (m.scope === null ? [] : [m.scope]));
};

export interface Network {
  readonly networkId: Id<'net'>;
  readonly name: string;
  /** `demo` results are never official; `certifying` refuses to compute while a required value is missing. */
  readonly profile: 'demo' | 'certifying';
  /** True when people and figures are invented: every page and export says so. */
  readonly fictitious: boolean;
}

export interface NavItem {
  readonly href: string;
  readonly label: Bilingual;
}

/** What a page knows of the request that asked for it. */
export interface Visit {
  readonly network: Network;
  readonly actor: Actor | null;
  /** All that a program's token opens of what the actor may do; absent when they signed in themself. */
  readonly scopes?: readonly Scope[];
  readonly lang: Lang;
  /** Path and query of this page, for the language switch and the current item of the menu. */
  readonly path: string;
  readonly origin: string;
  readonly nav: readonly NavItem[];
}
