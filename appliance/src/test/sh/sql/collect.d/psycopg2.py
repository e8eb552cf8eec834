"""What psycopg2 says: parameters are written into the text by the client."""

import datetime
import decimal
import io
import uuid

import psycopg2
import psycopg2.extensions
import psycopg2.extras


def connect(purpose):
    return psycopg2.connect("", application_name=f"psycopg2|{purpose}")


c = connect("parameters")
k = c.cursor()
k.execute("select %s, %s, %s, %s, %s", (1, "it's", None, True, b"\x00a\\b"))
k.execute("select %s, %s, %s", (datetime.date(2025, 1, 1), datetime.datetime(2025, 1, 1, 12, 0), decimal.Decimal("1.5")))
k.execute("select %s, %s, %s", ("back\\slash", [1, 2, None], ["a", "b'c"]))
k.execute("select %(a)s where %(b)s in %(c)s", {"a": 1, "b": 2, "c": (1, 2, 3)})
psycopg2.extras.register_uuid()
k.execute("select %s", (uuid.UUID(int=1),))
k.execute("select %s", (psycopg2.extras.Json({"a": "it's"}),))
k.execute("select %s", (psycopg2.extras.DateRange(datetime.date(2025, 1, 1), None),))
k.execute("select * from customer where name like 'A%%' limit %s", (5,))
c.rollback()
c = connect("types")
k = c.cursor()
for register, name in ((psycopg2.extras.register_composite, "address"), (psycopg2.extras.register_hstore, None)):
    try:
        register(name, k) if name else register(k)
    except psycopg2.ProgrammingError:
        c.rollback()
psycopg2.extras.register_range("span", "Span", c)
c.rollback()
c = connect("sessions")
c.set_session(isolation_level="SERIALIZABLE", readonly=True, deferrable=True)
c.cursor().execute("select 1")
c.commit()
c.set_session(autocommit=True)
c.cursor().execute("select 1")
c.set_client_encoding("LATIN1")
c.set_client_encoding("UTF8")
c.reset()
c = connect("cursors")
k = c.cursor("named")
k.execute("select id, name from customer where id < %s", (10,))
k.fetchone()
k.fetchmany(3)
k.fetchall()
k.close()
k = c.cursor("scrolling", scrollable=True, withhold=True)
k.execute("select id from customer")
k.scroll(2)
k.scroll(1, mode="absolute")
k.fetchone()
c.commit()
k.close()
c = connect("batches")
k = c.cursor()
rows = [(900 + n, f"N{n}", f"900-00-{n:04}", f"n{n}@x", "2000-01-01") for n in range(3)]
psycopg2.extras.execute_values(k, "insert into customer (id, name, ssn, email, born) values %s", rows)
psycopg2.extras.execute_batch(k, "update customer set name = %s where id = %s", [("a", 900), ("b", 901)])
k.executemany("delete from customer where id = %s", [(900,), (901,)])
k.callproc("add_up", (1, 2))
k.execute("select k.id from card k where k.id = any(%s)", ([1, 2],))
c.rollback()
c = connect("COPY")
k = c.cursor()
k.copy_to(io.StringIO(), "customer", columns=("id", "name"), sep=",", null="-")
k.copy_expert("copy (select id from customer) to stdout with csv header", io.StringIO())
k.execute("create temp table copied (a int, b text)")
k.copy_from(io.StringIO("1\tx\n"), "copied", columns=("a", "b"))
c.rollback()
c = connect("large objects")
lob = c.lobject(0, "wb")
lob.write(b"x")
lob.close()
c.rollback()
c = connect("two phases")
c.tpc_recover()
