import { z } from '@hono/zod-openapi';
import { centsIn } from '../kernel/act.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Refusal, refuse } from '../kernel/outcome.ts';
import { localDay } from '../kernel/time.ts';
import { organisationsById, personByEmail } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../platform/http.ts';
import { listSpaces, spaceBySlug } from '../spaces/spaces.ts';
import { MyPassesPage } from './pages/my-passes.tsx';
import { SalePage } from './pages/sale-page.tsx';
import { type PassKind, passKinds } from './pass.ts';
import * as passes from './passes.ts';
import { maySell } from './rules.ts';
import { words } from './words.ts';

async function managersOf(work: Work, of: readonly { readonly managerId: Id<'org'> }[]) {
  const found = await organisationsById(work, [...new Set(of.map(one => one.managerId))]);
  return new Map(found.map(one => [one.organisationId as string, one.name]));
}

function ownPage({ pages, shell }: Mount): void {
  pages.get('/mes-carnets', async c => {
    const actor = actorOf(c);
    const facts = await inVisit(shell, c, async work => {
      const own = await passes.passesOf(work, actor);
      const offers = must(await passes.offersIn(work));
      return {
        ...{ own, offers, today: localDay(work.now, 'Europe/Paris') },
        spaces: new Map((await listSpaces(work)).map(one => [one.spaceId as string, one.name])),
        managers: await managersOf(work, [...own.map(one => one.pass), ...offers]),
      };
    });
    return show(c, MyPassesPage({ visit: c.get('visit'), ...facts }));
  });
}

interface Back {
  readonly sent: 'sale' | 'offer' | null;
  readonly refusal: Refusal;
}

async function salePage({ shell }: Mount, c: Ctx, back?: Back) {
  const actor = actorOf(c);
  const sheet = await inVisit(shell, c, async work =>
    must(await passes.saleSheet(work, actor, c.req.param('espace') ?? '')),
  );
  const body = back ? await c.req.parseBody({ all: true }) : {};
  const typed = Object.fromEntries(Object.entries(body).map(([name, text]) => [name, String(text)]));
  const fait = c.req.query('fait');
  const page = SalePage({
    ...{ visit: c.get('visit'), sheet, typed, requestId: requestId(), sent: back?.sent ?? null },
    typedKinds: [body['places'] ?? []].flat().map(String),
    done: back || fait === undefined ? null : fait === 'vendu' ? 'sold' : 'recorded',
    refusal: back?.refusal,
  });
  return show(c, page, back?.refusal.status ?? 200);
}

/** As it is typed: hours for time, euros for money. */
const quantityIn = (kind: PassKind, text: string): number => {
  if (kind === 'cents') return Number(centsIn(text) ?? 0n);
  const typed = /^\d{1,7}$/.test(text.trim()) ? Number(text) : 0;
  return kind === 'minutes' ? typed * 60 : typed;
};

const offerForm = z.object({
  nom: z.string().max(300).default(''),
  sorte: z.enum(passKinds),
  quantite: z.string().max(20).default(''),
  prix: z.string().max(20).default(''),
  deliberation: z.string().max(300).default(''),
  duree: z.coerce.number().default(0),
  places: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform(given => [given].flat()),
  ou: z.enum(['ici', 'partout']),
});
const saleForm = z.object({ carnet: z.string().max(60), email: z.string().max(300).default('') });

