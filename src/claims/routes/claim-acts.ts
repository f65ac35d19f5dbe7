import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { reallocate } from '../../mrv/mrv.ts';
import { act, told } from '../../platform/acts.ts';
import {
  acceptOtherLines,
  answerLines,
  drawSample,
  noteFinding,
  sealCarbonClaim,
  sealEnergyClaim,
  signStatement,
  step,
} from '../claims.ts';
import { commands as claimCommands } from '../life.ts';
import { claimJson, claimSchema, detailsOf, stepBody } from './shapes.ts';

// Each act about claims, once: forms and API both go through it.

const { text, long, whole } = told;

const ofClaim = ['claims.operator_only', 'claims.unknown_claim'];
const sealed = ['claims.operator_only', 'claims.other_open', 'claims.nothing_to_claim', 'notary.no_log'];
const claimTold = async (outcome: Promise<Outcome<{ readonly claimId: string }>>): Promise<Outcome<unknown>> => {
  const done = await outcome;
  return done.ok ? accept({ claim_id: done.value.claimId }) : done;
};

const sealingEnergy = act({
  ...{ path: '/schemes/contracts/{id}/claims', tag: 'claims', summary: 'Seals what a contract pays for into a claim' },
  body: z.object({}),
  returns: z.object({ claim_id: z.string() }),
  refusals: [
    ...sealed,
    'claims.unknown_contract',
    'claims.below_minimum',
    'cee.contract_incomplete',
    'cee.residual_cost_too_low',
  ],
  perform: (work, actor, { id }) => claimTold(sealEnergyClaim(work, actor, { contractId: id })),
});

const sealingCarbon = act({
  ...{
    path: '/schemes/projects/{id}/claims',
    tag: 'claims',
    summary: 'Seals what a project monitored of one year into a claim',
  },
  body: z.object({ vintage: whole }),
  returns: z.object({ claim_id: z.string() }),
  refusals: [
    ...[...sealed, 'schemes.unknown_project', 'claims.not_monitoring', 'claims.before_receipt'],
    ...['claims.after_creditable_until', 'method.profile_incomplete'],
  ],
  perform: (work, actor, { id, vintage }) => claimTold(sealCarbonClaim(work, actor, { projectId: id, vintage })),
});

const steppingClaim = act({
  ...{
    path: '/claims/{id}/steps',
    tag: 'claims',
    summary: 'Takes a step in the life of a claim, with all that follows',
  },
  body: stepBody.extend({ command: z.enum(claimCommands) }),
  returns: claimSchema,
  refusals: [
    ...[
      ...ofClaim,
      'claims.not_from_here',
      'claims.out_of_time',
      'claims.statement_missing',
      'claims.lines_not_answered',
    ],
    ...['claims.reference_missing', 'claims.reason_missing', 'claims.register_missing', 'claims.volume_missing'],
    ...['claims.volume_too_large', 'claims.kept_until', 'claims.sample_not_checked', 'claims.step_taken'],
    ...['claims.nothing_taken_back', 'registry.demo_cannot_issue', 'schemes.report_missing', 'schemes.auditor_missing'],
  ],
  perform: async (work, actor, { id, command, ...said }) => {
    const { happened_on: happenedOn, reference, reason } = said;
    const asked = { claimId: id, command, happenedOn, reference, reason, details: detailsOf(said) };
    const done = await step(work, actor, asked);
    return done.ok ? accept(claimJson(done.value)) : done;
  },
});

const signing = act({
  ...{
    path: '/claims/{id}/statements',
    tag: 'claims',
    summary: 'An employer signs the contract’s statement, word for word',
  },
  body: z.object({ employer_id: text, signatory: text, text: long }),
  returns: z.object({ employer_id: z.string(), signatory: z.string(), text_sha256: z.string(), signed_at: z.string() }),
  refusals: [
    ...[
      'claims.unknown_claim',
      'claims.employer_only',
      'claims.unknown_employer',
      'claims.too_late',
      'claims.no_wording',
    ],
    ...['claims.other_wording', 'claims.signatory_missing', 'claims.already_signed'],
  ],
  perform: async (work, actor, { id, employer_id, signatory, text: wording }) => {
    const asked = { claimId: id, employerId: employer_id as Id<'org'>, signatory, text: wording };
    const done = await signStatement(work, actor, asked);
    if (!done.ok) return done;
    const { employerId, textSha256, signedAt, ...one } = done.value;
    return accept({ ...one, employer_id: employerId, text_sha256: textSha256, signed_at: signedAt });
  },
});

