import type { ActSpec, FieldSpec } from '../kernel/act.ts';
import type { Bilingual } from '../kernel/bilingual.ts';
import { needsOf, type ProjectCommand, commandNames as projectCommandNames } from '../schemes/schemes.ts';
import { type ClaimCommand, transitions } from './life.ts';
import { commandNames } from './words.ts';

// What can be done about contracts, projects and claims, as data.

const field = (
  name: string,
  kind: FieldSpec['kind'],
  label: readonly [fr: string, en: string],
  hint?: readonly [fr: string, en: string],
): FieldSpec => ({
  ...{ name, kind, label: { fr: label[0], en: label[1] } },
  ...(hint && { hint: { fr: hint[0], en: hint[1] } }),
});
const optional = (one: FieldSpec): FieldSpec => ({ ...one, optional: true });

const happenedOn = field('happened_on', 'day', ['Le', 'On']);

/** Fields that ask for what a step needs; what is judged without a question asks nothing. */
const asks: Readonly<Record<string, readonly FieldSpec[]>> = {
  reference: [field('reference', 'text', ['Référence de l’acte', 'Reference of the act'])],
  reason: [field('reason', 'text', ['Motif', 'Reason'])],
  register: [field('register', 'text', ['Référence au registre de l’État', 'Reference in the State’s register'])],
  volume: [field('volume', 'count', ['Quantité, en nombre entier', 'Quantity, a whole number'])],
  report: [field('report', 'text', ['Référence du rapport de suivi', 'Reference of the monitoring report'])],
  auditor: [
    field('auditor', 'text', ['Auditeur', 'Auditor']),
    optional(field('independent', 'check', ['Il déclare être indépendant', 'They declare to be independent'])),
    optional(field('impartial', 'check', ['Il déclare être impartial', 'They declare to be impartial'])),
    optional(field('competent', 'check', ['Il déclare être compétent', 'They declare to be competent'])),
  ],
  year_and_use: [
    field('year', 'count', ['Année d’utilisation', 'Year of use']),
    field('use', 'text', ['Utilisation', 'Use']),
  ],
};

const noLead: Bilingual = { fr: '', en: '' };

const stepSpec = (name: Bilingual, needs: readonly string[]): ActSpec => ({
  title: name,
  lead: noLead,
  button: name,
  fields: [happenedOn, ...needs.flatMap(need => asks[need] ?? [])],
});

/** The form of a claim's step. A request tells its project what it needs. */
export const claimStepSpec = (command: ClaimCommand): ActSpec => {
  const needs = command === 'request' ? needsOf('request_verification') : transitions[command].needs;
  const final = ['withdraw', 'reject', 'take_back'].includes(command) ? { final: true as const } : {};
  return { ...stepSpec(commandNames[command], needs), ...final };
};

const until = optional(
  field(
    'creditable_until',
    'day',
    ['Dernier jour qui peut compter', 'Last day that may count'],
    ['Si la décision en fixe un.', 'If the decision sets one.'],
  ),
);

/** The form of a project's step; a decision may set the last day that counts. */
export const projectStepSpec = (command: ProjectCommand): ActSpec => {
  const spec = stepSpec(projectCommandNames[command], needsOf(command));
  const final = ['withdraw', 'end_mandate', 'amend_notified_data'].includes(command) ? { final: true as const } : {};
  return { ...spec, ...final, fields: command === 'label' ? [...spec.fields, until] : spec.fields };
};

const day = (name: string, fr: string, en: string) => field(name, 'day', [fr, en]);
const term = (name: string, kind: FieldSpec['kind'], label: [string, string], hint?: [string, string]) =>
  optional(field(name, kind, label, hint));

