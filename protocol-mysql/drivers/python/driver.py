"""The driver cases with PyMySQL (its own protocol code) and MySQL Connector/Python (libmysqlclient),
by what the two share; the environment that runs it has only one of them."""

import datetime as dt
import decimal
import os
import pathlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import report

try:
    import pymysql as driver
    import pymysql.cursors

    PYMYSQL = True
except ImportError:
    import mysql.connector as driver

    PYMYSQL = False

ENV = os.environ
MARIADB_SERVER = ENV["SERVER_NAME"].startswith("mariadb")
VALUES = [
    True, -(2**63), 2**64 - 1, 1.5, -1.25e300, decimal.Decimal("-12345678901234567890.000100"), "",
    "naïve 'q' \" \\ 漢字 🦆", bytes(range(256)), dt.date(2024, 2, 29), dt.timedelta(hours=-838, seconds=-59),
    dt.datetime(1999, 12, 31, 23, 59, 59, 1),
]
COLUMNS = ("a bigint, u bigint unsigned, f float, d double, n decimal(40, 6), y year, bi bit(9), e enum('x', 'y'), "
           "s set('p', 'q'), b blob, dt datetime(6), ts timestamp(3) null, t time(6), j json, c char(4), tx longtext")
ROWS = ["-1, 18446744073709551615, 1.25, -1.25e300, -12345678901234567890.000100, 2024, b'100000001', 'y', 'p,q', "
        "x'0001feff', '1999-12-31 23:59:59.000001', '2024-02-29 12:00:00.123', '-838:59:59.000000', '{\"a\": [1]}', 'é', '🦆'",
        "null, 0, 0, 0, 0, 1901, b'0', 'x', '', '', '1000-01-01', null, '00:00:00', 'null', '', ''"]


def options(more):
    base = {"host": ENV["SERVER_HOST"], "port": int(ENV["SERVER_PORT"]), "user": ENV["SERVER_USER"],
            "password": ENV["SERVER_PASSWORD"], "database": ENV["SERVER_DATABASE"], "autocommit": True,
            "charset": "utf8mb4"}
    ca = more.pop("ca", ENV["SERVER_CA"])
    if ENV["SERVER_TLS"] == "plain":
        base |= {"ssl_disabled": True}
    else:
        base |= {"ssl_ca": ca, "ssl_verify_cert": True, "ssl_verify_identity": True}
    return base | more


class Session:
    """A connection, closed at the end of a with block."""

    def __init__(self, **more):
        self.c = driver.connect(**options(more))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.c.close()
        except driver.Error:
            pass  # it has ended by itself, which is the case

    def rows(self, sql, *args, **how):
        cur = self.c.cursor(**how)
        cur.execute(sql, args or None)
        fetched = list(cur.fetchall()) if cur.description else cur.rowcount
        cur.close()
        return fetched

    def one(self, sql, *args):
        return self.rows(sql, *args)[0][0]

    def refused(self, sql, *args, **how):
        try:
            self.rows(sql, *args, **how)
        except driver.Error as e:
            return fields(e)
        raise AssertionError(f"not refused: {sql}")

    def number(self):
        """As the server's greeting said it."""
        return self.c.thread_id() if PYMYSQL else self.c.connection_id

    def table(self):
        self.rows("drop table if exists t")
        self.rows("create table t (id int primary key, v text)")

    def count(self):
        return self.one("select count(*) from t")


def fields(e):
    if PYMYSQL:
        return [type(e).__name__, *e.args]
    return [type(e).__name__, e.errno, e.sqlstate, e.msg]


def connect_tls():
    with Session() as s:
        cipher = s.rows("show session status like 'ssl_cipher'")
        assert ENV["SERVER_TLS"] == "plain" or cipher
        return s.rows("select current_user(), database()")


def login(**more):
    try:
        with Session(**more) as s:
            return s.one("select 'accepted'")
    except driver.Error as e:
        return fields(e)


def tls_untrusted():
    if ENV["SERVER_TLS"] == "plain":
        return "refused"
    text = str(login(ca=ENV["OTHER_CA"]))
    return "refused" if "certificate verify failed" in text or "certificate" in text else text


