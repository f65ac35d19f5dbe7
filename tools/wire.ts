import { connect, createServer, type Socket } from 'node:net';

/** What the client of one connection is about to say; nothing goes through before the answer has come. */
export type Hear = (said: Buffer, connection: { readonly pass: () => void }) => void;

export interface Wire {
  readonly url: string;
  /** Cuts every connection and refuses new ones, as a server that went away does. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

/** A wire between a program and its database that a test can listen to and cut. `hearer` is asked once a connection. */
export async function stretchWire(databaseUrl: string, hearer: () => Hear): Promise<Wire> {
  const target = new URL(databaseUrl);
  const ends = new Set<Socket>();
  let whole = true;
  const server = createServer(client => {
    if (!whole) return void client.destroy();
    const database = connect(Number(target.port), target.hostname);
    const hear = hearer();
    const drop = () => {
      for (const end of [client, database]) {
        end.destroy();
        ends.delete(end);
      }
    };
    for (const end of [client, database]) ends.add(end.on('error', drop).on('close', drop));
    client.on('data', said => hear(said, { pass: () => void database.write(said) }));
    database.pipe(client);
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  const url = new URL(databaseUrl);
  url.port = String(port);
  const cut = () => {
    whole = false;
    for (const end of ends) end.destroy();
  };
  return {
    url: url.toString(),
    cut,
    mend: () => {
      whole = true;
    },
    close: () => {
      cut();
      return new Promise(done => server.close(() => done()));
    },
  };
}