/** What a contract version says; a term that is left out lets it simulate and never claim. */
export const contractTerms: readonly FieldSpec[] = [
  {
    ...term('unit', 'choice', ['Unité payée', 'Unit paid for']),
    choices: {
      km: { fr: 'kilomètre évité', en: 'kilometre avoided' },
      day: { fr: 'journée', en: 'day' },
      kWh: { fr: 'kWh cumac', en: 'kWh cumac' },
    },
  },
  term(
    'price_per_unit_eur_cents',
    'fraction',
    ['Prix d’une unité, en centimes', 'Price of a unit, in cents'],
    ['Un nombre entier ou une fraction : 5 ou 31/10.', 'A whole number or a fraction: 5 or 31/10.'],
  ),
  term('wh_cumac_per_m', 'fraction', ['Wh cumac par mètre évité', 'Wh cumac a metre avoided']),
  term(
    'eligible_modes',
    'text',
    ['Modes admis', 'Eligible modes'],
    ['Séparés par des virgules : car, motorbike.', 'Separated by commas: car, motorbike.'],
  ),
  term(
    'eligible_energies',
    'text',
    ['Énergies admises', 'Eligible energies'],
    ['Séparées par des virgules : combustion, electric, none.', 'Separated by commas: combustion, electric, none.'],
  ),
  term('min_distance_m', 'count', ['Distance minimale, en mètres', 'Least distance, in metres']),
  term('max_share_of_rent', 'fraction', ['Part maximale du loyer', 'Greatest share of the rent']),
  term('min_residual_cost_eur_cents', 'euros', ['Reste à charge minimal', 'Least residual cost']),
  term('claim_window_days', 'count', ['Délai pour demander, en jours', 'Time to claim, in days']),
  term('application_delay_days', 'count', ['Attente avant de demander, en jours', 'Wait before claiming, in days']),
  term('min_batch_wh_cumac', 'count', ['Volume minimal d’un lot, en Wh cumac', 'Least volume of a batch, in Wh cumac']),
  term(
    'cooldown_rules',
    'text',
    ['Attentes après une autre opération', 'Waits after another operation'],
    [
      'Opération et jours : covoiturage 1095. Écrivez « aucune » s’il n’y en a pas.',
      'Operation and days: covoiturage 1095. Write “none” if there is none.',
    ],
  ),
  term('control_rate', 'fraction', ['Part des lignes à contrôler', 'Share of lines to control']),
  term('archive_years', 'count', ['Durée d’archivage, en années', 'Archiving time, in years']),
  term('statement_template_version', 'text', ['Version du modèle d’attestation', 'Version of the statement template']),
];

export const contractSpec: ActSpec = {
  title: { fr: 'Ajouter une version de contrat', en: 'Add a contract version' },
  lead: {
    fr: 'Une version ne change jamais : un avenant en est une autre. Ce qui reste vide n’est pas inventé, et empêche de demander.',
    en: 'A version never changes: an amendment is another one. What is left empty is not made up, and prevents claiming.',
  },
  button: { fr: 'Ajouter cette version', en: 'Add this version' },
  fields: [
    field('obligated_party_id', 'choice', ['Obligé', 'Obligated party']),
    field('label', 'text', ['Nom de cette version', 'Name of this version']),
    day('valid_from', 'Premier jour en vigueur', 'First day in force'),
    optional(day('valid_until', 'Premier jour hors vigueur', 'First day out of force')),
    ...contractTerms,
    term(
      'statement_text',
      'long',
      ['Texte de l’attestation sur l’honneur', 'Wording of the sworn statement'],
      ['Mot pour mot, tel que l’obligé l’a fixé.', 'Word for word, as the obligated party fixed it.'],
    ),
  ],
};

export const projectSpec: ActSpec = {
  title: { fr: 'Ouvrir un projet collectif', en: 'Open a collective project' },
  lead: {
    fr: 'Un projet réunit des espaces sous un mandat. Rien ne compte avant la réception de sa notification.',
    en: 'A project gathers spaces under a mandate. Nothing counts before its notification is received.',
  },
  button: { fr: 'Ouvrir le projet', en: 'Open the project' },
  fields: [
    field('name', 'text', ['Nom du projet', 'Name of the project']),
    field('holder_id', 'choice', ['Porteur du projet', 'Project holder']),
  ],
};

export const memberSpec: ActSpec = {
  title: { fr: 'Faire entrer un espace', en: 'Bring a space in' },
  lead: {
    fr: 'Ce que l’espace déclare est figé avec son mandat. Après la notification, la liste change une fois, et peu.',
    en: 'What the space declares is frozen with its mandate. Once notified, the list changes once, and by little.',
  },
  button: { fr: 'Ajouter au projet', en: 'Add to the project' },
  fields: [
    field('space_id', 'choice', ['Espace', 'Space']),
    field('signatory', 'text', ['Signataire du mandat', 'Who signed the mandate']),
    day('signed_on', 'Mandat signé le', 'Mandate signed on'),
    field(
      'density_level',
      'count',
      ['Niveau de densité de la commune', 'Density level of the commune'],
      ['Grille communale de densité, de 1 (dense) à 7.', 'Communal density grid, from 1 (dense) to 7.'],
    ),
    field('density_vintage', 'text', ['Millésime de la grille', 'Vintage of the grid']),
    optional(field('individual_offices', 'check', ['Des bureaux individuels', 'Individual offices'])),
    optional(field('exchange_area', 'check', ['Un lieu d’échange', 'A place to meet'])),
    optional(field('for_employees', 'check', ['Ouvert aux salariés', 'Open to employees'])),
    optional(
      field('nouveaux_liens', 'check', [
        'Relève de « Nouveaux lieux, nouveaux liens »',
        'Belongs to “Nouveaux lieux, nouveaux liens”',
      ]),
    ),
    optional(field('fabrique', 'check', ['Fabrique de territoire', 'Fabrique de territoire'])),
  ],
};

