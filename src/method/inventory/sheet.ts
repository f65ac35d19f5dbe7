import { inventory20261 } from '../published.ts';
import { equation, type Family } from '../sheet.ts';

export const inventoryFamily: Family = {
  version: inventory20261,
  title: { fr: 'Bilan carbone de l’employeur', en: 'Employer’s carbon inventory' },
  counts: {
    fr: 'les trajets des salariés (scope 3, catégorie 7), faits et évités, en CO2e',
    en: 'staff’s trips (scope 3, category 7), made and avoided, in CO2e',
  },
  status: {
    fr: 'Ce que les mêmes journées changent dans le bilan de l’employeur. Ce n’est pas un crédit : les deux ne s’additionnent jamais, et le programme ne sait pas les additionner.',
    en: 'What the same days change in the employer’s inventory. It is no credit: the two are never added up, and the program cannot add them.',
  },
  equations: [
    equation(
      '1',
      'residual = Σ E_prj',
      'I',
      'Ce que les trajets faits émettent, tous les jours, quoi qu’ils remplacent.',
      'What the trips made emit, every day, whatever it replaced.',
    ),
    equation(
      '2',
      'net = Σ (sub − rebound − E_TL)',
      'I',
      'L’effet des jours qui disent ce qu’ils remplacent, par les mêmes équations que les crédits.',
      'The effect of days that say what they replaced, by the same equations as credits.',
    ),
    equation(
      '3',
      'no telework = Σ E_ref',
      'I',
      'Les mêmes jours passés au bureau.',
      'The same days spent at the office.',
    ),
    equation(
      '4',
      'home = Σ ρ · E_ref',
      'I',
      'Les mêmes jours passés chez soi : aucun trajet, l’effet rebond seul. L’énergie du domicile n’est pas comptée, faute de valeur publique pour ces jours.',
      'The same days spent at home: no trip, the rebound alone. Energy used at home is not counted, for want of a public value for such days.',
    ),
  ],
  parameters: [],
};
