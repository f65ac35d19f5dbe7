import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { type Actor, holds, type Role } from '../kernel/visit.ts';

export const roleNames: Readonly<Record<Role, Bilingual>> = {
  worker: { fr: 'Télétravail près de chez soi', en: 'Works near home' },
  host: { fr: 'Accueil d’un espace', en: 'Host of a space' },
  space_manager: { fr: 'Gestion d’un espace', en: 'Manager of a space' },
  employer_admin: { fr: 'Gestion d’un employeur', en: 'Manager of an employer' },
  network_operator: { fr: 'Animation du réseau', en: 'Operator of the network' },
  auditor: { fr: 'Audit', en: 'Auditor' },
  funder: { fr: 'Financement', en: 'Funder' },
  obligated_party: { fr: 'Obligé (CEE)', en: 'Obligated party (CEE)' },
};

type Scope = 'network' | 'spc' | 'org';

/** Over what a role may be held. A role over the network covers every space or organisation in it. */
const scopes: Readonly<Record<Role, readonly Scope[]>> = {
  worker: ['network'],
  host: ['spc'],
  space_manager: ['spc'],
  employer_admin: ['org'],
  network_operator: ['network'],
  auditor: ['network', 'org'],
  funder: ['network', 'org'],
  obligated_party: ['org'],
};

export const scopeFits = (role: Role, scope: Id | null): boolean =>
  scopes[role].some(kind => (scope === null ? kind === 'network' : scope.startsWith(`${kind}_`)));

/** A role that is only held for a time: who looks at everything does so within a mandate. */
export const isMandate = (role: Role): boolean => role === 'auditor';

/**
 * Who may give a role: the operator any of them; whoever manages a space or an employer that of a worker; a space's
 * manager its hosts; an employer's manager those who manage it with them.
 */
export const mayGrant = (actor: Actor, role: Role, scope: Id | null): boolean => {
  if (holds(actor, 'network_operator')) return true;
  if (role === 'worker') return holds(actor, 'employer_admin') || holds(actor, 'space_manager');
  if (scope === null) return false;
  if (role === 'host') return holds(actor, 'space_manager', scope);
  return role === 'employer_admin' && holds(actor, 'employer_admin', scope);
};
