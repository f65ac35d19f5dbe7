import { type Actor, holds, type NavItem, type Role } from './kernel/visit.ts';

const item = (href: string, fr: string, en: string): NavItem => ({ href, label: { fr, en } });

const everyone = [item('/espaces', 'Les espaces', 'Spaces'), item('/observatoire', 'Observatoire', 'Observatory')];

const integrations = item('/integrations', 'Intégrations', 'Integrations');

const byRole: readonly (readonly [Role, readonly NavItem[]])[] = [
  ['worker', [item('/mon-espace', 'Ma journée', 'My day'), item('/mes-trajets', 'Mes kilomètres', 'My kilometres')]],
  ['host', [item('/accueil', 'Accueil du jour', 'Today’s desk'), item('/reprise', 'Reprise', 'Moving in')]],
  ['space_manager', [item('/gestion', 'Mes espaces', 'My spaces'), integrations]],
  [
    'employer_admin',
    [
      item('/employeur', 'Mon entreprise', 'My company'),
      item('/employeur/energie', 'Aide à l’énergie', 'Energy incentive'),
      item('/jours-declares', 'Jours déclarés', 'Declared days'),
    ],
  ],
  [
    'network_operator',
    [
      item('/operateur', 'Le mois', 'The month'),
      item('/programmes', 'Programmes', 'Schemes'),
      item('/registre', 'Registre', 'Register'),
      item('/contestations', 'Contestations', 'Contests'),
      item('/anomalies', 'Anomalies', 'Anomalies'),
      item('/implantation', 'Implantation', 'Siting'),
      item('/reprise', 'Reprise', 'Moving in'),
      item('/retenues', 'Retenues', 'Legal holds'),
      integrations,
      item('/parametres', 'Paramètres', 'Parameters'),
    ],
  ],
  [
    'auditor',
    [
      item('/audit', 'Audit', 'Audit'),
      item('/programmes', 'Programmes', 'Schemes'),
      item('/parametres', 'Paramètres', 'Parameters'),
    ],
  ],
  ['obligated_party', [item('/programmes', 'Programmes', 'Schemes')]],
  ['funder', [item('/labels', 'Les labels', 'Labels')]],
];

/** The menu of a visitor: what each of their roles adds, once, then what everyone sees. */
export function navFor(actor: Actor | null): readonly NavItem[] {
  const own = byRole.filter(([role]) => holds(actor, role)).flatMap(([, items]) => items);
  return [...new Map(own.map(one => [one.href, one])).values(), ...everyone];
}
