import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type ActRoute, act as anyAct, told } from '../../platform/acts.ts';
import type { otherActs, RangeAct } from '../acts.ts';
import { purposes } from '../ending.ts';
import {
  cancel,
  clawBack,
  declare,
  type Holding,
  meetDuty,
  readExternal,
  recordExternal,
  retire,
  sendOut,
  serialText,
  splitRange,
  transfer,
} from '../registry.ts';
import { countOf } from '../serial.ts';
import { rangeById } from '../store/range.ts';
import type { Buyer } from '../transfer.ts';
import { words } from '../words.ts';

// Each act of the operator once: what it is told, what it does, what it answers; the forms and the API both go through it.

const { text, whole, day } = told;
const quantity = whole.openapi({ description: 'Units: the first ones of the range.' });
const units = z.string().openapi({ description: 'A whole number, as text.' });

export const rangeSchema = z
  .object({
    range_id: z.string(),
    serial: z.string().openapi({ example: 'PV-LBC-0001-2026-000001-000025' }),
    state: z.enum(['reserve', 'active', 'sent_out', 'retired', 'cancelled']),
    units,
    holder_id: z.string(),
    batch_id: z.string(),
  })
  .openapi('UnitRange');

export const rangeJson = (range: Holding) => ({
  range_id: range.rangeId,
  serial: serialText(range),
  state: range.state,
  units: countOf(range),
  holder_id: range.holderId,
  batch_id: range.batchId,
});

const withRange = async (outcome: Promise<Outcome<Holding>>) => {
  const done = await outcome;
  return done.ok ? accept(rangeJson(done.value)) : done;
};

const act = <B extends z.ZodObject, R extends z.ZodObject>(one: Omit<Parameters<typeof anyAct<B, R>>[0], 'tag'>) =>
  anyAct<B, R>({
    ...one,
    ...{ tag: 'registry', path: `/registry${one.path}`, refusals: ['registry.operator_only', ...one.refusals] },
  });

const onRange = ['registry.no_range', 'registry.range_moved', 'registry.not_that_many'];
const ended = ['registry.range_sent_out', 'registry.range_retired', 'registry.range_cancelled'];
const inTheWay = [...onRange, ...ended, 'registry.range_in_reserve'];

function buyerOf({
  organisation_id,
  buyer_name,
}: {
  organisation_id?: string | undefined;
  buyer_name?: string | undefined;
}) {
  if (organisation_id && buyer_name) return refuse(words.holderMissing);
  if (organisation_id) return accept<Buyer>({ organisationId: organisation_id as Id<'org'> });
  return accept<Buyer>({ name: buyer_name ?? '' });
}

const transferring = act({
  path: '/ranges/{id}/transfer',
  summary: 'Sells units of a range; the transfer is then to be declared in the State’s register',
  body: z.object({
    quantity,
    organisation_id: text.optional(),
    buyer_name: text.optional(),
    contract: text,
    signed_on: day,
    purpose: z.enum(purposes),
    price_eur_cents: whole,
    project_holder_eur_cents: whole,
    shortfall_bearer: z.enum(['after', 'buyer', 'project_holder']).default('after'),
    anonymous: z.boolean().default(false),
  }),
  returns: z.object({ transfer_id: z.string(), range_id: z.string() }),
  refusals: [
    'registry.holder_missing',
    'registry.contract_missing',
    'registry.not_signed_yet',
    'registry.wrong_price',
    ...inTheWay,
    'registry.unknown_holder',
    'registry.same_holder',
  ],
  perform: async (work, actor, { id, signed_on, shortfall_bearer, ...asked }) => {
    const to = buyerOf(asked);
    if (!to.ok) return to;
    const { contract, purpose, anonymous } = asked;
    const made = await transfer(work, actor, {
      ...{
        rangeId: id,
        quantity: BigInt(asked.quantity),
        to: to.value,
        contract,
        purpose,
        anonymous,
        signedOn: signed_on,
      },
      price_eur_cents: BigInt(asked.price_eur_cents),
      project_holder_eur_cents: BigInt(asked.project_holder_eur_cents),
      shortfallBearer: shortfall_bearer === 'after' ? null : shortfall_bearer,
    });
    return made.ok ? accept({ transfer_id: made.value.transferId, range_id: made.value.rangeId }) : made;
  },
});

const retiring = act({
  path: '/ranges/{id}/retirement',
  summary: 'Uses units for good, for one beneficiary, purpose and year',
  body: z.object({
    quantity,
    beneficiary: text,
    purpose: text.openapi({ description: 'contribution, voluntary_offset or mandatory_offset' }),
    year: whole,
    mention: text.default(''),
    anonymous: z.boolean().default(false),
  }),
  returns: rangeSchema,
  refusals: ['registry.neutral_claim', 'registry.state_use', 'registry.purpose_missing', ...inTheWay],
  perform: (work, actor, { id, quantity: count, ...use }) =>
    withRange(retire(work, actor, { ...use, rangeId: id, quantity: BigInt(count) })),
});

