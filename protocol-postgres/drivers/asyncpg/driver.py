"""The driver cases with asyncpg (its own protocol code, binary formats)."""

import asyncio
import datetime as dt
import decimal
import io
import ipaddress
import os
import ssl
import uuid

import asyncpg

import report

UTC = dt.timezone.utc
TYPES = [
    ("bool", True), ("int2", -32768), ("int4", 2147483647), ("int8", -(2**63)),
    ("float4", 1.5), ("float8", -1.25e300), ("float8", float("nan")),
    ("numeric", decimal.Decimal("-123456789012345678901234567890.000100")),
    ("numeric", decimal.Decimal("NaN")), ("text", "naïve 'quoted' \\ 漢字 🦆"), ("text", ""),
    ("varchar", "varchar"), ("bytea", bytes(range(256))), ("date", dt.date(2024, 2, 29)),
    ("time", dt.time(23, 59, 59, 999999)), ("timestamp", dt.datetime(1999, 12, 31, 23, 59, 59, 1)),
    ("timestamptz", dt.datetime(2024, 2, 29, 12, 0, 0, 123456, UTC)),
    ("interval", dt.timedelta(days=3, seconds=5, microseconds=7)),
    ("uuid", uuid.UUID("12345678-1234-5678-1234-567812345678")),
    ("json", '{"a": [1, null, "é"]}'), ("jsonb", '{"b": {"c": 1.5}}'),
    ("inet", ipaddress.ip_interface("192.0.2.1/24")), ("int4range", asyncpg.Range(1, 10)),
]


class connect:
    """A connection for the length of a `async with`; everything else comes from the environment."""

    def __init__(self, **more):
        self.more = more

    async def __aenter__(self):
        self.conn = await asyncpg.connect(**self.more)
        return self.conn

    async def __aexit__(self, *_):
        await self.conn.close()


async def refused(awaitable):
    try:
        await awaitable
    except asyncpg.PostgresError as e:
        return e
    raise AssertionError("not refused")


async def connect_tls():
    async with connect() as c:
        assert c._transport.get_extra_info("ssl_object").version().startswith("TLS")
        return list(await c.fetchrow("select current_user, session_user, current_database()"))


async def tls_untrusted():
    context = ssl.create_default_context(cafile=os.environ["OTHER_CA"])
    try:
        async with connect(ssl=context):
            return "accepted"
    except ssl.SSLCertVerificationError:
        return "refused"


async def wrong_password():
    return (await refused(asyncpg.connect(password="not the password"))).sqlstate


async def protocol_latest():
    return report.UNSUPPORTED


async def channel_binding():
    return report.UNSUPPORTED


async def backend_pid():
    async with connect() as c:
        return c.get_server_pid() == await c.fetchval("select pg_backend_pid()")


async def parameter_status():
    names = ["server_encoding", "client_encoding", "application_name", "is_superuser",
             "session_authorization", "DateStyle", "IntervalStyle", "TimeZone",
             "integer_datetimes", "standard_conforming_strings", "in_hot_standby",
             "default_transaction_read_only"]
    async with connect(server_settings={"application_name": "parameter-status"}) as c:
        settings = {name: getattr(c.get_settings(), name) for name in names}
        return settings | {"version": str(c.get_server_version())}


async def timezone_change():
    seen = []
    async with connect() as c:
        for sql in ["set timezone to 'Asia/Tokyo'", "begin", "set local timezone to 'UTC'",
                    "rollback", "reset timezone"]:
            await c.execute(sql)
            seen.append(c.get_settings().TimeZone)
    return seen


async def types_text():
    as_text = [(n, str(v)) for n, v in TYPES if n not in ("bytea", "interval", "int4range")]
    as_text += [("bytea", "\\x00ff"), ("interval", "3 days 00:00:05.000007")]
    async with connect() as c:
        for name in dict(as_text):
            await c.set_type_codec(name, schema="pg_catalog", encoder=str, decoder=str,
                                   format="text")
        return [list(await c.fetchrow(f"select $1::{n}, $1::{n}::text", v)) for n, v in as_text]


async def types_binary():
    async with connect() as c:
        return [[n, repr(tuple(await c.fetchrow(f"select $1::{n}, $1::{n}::text", v)))]
                for n, v in TYPES]


async def nulls():
    async with connect() as c:
        return [list(await c.fetchrow(f"select $1::{n}, $2::int4, null::{n}[]", None, 7))
                for n in dict(TYPES)]


async def arrays():
    values = [("int4", [1, None, 3]), ("text", ["a,b", 'quo"te', None, "", "NULL", "{}"]),
              ("int8", [[1, 2], [3, 4]]), ("uuid", [uuid.UUID(int=5)]), ("text", []),
              ("numeric", [decimal.Decimal("1.10")]), ("bytea", [b"\0\xff", b""])]
    async with connect() as c:
        return [repr(await c.fetchval(f"select $1::{n}[]", v)) for n, v in values]


