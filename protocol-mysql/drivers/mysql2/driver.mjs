// The driver cases with mysql2 (its own protocol code; query is text, execute is prepared).
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';

const UNSUPPORTED = 'unsupported by driver';
const env = process.env;
const NUMBERS =
  '(with recursive n(g) as (select 1 union all select g + 1 from n where g < 900)' +
  ' select a.g + 900 * (b.g - 1) as seq from n a, n b where b.g <= 112) s';
const TYPED =
  "create table y (a bigint, u bigint unsigned, f float, d double, n decimal(40, 6), y year, bi bit(9), e enum('x', 'y')," +
  " s set('p', 'q'), b blob, dt datetime(6), ts timestamp(3) null, t time(6), j json, c char(4), tx longtext)" +
  ' character set utf8mb4';
const ROWS = [
  "-1, 18446744073709551615, 1.25, -1.25e300, -12345678901234567890.000100, 2024, b'100000001', 'y', 'p,q', x'0001feff'," +
    " '1999-12-31 23:59:59.000001', '2024-02-29 12:00:00.123', '-838:59:59', '{\"a\": [1]}', 'é', '🦆'",
  "null, 0, 0, 0, 0, 1901, b'0', 'x', '', '', '1000-01-01', null, '00:00:00', 'null', '', ''",
];
const VALUES = [true, -1, 2 ** 52, 1.5, -1.25e300, '', "naïve 'q' \" \\ 漢字 🦆", Buffer.from([0, 1, 254, 255]),
  new Date(Date.UTC(1999, 11, 31, 23, 59, 59, 1)), null];

function options({ ca = env.SERVER_CA, ...more } = {}) {
  return {
    host: env.SERVER_HOST,
    port: Number(env.SERVER_PORT),
    user: env.SERVER_USER,
    password: env.SERVER_PASSWORD,
    database: env.SERVER_DATABASE,
    ssl: env.SERVER_TLS === 'plain' ? undefined : { ca: readFileSync(ca), verifyIdentity: true },
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    rowsAsArray: true,
    timezone: 'Z',
    ...more,
  };
}

async function using(work, more) {
  const c = await mysql.createConnection(options(more));
  c.on('error', () => {}); // one that ends by itself; the query in flight reports it
  try {
    return await work(c);
  } finally {
    await c.end().catch(() => {});
  }
}

