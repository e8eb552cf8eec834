"""The driver cases with psycopg 3 (libpq)."""

import datetime as dt
import decimal
import ipaddress
import os
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
from psycopg import pq
from psycopg.types.json import Json, Jsonb
from psycopg.types.range import Range

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
    ("json", Json({"a": [1, None, "é"]})), ("jsonb", Jsonb({"b": {"c": 1.5}})),
    ("inet", ipaddress.ip_interface("192.0.2.1/24")), ("int4range", Range(1, 10)),
]


def connect(autocommit=True, **more):
    return psycopg.connect("", autocommit=autocommit, **more)


def one(conn, sql, *args):
    return conn.execute(sql, args or None).fetchone()[0]


def fields(error):
    d = error.diag
    names = ["severity", "severity_nonlocalized", "sqlstate", "message_primary", "message_detail",
             "message_hint", "statement_position", "internal_position", "internal_query", "context",
             "schema_name", "table_name", "column_name", "datatype_name", "constraint_name",
             "source_file", "source_line", "source_function"]
    return {n: getattr(d, n) for n in names if getattr(d, n) is not None}


def refused(conn, sql, *args):
    try:
        conn.execute(sql, args or None)
    except psycopg.Error as e:
        return e
    raise AssertionError(f"not refused: {sql}")


def connect_tls():
    with connect() as c:
        assert c.pgconn.ssl_in_use
        who = c.execute("select current_user, session_user, current_database()").fetchone()
        return [c.info.user, c.info.dbname, *who]


def tls_untrusted():
    try:
        connect(sslrootcert=os.environ["OTHER_CA"]).close()
    except psycopg.OperationalError as e:
        return "refused" if "certificate verify failed" in str(e) else str(e)
    return "accepted"


def wrong_password():
    try:
        connect(password="not the password").close()
    except psycopg.OperationalError as e:
        return "refused" if "password authentication failed" in str(e) else str(e)
    return "accepted"


def protocol_latest():
    with connect(max_protocol_version="latest") as c:
        return cancelled(c, c.cancel_safe)


def channel_binding():
    with connect(channel_binding="require") as c:
        return c.pgconn.ssl_in_use


def backend_pid():
    with connect() as c:
        return c.info.backend_pid == one(c, "select pg_backend_pid()")


def parameter_status():
    names = ["server_version", "server_encoding", "client_encoding", "application_name",
             "is_superuser", "session_authorization", "DateStyle", "IntervalStyle", "TimeZone",
             "integer_datetimes", "standard_conforming_strings", "in_hot_standby",
             "default_transaction_read_only", "scram_iterations", "search_path"]
    with connect(application_name="parameter-status") as c:
        return {n: c.info.parameter_status(n) for n in names}


def timezone_change():
    seen = []
    with connect() as c:
        for sql in ["set timezone to 'Asia/Tokyo'", "begin", "set local timezone to 'UTC'",
                    "rollback", "reset timezone"]:
            c.execute(sql)
            seen.append(c.info.parameter_status("TimeZone"))
    return seen


def types_in(placeholder, binary):
    with connect() as c, c.cursor(binary=binary) as cur:
        seen = []
        for name, value in TYPES:
            cur.execute(f"select {placeholder}::{name}, {placeholder}::{name}::text", [value] * 2)
            seen.append([name, repr(cur.fetchone())])
        return seen


def types_text():
    return types_in("%t", False)


def types_binary():
    return types_in("%b", True)


def nulls():
    with connect() as c:
        seen = []
        for binary in (False, True):
            cur = c.cursor(binary=binary)
            for name in dict(TYPES):
                row = cur.execute(f"select %s::{name}, %s::int4, null::{name}[]", [None, 7])
                seen.append(row.fetchone())
        return seen


def arrays():
    values = [("int4", [1, None, 3]), ("text", ["a,b", 'quo"te', None, "", "NULL", "{}"]),
              ("int8", [[1, 2], [3, 4]]), ("uuid", [uuid.UUID(int=5)]), ("text", []),
              ("numeric", [decimal.Decimal("1.10")]), ("bytea", [b"\0\xff", b""])]
    with connect() as c:
        return [repr(c.cursor(binary=b).execute(f"select %s::{n}[]", [v]).fetchone())
                for b in (False, True) for n, v in values]


def table(conn, definition="id int primary key, v text"):
    conn.execute("set client_min_messages to error")
    conn.execute("drop table if exists psycopg_t")
    conn.execute(f"create table psycopg_t ({definition})")