/** What a space sells: `/carnets/:espace`. */
function salePages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/carnets/:espace', c => salePage(mount, c));
  pages.post('/carnets/:espace', async c => {
    const actor = actorOf(c);
    const slug = c.req.param('espace');
    const sent = must(await readForm(c, offerForm));
    const { nom: name, sorte: kind, deliberation, duree: validity_days, places: resourceKinds } = sent;
    const terms = { name, kind, deliberation, validity_days, resourceKinds, everywhere: sent.ou === 'partout' };
    const asked = { ...terms, quantity: quantityIn(kind, sent.quantite), price_eur_cents: centsIn(sent.prix) ?? -1n };
    const done = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      return space.ok ? passes.offerPass(work, actor, { ...asked, spaceId: space.value.spaceId }) : space;
    });
    if (done.ok) return c.redirect(`/carnets/${slug}?fait=offre`, 303);
    return salePage(mount, c, { sent: 'offer', refusal: done.refusal });
  });
  pages.post('/carnets/:espace/vendre', async c => {
    const actor = actorOf(c);
    const slug = c.req.param('espace');
    const { carnet: offerId, email } = must(await readForm(c, saleForm));
    const done = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      if (!space.ok) return space;
      // Who may sell there is asked first: the answer would tell who is in the network.
      if (!maySell(actor, space.value)) return refuse(words.notHost);
      const person = await personByEmail(work, email);
      if (person === null) return refuse(words.unknownPerson);
      return passes.sell(work, actor, { offerId, spaceId: space.value.spaceId, personId: person.personId });
    });
    if (done.ok) return c.redirect(`/carnets/${slug}?fait=vendu`, 303);
    return salePage(mount, c, { sent: 'sale', refusal: done.refusal });
  });
  pages.post('/carnets/:espace/:id/retirer', async c => {
    const actor = actorOf(c);
    const done = await submit(shell, c, work => passes.withdrawOffer(work, actor, c.req.param('id')));
    if (done.ok) return c.redirect(`/carnets/${c.req.param('espace')}?fait=offre`, 303);
    return salePage(mount, c, { sent: null, refusal: done.refusal });
  });
}

function takingBack(mount: Mount): void {
  const { pages, shell } = mount;
  pages.post('/carnets/:espace/:id/reprendre', async c => {
    const actor = actorOf(c);
    const done = await submit(shell, c, work => passes.takeBack(work, actor, c.req.param('id')));
    if (done.ok) return c.redirect(`/carnets/${c.req.param('espace')}?fait=offre`, 303);
    return salePage(mount, c, { sent: null, refusal: done.refusal });
  });
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/passes/{id}',
      tag: 'passes',
      summary: 'Undo a sale made by mistake, while nothing is drawn from it; the buyer is refunded.',
      params: z.object({ id: z.string() }),
      returns: passShape,
      refusals: ['passes.unknown_pass', 'passes.not_host', 'passes.already_used'],
    },
    async ({ params }, work, visit) => {
      const done = await passes.takeBack(work, actorIn(visit), params.id);
      return done.ok ? accept(passOut(done.value)) : done;
    },
  );
}

const idShape = (kind: string) => z.string().regex(new RegExp(`^${kind}_[0-9a-z]{8,40}$`), `${kind}_…`);

const termsShape = z.object({
  name: z.string().max(300),
  kind: z.enum(passKinds).openapi({ description: 'What a unit is: half a day, a day, a minute or a cent.' }),
  quantity: z.number().int(),
  price_eur_cents: z.number().int(),
  deliberation: z.string().max(300).openapi({ description: 'The council’s decision that sets the price.' }),
  validity_days: z.number().int().openapi({ description: 'The day of sale included.' }),
  resource_kinds: z.array(z.string()),
});
const offerShape = termsShape
  .extend({ offer_id: z.string(), manager_id: z.string(), space_id: z.string().nullable() })
  .openapi('PassOffer');

const offerOut = (one: passes.PassOffer) => ({
  ...{ offer_id: one.offerId, manager_id: one.managerId, space_id: one.spaceId, name: one.name, kind: one.kind },
  ...{ quantity: one.quantity, price_eur_cents: Number(one.price_eur_cents), deliberation: one.deliberation },
  ...{ validity_days: one.validity_days, resource_kinds: one.resourceKinds },
});

function offerEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/pass-offers',
      tag: 'passes',
      summary: 'Passes on sale in a space, or in the network.',
      query: z.object({ space_id: idShape('spc').optional() }),
      returns: z.object({ offers: z.array(offerShape) }),
      refusals: ['passes.unknown_space'],
    },
    async ({ query }, work) => {
      const offers = await passes.offersIn(work, query.space_id);
      return offers.ok ? accept({ offers: offers.value.map(offerOut) }) : offers;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/pass-offers',
      tag: 'passes',
      summary: 'Put a pass on sale in a space, or in all those of its manager.',
      body: termsShape.extend({ space_id: idShape('spc'), everywhere: z.boolean().default(false) }),
      returns: offerShape,
      status: 201,
      refusals: [
        'passes.unknown_space',
        'passes.not_manager',
        'passes.name_missing',
        'passes.quantity_out_of_range',
        'passes.price_out_of_range',
        'passes.deliberation_missing',
        'passes.validity_out_of_range',
        'passes.no_kind_of_place',
      ],
    },
    async ({ body }, work, visit) => {
      const { space_id, resource_kinds, price_eur_cents, ...terms } = body;
      const offered = await passes.offerPass(work, actorIn(visit), {
        ...{ ...terms, spaceId: space_id as Id<'spc'>, resourceKinds: resource_kinds },
        price_eur_cents: BigInt(price_eur_cents),
      });
      return offered.ok ? accept(offerOut(offered.value)) : offered;
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/pass-offers/{id}',
      tag: 'passes',
      summary: 'Sell a pass no longer; what was sold keeps its units.',
      params: z.object({ id: z.string() }),
      returns: offerShape,
      refusals: ['passes.unknown_offer', 'passes.not_manager'],
    },
    async ({ params }, work, visit) => {
      const done = await passes.withdrawOffer(work, actorIn(visit), params.id);
      return done.ok ? accept(offerOut(done.value)) : done;
    },
  );
}

const passShape = z
  .object({
    pass_id: z.string(),
    offer_id: z.string(),
    name: z.string(),
    kind: z.enum(passKinds),
    resource_kinds: z.array(z.string()),
    manager_id: z.string(),
    space_id: z.string().nullable().openapi({ description: 'The only space that takes it; null: all its manager’s.' }),
    quantity: z.number().int(),
    balance: z.number().int().openapi({ description: 'Units left.' }),
    price_eur_cents: z.number().int(),
    valid_from: z.string(),
    valid_until: z.string().openapi({ description: 'The last day that it pays: the day booked counts.' }),
  })
  .openapi('Pass');

const passOut = (one: passes.Pass) => ({
  ...{ pass_id: one.passId, offer_id: one.offerId, name: one.name, kind: one.kind, resource_kinds: one.resourceKinds },
  ...{ manager_id: one.managerId, space_id: one.spaceId, quantity: one.quantity, balance: one.balance },
  ...{ price_eur_cents: Number(one.price_eur_cents), valid_from: one.validFrom, valid_until: one.validUntil },
});

const drawShape = z.object({
  booking_id: z.string(),
  day: z.string(),
  quantity: z.number().int().openapi({ description: 'Negative: given back.' }),
  saved_eur_cents: z.number().int(),
});

function passEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/passes',
      tag: 'passes',
      summary: 'Your passes, each with what was drawn and given back.',
      returns: z.object({ passes: z.array(passShape.extend({ draws: z.array(drawShape) })) }),
    },
    async (_, work, visit) => {
      const own = await passes.passesOf(work, actorIn(visit));
      return accept({
        passes: own.map(({ pass, draws }) => ({
          ...passOut(pass),
          draws: draws.map(({ bookingId, day, quantity, saved_eur_cents }) => ({
            ...{ booking_id: bookingId, day, quantity, saved_eur_cents: Number(saved_eur_cents) },
          })),
        })),
      });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/passes',
      tag: 'passes',
      summary: 'Sell a pass to someone, for who receives people in that space: it is charged to the buyer.',
      body: z.object({
        offer_id: idShape('pof'),
        space_id: idShape('spc'),
        person_id: idShape('per'),
        pass_id: idShape('pas').optional().openapi({ description: 'Yours: asked twice, it sells once.' }),
      }),
      returns: passShape,
      status: 201,
      refusals: [
        'passes.unknown_space',
        'passes.not_host',
        'passes.id_reused',
        'passes.unknown_offer',
        'passes.unknown_person',
      ],
    },
    async ({ body }, work, visit) => {
      const sold = await passes.sell(work, actorIn(visit), {
        ...{ offerId: body.offer_id, spaceId: body.space_id as Id<'spc'>, personId: body.person_id as Id<'per'> },
        passId: body.pass_id as Id<'pas'> | undefined,
      });
      return sold.ok ? accept(passOut(sold.value)) : sold;
    },
  );
}

export function routes(mount: Mount): void {
  ownPage(mount);
  salePages(mount);
  offerEndpoints(mount);
  passEndpoints(mount);
  takingBack(mount);
}
