import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

// The least that a booking over HTTP can be, to measure ours against: one statement, the same exclusion constraint, no
// session, rule, price or trace.

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query(`create extension if not exists btree_gist; create schema if not exists bare;
  create table if not exists bare.booking (booking_id text primary key, resource_id text not null, during tstzrange not null,
    exclude using gist (resource_id with =, during with &&))`);

const book = async (text: string): Promise<number> => {
  const { resource_id, from, to } = JSON.parse(text) as Record<string, string>;
  const done = await pool.query(
    'insert into bare.booking values ($1, $2, tstzrange($3, $4)) on conflict do nothing returning booking_id',
    [randomUUID(), resource_id, from, to],
  );
  return done.rowCount === 1 ? 201 : 409;
};

createServer((asked, answer) => {
  if (asked.method === 'GET') {
    answer.end('{}');
    return;
  }
  let text = '';
  asked.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  asked.on('end', async () => {
    answer.writeHead(await book(text), { 'content-type': 'application/json' }).end('{}');
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
