import { type Lang, show } from '../../kernel/bilingual.ts';
import { floor, parseRational } from '../../kernel/rational.ts';
import type { Instant } from '../../kernel/time.ts';
import { type Part, pdfOf } from '../../ui/print/pdf.ts';
import type { ToldClaim } from '../readme-text.ts';
import type { CeeResult, LbcResult } from '../result.ts';
import { kindNames, periodText } from '../words.ts';

const massOf = (mass_mg: string, lang: Lang): string => `${show.co2(floor(parseRational(mass_mg)!), lang)} CO2e`;

const energy = ({ lines, employers, wh_cumac, incentive_eur_cents }: CeeResult): readonly Part[] => [
  { heading: 'Ce que la demande donne' },
  { label: 'Lignes demandées', figure: show.count(lines.length, 'fr') },
  { label: 'Employeurs', figure: show.count(employers.length, 'fr') },
  { label: 'Énergie économisée', figure: `${show.count(BigInt(wh_cumac), 'fr')} Wh cumac` },
  { label: 'Prime', figure: show.euros(BigInt(incentive_eur_cents), 'fr') },
  ...employers.flatMap((one): readonly Part[] => [
    { heading: `Employeur ${one.employer}` },
    { label: 'Offre acceptée le', figure: one.offer_accepted_on },
    { label: 'Route évitée', figure: show.km(BigInt(one.avoided_m), 'fr') },
    { label: 'Loyer des mois concernés', figure: show.euros(BigInt(one.rent_eur_cents), 'fr') },
    { label: 'Prime', figure: show.euros(BigInt(one.incentive_eur_cents), 'fr') },
    { label: 'Au-dessus du plafond, non versé', figure: show.euros(BigInt(one.above_cap_eur_cents), 'fr') },
    { label: 'Reste à charge', figure: show.euros(BigInt(one.residual_cost_eur_cents), 'fr') },
  ]),
];

const carbon = ({ lines, vintage, spaces, users, avoided_m, settlement }: LbcResult): readonly Part[] => [
  { heading: 'Ce que la demande donne' },
  { label: 'Millésime', figure: String(vintage) },
  { label: 'Lignes demandées', figure: show.count(lines.length, 'fr') },
  { label: 'Espaces', figure: show.count(spaces, 'fr') },
  { label: 'Personnes, par pseudonyme', figure: show.count(users, 'fr') },
  { label: 'Route évitée', figure: show.km(BigInt(avoided_m), 'fr') },
  { label: 'Émissions évitées, nettes', figure: massOf(settlement.net_mg, 'fr') },
  { label: 'Après rabais', figure: massOf(settlement.recognised_mg, 'fr') },
  { label: 'Reste de la demande précédente', figure: massOf(settlement.carry_in_mg, 'fr') },
  { label: 'Tonnes entières demandées', figure: show.count(BigInt(settlement.credits), 'fr') },
  { label: 'Reste, pour la demande suivante', figure: massOf(settlement.carry_out_mg, 'fr') },
];

const english = ({ result, period }: ToldClaim): string =>
  result.kind === 'cee'
    ? `${periodText(period, 'en')}: ${show.count(result.lines.length, 'en')} lines, ${show.count(BigInt(result.wh_cumac), 'en')} Wh cumac, incentive ${show.euros(BigInt(result.incentive_eur_cents), 'en')}.`
    : `${periodText(period, 'en')}: ${show.count(result.lines.length, 'en')} lines, ${massOf(result.settlement.recognised_mg, 'en')} after rebates, ${show.count(BigInt(result.settlement.credits), 'en')} whole tonnes claimed.`;

/** `summary.pdf` of a claim, for people. The same facts always give the same bytes. */
export const claimSummaryPdf = (told: ToldClaim & { readonly madeAt: Instant }): Promise<Uint8Array> => {
  const { network, kind, party, period, result, vkey, madeAt } = told;
  return pdfOf({
    title: `${kindNames[kind].fr} : ${party}, ${periodText(period, 'fr')}`,
    author: network.name,
    madeAt,
    profile: network.profile,
    fictitious: network.fictitious,
    parts: [
      ...(result.kind === 'cee' && result.fictitious
        ? [{ text: 'Contrat fictif : personne ne l’a signé, et rien ne sera versé.' }]
        : []),
      ...(result.kind === 'cee' ? energy(result) : carbon(result)),
      { heading: 'Vérifier sans nous croire' },
      {
        text: 'Chaque ligne et chaque total se recalculent hors connexion : node verify.mjs, puis le nom du fichier .zip.',
      },
      { text: `Demande ${result.id}` },
      { text: `Clé du journal ${vkey}` },
      { heading: 'In English' },
      { text: english(told) },
    ],
  });
};
