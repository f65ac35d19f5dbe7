import type { Plan } from '../employers/employers.ts';
import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { addDays, type Day, firstDay, type Month, monthOf, nextMonth, previousMonth } from '../kernel/time.ts';
import type { Membership, Role } from '../kernel/visit.ts';

/** How long the fictitious network has lived on the day it is made. */
export const monthsLived = 7;
/** How many of them are told week by week, the last ones; the others at once. */
export const weeklyMonths = 1;
/** Whole months that the energy contract has run on that day. */
export const contractMonths = 6;
/** Weeks ahead for which people have already booked. */
export const weeksAhead = 2;
/** The fictitious auditor's mandate, from the founding on. */
export const mandateDays = 3 * 365;
export const seed = 20_260_101;

/** The whole months that a story lives before its present day's own, oldest first. */
export function monthsBefore(anchor: Day, count: number): readonly Month[] {
  const months: Month[] = [];
  for (let month = previousMonth(monthOf(anchor)); months.length < count; month = previousMonth(month))
    months.push(month);
  return months.reverse();
}

/** Spaces and contracts are older than the story's first day. */
export const foundedOn = (first: Day): Day => addDays(first, -60);

/** The day on which the story closes a month: three days after it first may. */
export const closesOn = (month: Month): Day => addDays(firstDay(nextMonth(month)), 10);

/** What each employer of `employerNames` has agreed with the network: invented prices, in euro cents. */
export const plans: readonly { readonly plan: Plan; readonly cap_half_days: number | null }[] = [
  { plan: { kind: 'per_day', day_eur_cents: 1200n, half_day_eur_cents: 700n }, cap_half_days: null },
  { plan: { kind: 'per_day', day_eur_cents: null, half_day_eur_cents: null }, cap_half_days: 24 },
  {
    plan: { kind: 'day_pack', day_eur_cents: 1100n, half_day_eur_cents: 600n, pack_half_days: 4000 },
    cap_half_days: null,
  },
  { plan: { kind: 'per_day', day_eur_cents: null, half_day_eur_cents: null }, cap_half_days: null },
  { plan: { kind: 'per_day', day_eur_cents: 1350n, half_day_eur_cents: 750n }, cap_half_days: 26 },
];

export type Casting =
  | 'operator'
  | 'second_operator'
  | 'auditor'
  | 'funder'
  | 'manager'
  | 'host'
  | 'employer_admin'
  | 'obligated_party';

interface Part {
  readonly casting: Casting;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: Role;
  readonly sentence: Bilingual;
}

/** The people a visitor may play, besides the first worker of the plan. */
export const cast: readonly Part[] = [
  {
    casting: 'operator',
    firstName: 'Nadia',
    lastName: 'Ferrand',
    role: 'network_operator',
    sentence: { fr: 'anime le réseau et clôt les mois', en: 'runs the network and closes its months' },
  },
  {
    casting: 'second_operator',
    firstName: 'Paul',
    lastName: 'Estève',
    role: 'network_operator',
    sentence: { fr: 'anime le réseau, second regard sur les labels', en: 'runs the network, second eye on labels' },
  },
  {
    casting: 'host',
    firstName: 'Josiane',
    lastName: 'Cazals',
    role: 'host',
    sentence: {
      fr: 'accueille à Ganges, à la mairie depuis trente ans',
      en: 'hosts in Ganges, thirty years at the town hall',
    },
  },
  {
    casting: 'manager',
    firstName: 'Bruno',
    lastName: 'Sabatier',
    role: 'space_manager',
    sentence: { fr: 'gère l’espace de Ganges pour la commune', en: 'manages the space of Ganges for the town' },
  },
  {
    casting: 'employer_admin',
    firstName: 'Hélène',
    lastName: 'Marchal',
    role: 'employer_admin',
    sentence: {
      fr: 'suit les journées et les coûts de la Mutuelle des Trois Vallées',
      en: 'follows days and costs at Mutuelle des Trois Vallées',
    },
  },
  {
    casting: 'auditor',
    firstName: 'Salomé',
    lastName: 'Verdier',
    role: 'auditor',
    sentence: { fr: 'auditrice indépendante, vérifie les dossiers', en: 'independent auditor, verifies dossiers' },
  },
  {
    casting: 'funder',
    firstName: 'Marc',
    lastName: 'Oliveira',
    role: 'funder',
    sentence: { fr: 'suit les espaces pour qui les finance', en: 'follows the spaces for who funds them' },
  },
  {
    casting: 'obligated_party',
    firstName: 'Inès',
    lastName: 'Garnier',
    role: 'obligated_party',
    sentence: {
      fr: 'répond aux demandes pour Énergie Exemple, un obligé fictif',
      en: 'answers claims for Énergie Exemple, a fictitious obligated party',
    },
  },
];

/** The wording that the fictitious obligated party has employers sign. */
export const fictitiousStatement = `Attestation fictive : elle n’engage personne.

Je soussigné atteste que les journées ci-dessus ont été travaillées dans un espace du réseau, qu’elles ont remplacé un trajet en voiture vers le lieu de travail, et qu’aucune autre aide au titre des certificats d’économies d’énergie n’a été demandée pour elles.`;

/** What a role is held over: Ganges for its host and manager, the first employer for its manager, itself for the obligated party, the network else. */
export const scopeOf = (
  casting: Casting,
  over: { readonly space: Id<'spc'>; readonly employer: Id<'org'>; readonly obligated: Id<'org'> },
): Membership['scope'] => {
  if (casting === 'host' || casting === 'manager') return over.space;
  if (casting === 'obligated_party') return over.obligated;
  return casting === 'employer_admin' ? over.employer : null;
};
