import type { Mount } from '../platform/http.ts';
import { capacityRoutes } from './routes/capacity.ts';
import { hereRoutes } from './routes/here.ts';
import { taskPages } from './routes/tasks.ts';
import { tasksApi } from './routes/tasks-api.ts';

export { besideBooking } from './routes/here.ts';
export { besideDay } from './routes/tasks.ts';

export function routes(mount: Mount): void {
  capacityRoutes(mount);
  hereRoutes(mount);
  taskPages(mount);
  tasksApi(mount);
}
