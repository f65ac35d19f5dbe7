import type { DayAside, Mount, Shell } from '../platform/http.ts';
import { HostLinks } from './pages/frame.tsx';
import { capacityRoutes } from './routes/capacity.ts';
import { hereRoutes } from './routes/here.ts';

export { besideBooking } from './routes/here.ts';

/** What a host's page of the day says of this room. */
export const besideDay =
  (_shell: Shell): DayAside =>
  async (c, at) =>
    HostLinks({ visit: c.get('visit'), at });

export function routes(mount: Mount): void {
  capacityRoutes(mount);
  hereRoutes(mount);
}