def count(conn):
    return one(conn, "select count(*) from psycopg_t")


def transaction_commit():
    with connect() as c, connect() as other:
        table(c)
        with c.transaction():
            c.execute("insert into psycopg_t values (1, 'a')")
            status, before = c.info.transaction_status.name, count(other)
        return [status, before, count(other), c.info.transaction_status.name]


def transaction_rollback():
    with connect(autocommit=False) as c:
        table(c)
        c.commit()
        c.execute("insert into psycopg_t values (1, 'a')")
        inside = count(c)
        c.rollback()
        return [inside, count(c)]


def savepoint():
    with connect() as c:
        table(c)
        with c.transaction():
            c.execute("insert into psycopg_t values (1, 'a')")
            try:
                with c.transaction():
                    c.execute("insert into psycopg_t values (2, 'b')")
                    c.execute("insert into psycopg_t values (1, 'again')")
            except psycopg.errors.UniqueViolation as e:
                code = e.sqlstate
            c.execute("insert into psycopg_t values (3, 'c')")
        return [code, c.execute("select id from psycopg_t order by 1").fetchall()]


UNKNOWN = ["select 'é', * from no_such_table", "selec 1"]
ERRORS = [
    "select 1/0",
    "insert into psycopg_t values (1, 'a'), (1, 'b')",
    "do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d', hint='h'; end$$",
]


def error_fields():
    with connect() as c:
        table(c)
        return [[fields(refused(c, sql)), one(c, "select 1")] for sql in ERRORS]


def error_unknown():
    with connect() as c:
        return [[fields(refused(c, sql)), one(c, "select 1")] for sql in UNKNOWN]


def error_in_rows():
    with connect() as c:
        e = refused(c, "select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g")
        return [e.sqlstate, one(c, "select 1")]


def error_in_transaction():
    with connect(autocommit=False) as c:
        table(c)
        c.commit()
        c.execute("insert into psycopg_t values (1, 'a')")
        codes = [refused(c, "select 1/0").sqlstate, refused(c, "select 1").sqlstate]
        status = c.info.transaction_status.name
        c.rollback()
        return [codes, status, count(c)]


def empty_query():
    with connect() as c:
        return [c.execute(s).pgresult.status for s in ("", ";")] + [one(c, "select 1")]


def pipeline():
    with connect() as c:
        table(c)
        with c.pipeline():
            cursors = [c.execute("insert into psycopg_t values (%s, %s) returning v", (i, f"v{i}"))
                       for i in range(200)]
            total = c.execute("select sum(id) from psycopg_t")
        return [[cur.fetchone()[0] for cur in cursors][::50], total.fetchone()[0]]


def pipeline_error():
    with connect() as c:
        table(c)
        seen = []
        with c.pipeline() as p:
            c.execute("insert into psycopg_t values (1, 'undone')")
            c.execute("insert into psycopg_t values (1/0, 'fails')")
            c.execute("insert into psycopg_t values (2, 'skipped')")
            try:
                p.sync()
            except psycopg.Error as e:
                seen.append(e.sqlstate)
            seen.append(one(c, "select 'after'"))
        return [seen, count(c), c.info.transaction_status.name]


def prepared_reuse():
    with connect() as c:
        table(c)
        c.execute("insert into psycopg_t values (1, 'a')")
        total = sum(c.execute("select %s::int + 1", [i], prepare=True).fetchone()[0]
                    for i in range(100))
        sql = "select * from psycopg_t"
        c.execute(sql, prepare=True)
        statements = one(c, "select count(*) from pg_prepared_statements")
        c.execute("alter table psycopg_t add column w int")
        try:
            changed = c.execute(sql, prepare=True).fetchall()
        except psycopg.Error as e:
            changed = e.sqlstate
        return [total, statements, changed]


def cursor():
    with connect(autocommit=False) as c:
        cur = c.cursor("portions")
        cur.itersize = 100
        cur.execute("select g from generate_series(1, 1000) g")
        first = cur.fetchmany(3)
        rest = sum(row[0] for row in cur)
        return [first, rest]


