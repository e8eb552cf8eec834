"""The driver cases with psql (libpq, simple protocol). What it prints is the result."""

import concurrent.futures
import os
import signal
import subprocess
import time

import report

TYPES = [
    ("bool", "true"), ("int2", "-32768"), ("int4", "2147483647"), ("int8", "-9223372036854775808"),
    ("float4", "1.5"), ("float8", "-1.25e+300"), ("float8", "NaN"), ("text", ""),
    ("numeric", "-123456789012345678901234567890.000100"), ("text", "naïve ''q'' \\ 漢字 🦆"),
    ("bytea", "\\x0001feff"), ("date", "2024-02-29"), ("time", "23:59:59.999999"),
    ("timestamp", "1999-12-31 23:59:59.000001"), ("timestamptz", "2024-02-29 12:00:00.123456+00"),
    ("interval", "3 days 00:00:05.000007"), ("uuid", "12345678-1234-5678-1234-567812345678"),
    ("json", '{"a": [1, null]}'), ("jsonb", '{"b": {"c": 1.5}}'), ("inet", "192.0.2.1/24"),
    ("int4range", "[1,10)"),
]
TABLE = ("set client_min_messages to error; drop table if exists psql_t;"
         "create table psql_t (id int primary key, v text);\nreset client_min_messages;\n")
COUNT = "select count(*) from psql_t;\n"


def command(*more):
    return ["psql", "-X", "-A", "-t", "-v", "VERBOSITY=verbose", "--pset=null=NULL", *more]