export const leavingSpec: ActSpec = {
  title: { fr: 'Faire sortir un espace', en: 'Take a space out' },
  lead: noLead,
  button: { fr: 'Retirer du projet', en: 'Take out of the project' },
  final: true,
  fields: [field('space_id', 'choice', ['Espace', 'Space'])],
};

export const certifiedSpec: ActSpec = {
  title: { fr: 'Saisir une valeur', en: 'Enter a value' },
  lead: {
    fr: 'Copiez la valeur de la méthode approuvée, avec sa source et le nom de qui s’en porte garant. Une valeur ne s’efface pas : la dernière saisie vaut pour la suite.',
    en: 'Copy the value from the approved method, with its source and the name of who vouches for it. A value is not erased: the last one entered holds from then on.',
  },
  button: { fr: 'Enregistrer la valeur', en: 'Record the value' },
  fields: [
    field('unknown_id', 'choice', ['Inconnue', 'Unknown']),
    field(
      'value',
      'text',
      ['Valeur', 'Value'],
      [
        'Un mot, un nombre, ou du JSON : {"variant":"net","rate":"31/100"}.',
        'A word, a number, or JSON: {"variant":"net","rate":"31/100"}.',
      ],
    ),
    field('source', 'text', ['Source', 'Source']),
    field('vouched_by', 'text', ['Qui s’en porte garant', 'Who vouches for it']),
  ],
};

export const acceptSpec: ActSpec = {
  title: { fr: 'Accepter cette offre', en: 'Accept this offer' },
  lead: {
    fr: 'Les journées de vos salariés compteront à partir de demain, jamais avant.',
    en: 'Your employees’ days will count from tomorrow on, never before.',
  },
  button: { fr: 'Accepter l’offre', en: 'Accept the offer' },
  fields: [field('signatory', 'text', ['Nom et fonction du signataire', 'Name and function of the signatory'])],
};

export const signSpec: ActSpec = {
  title: { fr: 'Signer l’attestation', en: 'Sign the statement' },
  lead: noLead,
  button: { fr: 'Signer sur l’honneur', en: 'Sign on my honour' },
  fields: [field('signatory', 'text', ['Nom et fonction du signataire', 'Name and function of the signatory'])],
};

export const sampleSpec: ActSpec = {
  title: { fr: 'Tirer l’échantillon', en: 'Draw the sample' },
  lead: {
    fr: 'Le tirage suit du point de contrôle publié avant la demande : personne ne choisit, et chacun peut le refaire.',
    en: 'The draw follows from the checkpoint published before the claim: nobody chooses, and anyone can draw again.',
  },
  button: { fr: 'Tirer l’échantillon', en: 'Draw the sample' },
  fields: [optional(field('count', 'count', ['Au moins tant de lignes', 'At least so many lines']))],
};

/** Lines are ticked on the page, in the table above these fields. */
export const findingSpec: ActSpec = {
  title: { fr: 'Noter un constat', en: 'Note a finding' },
  lead: {
    fr: 'Cochez les lignes que vous avez contrôlées, puis dites ce que vous avez trouvé.',
    en: 'Tick the lines that you have checked, then say what you found.',
  },
  button: { fr: 'Enregistrer le constat', en: 'Record the finding' },
  fields: [
    {
      ...field('verdict', 'choice', ['Les lignes cochées sont', 'The ticked lines']),
      choices: { conforms: { fr: 'conformes', en: 'conform' }, at_fault: { fr: 'en défaut', en: 'are at fault' } },
    },
    optional(field('note', 'text', ['Ce qui a été constaté', 'What was found'])),
  ],
};

/** The same: which lines is said by ticking them. */
export const answerSpec: ActSpec = {
  title: { fr: 'Refuser des lignes', en: 'Refuse lines' },
  lead: {
    fr: 'Cochez les lignes à refuser. Elles reviennent au réseau avec leur motif, pour être corrigées et redemandées.',
    en: 'Tick the lines to refuse. They go back to the network with their reason, to be corrected and claimed again.',
  },
  button: { fr: 'Refuser les lignes cochées', en: 'Refuse the ticked lines' },
  fields: [field('reason', 'text', ['Motif', 'Reason'])],
};

export const reallocationSpec: ActSpec = {
  title: { fr: 'Passer à un autre dispositif', en: 'Move to another scheme' },
  lead: {
    fr: 'Possible tant qu’aucune demande ne tient cette journée. Une ligne contraire sera scellée à la prochaine clôture.',
    en: 'Possible as long as no claim holds this day. A reversing line will be sealed at the next closing.',
  },
  button: { fr: 'Demander le changement', en: 'Ask for the change' },
  fields: [field('claimant', 'choice', ['Dispositif', 'Scheme']), field('reason', 'text', ['Motif', 'Reason'])],
};
