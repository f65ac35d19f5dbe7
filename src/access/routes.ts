import type { Mount } from '../platform/http.ts';
import { holderEndpoints, holderPages } from './routes/holder.ts';
import { managerPages } from './routes/manager.ts';
import { spaceEndpoints } from './routes/spaces-api.ts';

export { besideBooking } from './routes/holder.ts';

export function routes(mount: Mount): void {
  managerPages(mount);
  holderPages(mount);
  spaceEndpoints(mount);
  holderEndpoints(mount);
}
