import { z } from '@hono/zod-openapi';
import { told } from '../../platform/acts.ts';
import type { Project } from '../../schemes/schemes.ts';
import type { Claim } from '../claims.ts';

/** A project as the API tells it. */
export const projectSchema = z
  .object({
    project_id: z.string(),
    name: z.string(),
    holder_id: z.string(),
    state: z.string(),
    received_on: z.string().nullable().openapi({ description: 'Nothing of that day or earlier counts.' }),
    spaces: z.array(z.string()),
    steps: z.array(z.object({ command: z.string(), state: z.string(), happened_on: z.string() })),
  })
  .openapi('Project');

export const projectJson = ({ projectId, name, holderId, state, receivedOn, members, steps }: Project) => ({
  ...{ project_id: projectId, name, holder_id: holderId, state, received_on: receivedOn },
  spaces: members.filter(one => one.endedOn === null).map(one => one.spaceId),
  steps: steps.map(one => ({ command: one.command, state: one.state, happened_on: one.happenedOn })),
});

/** A claim as the API tells it. */
export const claimSchema = z
  .object({
    claim_id: z.string(),
    kind: z.enum(['cee', 'lbc']),
    claimant: z.string(),
    vintage: z.number().nullable(),
    period: z.string(),
    state: z.string(),
    sealed: z.looseObject({}).openapi({ description: 'batch.json of its dossier.' }),
    result: z.looseObject({}).openapi({ description: 'What it comes to now: as granted once it was.' }),
    steps: z.array(
      z.object({ command: z.string(), state: z.string(), happened_on: z.string(), reference: z.string().nullable() }),
    ),
    signed: z.array(z.string()).openapi({ description: 'Employers that have signed their statement.' }),
    accepted: z.number(),
    refused: z.number(),
    sample: z.array(z.number()).nullable(),
  })
  .openapi('Claim');

export const claimJson = ({ row, state, result, steps, statements, answers, sample }: Claim) => ({
  ...{ claim_id: row.claimId, kind: row.kind, claimant: row.claimant, vintage: row.vintage, period: row.period, state },
  ...{ sealed: row.result, result, sample: sample?.seqs ?? null },
  steps: steps.map(({ command, state: led, happenedOn, reference }) => ({
    ...{ command, state: led, happened_on: happenedOn, reference },
  })),
  signed: statements.map(one => one.employerId),
  accepted: answers.filter(one => one.accepted).length,
  refused: answers.filter(one => !one.accepted).length,
});

const { text, whole, day } = told;

/** What is told with a step of a project or a claim. */
export const stepBody = z.object({
  ...{ happened_on: day, reference: text.optional(), reason: text.optional(), register: text.optional() },
  ...{ volume: whole.optional(), report: text.optional(), auditor: text.optional() },
  ...{ independent: z.boolean().optional(), impartial: z.boolean().optional(), competent: z.boolean().optional() },
  ...{ creditable_until: day.optional(), year: whole.optional(), use: text.optional() },
});

/** What is said with a step, as it is kept: texts by name. */
export const detailsOf = ({ happened_on: _, reference: _r, reason: _m, ...said }: z.output<typeof stepBody>) =>
  Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) =>
      value === undefined || value === false ? [] : [[name, value === true ? 'yes' : String(value)]],
    ),
  );