const two = (work) => using((a) => using((b) => work(a, b)));
const rows = async (c, text, values) => (await c.query(text, values))[0];
const one = async (c, text, values) => (await rows(c, text, values))[0][0];
const fields = (e) => [e.errno ?? null, e.code ?? null, e.sqlState ?? null, e.sqlMessage ?? e.message];
const digest = (data) =>
  `${data.length} bytes sha256:${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;

async function refused(work) {
  try {
    await work;
  } catch (e) {
    return fields(e);
  }
  throw new Error('not refused');
}

async function either(work) {
  try {
    return await work;
  } catch (e) {
    return fields(e);
  }
}

async function table(c) {
  await c.query('drop table if exists t');
  await c.query('create table t (id int primary key, v text)');
}

const count = (c) => one(c, 'select count(*) from t');
const counted = ({ affectedRows, insertId, info, warningStatus, changedRows }) => [affectedRows, insertId, info, warningStatus, changedRows];

async function types(how) {
  return using(async (c) => {
    await c.query('drop table if exists y');
    await c.query(TYPED);
    for (const row of ROWS) await c.query(`insert into y values (${row})`);
    const [found, columns] = await c[how]('select * from y');
    const described = columns.map((f) => [f.name, f.columnType, f.columnLength, f.characterSet, f.flags, f.decimals, f.orgTable]);
    const seen = [found, described];
    for (const value of VALUES) seen.push((await c[how]('select ?, ?', [value, value]))[0]);
    return seen;
  });
}

const errors = (...statements) =>
  using(async (c) => {
    await table(c);
    const seen = [];
    for (const text of statements) seen.push(await refused(c.query(text)), await rows(c, 'select 1'));
    return seen;
  });

async function gone(watch, id) {
  for (let i = 0; i < 200; i++) {
    if (Number(await one(watch, 'select count(*) from information_schema.processlist where id = ?', [id])) === 0) return 'gone';
    await pause(50);
  }
  return 'still there';
}

const cases = {
  'connect-tls': () => using((c) => rows(c, 'select current_user(), database()')),
  'tls-untrusted': async () => {
    if (env.SERVER_TLS === 'plain') return 'refused';
    const said = JSON.stringify(await refused(using(() => {}, { ca: env.OTHER_CA })));
    return /certificate/.test(said) ? 'refused' : said;
  },
  'wrong-password': async () => (await refused(using(() => {}, { password: 'not the password' }))).slice(0, 3),
  'long-password': () =>
    using((c) => rows(c, "select 'in'"), { user: 'tokened', password: env.LONG_PASSWORD }),
  'connection-id': () => using(async (c) => c.threadId === Number(await one(c, 'select connection_id()'))),
  'database-change': () =>
    using(async (c) => {
      await c.query('use information_schema');
      const seen = [await one(c, 'select database()'), await refused(c.query('use no_such_database'))];
      await c.query('use drivers');
      return [...seen, await one(c, 'select database()')];
    }),
  'session-variables': () =>
    using(async (c) => {
      await c.query("set time_zone = '+05:00', sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'");
      const seen = await rows(c, "select @@time_zone, from_unixtime(0), 'a' || 'b', @@sql_mode");
      await c.query('set sql_mode = default');
      return [seen, await rows(c, "select 'a' || 'b'")];
    }),
  'types-text': () => types('query'),
  'types-binary': () => types('execute'),
  nulls: () =>
    using(async (c) => {
      const sql = 'select null, ?, cast(null as date), cast(? as char), cast(null as decimal(5,2))';
      return [await rows(c, sql, [7, null]), (await c.execute(sql, [7, null]))[0]];
    }),
  charset: () =>
    using(async (c) => {
      const sql = "select ?, hex(?), char_length(?), hex('é')";
      const values = Array(3).fill('é漢🦆');
      return [await rows(c, sql, values), (await c.execute(sql, values))[0]];
    }),
  'transaction-commit': () =>
    two(async (c, other) => {
      await table(c);
      await c.beginTransaction();
      await c.query("insert into t values (1, 'a')");
      const before = await count(other);
      await c.commit();
      return [before, await count(other)];
    }),
  'transaction-rollback': () =>
    using(async (c) => {
      await table(c);
      await c.beginTransaction();
      await c.query("insert into t values (1, 'a')");
      const inside = await count(c);
      await c.rollback();
      return [inside, await count(c)];
    }),
  savepoint: () =>
    using(async (c) => {
      await table(c);
      for (const sql of ['begin', "insert into t values (1, 'a')", 'savepoint s', "insert into t values (2, 'b')"])
        await c.query(sql);
      const error = await refused(c.query("insert into t values (1, 'again')"));
      for (const sql of ['rollback to s', "insert into t values (3, 'c')", 'commit']) await c.query(sql);
      return [error, await rows(c, 'select id from t order by id')];
    }),
  'error-fields': () =>
    errors("insert into t values (1, 'a'), (1, 'b')", "insert into t values (null, 'b')",
      "insert into t values (99999999999, 'b')",
      "signal sqlstate '45000' set message_text = 'raised é', mysql_errno = 5007"),
  'error-unknown': () => errors("select 'é', x.* from no_such_table x", 'selec 1'),
  'error-in-rows': () => errors(`select (select 1 union select if(seq = 5000, 2, 1)) from ${NUMBERS}`),
  'error-in-transaction': () =>
    using(async (c) => {
      await table(c);
      await c.beginTransaction();
      await c.query("insert into t values (1, 'a')");
      const error = await refused(c.query("insert into t values (1, 'again')"));
      await c.commit();
      return [error, await count(c)];
    }),
  'empty-query': () => errors(''),
  'prepared-reuse': () =>
    using(async (c) => {
      await table(c);
      await c.query("insert into t values (1, 'a')");
      let total = 0;
      for (let i = 0; i < 100; i++) total += Number((await c.execute('select ? + 1', [i]))[0][0][0]);
      const before = (await c.execute('select * from t'))[0];
      await c.query('alter table t add column w int');
      return [total, before, (await c.execute('select * from t'))[0]];
    }),
  'prepared-error': () =>
    using(async (c) => {
      await table(c);
      const seen = [await refused(c.execute('selec ?', [1]))];
      for (const values of [[1, 'a'], [1, 'b'], [2, null]])
        seen.push(await either(c.execute('insert into t values (?, ?)', values).then(([r]) => counted(r))));
      return [...seen, await count(c)];
    }),
  batch: () =>
    using(async (c) => {
      await table(c);
      const values = Array.from({ length: 1000 }, (_, i) => [i, `v'${i}`]);
      const [done] = await c.query('insert into t values ?', [values]);
      return [counted(done), await rows(c, 'select count(*), sum(id), sha2(group_concat(v order by id), 256) from t')];
    }),
  counts: () =>
    using(async (c) => {
      await table(c);
      const seen = [];
      for (const sql of ['alter table t modify id int auto_increment', "insert into t (v) values ('a'), ('b')", "update t set v = 'a'"])
        seen.push(counted((await c.query(sql))[0]));
      return [...seen, await rows(c, "select 1/0, cast('x' as signed)"), await rows(c, 'show warnings')];
    }),
  'large-value': () =>
    using(async (c) => {
      const data = Buffer.alloc(8 << 20, Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
      const seen = [];
      for (const how of ['query', 'execute']) {
        const [found] = await c[how]('select length(?), ?', [data, data]);
        seen.push([found[0][0], digest(found[0][1])]);
      }
      return seen;
    }),
  'many-rows': () =>
    using(async (c) => {
      const found = await rows(c, `select seq, sha2(seq, 256) from ${NUMBERS} order by seq limit 100000`);
      return [found.length, digest(JSON.stringify(found))];
    }),
  cursor: () =>
    using(async (c) => {
      const stream = c.connection.query(`select seq from ${NUMBERS} where seq <= 10000 order by seq`).stream({ highWaterMark: 5 });
      let total = 0;
      for await (const row of stream) total += row[0];
      return total;
    }),
  'multi-statement': () =>
    using(
      async (c) => {
        await table(c);
        const [found] = await c.query("insert into t values (1, 'a'); select 1; select 2, 'x'");
        const error = await refused(c.query("insert into t values (2, 'b'); select 1 from no_such_table; select 3"));
        return [counted(found[0]), found.slice(1), error, await count(c)];
      },
      { multipleStatements: true },
    ),
  procedure: () =>
    using(async (c) => {
      await c.query('drop procedure if exists p');
      await c.query("create procedure p(in a int, out b int) begin select a, 'first'; select 'second' union select 'x'; set b = a + 1; end");
      const [found] = await c.query('call p(7, @b)');
      return [found.map((part) => (Array.isArray(part) ? part : counted(part))), await rows(c, 'select @b'),
        (await c.execute('call p(?, @b)', [8]))[0].length];
    }),
  'local-infile': () =>
    using(async (c) => {
      const path = `${env.DRIVER_DIR}/local.txt`;
      writeFileSync(path, '1\ta\n2\tb\n');
      await table(c);
      const sql = `load data local infile '${path}' into table t`;
      const loaded = await either(c.query({ sql, infileStreamFactory: () => createReadStream(path) }).then(([r]) => counted(r)));
      return [loaded, await count(c)];
    }),
  ping: () =>
    using(async (c) => {
      await c.query('set @a = 5');
      await c.ping();
      return rows(c, 'select @a, database()');
    }),
  'reset-connection': () =>
    using(async (c) => {
      if (!c.reset) return UNSUPPORTED;
      await c.query('set @a = 5');
      await c.reset();
      return rows(c, 'select @a, database()');
    }),
  'change-user': () =>
    using(async (c) => {
      await c.query('set @a = 5');
      const changed = await either(c.changeUser({ database: 'information_schema' }).then(() => 'changed'));
      return [changed, await rows(c, 'select @a, database()')];
    }),
  cancel: () =>
    two(async (c, other) => {
      const killed = pause(500).then(() => other.query(`kill query ${c.threadId}`));
      const slept = await either(rows(c, 'select sleep(20)'));
      await killed;
      return [slept, await rows(c, 'select 1')];
    }),
  'driver-cancel': async () => {
    const first = using((c) => either(c.query({ sql: 'select sleep(3)', timeout: 500 })));
    return [await first, await using((c) => rows(c, 'select 1'))];
  },
  timeout: () =>
    using(async (c) => {
      const sql = env.SERVER_NAME.startsWith('mariadb')
        ? 'set statement max_statement_time = 1 for select sleep(20)'
        : 'select /*+ max_execution_time(1000) */ sleep(20) from dual where 1 = 1';
      return [await either(rows(c, sql)), await rows(c, 'select 1')];
    }),
  'short-connections': async () => {
    let total = 0;
    let next = 0;
    const worker = async () => {
      for (let i = next++; i < 60; i = next++) {
        const answer = await using((c) => one(c, 'select ?', [i]));
        total += Number(answer);
      }
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    return total;
  },
  idle: () =>
    using(async (c) => {
      await one(c, 'select 1');
      await pause(3000);
      return one(c, 'select 2');
    }),
  terminate: () =>
    using(async (watch) => {
      const left = await gone(watch, await using((c) => one(c, 'select connection_id()')));
      return using(async (killed) => {
        const id = await one(killed, 'select connection_id()');
        await watch.query(`kill ${killed.threadId}`);
        await gone(watch, id);
        await pause(100);
        const error = await refused(killed.query('select 1'));
        return [left, error, await using((anew) => rows(anew, 'select 1'))];
      });
    }),
};

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