async def table(c, definition="id int primary key, v text"):
    await c.execute("set client_min_messages to error; drop table if exists asyncpg_t;"
                    f"create table asyncpg_t ({definition})")


async def count(c):
    return await c.fetchval("select count(*) from asyncpg_t")


async def transaction_commit():
    async with connect() as c, connect() as other:
        await table(c)
        async with c.transaction():
            await c.execute("insert into asyncpg_t values (1, 'a')")
            inside, before = c.is_in_transaction(), await count(other)
        return [inside, before, await count(other), c.is_in_transaction()]


async def transaction_rollback():
    async with connect() as c:
        await table(c)
        transaction = c.transaction(isolation="serializable")
        await transaction.start()
        await c.execute("insert into asyncpg_t values (1, 'a')")
        inside = await count(c)
        await transaction.rollback()
        return [inside, await count(c)]


async def savepoint():
    async with connect() as c:
        await table(c)
        async with c.transaction():
            await c.execute("insert into asyncpg_t values (1, 'a')")
            try:
                async with c.transaction():
                    await c.execute("insert into asyncpg_t values (2, 'b')")
                    await c.execute("insert into asyncpg_t values (1, 'again')")
            except asyncpg.UniqueViolationError as e:
                code = e.sqlstate
            await c.execute("insert into asyncpg_t values (3, 'c')")
        return [code, [r[0] for r in await c.fetch("select id from asyncpg_t order by 1")]]


UNKNOWN = ["select 'é', * from no_such_table", "selec 1"]
SEVERAL = "select 1; select 2"
ERRORS = [
    "select 1/0",
    "insert into asyncpg_t values (1, 'a'), (1, 'b')",
    "do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d', hint='h'; end$$",
]


async def errors(c, statements):
    seen = []
    for sql in statements:
        for error in (await refused(c.fetch(sql)), await refused(c.execute(sql))):
            seen.append([error.as_dict(), await c.fetchval("select 1")])
    return seen


async def error_fields():
    async with connect() as c:
        await table(c)
        return await errors(c, ERRORS)


async def error_unknown():
    async with connect() as c:
        return [await errors(c, UNKNOWN), (await refused(c.fetch(SEVERAL))).as_dict()]


async def error_in_rows():
    async with connect() as c:
        sql = "select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g"
        return [(await refused(c.fetch(sql))).sqlstate, await c.fetchval("select 1")]


async def error_in_transaction():
    async with connect() as c:
        await table(c)
        transaction = c.transaction()
        await transaction.start()
        await c.execute("insert into asyncpg_t values (1, 'a')")
        codes = [(await refused(c.fetch(sql))).sqlstate for sql in ("select 1/0", "select 1")]
        await transaction.rollback()
        return [codes, await count(c)]


async def empty_query():
    async with connect() as c:
        return [await c.fetch(""), await c.fetch(";"), await c.fetchval("select 1")]


async def pipeline():
    async with connect() as c:
        await table(c)
        rows = [(i, f"v{i}") for i in range(2000)]
        await c.executemany("insert into asyncpg_t values ($1, $2)", rows)
        back = await c.fetchmany("update asyncpg_t set v = v || '!' where id = $1 returning v",
                                 [(i,) for i in range(200)])
        return [await count(c), [r[0] for r in back][::50]]


async def pipeline_error():
    async with connect() as c:
        await table(c)
        rows = [(i % 1500, f"v{i}") for i in range(2000)]
        e = await refused(c.executemany("insert into asyncpg_t values ($1, $2)", rows))
        return [e.sqlstate, e.detail, await count(c), await c.fetchval("select 'after'")]


async def prepared_reuse():
    async with connect() as c:
        await table(c)
        await c.execute("insert into asyncpg_t values (1, 'a')")
        statement = await c.prepare("select $1::int + 1")
        total = sum([await statement.fetchval(i) for i in range(100)])
        star = await c.prepare("select * from asyncpg_t")
        rows = [list(r) for r in await star.fetch()]
        await c.execute("alter table asyncpg_t add column w int")
        codes = [(await refused(star.fetch())).sqlstate]
        after = [list(r) for r in await c.fetch("select * from asyncpg_t")]
        return [total, rows, codes, after]


async def cursor():
    async with connect() as c, c.transaction():
        cur = await c.cursor("select g from generate_series(1, $1::int) g", 1000)
        first = [r[0] for r in await cur.fetch(3)]
        await cur.forward(10)
        again = await c.fetchval("select 'between'")
        rest = 0
        async for row in c.cursor("select g from generate_series(1, 1000) g", prefetch=64):
            rest += row[0]
        return [first, again, [r[0] for r in await cur.fetch(2)], rest]


async def copy_in(**how):
    async with connect() as c:
        await table(c, "id int, v text, n numeric")
        rows = [(i, f"tab\tnl\n\\ {i}", decimal.Decimal(i) / 8) for i in range(5000)]
        if how:
            tag = await c.copy_records_to_table("asyncpg_t", records=rows)
        else:
            text = "".join(f"{i}\tv{i}\t{n}\n" for i, _, n in rows).encode()
            tag = await c.copy_to_table("asyncpg_t", source=io.BytesIO(text))
        sql = "select count(*), md5(string_agg(t::text, '|' order by id)) from asyncpg_t t"
        return [tag, *await c.fetchrow(sql)]


