import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import type { Work } from '../../platform/database.ts';
import { actorIn, endpoint, type Mount } from '../../platform/http.ts';
import { announce } from '../../platform/outbox.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import * as access from '../access.ts';
import { words } from '../words.ts';

// A space's doors and Wi-Fi codes under `/api/v1/spaces/{id}`, for who manages it.

const idShape = (kind: string) => z.string().regex(new RegExp(`^${kind}_[0-9a-z]{8,40}$`), `${kind}_…`);
const params = z.object({ id: idShape('spc') });
const failure = z.enum(['unreachable', 'slow', 'broken', 'refused', 'unreadable', 'token_lost']);
const text = z.string().max(1_000);

const lockShape = z
  .object({
    adapter: z.enum(['webhook', 'home_assistant']),
    address: z.string(),
    service: z.string().nullable(),
    opens: z.boolean(),
    gives_pin: z.boolean(),
    before_min: z.number().int(),
    after_min: z.number().int(),
    everyone: z.array(z.string()).openapi({ description: 'Groups that any booking opens.' }),
    checked_at: z.string().nullable(),
    check_failure: failure.nullable(),
  })
  .openapi('Lock');

const lockOf = (lock: access.LockTold): z.input<typeof lockShape> => ({
  adapter: lock.adapter,
  address: lock.address,
  service: lock.service,
  opens: lock.opens,
  gives_pin: lock.givesPin,
  before_min: lock.before_min,
  after_min: lock.after_min,
  everyone: [...lock.everyone],
  checked_at: lock.checkedAt?.toString() ?? null,
  check_failure: lock.checkFailure,
});

const openedShape = z.object({
  everyone: z.array(text).max(200),
  resources: z.array(z.object({ resource_id: idShape('res'), group_id: text })).max(2_000),
});

const grantShape = z.object({
  grant_id: z.string(),
  booking_id: z.string(),
  resource_id: z.string(),
  groups: z.array(z.string()),
  from: z.string(),
  until: z.string(),
  revision: z.number().int(),
  state: z.enum(['waiting', 'granted', 'withdrawn', 'failed']),
  failure: failure.nullable(),
  failure_status: z.number().int().nullable(),
  next_try_at: z.string().nullable(),
});

const grantOf = (grant: access.GrantTold): z.input<typeof grantShape> => ({
  grant_id: grant.grantId,
  booking_id: grant.bookingId,
  resource_id: grant.resourceId,
  groups: [...grant.groups],
  from: grant.during.from.toString(),
  until: grant.during.to.toString(),
  revision: grant.revision,
  state: grant.state,
  failure: grant.failure,
  failure_status: grant.failureStatus,
  next_try_at: grant.nextTryAt?.toString() ?? null,
});

const about = (path: string, summary: string) => ({
  ...{ path: `/spaces/{id}/access${path}`, tag: 'access', summary, params },
});

function readingEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...about('', 'A space’s lock, the doors that it names, and what it was told. Neither its token nor any code.'),
      method: 'get',
      returns: openedShape.extend({
        lock: lockShape.nullable(),
        groups: z.array(z.object({ group_id: z.string(), name: z.string() })),
        grants: z.array(grantShape),
        vouchers: z.object({ left: z.number().int(), given: z.number().int() }),
      }),
      refusals: ['access.not_manager'],
    },
    async (input, work, visit) => {
      const actor = actorIn(visit);
      const [space] = await spacesByIds(work, [input.params.id as Id<'spc'>]);
      const read: Outcome<access.AccessSheet> = space
        ? await access.accessSheet(work, actor, space.slug)
        : { ok: false, refusal: words.notManager };
      if (!read.ok) return read;
      const { lock, groups, opened, grants, vouchers } = read.value;
      return accept({
        lock: lock && lockOf(lock),
        groups: groups.map(({ groupId: group_id, name }) => ({ group_id, name })),
        everyone: lock?.everyone ?? [],
        resources: opened.map(({ resourceId: resource_id, groupId: group_id }) => ({ resource_id, group_id })),
        grants: grants.map(grantOf),
        vouchers,
      });
    },
  );
}

