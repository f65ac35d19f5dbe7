import { builtProgram, type Running, root, start } from '../server.ts';
import { secretHex } from './arrivals.ts';

/** The program itself over this database, as it runs in production. */
export const serverOn = (url: string, home: string): Promise<Running> =>
  start(
    builtProgram('main'),
    {
      ...{ DATABASE_URL: url, PARVIS_HOME: home, PARVIS_SECRET: secretHex },
      ...{ PARVIS_DEMO: 'none', NODE_ENV: 'production' },
    },
    root,
  );