const sampling = act({
  ...{
    path: '/claims/{id}/sample',
    tag: 'claims',
    summary: 'Draws the lines to check, from the checkpoint of the claim',
  },
  body: z.object({ count: whole.min(0).max(10_000).optional() }),
  returns: z.object({ lines: z.array(z.number()), drawn_at: z.string() }),
  refusals: ['claims.auditor_only', 'claims.unknown_claim', 'claims.too_late', 'claims.already_sampled'],
  perform: async (work, actor, { id, count = 0 }) => {
    const done = await drawSample(work, actor, { claimId: id, count });
    return done.ok ? accept({ lines: done.value.seqs, drawn_at: done.value.drawnAt }) : done;
  },
});

const finding = act({
  ...{
    path: '/claims/{id}/findings',
    tag: 'claims',
    summary: 'Notes what the auditor found of lines drawn, all or none',
  },
  body: z.object({ lines: z.array(whole).max(10_000), conforms: z.boolean(), note: text.default('') }),
  returns: z.object({ noted: z.number() }),
  refusals: [
    'claims.auditor_only',
    'claims.unknown_claim',
    'claims.too_late',
    'claims.line_not_sampled',
    'claims.note_missing',
  ],
  perform: (work, actor, { id, lines, conforms, note }) =>
    noteFinding(work, actor, { claimId: id, seqs: lines, conforms, note }),
});

const answered = [
  ...['claims.obligated_party_only', 'claims.unknown_claim', 'claims.not_submitted', 'claims.line_not_in_claim'],
  ...['claims.refusal_without_reason', 'claims.already_answered'],
];

const answering = act({
  ...{
    path: '/claims/{id}/answers',
    tag: 'claims',
    summary: 'The obligated party accepts or refuses lines, all or none',
  },
  body: z.object({
    answers: z
      .array(z.object({ seq: whole, accepted: z.boolean(), reason: text.nullable().default(null) }))
      .max(10_000),
  }),
  returns: z.object({ answered: z.number() }),
  refusals: answered,
  perform: (work, actor, { id, answers }) => answerLines(work, actor, { claimId: id, answers }),
});

const acceptingRest = act({
  ...{
    path: '/claims/{id}/acceptance',
    tag: 'claims',
    summary: 'The obligated party accepts every line not answered yet',
  },
  body: z.object({}),
  returns: z.object({ answered: z.number() }),
  refusals: answered,
  perform: (work, actor, { id }) => acceptOtherLines(work, actor, id),
});

const reallocating = act({
  ...{
    path: '/presences/{id}/reallocations',
    tag: 'claims',
    summary: 'Gives a presence to another scheme, or to none',
  },
  body: z.object({
    scheme: z.enum(['cee', 'lbc', 'none']),
    claimant: text.openapi({ description: 'Contract version or project; empty for none.' }),
    reason: text,
  }),
  returns: z.object({ reallocation_id: z.string() }),
  refusals: [
    ...['mrv.operator_only', 'mrv.reason_missing', 'mrv.no_line', 'mrv.not_credited', 'mrv.same_scheme'],
    ...['mrv.claimant_missing', 'mrv.already_claimed', 'mrv.reallocation_waiting'],
  ],
  perform: async (work, actor, { id, ...asked }) => {
    const done = await reallocate(work, actor, { presenceId: id, ...asked });
    return done.ok ? accept({ reallocation_id: done.value.reallocationId }) : done;
  },
});

export const claimRoutes = {
  ...{ sealingEnergy, sealingCarbon, steppingClaim, signing },
  ...{ sampling, finding, answering, acceptingRest, reallocating },
} as const;
