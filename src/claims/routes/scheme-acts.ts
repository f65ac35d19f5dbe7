import { z } from '@hono/zod-openapi';
import type { Canonical } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { networkOf, organisationsById } from '../../people/people.ts';
import { act, told } from '../../platform/acts.ts';
import type { Work } from '../../platform/database.ts';
import {
  acceptOffer,
  addContract,
  changeMembers,
  draftProject,
  enterCertified,
  projectCommands,
} from '../../schemes/schemes.ts';
import { advanceProject } from '../claims.ts';
import { detailsOf, projectJson, projectSchema, stepBody } from './shapes.ts';

// Each act about contracts and projects, once: forms and API both go through it.

const { text, long, whole, day } = told;
const fraction = z.string().max(100);

const rulesIn = (typed: string) =>
  /^(aucune?|none)$/i.test(typed.trim())
    ? []
    : typed.split(',').map(rule => {
        const [, operation = '', days = '0'] = /^\s*(.+?)\s+(\d{1,6})\s*$/.exec(rule) ?? [];
        return { operation, days: Number(days) };
      });
const listIn = (typed: string) =>
  typed
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '');

const contractBody = z.object({
  ...{ obligated_party_id: text, label: text, valid_from: day, valid_until: day.optional() },
  ...{ unit: z.enum(['km', 'day', 'kWh']).optional(), price_per_unit_eur_cents: fraction.optional() },
  ...{ wh_cumac_per_m: fraction.optional(), eligible_modes: text.optional(), eligible_energies: text.optional() },
  ...{ min_distance_m: whole.optional(), max_share_of_rent: fraction.optional() },
  ...{ min_residual_cost_eur_cents: whole.optional(), claim_window_days: whole.optional() },
  ...{
    application_delay_days: whole.optional(),
    min_batch_wh_cumac: whole.optional(),
    cooldown_rules: text.optional(),
  },
  ...{ control_rate: fraction.optional(), archive_years: whole.optional() },
  ...{ statement_template_version: text.optional(), statement_text: long.optional() },
});

/** The terms as the energy method reads them; what was left out stays missing. */
async function termsOf(work: Work, asked: z.output<typeof contractBody>): Promise<Canonical> {
  const { obligated_party_id, label, valid_from, valid_until = null, statement_text: _, ...known } = asked;
  const { eligible_modes, eligible_energies, cooldown_rules, ...plain } = known;
  const [party] = await organisationsById(work, [obligated_party_id as Id<'org'>]);
  const terms = {
    ...{ obligated_party: party?.name ?? '', contract_version: label, valid_from, valid_until },
    ...{ ...plain, fictitious: (await networkOf(work)).fictitious },
    ...(eligible_modes !== undefined && { eligible_modes: listIn(eligible_modes) }),
    ...(eligible_energies !== undefined && { eligible_energies: listIn(eligible_energies) }),
    ...(cooldown_rules !== undefined && { cooldown_rules: rulesIn(cooldown_rules) }),
  };
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as Canonical;
}

const contracting = act({
  ...{ path: '/schemes/contracts', tag: 'schemes', summary: 'Adds a dated version of an obligated party’s contract' },
  body: contractBody,
  returns: z.object({ contract_id: z.string() }),
  refusals: [
    'schemes.operator_only',
    'schemes.name_missing',
    'schemes.unknown_holder',
    'schemes.contract_over',
    'schemes.label_taken',
  ],
  perform: async (work, actor, { id: _, ...asked }) => {
    const added = await addContract(work, actor, {
      ...{ obligatedPartyId: asked.obligated_party_id as Id<'org'>, label: asked.label, validFrom: asked.valid_from },
      ...{ validUntil: asked.valid_until ?? null, terms: await termsOf(work, asked) },
      statementText: asked.statement_text?.replaceAll('\r\n', '\n') ?? null,
    });
    return added.ok ? accept({ contract_id: added.value.contractId }) : added;
  },
});

const accepting = act({
  ...{ path: '/schemes/contracts/{id}/acceptance', tag: 'schemes' },
  summary: 'An employer accepts a contract: its employees’ days count from the day after',
  body: z.object({ employer_id: text, signatory: text }),
  returns: z.object({ offer_id: z.string(), counts_from: z.string() }),
  refusals: [
    'schemes.employer_only',
    'schemes.unknown_contract',
    'schemes.signatory_missing',
    'schemes.contract_over',
    'schemes.other_offer',
  ],
  perform: async (work, actor, { id, employer_id, signatory }) => {
    const asked = { contractId: id, employerId: employer_id as Id<'org'>, signatory };
    const offer = await acceptOffer(work, actor, asked);
    return offer.ok ? accept({ offer_id: offer.value.offerId, counts_from: offer.value.from }) : offer;
  },
});