function settingEndpoints(mount: Mount): void {
  const means = mount.shell;
  endpoint(
    mount,
    {
      ...about(
        '',
        'Set how a space’s doors are spoken to. The token may be left out while the address stays the same.',
      ),
      method: 'post',
      body: lockShape
        .pick({ adapter: true, opens: true, gives_pin: true, before_min: true, after_min: true })
        .extend({ address: text, token: z.string().min(1).max(2_000).optional(), service: text.optional() }),
      returns: lockShape,
      refusals: [
        'access.not_manager',
        'access.bad_address',
        'access.token_missing',
        'access.bad_token',
        'access.bad_service',
        'access.bad_margin',
      ],
    },
    async (input, work, visit) => {
      const { gives_pin: givesPin, ...asked } = input.body;
      const spaceId = input.params.id as Id<'spc'>;
      const set = await access.setLock(work, actorIn(visit), { spaceId, means, givesPin, ...asked });
      return set.ok ? accept(lockOf(set.value)) : set;
    },
  );
  endpoint(
    mount,
    {
      ...about('/doors', 'Set which groups of doors any booking opens, and which each desk or room opens besides.'),
      method: 'post',
      body: openedShape,
      returns: openedShape,
      refusals: ['access.not_manager', 'access.no_lock', 'access.unknown_group', 'access.unknown_resource'],
    },
    async ({ params: { id }, body }, work, visit) => {
      const resources = body.resources.map(one => ({
        ...{ resourceId: one.resource_id as Id<'res'>, groupId: one.group_id },
      }));
      const opened = { spaceId: id as Id<'spc'>, means, everyone: body.everyone, resources };
      const set = await access.setOpened(work, actorIn(visit), opened);
      return set.ok ? accept(body) : set;
    },
  );
}

/** Asked here, done after commit: the lock is another's machine. */
async function askCheck(work: Work, spaceId: string): Promise<Outcome<{ asked: true }>> {
  await announce(work, { event: 'access.check_asked', payload: { space_id: spaceId } });
  return accept({ asked: true });
}

function actingEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...about('/check', 'Have the lock asked for its doors; the answer is read at `/spaces/{id}/access` soon after.'),
      method: 'post',
      returns: z.object({ asked: z.literal(true) }),
      refusals: ['access.not_manager', 'access.no_lock'],
    },
    async (input, work, visit) => {
      const may = await access.mayCheck(work, actorIn(visit), input.params.id as Id<'spc'>);
      return may.ok ? askCheck(work, input.params.id) : may;
    },
  );
  endpoint(
    mount,
    {
      ...about('/retry', 'Tell the lock again what it refused, once that is mended.'),
      method: 'post',
      returns: z.object({ retried: z.number().int() }),
      refusals: ['access.not_manager'],
    },
    (input, work, visit) => access.retryDoors(work, actorIn(visit), input.params.id as Id<'spc'>),
  );
  endpoint(
    mount,
    {
      ...about('/wifi-codes', 'Add Wi-Fi codes, one a line or as CSV; those that the space had are passed over.'),
      method: 'post',
      body: z.object({ codes: z.string().max(900_000) }),
      returns: z.object({ added: z.number().int(), known: z.number().int() }),
      refusals: [
        'access.not_manager',
        'access.unreadable_voucher',
        'access.nothing_to_import',
        'access.too_many_vouchers',
      ],
    },
    (input, work, visit) =>
      access.importVouchers(work, actorIn(visit), {
        ...{ spaceId: input.params.id as Id<'spc'>, text: input.body.codes, means: mount.shell },
      }),
  );
}

export function spaceEndpoints(mount: Mount): void {
  readingEndpoints(mount);
  settingEndpoints(mount);
  actingEndpoints(mount);
}