def wrong_password():
    return [part for part in login(password="not the password") if not isinstance(part, str)]


def long_password():
    return login(user="tokened", password=ENV["LONG_PASSWORD"])


def connection_id():
    with Session() as s:
        return s.number() == s.one("select connection_id()")


def database_change():
    with Session() as s:
        change = s.c.select_db if PYMYSQL else lambda name: setattr(s.c, "database", name)
        change("information_schema")
        seen = [s.one("select database()")]
        try:
            change("no_such_database")
        except driver.Error as e:
            seen.append(fields(e))
        s.rows("use drivers")
        return [*seen, s.one("select database()")]


def session_variables():
    with Session() as s:
        s.rows("set time_zone = '+05:00', sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'")
        seen = s.rows("select @@time_zone, cast(from_unixtime(0) as char), 'a' || 'b', @@sql_mode")
        s.rows("set sql_mode = default")
        return [seen, s.rows("select 'a' || 'b'")]


def types_table(s):
    s.rows("drop table if exists y")
    s.rows(f"create table y ({COLUMNS}) character set utf8mb4")
    for row in ROWS:
        s.rows(f"insert into y values ({row})")


def types_text():
    with Session() as s:
        types_table(s)
        cur = s.c.cursor()
        cur.execute("select * from y")
        return [repr(cur.fetchall()), repr(cur.description),
                [repr(s.rows("select %s", value)) for value in VALUES]]


def types_binary():
    if PYMYSQL:
        return report.UNSUPPORTED
    with Session() as s:
        types_table(s)
        how = {"prepared": True}
        # It cannot read every type of the table in binary.
        return [repr(s.rows("select a, u, f, d, n, e, b, dt, c, tx from y", **how)),
                [repr(s.rows("select ?, ?", value, value, **how)) for value in VALUES
                 if not isinstance(value, dt.timedelta)]]


def nulls():
    sql = "select null, %s, cast(null as date), cast(%s as char), cast(null as decimal(5,2))"
    with Session() as s:
        seen = [repr(s.rows(sql, 7, None))]
        if not PYMYSQL:
            seen.append(repr(s.rows(sql, 7, None, prepared=True)))
        return seen


def charset():
    text = "é漢🦆"
    with Session() as s:
        seen = [s.rows("select %s, hex(%s), char_length(%s), hex('é')", text, text, text)]
    with Session(charset="latin1") as s:
        return [*seen, s.rows("select 'é', hex('é'), hex(%s), _utf8mb4 x'C3A9'", "é")]


def transaction_commit():
    with Session() as s, Session() as other:
        s.table()
        s.rows("begin")
        s.rows("insert into t values (1, 'a')")
        before = other.count()
        s.c.commit()
        return [before, other.count()]


def transaction_rollback():
    with Session(autocommit=False) as s:
        s.table()
        s.rows("insert into t values (1, 'a')")
        inside = s.count()
        s.c.rollback()
        return [inside, s.count()]


def savepoint():
    with Session() as s:
        s.table()
        s.rows("begin")
        s.rows("insert into t values (1, 'a')")
        s.rows("savepoint s")
        s.rows("insert into t values (2, 'b')")
        error = s.refused("insert into t values (1, 'again')")
        s.rows("rollback to s")
        s.rows("insert into t values (3, 'c')")
        s.c.commit()
        return [error, s.rows("select id from t order by id")]


ERRORS = ["insert into t values (1, 'a'), (1, 'b')", "insert into t values (null, 'b')",
          "insert into t values (99999999999, 'b')",
          "signal sqlstate '45000' set message_text = 'raised é', mysql_errno = 5007"]


def error_fields():
    with Session() as s:
        s.table()
        return [[s.refused(sql), s.one("select 1")] for sql in ERRORS]


def error_unknown():
    with Session() as s:
        return [[s.refused(sql), s.one("select 1")]
                for sql in ("select 'é', x.* from no_such_table x", "selec 1")]