const splitting = act({
  path: '/ranges/{id}/split',
  summary: 'Makes two ranges of one',
  body: z.object({ quantity }),
  returns: rangeSchema,
  refusals: inTheWay,
  perform: (work, actor, { id, quantity: count }) =>
    withRange(splitRange(work, actor, { rangeId: id, quantity: BigInt(count) })),
});

const departing = act({
  path: '/ranges/{id}/departure',
  summary: 'Records that units left for another register',
  body: z.object({ quantity, register: text, reference: text }),
  returns: rangeSchema,
  refusals: ['registry.destination_missing', ...inTheWay],
  perform: (work, actor, { id, quantity: count, ...to }) =>
    withRange(sendOut(work, actor, { ...to, rangeId: id, quantity: BigInt(count) })),
});

const cancelling = act({
  path: '/ranges/{id}/cancellation',
  summary: 'Strikes units off for good, with a reason code',
  body: z.object({ quantity, reason: z.enum(['issued_in_error', 'state_decision']) }),
  returns: rangeSchema,
  refusals: [...onRange, ...ended],
  perform: (work, actor, { id, quantity: count, reason }) =>
    withRange(cancel(work, actor, { reason, rangeId: id, quantity: BigInt(count) })),
});

const tying = act({
  path: '/ranges/{id}/external',
  summary: 'Puts the units of a range under the State’s own number',
  body: z.object({ reference: text, external_quantity: whole }),
  returns: z.object({ reference_id: z.string(), reference: z.string(), quantity: units }),
  refusals: [
    'registry.reference_missing',
    'registry.no_range',
    'registry.other_external_quantity',
    'registry.more_than_external',
    'registry.already_tied',
  ],
  perform: async (work, actor, { id, reference, external_quantity }) => {
    const asked = { rangeId: id, reference, quantity: BigInt(external_quantity) };
    const tied = await recordExternal(work, actor, asked);
    return tied.ok ? accept({ ...tied.value, reference_id: tied.value.referenceId }) : tied;
  },
});

const clawing = act({
  path: '/ranges/{id}/claw-back',
  summary:
    'Takes back units of the range’s batch that should not have been issued: reserve, unsold, then a duty to replace',
  body: z.object({ quantity: whole, reason: text }),
  returns: z.object({ claw_back_id: z.string(), from_reserve: units, from_unsold: units, owed: units }),
  refusals: ['registry.reason_missing', 'registry.no_batch', 'registry.not_that_many'],
  perform: async (work, actor, { id, quantity: count, reason }) => {
    const batchId = (await rangeById(work, id))?.batchId ?? '';
    const taken = await clawBack(work, actor, { batchId, quantity: BigInt(count), reason });
    return taken.ok ? accept({ ...taken.value, claw_back_id: taken.value.clawBackId }) : taken;
  },
});

export const rangeRoutes: Readonly<Record<RangeAct, ActRoute>> = {
  transfer: transferring,
  retirement: retiring,
  split: splitting,
  departure: departing,
  cancellation: cancelling,
  external: tying,
  claw_back: clawing,
};

export const otherRoutes: Readonly<Record<keyof typeof otherActs, ActRoute>> = {
  declaration: act({
    path: '/transfers/{id}/declaration',
    summary: 'Records that the State’s register was told of a transfer',
    body: z.object({ declared_on: day, reference: text }),
    returns: z.object({ transfer_id: z.string(), declared_on: z.string(), reference: z.string() }),
    refusals: ['registry.no_transfer', 'registry.wrong_day', 'registry.reference_missing', 'registry.already_declared'],
    perform: async (work, actor, { id, declared_on, reference }) => {
      const declared = await declare(work, actor, { transferId: id, declaredOn: declared_on, reference });
      return declared.ok ? accept({ ...declared.value, transfer_id: id, declared_on }) : declared;
    },
  }),
  reading: act({
    path: '/references/{id}/reading',
    summary: 'Records how many units the State’s register shows under a reference',
    body: z.object({ quantity: whole.min(0), read_on: day }),
    returns: z.object({ reference_id: z.string(), quantity: units, read_on: z.string() }),
    refusals: ['registry.no_reference', 'registry.wrong_day'],
    perform: async (work, actor, { id, quantity: count, read_on }) => {
      const asked = { referenceId: id, quantity: BigInt(count), readOn: read_on };
      const done = await readExternal(work, actor, asked);
      return done.ok ? accept({ reference_id: id, quantity: asked.quantity, read_on }) : done;
    },
  }),
  replacement: act({
    path: '/duties/{id}/replacement',
    summary: 'Meets a replacement duty by cancelling other units of its scheme',
    body: z.object({ range_id: text, quantity }),
    returns: rangeSchema,
    refusals: ['registry.no_duty', ...onRange, ...ended, 'registry.not_for_this_duty'],
    perform: (work, actor, { id, range_id, quantity: count }) =>
      withRange(meetDuty(work, actor, { dutyId: id, rangeId: range_id, quantity: BigInt(count) })),
  }),
};
