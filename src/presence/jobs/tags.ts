import { createHmac } from 'node:crypto';
import { mayHost } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { nonce_bytes, sealUnder, unsealUnder } from '../../kernel/seal.ts';
import type { DayPart } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Chance } from '../../platform/clock.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { mayManage, resourcesOf, type Space, spacesByIds } from '../../spaces/spaces.ts';
import { arrivalOf } from '../arrival.ts';
import * as store from '../store/tag.ts';
import { strictnessWords } from '../strictness.ts';
import { readSun, tagKeyOf, uidOf } from '../sun.ts';
import { tagWords as words } from '../tag-words.ts';
import { words as general } from '../words.ts';
import { takeDesk } from './desks.ts';
import { type CheckIn, checkInOf } from './noting.ts';
import { record } from './recording.ts';
import { refusedByLevel } from './strictness.ts';

// NFC tags: put in service with their keys, read once each time.

export interface Means {
  readonly secrets: Secrets;
  readonly chance: Chance;
}

const aboutTag = ({ networkId }: Pick<Work, 'networkId'>, tagId: string): string => `${networkId} tag ${tagId}`;

export interface NewTag {
  readonly spaceId: Id<'spc'>;
  readonly name: string;
  readonly uid: string;
  readonly metaKey: string;
  readonly fileKey: string;
  readonly resourceId?: string | undefined;
  readonly means: Means;
}

/** Puts a tag in service in a space, for who manages it; its number and keys are sealed, and told to nobody again. */
export async function registerTag(work: Work, actor: Actor, asked: NewTag): Promise<Outcome<store.Tag>> {
  const { spaceId, means } = asked;
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(general.unknownSpace);
  if (!mayManage(actor, space)) return refuse(strictnessWords.notManager);
  const name = asked.name.trim();
  if (name === '' || name.length > 80) return refuse(words.nameless);
  const uid = uidOf(asked.uid);
  if (uid === null) return refuse(words.badUid);
  const [meta, file] = [tagKeyOf(asked.metaKey), tagKeyOf(asked.fileKey)];
  if (meta === null) return refuse(words.badKey);
  if (file === null) return refuse({ ...words.badKey, field: 'file_key' });
  const resources = await resourcesOf(work, [spaceId]);
  const desk = resources.find(one => one.resourceId === asked.resourceId);
  if (asked.resourceId !== undefined && !desk) return refuse(words.unknownDesk);
  const tagId = work.newId('tag');
  const tag = { tagId, spaceId, resourceId: desk?.resourceId ?? null, name };
  const text = JSON.stringify({ uid, meta: meta.toString('hex'), file: file.toString('hex') });
  const sealing = { text, nonce: means.chance(nonce_bytes), about: aboutTag(work, tagId) };
  const uidMac = createHmac('sha256', means.secrets('presence tag number')).update(uid).digest();
  const keysSealed = sealUnder(means.secrets('presence tag seal'), sealing);
  const added = await store.insertTag(work, { ...tag, uidMac, keysSealed }, actor.personId);
  return added ? accept(tag) : refuse(words.registered);
}

/** Tags in service in a space, for who receives people there. */
export async function tagsOf(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<readonly store.Tag[]>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(general.unknownSpace);
  if (!mayHost(actor, space)) return refuse(general.notHost);
  const tags = await store.selectTagsAt(work, spaceId);
  return accept(tags.map(({ tagId, resourceId, name }) => ({ tagId, spaceId, resourceId, name })));
}

/** Takes a tag out of service, for who manages its space; asked again, nothing changes. */
export async function withdrawTag(work: Work, actor: Actor, tagId: string): Promise<Outcome<null>> {
  const tag = await store.selectTag(work, tagId);
  if (!tag) return refuse(words.unknown);
  const [space] = await spacesByIds(work, [tag.spaceId]);
  if (!space || !mayManage(actor, space)) return refuse(strictnessWords.notManager);
  await store.revokeTag(work, tag.tagId, actor.personId);
  return accept(null);
}

/** What a tag wrote in its address. */
export interface TagAddress {
  readonly tagId: string;
  readonly picc: string;
  readonly cmac: string;
}

export interface TagSeen {
  readonly tag: store.Tag;
  readonly space: Space;
  readonly counter: number;
}

/** The tag that wrote this address, without using the reading: looking at its page notes no one. */
export async function tagAt(
  work: Work,
  { tagId, picc, cmac }: TagAddress,
  secrets: Secrets,
): Promise<Outcome<TagSeen>> {
  const tag = await store.selectTag(work, tagId);
  if (!tag) return refuse(words.unknown);
  const text = unsealUnder(secrets('presence tag seal'), tag.keysSealed, aboutTag(work, tag.tagId));
  if (text === null) return refuse(words.unknown);
  const kept = JSON.parse(text) as { readonly uid: string; readonly meta: string; readonly file: string };
  const keys = { meta: Buffer.from(kept.meta, 'hex'), file: Buffer.from(kept.file, 'hex') };
  const reading = readSun(keys, { picc, cmac });
  if (reading === null || reading.uid !== kept.uid) return refuse(words.forged);
  const [space] = await spacesByIds(work, [tag.spaceId]);
  return accept({ tag, space: space!, counter: reading.counter });
}

/**
 * Notes whoever reads a tag while signed in; a tag of a desk books it first for whoever has nothing booked there today. Each reading
 * serves once, and none that a later one has overtaken.
 */
export async function readTag(
  work: Work,
  actor: Actor,
  asked: TagAddress & {
    readonly part?: DayPart | undefined;
    readonly secrets: Secrets;
  },
): Promise<Outcome<CheckIn>> {
  const { secrets, part } = asked;
  const seen = await tagAt(work, asked, secrets);
  if (!seen.ok) return seen;
  const { tag, space, counter } = seen.value;
  if (!(await store.takeReading(work, tag.tagId, counter))) return refuse(words.used);
  if (tag.resourceId !== null) {
    const taken = await takeDesk(work, actor, { space, resourceId: tag.resourceId, part });
    if (!taken.ok) return taken;
  }
  const caught = { eventId: work.newId('acc'), personId: actor.personId, counter: null, happened_at: work.now };
  const event = { ...arrivalOf({ ...caught, kioskId: null, method: 'tag' }, space, work), sourceId: tag.tagId };
  const [notNoted] = await refusedByLevel(work, [event]);
  if (notNoted) return refuse(notNoted);
  await record(work, [event]);
  return accept(await checkInOf(work, event, space));
}