NUMBERS = ("(with recursive n(g) as (select 1 union all select g + 1 from n where g < 900) "
           "select a.g + 900 * (b.g - 1) as seq from n a, n b where b.g <= 112) s")


def error_in_rows():
    with Session() as s:
        error = s.refused(f"select (select 1 union select if(seq = 5000, 2, 1)) from {NUMBERS}")
        return [error, s.one("select 1")]


def error_in_transaction():
    with Session() as s:
        s.table()
        s.rows("begin")
        s.rows("insert into t values (1, 'a')")
        error = s.refused("insert into t values (1, 'again')")
        s.c.commit()
        return [error, s.count()]


def empty_query():
    with Session() as s:
        if PYMYSQL:
            return [s.refused(""), s.one("select 1")]
        return s.one("select 1")


def prepared_reuse():
    if PYMYSQL:
        return report.UNSUPPORTED
    with Session() as s, Session() as other:
        s.table()
        s.rows("insert into t values (1, 'a')")
        cur, every = s.c.cursor(prepared=True), other.c.cursor(prepared=True)
        total = 0
        for i in range(100):
            cur.execute("select ? + 1", (i,))
            total += cur.fetchall()[0][0]
        every.execute("select * from t")
        seen = [every.fetchall()]
        s.rows("alter table t add column w int")
        every.execute("select * from t")
        return [total, *seen, every.fetchall()]


def prepared_error():
    if PYMYSQL:
        return report.UNSUPPORTED
    with Session() as s:
        s.table()
        sql = "insert into t values (?, ?)"
        return [s.refused("selec ?", 1, prepared=True), s.rows(sql, 1, "a", prepared=True),
                s.refused(sql, 1, "b", prepared=True), s.rows(sql, 2, None, prepared=True), s.count()]


def batch():
    with Session() as s:
        s.table()
        cur = s.c.cursor()
        cur.executemany("insert into t values (%s, %s)", [(i, f"v'{i}") for i in range(1000)])
        return [cur.rowcount, s.rows("select count(*), sum(id), sha2(group_concat(v order by id), 256) from t")]


def counts():
    with Session() as s:
        s.table()
        s.rows("alter table t modify id int auto_increment")
        cur = s.c.cursor()
        cur.execute("insert into t (v) values ('a'), ('b')")
        seen = [cur.rowcount, cur.lastrowid]
        cur.execute("update t set v = 'a'")
        seen.append(cur.rowcount)
        cur.execute("select 1/0, cast('x' as signed)")
        seen.append(repr(cur.fetchall()))
        return [*seen, s.rows("show warnings")]


def large_value():
    data = bytes(range(256)) * 32768
    hows = [{}] if PYMYSQL else [{}, {"prepared": True}]
    with Session() as s:
        seen = []
        for how in hows:
            length, back = s.rows("select length(%s), %s", data, data, **how)[0]
            seen.append([length, report.digest(back.encode("latin1", "replace") if isinstance(back, str) else bytes(back))])
        return seen


def many_rows():
    with Session() as s:
        rows = s.rows(f"select seq, sha2(seq, 256) from {NUMBERS} order by seq limit 100000")
        return [len(rows), report.digest(repr(rows))]


def cursor():
    sql = f"select seq from {NUMBERS} where seq <= 10000 order by seq"
    with Session() as s:
        cur = s.c.cursor(pymysql.cursors.SSCursor) if PYMYSQL else s.c.cursor(buffered=False)
        cur.execute(sql)
        first = cur.fetchmany(3)
        return [first, sum(row[0] for row in cur.fetchall()), cur.rowcount if PYMYSQL else None]


def results(cur):
    if PYMYSQL:
        seen = [list(cur.fetchall())]
        while cur.nextset():
            seen.append(list(cur.fetchall()))
        return seen
    return [list(found.fetchall()) for found in cur.stored_results()]


def multi_statement():
    if not PYMYSQL:
        return report.UNSUPPORTED
    with Session(client_flag=driver.constants.CLIENT.MULTI_STATEMENTS) as s:
        s.table()
        cur = s.c.cursor()
        cur.execute("insert into t values (1, 'a'); select 1; select 2, 'x'")
        seen = results(cur)
        try:
            cur.execute("insert into t values (2, 'b'); select 1 from no_such_table; select 3")
            results(cur)
        except driver.Error as e:
            seen.append(fields(e))
        return [seen, s.count()]


