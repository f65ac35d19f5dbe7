import { z } from '@hono/zod-openapi';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import {
  type Aside,
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  requestId,
  type Shell,
  show,
  submit,
} from '../../platform/http.ts';
import * as access from '../access.ts';
import { besideBooking as drawBeside, HolderPage } from '../pages/holder-page.tsx';

// Codes are shown to whoever booked, and kept by no browser and no first answer.

async function holderPage({ shell }: Mount, c: Ctx, refusal: Refusal | null): Promise<Response> {
  const actor = actorOf(c);
  const bookingId = c.req.param('id') ?? '';
  const { secrets } = shell;
  const codes = must(await inVisit(shell, c, work => access.codesOf(work, actor, { bookingId, secrets })));
  c.header('cache-control', 'no-store');
  const page = HolderPage({ visit: c.get('visit'), codes, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

/** One's own codes on the page of one's booking. */
export const besideBooking =
  (shell: Shell): Aside =>
  async (c, bookingId) => {
    const actor = actorOf(c);
    const { secrets } = shell;
    const codes = must(await inVisit(shell, c, work => access.codesOf(work, actor, { bookingId, secrets })));
    c.header('cache-control', 'no-store');
    return drawBeside({ visit: c.get('visit'), codes, refusal: null, requestId: requestId() });
  };

export function holderPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/reservations/:id/acces', c => holderPage(mount, c, null));
  pages.get('/reservations/:id/acces/wifi', c => c.redirect(`/reservations/${c.req.param('id')}/acces`, 303));
  pages.post('/reservations/:id/acces/wifi', async c => {
    const actor = actorOf(c);
    const bookingId = c.req.param('id');
    const { secrets } = shell;
    const taken = await submit(shell, c, async work => {
      const code = await access.takeVoucher(work, actor, { bookingId, secrets });
      return code.ok ? accept(null) : code;
    });
    return taken.ok ? c.redirect(`/reservations/${bookingId}/acces`, 303) : holderPage(mount, c, taken.refusal);
  });
}

const params = z.object({ id: z.string().max(200) });
const ofOneBooking = ['booking.unknown_booking', 'booking.not_yours', 'access.not_holder'];

/** `/api/v1/bookings/{id}/access` and its Wi-Fi code. */
export function holderEndpoints(mount: Mount): void {
  const { secrets } = mount.shell;
  endpoint(
    mount,
    {
      method: 'get',
      path: '/bookings/{id}/access',
      tag: 'access',
      summary: 'How to come in and go on line: the codes of one’s own booking. Nobody else reads them.',
      params,
      returns: z.object({
        door: z
          .object({
            state: z.enum(['waiting', 'granted', 'withdrawn', 'failed']),
            from: z.string(),
            until: z.string(),
            pin: z.string().nullable(),
          })
          .nullable(),
        wifi_code: z.string().nullable(),
        offers_wifi: z.boolean(),
      }),
      refusals: ofOneBooking,
    },
    async (input, work, visit) => {
      const read = await access.codesOf(work, actorIn(visit), { bookingId: input.params.id, secrets });
      if (!read.ok) return read;
      const { door, wifi, offersWifi } = read.value;
      const shown = door && { ...door, from: door.from.toString(), until: door.until.toString() };
      return accept({ door: shown, wifi_code: wifi, offers_wifi: offersWifi });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/{id}/wifi',
      tag: 'access',
      summary: 'Take a Wi-Fi code for one’s own booking, on its day; read it at `/bookings/{id}/access`.',
      params,
      returns: z.object({ taken: z.literal(true) }),
      refusals: [
        ...ofOneBooking,
        'access.not_standing',
        'access.too_early',
        'access.booking_over',
        'access.no_voucher_left',
        'access.voucher_lost',
      ],
    },
    async (input, work, visit) => {
      const code = await access.takeVoucher(work, actorIn(visit), { bookingId: input.params.id, secrets });
      return code.ok ? accept({ taken: true }) : code;
    },
  );
}