async def copy_in_text():
    return await copy_in()


async def copy_in_binary():
    return await copy_in(binary=True)


async def copy_out(**options):
    out = io.BytesIO()
    sql = "select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, $1::int) g"
    async with connect() as c:
        tag = await c.copy_from_query(sql, 5000, output=out, **options)
    return [tag, report.digest(out.getvalue())]


async def copy_out_text():
    return [await copy_out(), await copy_out(format="csv", header=True)]


async def copy_out_binary():
    return await copy_out(format="binary")


async def copy_in_fails():
    async with connect() as c:
        await table(c)
        text = b"1\ta\nx\tb\n" + b"5\tmore\n" * 50000
        e = await refused(c.copy_to_table("asyncpg_t", source=io.BytesIO(text)))
        seen = [[e.sqlstate, e.message, e.context], await count(c)]

        async def gives_up():
            yield b"1\ta\n"
            raise LookupError("given up by the client")

        try:
            await c.copy_to_table("asyncpg_t", source=gives_up())
        except LookupError:
            seen.append("given up")
        return [*seen, await count(c)]


async def listen_notify():
    async with connect() as a, connect() as b:
        got = asyncio.Queue()
        await a.add_listener("asyncpg_c", lambda conn, pid, channel, text: got.put_nowait(
            [channel, text, "own" if pid == conn.get_server_pid() else "other"]))
        for i in range(3):
            await b.execute("select pg_notify('asyncpg_c', $1)", f"payload {i}")
        await a.execute("notify asyncpg_c, 'own'")
        return [await asyncio.wait_for(got.get(), 10) for _ in range(4)]


async def cancel():
    async with connect() as c:
        seen = []
        try:
            await c.execute("select pg_sleep(30)", timeout=0.3)
        except asyncio.TimeoutError:
            seen.append("timed out")
        seen.append(await c.fetchval("select 1"))
        asyncio.get_running_loop().call_later(
            0.3, lambda: c._cancel_current_command(asyncio.get_running_loop().create_future()))
        e = await refused(c.fetch("select pg_sleep(30)"))
        return [*seen, e.sqlstate, e.message, await c.fetchval("select 1")]


async def large_value():
    data = bytes(range(256)) * 65536
    async with connect() as c:
        return report.digest(await c.fetchval("select $1::bytea", data))


async def many_rows():
    async with connect() as c:
        rows = await c.fetch("select g, md5(g::text) from generate_series(1, 100000) g")
        return [len(rows), report.digest(repr([tuple(r) for r in rows]))]


async def multi_statement():
    async with connect() as c:
        await table(c)
        tag = await c.execute("insert into asyncpg_t values (1, 'a'); select 1;; select 2, 'x'")
        e = await refused(c.execute("insert into asyncpg_t values (2, 'b'); select 1/0; select 3"))
        return [tag, e.sqlstate, await count(c)]


async def notice():
    seen = []
    async with connect() as c:
        c.add_log_listener(lambda _, m: seen.append([m.severity, m.sqlstate, m.message]))
        await c.execute("do $$begin raise notice 'one';"
                        " raise warning 'two' using errcode='01GH1'; end$$")
        await c.execute("rollback")
        await asyncio.sleep(0)  # listeners are called on the loop's next turn
    return seen


async def short_connections():
    ten = asyncio.Semaphore(10)

    async def ask(i):
        async with ten, connect() as c:
            return await c.fetchval("select $1::int", i)

    return sum(await asyncio.gather(*(ask(i) for i in range(1000))))


async def idle():
    async with connect() as c:
        await c.fetchval("select 1")
        await asyncio.sleep(3)
        return await c.fetchval("select 2")


async def gone(c, name):
    sql = "select count(*) from pg_stat_activity where application_name = $1"
    for _ in range(200):
        if not await c.fetchval(sql, name):
            return "gone"
        await asyncio.sleep(0.05)
    return "still there"


async def terminate():
    async with connect() as watch:
        async with connect(server_settings={"application_name": "asyncpg-leaves"}):
            pass
        left = await gone(watch, "asyncpg-leaves")
        async with connect(server_settings={"application_name": "asyncpg-killed"}) as c:
            asleep = asyncio.create_task(refused(c.fetch("select pg_sleep(30)")))
            await asyncio.sleep(0.3)
            await watch.fetch("select pg_terminate_backend(pid) from pg_stat_activity"
                              " where application_name = 'asyncpg-killed'")
            e = await asleep
            return [left, e.sqlstate, await gone(watch, "asyncpg-killed"), c.is_closed()]


def waited_for(case):
    return lambda: asyncio.run(asyncio.wait_for(case(), 120))


report.run({n: waited_for(f) for n, f in globals().items() if asyncio.iscoroutinefunction(f)})
