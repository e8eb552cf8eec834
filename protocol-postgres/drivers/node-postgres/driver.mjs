// The driver cases with node-postgres (text unless asked for binary).
import { readFileSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import Cursor from 'pg-cursor';
import {
  UNSUPPORTED, client, connect, digest, fields, gone, one, refused, rows, run, two, using,
} from './support.mjs';

const VALUES = [
  ['bool', true], ['int2', -32768], ['int4', 2147483647], ['int8', '-9223372036854775808'],
  ['float4', 1.5], ['float8', -1.25e300], ['float8', NaN],
  ['numeric', '-123456789012345678901234567890.000100'], ['numeric', 'NaN'],
  ['text', "naïve 'quoted' \\ 漢字 🦆"], ['text', ''], ['varchar', 'varchar'],
  ['bytea', Buffer.from([0, 1, 254, 255])], ['date', '2024-02-29'], ['time', '23:59:59.999999'],
  ['timestamp', '1999-12-31 23:59:59.000001'],
  ['timestamptz', new Date(Date.UTC(2024, 1, 29, 12, 0, 0, 123))],
  ['interval', '3 days 00:00:05.000007'], ['uuid', '12345678-1234-5678-1234-567812345678'],
  ['json', { a: [1, null, 'é'] }], ['jsonb', { b: { c: 1.5 } }], ['inet', '192.0.2.1/24'],
  ['int4range', '[1,10)'], ['int4[]', [1, null, 3]],
];

const types = (more, shown) => () =>
  using(async (c) => {
    const seen = [];
    for (const [name, value] of VALUES) {
      const sql = `select $1::${name}, $1::${name}::text`;
      seen.push([name, ...(await rows(c, sql, [value], more))[0].map(shown)]);
    }
    return seen;
  });

async function table(c, columns = 'id int primary key, v text') {
  await c.query(`set client_min_messages to error; drop table if exists node_t;
    create table node_t (${columns})`);
}

const count = (c) => one(c, 'select count(*)::int from node_t');

async function login(more) {
  try {
    await using(async () => {}, more);
  } catch (e) {
    return e.code ?? e.message;
  }
  return 'accepted';
}

const UNKNOWN = ["select 'é', * from no_such_table", 'selec 1'];
const ERRORS = [
  'select 1/0',
  "insert into node_t values (1, 'a'), (1, 'b')",
  "do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d', hint='h'; end$$",
];

async function errors(c, statements) {
  const seen = [];
  for (const sql of statements) {
    seen.push(fields(await refused(c.query(sql))));
    seen.push(fields(await refused(c.query({ text: sql, queryMode: 'extended' }))));
    seen.push(await one(c, 'select 1'));
  }
  return seen;
}

async function copyIn(c, chunks) {
  await piped(Readable.from(chunks), c.query(copyStreams.from('copy node_t from stdin')));
}

const copyOut = (options) =>
  using(async (c) => {
    const parts = [];
    const sink = new Writable({ write: (part, _, done) => done(null, void parts.push(part)) });
    const sql = `copy (select g, 'tab' || chr(9) || g, null, g/8.0
      from generate_series(1, 5000) g) to stdout ${options}`;
    await piped(c.query(copyStreams.to(sql)), sink);
    return digest(Buffer.concat(parts));
  });

const cases = {
  'connect-tls': () =>
    using(async (c) => {
      if (!c.connection.stream.authorized) throw new Error('no verified TLS');
      return rows(c, 'select current_user, session_user, current_database()');
    }),

  'tls-untrusted': () => login({ ssl: { ca: readFileSync(process.env.OTHER_CA) } }),

  'channel-binding': () => login({ enableChannelBinding: true }),

  'wrong-password': () => login({ password: 'not the password' }),

  'protocol-latest': () => UNSUPPORTED,

  'backend-pid': () =>
    using(async (c) => String(c.processID) === (await one(c, 'select pg_backend_pid()'))),

  'parameter-status': async () => {
    const seen = {};
    const c = client({ application_name: 'parameter-status' });
    c.connection.on('parameterStatus', (m) => (seen[m.parameterName] = m.parameterValue));
    await c.connect();
    await c.end();
    return seen;
  },

  'timezone-change': () =>
    using(async (c) => {
      const seen = [];
      c.connection.on('parameterStatus', (m) => seen.push([m.parameterName, m.parameterValue]));
      const statements = ["set timezone to 'Asia/Tokyo'", 'begin', "set local timezone to 'UTC'",
        'rollback', 'reset timezone'];
      for (const sql of statements) {
        await c.query(sql);
        seen.push(sql);
      }
      return seen;
    }),

  'types-text': types({}, String),
  // node-postgres reads binary results as UTF-8 and loses bytes: what is left must be the same.
  'types-binary': types({ binary: true }, (v) => Buffer.from(v).toString('hex')),

  nulls: () =>
    using(async (c) => {
      const seen = [];
      for (const [name] of VALUES) {
        const sql = `select $1::${name}, $2::int4, null::${name}`;
        seen.push((await rows(c, sql, [null, 7]))[0]);
      }
      return seen;
    }),

  arrays: () =>
    using(async (c) => {
      const seen = [];
      const values = [['int4', [1, null]], ['text', ['a,b', 'quo"te', null, '', 'NULL', '{}']],
        ['int8', [[1, 2], [3, 4]]], ['float8', []], ['bytea', [Buffer.from([0, 255])]]];
      for (const [name, value] of values) {
        const result = await c.query(`select $1::${name}[] v`, [value]);
        seen.push(result.rows[0].v, await one(c, `select $1::${name}[]`, [value]));
      }
      return seen;
    }),

  'transaction-commit': () =>
    two(async (c, other) => {
      await table(c);
      await c.query('begin');
      await c.query("insert into node_t values (1, 'a')");
      const before = await count(other);
      await c.query('commit');
      return [before, await count(other)];
    }),

  'transaction-rollback': () =>
    using(async (c) => {
      await table(c);
      await c.query('begin isolation level serializable');
      await c.query("insert into node_t values (1, 'a')");
      const inside = await count(c);
      return [inside, (await c.query('rollback')).command, await count(c)];
    }),

  savepoint: () =>
    using(async (c) => {
      await table(c);
      await c.query("begin; insert into node_t values (1, 'a')");
      await c.query('savepoint s');
      await c.query('insert into node_t values ($1, $2)', [2, 'b']);
      const e = await refused(c.query("insert into node_t values (1, 'again')"));
      await c.query('rollback to savepoint s');
      await c.query("insert into node_t values (3, 'c')");
      await c.query('commit');
      return [e.code, await rows(c, 'select id from node_t order by 1')];
    }),

  'error-fields': () =>
    using(async (c) => {
      await table(c);
      return errors(c, ERRORS);
    }),

  'error-unknown': () => using((c) => errors(c, UNKNOWN)),

  'error-in-rows': () =>
    using(async (c) => {
      const sql = "select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g";
      return [(await refused(c.query(sql))).code, await one(c, 'select 1')];
    }),

  'error-in-transaction': () =>
    using(async (c) => {
      await table(c);
      await c.query('begin');
      await c.query("insert into node_t values (1, 'a')");
      const codes = [];
      for (const n of [0, 1]) codes.push((await refused(c.query('select 1/$1::int', [n]))).code);
      return [codes, (await c.query('commit')).command, await count(c)];
    }),

  'empty-query': () =>
    using(async (c) => [
      (await c.query('')).rows,
      (await c.query({ text: ';', queryMode: 'extended' })).rows,
      await one(c, 'select 1'),
    ]),

  pipeline: () =>
    using(
      async (c) => {
        await table(c);
        const sent = [];
        for (let i = 0; i < 500; i++) {
          sent.push(c.query('insert into node_t values ($1, $2)', [i, `v${i}`]));
        }
        sent.push(c.query('select sum(id) from node_t'));
        return (await Promise.all(sent)).at(-1).rows;
      },
      { pipeline: true },
    ),

  'pipeline-error': () =>
    using(
      async (c) => {
        await table(c);
        const values = [1, 0, 2].map((n) => c.query('select 10/$1::int v', [n]));
        const settled = await Promise.allSettled(values);
        return [settled.map((s) => s.value?.rows ?? s.reason.code), await count(c)];
      },
      { pipeline: true },
    ),

  'prepared-reuse': () =>
    using(async (c) => {
      await table(c);
      await c.query("insert into node_t values (1, 'a')");
      let total = 0;
      for (let i = 0; i < 100; i++) {
        const found = await rows(c, 'select $1::int + 1', [i], { name: 'plus' });
        total += Number(found[0][0]);
      }
      await c.query({ name: 'star', text: 'select * from node_t' });
      await c.query('alter table node_t add column w int');
      const e = await refused(c.query({ name: 'star', text: 'select * from node_t' }));
      return [total, e.code, await rows(c, 'select name from pg_prepared_statements order by 1')];
    }),

  cursor: () =>
    using(async (c) => {
      const cur = c.query(new Cursor('select g from generate_series(1, $1::int) g', [1000]));
      const seen = [(await cur.read(3)).map((r) => r.g)];
      let portion;
      let total = 0;
      while ((portion = await cur.read(100)).length) {
        total += portion.reduce((sum, r) => sum + r.g, 0);
      }
      const early = c.query(new Cursor('select g from generate_series(1, 1000) g'));
      await early.read(5);
      await early.close();
      return [...seen, total, await one(c, 'select 1')];
    }),

  'copy-in-text': () =>
    using(async (c) => {
      await table(c, 'id int, v text');
      await copyIn(c, Array.from({ length: 5000 }, (_, i) => `${i}\ttab\\tnl\\n ${i}\n`));
      return rows(c, "select count(*), md5(string_agg(t::text, '|' order by id)) from node_t t");
    }),

  'copy-in-binary': () => UNSUPPORTED,
  'copy-out-text': async () => [await copyOut(''), await copyOut('(format csv, header)')],
  'copy-out-binary': () => copyOut('(format binary)'),

  'copy-in-fails': () =>
    using(async (c) => {
      await table(c);
      const bad = await refused(copyIn(c, ['1\ta\nx\tb\n', '5\tmore\n'.repeat(50000)]));
      const seen = [bad.code, bad.message, bad.where, await count(c)];
      const given = c.query(copyStreams.from('copy node_t from stdin'));
      given.write('1\ta\n');
      const ended = new Promise((done) => given.on('error', (e) => done(e.code ?? e.message)));
      given.destroy(new Error('given up by the client'));
      return [...seen, await ended, await count(c)];
    }),

  'listen-notify': () =>
    two(async (a, b) => {
      const got = [];
      const four = new Promise((done) =>
        a.on('notification', (m) => {
          got.push([m.channel, m.payload, m.processId === a.processID]);
          if (got.length === 4) done(got);
        }),
      );
      await a.query('listen node_c');
      for (let i = 0; i < 3; i++) await b.query(`select pg_notify('node_c', 'payload ${i}')`);
      await a.query("notify node_c, 'own'");
      return four;
    }),

  // The driver's cancel goes in clear text, as libpq's did before version 17.
  cancel: () =>
    using(async (c) => {
      const query = new pg.Query('select pg_sleep(30)');
      const failed = new Promise((done) => query.on('error', done));
      c.query(query);
      await pause(300);
      client({ ssl: false }).cancel(c, query);
      const e = await failed;
      return [e.code, e.message, await one(c, 'select 1')];
    }),

  'large-value': () =>
    using(async (c) => {
      const data = Buffer.alloc(16 << 20, Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
      const text = await c.query('select $1::bytea v', [data]);
      const binary = await c.query({ text: 'select $1::bytea v', values: [data], binary: true });
      return [digest(text.rows[0].v), digest(binary.rows[0].v)];
    }),

  'many-rows': () =>
    using(async (c) => {
      const found = await rows(c, 'select g, md5(g::text) from generate_series(1, 100000) g');
      return [found.length, digest(found.flat().join())];
    }),

  'multi-statement': () =>
    using(async (c) => {
      await table(c);
      const sql = "insert into node_t values (1, 'a'); select 1 a;; select 2 b, 'x' c";
      const seen = (await c.query(sql)).map((r) => [r.command, r.rowCount, r.rows]);
      const failing = "insert into node_t values (2, 'b'); select 1/0; select 3";
      const e = await refused(c.query(failing));
      return [seen, e.code, await count(c)];
    }),

  notice: () =>
    using(async (c) => {
      const seen = [];
      c.on('notice', (n) => seen.push([n.severity, n.code, n.message]));
      await c.query(`do $$begin raise notice 'one';
        raise warning 'two' using errcode='01GH1'; end$$`);
      await c.query('rollback');
      return seen;
    }),

  'short-connections': async () => {
    let next = 0;
    let total = 0;
    const worker = async () => {
      while (next < 1000) {
        const i = next++;
        const answer = await using((c) => one(c, 'select $1::int', [i]));
        total += Number(answer);
      }
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    return total;
  },

  idle: () =>
    using(async (c) => {
      await c.query('select 1');
      await pause(3000);
      return one(c, 'select 2');
    }),

  terminate: () =>
    using(async (watch) => {
      await using(async () => {}, { application_name: 'node-leaves' });
      const left = await gone(watch, 'node-leaves');
      const c = await connect({ application_name: 'node-killed' });
      const asleep = refused(c.query('select pg_sleep(30)'));
      await pause(300);
      await watch.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'node-killed'`);
      return [left, (await asleep).code, await gone(watch, 'node-killed')];
    }),
};

await run(cases);
