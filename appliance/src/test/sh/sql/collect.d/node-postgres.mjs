// What node-postgres says, with its cursor and its copying.
import fs from 'node:fs';
import pg from 'pg';
import Cursor from 'pg-cursor';
import copy from 'pg-copy-streams';

const ssl = { ca: fs.readFileSync(process.env.PGSSLROOTCERT, 'utf8') };
delete process.env.PGSSLMODE;
async function connected(purpose, use) {
  const client = new pg.Client({ ssl, application_name: `node-postgres|${purpose}` });
  await client.connect();
  await use(client);
  await client.end();
}
await connected('queries', async (c) => {
  await c.query('select now()');
  await c.query('select $1::text as a, $2::int as b', ['x', 1]);
  await c.query({ name: 'by-id', text: 'select * from customer where id = $1', values: [1] });
  await c.query({ name: 'by-id', text: 'select * from customer where id = $1', values: [2], rowMode: 'array' });
  await c.query('select * from account where id = any($1)', [[1, 2]]);
  await c.query('BEGIN');
  await c.query('insert into transaction(account_id, amount, booked, purpose) values($1, $2, $3, $4) returning *', [1, 2, new Date(), 'x']);
  await c.query('ROLLBACK');
  await c.query('select 1; select 2');
  await c.query('LISTEN news');
  await c.query(`select ${c.escapeLiteral("it's \\ x")} as ${c.escapeIdentifier('a"b')}`);
});
await connected('cursor', async (c) => {
  const cursor = c.query(new Cursor('select * from customer where id > $1', [10]));
  await cursor.read(5);
  await cursor.close();
});
await connected('COPY', async (c) => {
  const stream = c.query(copy.to('COPY customer (id, name) TO STDOUT'));
  for await (const _ of stream);
  await c.query('create temp table copied (a int, b text)');
  const into = c.query(copy.from('COPY copied FROM STDIN WITH (FORMAT csv)'));
  await new Promise((done, fail) => { into.on('finish', done).on('error', fail); into.end('1,x\n'); });
});
const pool = new pg.Pool({ ssl, application_name: 'node-postgres|pool', max: 1 });
await pool.query('SELECT NOW() as now');
await pool.end();
