import type { Id } from '../kernel/ids.ts';
import { type Instant, instantText } from '../kernel/time.ts';
import type { DoorGroup, Failure } from './grant.ts';

// What a lock connector is told and asked: two endpoints, `docs/reference/doors.md`.

export const schema = 'parvis.access/1';

/** A grant as a door is told it. */
export interface Told {
  readonly grantId: Id<'grt'>;
  readonly revision: number;
  readonly spaceId: Id<'spc'>;
  readonly from: Instant;
  readonly until: Instant;
  /** Null when it is withdrawn. */
  readonly open: { readonly holder: string; readonly groups: readonly string[]; readonly pin: string | null } | null;
}

/** What is sent: under the address of the lock, with its token. */
export interface Sent {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

/** The same body for every connector. */
export const bodyOf = ({ grantId, revision, spaceId, from, until, open }: Told) => ({
  schema,
  grant_id: grantId,
  revision,
  space_id: spaceId,
  state: open === null ? 'withdrawn' : 'open',
  holder: open?.holder ?? null,
  groups: open?.groups ?? [],
  from: instantText(from),
  until: instantText(until),
  pin: open?.pin ?? null,
});

const mostGroups = 200;

const isGroup = (value: unknown): value is { readonly id: string; readonly name: string } => {
  const { id, name } = (value ?? {}) as { readonly id?: unknown; readonly name?: unknown };
  return (
    typeof id === 'string' &&
    id.length >= 1 &&
    id.length <= 120 &&
    typeof name === 'string' &&
    name.length >= 1 &&
    name.length <= 200
  );
};

/** Groups by name, each once; null when a list does not say what the contract asks. */
export function groupsFrom(listed: unknown): readonly DoorGroup[] | null {
  if (!Array.isArray(listed) || listed.length > mostGroups || !listed.every(isGroup)) return null;
  const byId = new Map(listed.map(({ id, name }) => [id, { groupId: id, name }]));
  return [...byId.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'fr'));
}

/** A lock that speaks the contract itself. */
export const webhook = {
  groups: (): Sent => ({ method: 'GET', path: '/groups' }),
  readGroups: (answer: unknown): readonly DoorGroup[] | null => {
    const told = (answer ?? {}) as { readonly schema?: unknown; readonly groups?: unknown };
    return told.schema === schema ? groupsFrom(told.groups) : null;
  },
  grant: (told: Told): Sent => ({ method: 'PUT', path: `/grants/${told.grantId}`, body: bodyOf(told) }),
};

/** `script.parvis_access` */
export const isService = (text: string): boolean => /^[a-z0-9_]{1,60}\.[a-z0-9_]{1,60}$/.test(text);

interface Entity {
  readonly entity_id?: unknown;
  readonly attributes?: { readonly friendly_name?: unknown } | null;
}

const groupOf = ({ entity_id, attributes }: Entity) => ({
  id: entity_id,
  name: typeof attributes?.friendly_name === 'string' ? attributes.friendly_name : entity_id,
});

/** Home Assistant: its locks are the groups; the same body goes to a script of the house, as the data of its service. */
export const homeAssistant = {
  groups: (): Sent => ({ method: 'GET', path: '/api/states' }),
  readGroups: (answer: unknown): readonly DoorGroup[] | null =>
    Array.isArray(answer)
      ? groupsFrom(
          (answer as Entity[])
            .filter(one => typeof one?.entity_id === 'string' && one.entity_id.startsWith('lock.'))
            .map(groupOf),
        )
      : null,
  grant: (told: Told, service: string): Sent => ({
    method: 'POST',
    path: `/api/services/${service.replace('.', '/')}`,
    body: bodyOf(told),
  }),
};

/** What an HTTP status means of a lock that answered; null when it agreed. */
export const failureOf = (status: number): Failure | null => {
  if (status >= 200 && status < 300) return null;
  return status >= 500 || status === 408 || status === 429 ? 'broken' : 'refused';
};