def copy_in(binary):
    with connect() as c:
        table(c, "id int, v text, b bytea, n numeric")
        options = "(format binary)" if binary else ""
        with c.cursor().copy(f"copy psycopg_t from stdin {options}") as copy:
            copy.set_types(["int4", "text", "bytea", "numeric"])
            for i in range(5000):
                copy.write_row((i, f"tab\tnl\n\\ {i}", bytes([i % 256]), decimal.Decimal(i) / 8))
        return c.execute("select count(*), md5(string_agg(t::text, '|' order by id))"
                         " from psycopg_t t").fetchone()


def copy_in_text():
    return copy_in(False)


def copy_in_binary():
    return copy_in(True)


def copy_out(options):
    sql = ("copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g)"
           f" to stdout {options}")
    with connect() as c, c.cursor().copy(sql) as copy:
        return report.digest(b"".join(bytes(part) for part in copy))


def copy_out_text():
    return [copy_out(""), copy_out("(format csv, header)")]


def copy_out_binary():
    return copy_out("(format binary)")


def copy_in_fails():
    with connect() as c:
        table(c)
        seen = []
        for rows in ("1\ta\nx\tb\n", None):
            try:
                with c.cursor().copy("copy psycopg_t from stdin") as copy:
                    if rows is None:
                        raise psycopg.DataError("given up by the client")
                    copy.write(rows + "5\tmore\n" * 50000)
            except psycopg.Error as e:
                seen.append([e.sqlstate, e.diag.message_primary, e.diag.context])
            seen.append(count(c))
        return seen


def listen_notify():
    with connect() as a, connect() as b:
        a.execute("listen psycopg_c")
        for i in range(3):
            b.execute("select pg_notify('psycopg_c', %s)", [f"payload {i}"])
        got = [n.payload for n in a.notifies(timeout=10, stop_after=3)]
        a.execute("notify psycopg_c, 'own'")
        own = [[n.payload, n.pid == a.info.backend_pid]
               for n in a.notifies(timeout=10, stop_after=1)]
        return [got, own]


def cancelled(c, send):
    timer = threading.Timer(0.3, send)
    timer.start()
    e = refused(c, "select pg_sleep(30)")
    timer.join()
    return [e.sqlstate, e.diag.message_primary, one(c, "select 1")]


def cancel():
    with connect() as c:  # the first way inside TLS, the second in clear text
        return [cancelled(c, c.cancel_safe), cancelled(c, c.cancel)]


def large_value():
    data = bytes(range(256)) * 65536
    with connect() as c:
        return [report.digest(c.cursor(binary=b).execute("select %b::bytea", [data]).fetchone()[0])
                for b in (False, True)]


def many_rows():
    with connect() as c:
        rows = c.execute("select g, md5(g::text) from generate_series(1, 100000) g").fetchall()
        return [len(rows), report.digest(repr(rows))]


def multi_statement():
    with connect() as c:
        table(c)
        cur = c.execute("insert into psycopg_t values (1, 'a'); select 1;; select 2, 'x'")
        seen = [[cur.statusmessage, cur.fetchall() if cur.description else None]]
        while cur.nextset():
            seen.append([cur.statusmessage, cur.fetchall()])
        e = refused(c, "insert into psycopg_t values (2, 'b'); select 1/0; select 3")
        return [seen, e.sqlstate, count(c)]


def notice():
    seen = []
    with connect() as c:
        c.add_notice_handler(lambda d: seen.append([d.severity, d.sqlstate, d.message_primary]))
        c.execute("do $$begin raise notice 'one'; raise warning 'two' using errcode='01GH1';"
                  " end$$")
        c.execute("rollback")
    return seen


def short_connections():
    def ask(i):
        with connect() as c:
            return one(c, "select %s::int", i)

    with ThreadPoolExecutor(10) as pool:
        return sum(pool.map(ask, range(1000)))


def idle():
    with connect() as c:
        one(c, "select 1")
        time.sleep(3)
        return one(c, "select 2")


def gone(conn, name):
    sql = "select count(*) from pg_stat_activity where application_name = %s"
    end = time.monotonic() + 10
    while one(conn, sql, name):
        if time.monotonic() > end:
            return "still there"
        time.sleep(0.05)
    return "gone"


def terminate():
    with connect() as watch:
        connect(application_name="psycopg-leaves").close()
        left = gone(watch, "psycopg-leaves")
        c = connect(application_name="psycopg-killed")
        watch.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                      " where application_name = 'psycopg-killed'")
        gone(watch, "psycopg-killed")
        e = refused(c, "select 1")
        return [left, e.sqlstate, c.closed]


report.run(globals())
