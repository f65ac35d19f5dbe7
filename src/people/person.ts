import type { Bilingual, Lang } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import type { Role } from '../kernel/visit.ts';
import { emailOf } from './email.ts';
import { sirenOf, siretOf } from './siren.ts';
import { words } from './words.ts';

export const organisationKinds = [
  'commune',
  'epci',
  'operator',
  'employer',
  'funder',
  'audit_firm',
  'association',
  'obligated_party',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export interface NewOrganisation {
  readonly kind: OrganisationKind;
  readonly name: string;
  /** Nine digits, spaces allowed. */
  readonly siren?: string | null;
  /** Fourteen digits, spaces allowed; says the SIREN too. */
  readonly siret?: string | null;
}

export interface Organisation {
  readonly organisationId: Id<'org'>;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly siren: string | null;
  readonly siret: string | null;
}

export interface NewPerson {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale?: Lang;
}

export interface Person {
  readonly personId: Id<'per'>;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: Lang;
}

export interface Grant {
  readonly personId: Id<'per'>;
  readonly role: Role;
  /** The space or organisation; null or absent for the whole network. */
  readonly scope?: Id | null;
  /** The present moment by default. */
  readonly from?: Instant;
  /** Absent for good; an auditor's is the end of the mandate. */
  readonly until?: Instant | null;
}

/** Someone of a fictitious network whom a visitor may play. */
export interface Persona {
  readonly personId: Id<'per'>;
  readonly firstName: string;
  /** Who they are: « salariée à Montpellier, vit à Ganges ». */
  readonly sentence: Bilingual;
}

const nameOf = (typed: string): string => typed.normalize('NFC').trim().replaceAll(/\s+/g, ' ');

/** The person as kept, without an id; or the first thing wrong. */
export function checkedPerson(person: NewPerson): Outcome<Omit<Person, 'personId'>> {
  const email = emailOf(person.email);
  const firstName = nameOf(person.firstName);
  if (email === null) return refuse(words.badEmail());
  if (firstName === '') return refuse(words.emptyName('first_name'));
  return accept({ email, firstName, lastName: nameOf(person.lastName), locale: person.locale ?? 'fr' });
}

/** The organisation as kept, without an id; or the first thing wrong. */
export function checkedOrganisation(organisation: NewOrganisation): Outcome<Omit<Organisation, 'organisationId'>> {
  const name = nameOf(organisation.name);
  const siret = organisation.siret ? siretOf(organisation.siret) : null;
  const siren = organisation.siren ? sirenOf(organisation.siren) : (siret?.slice(0, 9) ?? null);
  if (name === '') return refuse(words.emptyName('name'));
  if (organisation.siren && siren === null) return refuse(words.badSiren());
  if (organisation.siret && (siret === null || siret.slice(0, 9) !== siren)) return refuse(words.badSiret());
  return accept({ kind: organisation.kind, name, siren, siret });
}