def procedure():
    with Session() as s:
        s.rows("drop procedure if exists p")
        s.rows("create procedure p(in a int, out b int) begin select a, 'first'; "
               "select 'second' union select 'x'; set b = a + 1; end")
        cur = s.c.cursor()
        arguments = cur.callproc("p", (7, 0))
        seen = results(cur)
        cur.close()
        return [seen, s.rows("select @_p_1") if PYMYSQL else arguments[1]]


def local_infile():
    path = pathlib.Path(ENV["DRIVER_DIR"]) / "local.txt"
    path.write_text("1\ta\n2\tb\n", encoding="utf-8")
    more = {"local_infile": True} if PYMYSQL else {"allow_local_infile": True}
    with Session(**more) as s:
        s.table()
        try:
            loaded = s.rows(f"load data local infile '{path}' into table t")
        except driver.Error as e:
            loaded = fields(e)
        return [loaded, s.count()]


def ping():
    with Session() as s:
        s.rows("set @a = 5")
        s.c.ping(reconnect=False)
        return s.rows("select @a, database()")


def reset_connection():
    if PYMYSQL:
        return report.UNSUPPORTED
    with Session() as s:
        s.rows("set @a = 5")
        s.rows("create temporary table r (a int)")
        s.c.cmd_reset_connection()
        return [s.rows("select @a, database()"), s.refused("select * from r")]


def change_user():
    if PYMYSQL:
        return report.UNSUPPORTED
    with Session() as s:
        s.rows("set @a = 5")
        try:
            s.c.cmd_change_user(ENV["SERVER_USER"], ENV["SERVER_PASSWORD"], "information_schema")
            changed = "changed"
        except driver.Error as e:
            changed = fields(e)
        return [changed, s.rows("select @a, database()")]


def cancel():
    with Session() as s, Session() as other:
        timer = threading.Timer(0.5, lambda: other.rows(f"kill query {s.number()}"))
        timer.start()
        try:
            slept = s.rows("select sleep(20)")
        except driver.Error as e:
            slept = fields(e)
        timer.join()
        return [slept, s.one("select 1")]


def driver_cancel():
    if not PYMYSQL:
        return report.UNSUPPORTED
    with Session() as s, Session() as other:
        timer = threading.Timer(0.5, lambda: other.c.kill(s.c.thread_id()))
        timer.start()
        try:
            slept = s.rows("select sleep(3)")
        except driver.Error as e:
            slept = fields(e)[:2]
        timer.join()
        return slept


def timeout():
    sql = ("set statement max_statement_time = 1 for select sleep(20)" if MARIADB_SERVER
           else "select /*+ max_execution_time(1000) */ sleep(20) from dual where 1 = 1")
    with Session() as s:
        try:
            return [s.rows(sql), s.one("select 1")]
        except driver.Error as e:
            return [fields(e), s.one("select 1")]


def short_connections():
    def ask(i):
        with Session() as s:
            return s.one("select %s", i)

    with ThreadPoolExecutor(10) as pool:
        return sum(pool.map(ask, range(60)))


def idle():
    with Session() as s:
        s.one("select 1")
        time.sleep(3)
        return s.one("select 2")


def gone(s, number):
    end = time.monotonic() + 10
    while s.one("select count(*) from information_schema.processlist where id = %s", number):
        if time.monotonic() > end:
            return "still there"
        time.sleep(0.05)
    return "gone"


def terminate():
    with Session() as watch, Session() as killed:
        with Session() as leaving:
            number = leaving.one("select connection_id()")
        left = gone(watch, number)
        number = killed.one("select connection_id()")
        watch.rows(f"kill {killed.number()}")
        gone(watch, number)
        error = killed.refused("select 1")
        with Session() as anew:
            return [left, error[:2], anew.one("select 1")]


report.run(globals())
