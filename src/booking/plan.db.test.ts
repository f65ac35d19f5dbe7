import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostedSpace, openHostedSpace } from '../../tools/hosted-space.ts';
import { roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { drawPlan, inRows } from '../floors/floors.ts';
import type { Actor } from '../kernel/visit.ts';
import { book } from './booking.ts';
import { routes } from './routes.ts';

let town: HostedSpace;
const day = '2026-06-16';

beforeAll(async () => {
  town = await openHostedSpace(['Maya', 'Noé']);
  const { space, resources, operator, actors } = town;
  await town.work(async work => {
    const drawing = inRows(resources);
    done(await drawPlan(work, operator, { space, floor: 0, basedOn: null, drawing }));
    const take = { spaceId: space.spaceId, day, part: 'morning' } as const;
    done(await book(work, actors[0]!, { ...take, resourceId: resources[0]!.resourceId }));
    done(await book(work, actors[1]!, { ...take, resourceId: resources[1]!.resourceId }));
  });
});
afterAll(() => town.database.db.destroy());

const look = async (who: Actor | null, path: string) => {
  const html = await (await roomApp(town, [routes], { actor: who }).request(path)).text();
  return [
    ...html.matchAll(
      /<g class="plan-place plan-(\w+)"[^>]*>(?:<a href="([^"]*)" aria-label="([^"]*)"|<title>([^<]*))/g,
    ),
  ].map(([, state, href, link, title]) => ({ state, href: href?.replaceAll('&amp;', '&'), said: link ?? title }));
};
const booking = () => `/reserver?espace=${town.space.slug}&jour=${day}&moment=matin`;

describe('the plan of a space', () => {
  test('shows one’s own place, those taken without a name, and leads to the free ones', async () => {
    const own = await look(town.actors[0]!, booking());
    expect(own.map(one => one.state)).toEqual(['yours', 'taken', 'free', 'free']);
    expect(own[0]!.href).toMatch(/^\/reservations\/bkg_/);
    // She has a desk that morning: no other is hers to choose.
    expect(own[2]!.href).toBeUndefined();
    const seen = await look(null, booking());
    expect(seen.map(one => one.state)).toEqual(['taken', 'taken', 'free', 'free']);
    expect(seen[0]).toEqual({ state: 'taken', href: undefined, said: 'Bureau 1, pris, mardi 16 juin matin' });
    expect(seen[2]!.href).toBe(
      `/reserver?espace=${town.space.slug}&jour=${day}&moment=matin&poste=${town.resources[2]!.resourceId}`,
    );
    expect(seen[2]!.said).toBe('Bureau 3, libre, mardi 16 juin matin');
    // An office is not booked on this page.
    expect(seen[3]!.href).toBeUndefined();
  });

  test('on the day’s board names who has what, morning and afternoon, and picks it up or books it', async () => {
    const seen = await look(town.host, `/planning/${town.space.slug}?vue=jour&jour=${day}`);
    expect(seen).toHaveLength(8);
    expect(seen[0]!.said).toBe('Bureau 1, Maya E., pris, mardi 16 juin matin');
    expect(seen[0]!.href).toContain('deplacer=bkg_');
    expect(seen[4]).toMatchObject({ state: 'free', said: 'Bureau 1, libre, mardi 16 juin après-midi' });
    expect(seen[4]!.href).toContain(`poste=${town.resources[0]!.resourceId}#pour`);
    expect(await look(town.host, `/planning/${town.space.slug}?vue=semaine&jour=${day}`)).toEqual([]);
  });
});
