// What the cases share: connections from the environment, raw rows, digests, the run itself.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export const UNSUPPORTED = 'unsupported by driver';
const UNDEFINED_FIELDS = ['length', 'name', 'stack'];

// Values as the server wrote them: the driver's own conversions are not what is compared.
const raw = { getTypeParser: () => (value) => value };

export function client(more = {}) {
  const { PGSSLROOTCERT: ca } = process.env;
  return new pg.Client({ ssl: { ca: readFileSync(ca), rejectUnauthorized: true }, ...more });
}

export async function connect(more) {
  const c = client(more);
  c.on('error', () => {}); // a connection that ends by itself; the query in flight reports it
  await c.connect();
  return c;
}

export async function using(work, more) {
  const c = await connect(more);
  try {
    return await work(c);
  } finally {
    await c.end();
  }
}

export const two = (work) => using((a) => using((b) => work(a, b)));

export async function rows(c, text, values, more = {}) {
  const result = await c.query({ text, values, rowMode: 'array', types: raw, ...more });
  return result.rows;
}

export const one = async (c, text, values) => (await rows(c, text, values))[0][0];

export async function refused(work) {
  try {
    await work;
  } catch (e) {
    return e;
  }
  throw new Error('not refused');
}

export const fields = (e) =>
  Object.fromEntries(
    Object.entries({ message: e.message, ...e }).filter(
      ([k, v]) => v !== undefined && !UNDEFINED_FIELDS.includes(k),
    ),
  );

export const digest = (data) =>
  `${data.length} bytes sha256:${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;

export async function gone(c, name) {
  const sql = 'select count(*)::int from pg_stat_activity where application_name = $1';
  for (let i = 0; i < 200; i++) {
    if ((await one(c, sql, [name])) === '0') return 'gone';
    await pause(50);
  }
  return 'still there';
}

export async function run(cases) {
  let failed = false;
  for (const name of process.argv.slice(2)) {
    const line = { case: name };
    try {
      const late = pause(120000, undefined, { ref: false }).then(() => {
        throw new Error('no answer in 120 s');
      });
      Object.assign(line, { ok: true, result: await Promise.race([cases[name](), late]) });
    } catch (e) {
      failed = true;
      Object.assign(line, { ok: false, error: String(e.stack).slice(0, 500) });
    }
    console.log(JSON.stringify(line));
  }
  process.exit(failed ? 1 : 0);
}
