"""What psycopg 3 says: of its own accord, and for its features."""

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types import TypeInfo
from psycopg.types.composite import CompositeInfo
from psycopg.types.enum import EnumInfo
from psycopg.types.hstore import register_hstore
from psycopg.types.multirange import MultirangeInfo
from psycopg.types.range import RangeInfo


def connect(purpose, **options):
    return psycopg.connect(application_name=f"psycopg|{purpose}", **options)


with connect("transactions") as c:
    c.execute("select 1")
    with c.transaction(), c.transaction("named"):
        c.execute("select %s::int", [1])
with connect("transaction options") as c:
    c.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    c.read_only = True
    c.deferrable = True
    c.execute("select 1")
with connect("types", autocommit=True) as c:
    for info, name in ((TypeInfo, "uuid"), (EnumInfo, "mood"), (CompositeInfo, "address"), (RangeInfo, "span"), (MultirangeInfo, "spanmultirange")):
        info.fetch(c, name)
        info.fetch(c, sql.Identifier("public", name))
    hstore = TypeInfo.fetch(c, "hstore")
    if hstore:
        register_hstore(hstore, c)
with connect("cursors") as c:
    with c.cursor("named", row_factory=dict_row) as cursor:
        cursor.execute("select id, name from customer where id < %s order by id", [20])
        cursor.fetchone()
        cursor.fetchmany(5)
        cursor.fetchall()
    with c.cursor("scrolling", scrollable=True, withhold=True) as cursor:
        cursor.execute("select id from customer")
        cursor.scroll(3)
        cursor.scroll(0, mode="absolute")
        cursor.fetchmany(2)
    with c.cursor("forward", scrollable=False) as cursor:
        cursor.execute("select id from customer")
        for _ in cursor:
            pass
    c.commit()
with connect("prepared and batches", prepare_threshold=0) as c:
    c.execute("select name from customer where id = %s", [1])
    c.cursor().executemany("update account set balance = balance + %s where id = %s", [(1, 1), (2, 2)])
    c.cursor().executemany("insert into transaction (account_id, amount, booked, purpose) values (%s, %s, now(), %s) returning id", [(1, 2, "a"), (2, 3, "b")], returning=True)
    c.rollback()
with connect("COPY") as c:
    with c.cursor().copy("copy (select id, name from customer) to stdout") as copy:
        for _ in copy:
            pass
    with c.cursor().copy("copy customer (id, name) to stdout (format binary)") as copy:
        for _ in copy:
            pass
    c.execute("create temp table copied (a int, b text) on commit drop")
    with c.cursor().copy("copy copied from stdin") as copy:
        copy.write_row((1, "x"))
    with c.cursor().copy("COPY copied (a, b) FROM STDIN WITH (FORMAT BINARY)") as copy:
        copy.set_types(["int4", "text"])
        copy.write_row((2, "y"))
c = connect("two phases")
c.tpc_begin(c.xid(1, "gtrid", "bqual"))
c.execute("select 1")
try:
    c.tpc_prepare()
    c.tpc_rollback()
except psycopg.Error:  # where the server allows none
    pass
c.close()
with connect("recover") as c:
    c.tpc_recover()
with connect("pipeline") as c, c.pipeline():
    c.execute("select 1")
    c.execute("select 2 where %s", [True])
with connect("several, listening", autocommit=True) as c:
    c.execute("select 1; select 2")
    c.execute("listen news")
    c.execute("notify news, 'x'")
    c.execute("unlisten *")
with connect("sql composed") as c:
    c.execute(sql.SQL("select {} from {} where {} = %s").format(sql.Identifier("name"), sql.Identifier("public", "customer"), sql.Identifier("id")), [1])
    psycopg.ClientCursor(c).execute("select %s, %s, %s, %s::text[], %s", ["it's", 1.5, None, ["a", "b\\c"], b"\x00"])