def psql(script, *more, **env):
    """Runs a script from stdin; lines of both outputs, in the order they were written."""
    done = subprocess.run(command(*more), input=script.encode(), env=os.environ | env, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.decode().splitlines()


def login(expected, **env):
    text = "\n".join(psql("select 'accepted'", **env))
    return f"refused: {expected}" if expected in text else text


def connect_tls():
    return [*psql("select current_user, session_user, current_database();\n"),
            "SSL connection" in "".join(psql("\\conninfo\n"))]


def tls_untrusted():
    return login("certificate verify failed", PGSSLROOTCERT=os.environ["OTHER_CA"])


def channel_binding():
    return login("channel binding", PGCHANNELBINDING="require")


def wrong_password():
    return login("password authentication failed", PGPASSWORD="not the password")


def protocol_latest():
    return report.UNSUPPORTED


def backend_pid():
    listened = psql("listen psql_c;\nnotify psql_c;\nselect 'pid', pg_backend_pid();\n")
    pid = next(line.split("|")[1] for line in listened if line.startswith("pid|"))
    return [line.replace(pid, "PID") for line in listened if "Asynchronous" in line]


def parameter_status():
    return psql("\\echo :SERVER_VERSION_NAME :SERVER_VERSION_NUM :ENCODING :USER :DBNAME\n")


def timezone_change():
    return psql("set timezone to 'Asia/Tokyo'; begin; set local timezone to 'UTC'; show timezone;"
                "rollback; show timezone; reset timezone; show timezone;\n")


def types_text():
    return [psql(f"select '{value}'::{name}\\gdesc\nselect '{value}'::{name};\n")
            for name, value in TYPES]


def types_binary():
    return report.UNSUPPORTED


def nulls():
    return psql("".join(f"select null::{n}, 7, null::{n}[];\n" for n in dict(TYPES)))


def arrays():
    return psql("select array[1,null,3], array['a,b','quo\"te',null,'','NULL','{}'],"
                " '{{1,2},{3,4}}'::int8[], '{}'::text[];\n")


def transaction_commit():
    return psql(TABLE + "begin; insert into psql_t values (1, 'a'); commit;\n" + COUNT)


def transaction_rollback():
    return psql(TABLE + "begin;\ninsert into psql_t values (1, 'a');\n" + COUNT
                + "rollback;\n" + COUNT)


def savepoint():
    return psql(TABLE + "begin;\n\\set ON_ERROR_ROLLBACK on\ninsert into psql_t values (1, 'a');\n"
                "insert into psql_t values (1, 'again');\ninsert into psql_t values (3, 'c');\n"
                "commit;\n" + COUNT)


def error_fields():
    return psql(TABLE + "select 1/0;\n"
                "insert into psql_t values (1, 'a'), (1, 'b');\n"
                "do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d',"
                " hint='h'; end$$;\nselect 'after';\n")


def error_unknown():
    return psql("select 'é', * from no_such_table;\nselec 1;\nselect 'after';\n")


def error_in_rows():
    lines = psql("select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g;\n"
                 "\\set FETCH_COUNT 100\n"
                 "select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g;\n")
    return [len(lines), [line for line in lines if "xxx" not in line]]


def error_in_transaction():
    return psql(TABLE + "begin;\ninsert into psql_t values (1, 'a');\nselect 1/0;\nselect 1;\n"
                "\\echo :SQLSTATE\ncommit;\n" + COUNT)


def empty_query():
    return psql("", "-c", "", "-c", ";", "-c", "select 1")


def pipeline():
    return report.UNSUPPORTED


def pipeline_error():
    return report.UNSUPPORTED


def prepared_reuse():
    return psql(TABLE + "prepare p(int) as select $1 + 1;\nprepare s as select * from psql_t;\n"
                + "execute p(1);\n" * 20 + "alter table psql_t add column w int;\nexecute s;\n"
                "deallocate p;\nexecute p(1);\nselect name from pg_prepared_statements;\n")


def cursor():
    lines = psql("\\set FETCH_COUNT 100\nselect g from generate_series(1, 1000) g;\n"
                 "begin;\ndeclare c cursor for select g from generate_series(1, 9) g;\n"
                 "fetch 3 from c;\nmove 2 in c;\nfetch 2 from c;\nclose c;\ncommit;\n")
    return [report.digest("\n".join(lines)), lines[-12:]]


def copy_in(form):
    rows = "".join(f"{i}\ttab\\tnl\\n {i}\n" for i in range(5000))
    loaded = psql(TABLE + "copy psql_t from stdin;\n" + rows + "\\.\n")
    if form == "text":
        return loaded + psql("select md5(string_agg(t::text, '|' order by id)) from psql_t t;\n")
    return loaded + psql(
        "\\set QUIET on\ncreate temp table c (like psql_t);\n"
        "\\copy psql_t to program 'cat > $PSQL_FILE' (format binary)\n"
        "\\copy c from program 'cat $PSQL_FILE' (format binary)\n"
        "select count(*), md5(string_agg(c::text, '|' order by id)) from c;\n",
        PSQL_FILE=os.environ["DRIVER_DIR"] + "/psql.copy")


def copy_in_text():
    return copy_in("text")


def copy_in_binary():
    return copy_in("binary")


def copy_out(options):
    sql = f"copy (select g, null, g/8.0 from generate_series(1, 5000) g) to stdout {options};\n"
    done = subprocess.run(command("-q"), input=sql.encode(), capture_output=True, check=True)
    return report.digest(done.stdout)


def copy_out_text():
    return [copy_out(""), copy_out("(format csv, header)")]


def copy_out_binary():
    return copy_out("(format binary)")


def copy_in_fails():
    return psql(TABLE + "copy psql_t from stdin;\n1\ta\nx\tb\n" + "5\tmore\n" * 50000 + "\\.\n"
                + COUNT + "\\copy psql_t from program 'echo 1; exit 3'\n" + COUNT)


def listen_notify():
    listener = subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    listener.stdin.write("listen psql_c;\n\\echo ready\n")
    listener.stdin.flush()
    while listener.stdout.readline() != "ready\n":
        pass
    psql("notify psql_c, 'payload 0'; notify psql_c, 'payload 1';\n")
    out, _ = listener.communicate("select 'after';\n", timeout=60)
    return [line.split(" received")[0] for line in out.splitlines()]


def cancel():
    asleep = subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
    asleep.stdin.write("\\echo ready\nselect pg_sleep(30);\nselect 'after';\n")
    asleep.stdin.flush()
    while asleep.stdout.readline() != "ready\n":
        pass
    time.sleep(0.5)
    asleep.send_signal(signal.SIGINT)
    out, _ = asleep.communicate(timeout=60)
    return out.splitlines()


def large_value():
    text = "".join(psql("select repeat('0123456789abcdef', 1 << 20);\n"))
    sql = f"select md5('{text}'), length('{text}');\n"
    return [report.digest(text), psql(sql)]


def many_rows():
    lines = psql("select g, md5(g::text) from generate_series(1, 100000) g;\n")
    return [len(lines), report.digest("\n".join(lines))]


def multi_statement():
    return psql(TABLE + "insert into psql_t values (1, 'a')\\; select 1\\;\\; select 2, 'x';\n"
                "insert into psql_t values (2, 'b')\\; select 1/0\\; select 3;\n" + COUNT)


def notice():
    return psql("do $$begin raise notice 'one'; raise warning 'two' using errcode='01GH1'; end$$;\n"
                "rollback;\n")


def short_connections():
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        answers = pool.map(lambda i: int(psql(f"select {i};\n")[0]), range(1000))
        return sum(answers)


def idle():
    return psql("select 1;\n\\! sleep 3\nselect 2;\n")


def terminate():
    left = psql("select 1;\n", PGAPPNAME="psql-leaves")
    gone = psql("select pg_sleep(1);\nselect count(*) from pg_stat_activity"
                " where application_name = 'psql-leaves';\n")
    lines = psql("select pg_terminate_backend(pg_backend_pid());\n")
    return [left, gone, [line for line in lines if "57P01" in line]]


report.run(globals())