const certifying = act({
  ...{
    path: '/schemes/certified-values',
    tag: 'schemes',
    summary: 'Enters a value that the approved method leaves open',
  },
  body: z.object({ unknown_id: text, value: long, source: text, vouched_by: text }),
  returns: z.object({ unknown_id: z.string() }),
  refusals: ['schemes.operator_only', 'schemes.source_missing'],
  perform: async (work, actor, { unknown_id, value, source, vouched_by }) => {
    const asked = { unknownId: unknown_id as `U${number}`, value: valueIn(value), source, vouchedBy: vouched_by };
    const entered = await enterCertified(work, actor, asked);
    return entered.ok ? accept({ unknown_id: entered.value.unknownId }) : entered;
  },
});

/** A value is JSON when it reads as JSON, else a word. */
const valueIn = (typed: string): Canonical => {
  try {
    return JSON.parse(typed) as Canonical;
  } catch {
    return typed;
  }
};

const drafting = act({
  ...{ path: '/schemes/projects', tag: 'schemes', summary: 'Opens a collective project, as a draft' },
  body: z.object({ name: text, holder_id: text }),
  returns: projectSchema,
  refusals: ['schemes.operator_only', 'schemes.name_missing', 'schemes.unknown_holder'],
  perform: async (work, actor, { name, holder_id }) => {
    const made = await draftProject(work, actor, { name, holderId: holder_id as Id<'org'> });
    return made.ok ? accept(projectJson(made.value)) : made;
  },
});

const ofMembers = [
  ...['schemes.operator_only', 'schemes.unknown_project', 'schemes.list_closed', 'schemes.list_already_changed'],
  ...['schemes.too_many_changes', 'schemes.notifications_too_far_apart', 'schemes.step_taken'],
];

const joining = act({
  ...{
    path: '/schemes/projects/{id}/members',
    tag: 'schemes',
    summary: 'Brings a space into a project, under a mandate',
  },
  body: z.object({
    ...{ space_id: text, signatory: text, signed_on: day, notified_on: day.optional() },
    ...{ density_level: whole, density_vintage: text },
    ...{ individual_offices: z.boolean(), exchange_area: z.boolean(), for_employees: z.boolean() },
    ...{ nouveaux_liens: z.boolean(), fabrique: z.boolean() },
  }),
  returns: projectSchema,
  refusals: [
    ...ofMembers,
    ...[
      'schemes.unknown_space',
      'schemes.signatory_missing',
      'schemes.wrong_dates',
      'schemes.not_eligible',
      'schemes.already_member',
    ],
  ],
  perform: async (work, actor, { id, ...asked }) => {
    const member = {
      ...{ spaceId: asked.space_id as Id<'spc'>, signatory: asked.signatory, signedOn: asked.signed_on },
      notifiedOn: asked.notified_on ?? null,
      eligibility: {
        ...{ densityLevel: asked.density_level, densityVintage: asked.density_vintage },
        ...{ individualOffices: asked.individual_offices, exchangeArea: asked.exchange_area },
        ...{ forEmployees: asked.for_employees, nouveauxLiens: asked.nouveaux_liens, fabrique: asked.fabrique },
      },
    };
    return projectTold(changeMembers(work, actor, { projectId: id, joining: [member], leaving: [] }));
  },
});

const leaving = act({
  ...{ path: '/schemes/projects/{id}/departures', tag: 'schemes', summary: 'Takes a space out of a project' },
  body: z.object({ space_id: text }),
  returns: projectSchema,
  refusals: ofMembers,
  perform: (work, actor, { id, space_id }) =>
    projectTold(changeMembers(work, actor, { projectId: id, joining: [], leaving: [space_id as Id<'spc'>] })),
});

const projectTold = async (outcome: ReturnType<typeof changeMembers>): Promise<Outcome<unknown>> => {
  const done = await outcome;
  return done.ok ? accept(projectJson(done.value)) : done;
};

const stepping = act({
  ...{ path: '/schemes/projects/{id}/steps', tag: 'schemes', summary: 'Takes a step in the life of a project' },
  body: stepBody.extend({ command: z.enum(projectCommands) }),
  returns: projectSchema,
  refusals: [
    ...['schemes.operator_only', 'schemes.unknown_project', 'schemes.not_from_here', 'schemes.out_of_time'],
    ...[
      'schemes.no_mandate',
      'schemes.gauge_not_reached',
      'schemes.presence_before_receipt',
      'schemes.reference_missing',
    ],
    ...[
      'schemes.reason_missing',
      'schemes.year_and_use_missing',
      'schemes.too_long',
      'schemes.step_taken',
      'claims.by_its_claim',
    ],
  ],
  perform: async (work, actor, { id, command, ...said }) => {
    const { happened_on: happenedOn, reference, reason } = said;
    const asked = { projectId: id, command, happenedOn, reference, reason, details: detailsOf(said) };
    const done = await advanceProject(work, actor, asked);
    return done.ok ? accept(projectJson(done.value)) : done;
  },
});

export const schemeRoutes = { contracting, accepting, certifying, drafting, joining, leaving, stepping } as const;
