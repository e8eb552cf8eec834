"""The driver cases with the clients of the servers' makers, mysql and mariadb: what they print is
the result. $CLIENT is the program, $CLIENT_PLUGINS where its ways to log in are."""

import concurrent.futures
import itertools
import os
import pathlib
import re
import signal
import subprocess
import time

import report

ENV = os.environ
MYSQL = pathlib.Path(ENV["CLIENT"]).name == "mysql"
MARIADB_SERVER = ENV["SERVER_NAME"].startswith("mariadb")
FOLDER = pathlib.Path(ENV["DRIVER_DIR"])
TYPES = [
    "true", "cast(-128 as signed)", "9223372036854775807", "cast(18446744073709551615 as unsigned)",
    "1.5e0", "-1.25e300", "-12345678901234567890.000100", "'naïve ''q'' \\\\ 漢字 🦆'", "''",
    "x'0001feff'", "date '2024-02-29'", "time '-838:59:59'", "timestamp '1999-12-31 23:59:59.000001'",
    "json_object('a', json_array(1, null))", "b'101'", "cast('x' as char(3))",
]
TABLE = "drop table if exists t; create table t (id int primary key, v text);\n"
COUNT = "select count(*) from t;\n"
LONG_LITERAL = 4 << 20


def options(name, password=ENV["SERVER_PASSWORD"], user=ENV["SERVER_USER"], ca=ENV["SERVER_CA"]):
    """Where to and with what, in a file that is the owner's only."""
    plain = ENV["SERVER_TLS"] == "plain"
    if MYSQL:
        tls = "ssl-mode=DISABLED" if plain else f"ssl-mode=VERIFY_IDENTITY\nssl-ca={ca}"
    else:
        tls = "skip-ssl" if plain else f"ssl-verify-server-cert\nssl-ca={ca}"
    path = FOLDER / f"{name}.cnf"
    path.write_text("[client]\nprotocol=tcp\ndefault-character-set=utf8mb4\n"
                    f"host={ENV['SERVER_HOST']}\nport={ENV['SERVER_PORT']}\nuser={user}\n"
                    f"password={password}\n{tls}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def command(file, *more):
    return [ENV["CLIENT"], f"--defaults-file={file}", f"--plugin-dir={ENV['CLIENT_PLUGINS']}",
            "--batch", "--force", "--unbuffered", "--skip-column-names", *(["--commands"] if MYSQL else []),
            *more, ENV["SERVER_DATABASE"]]


def said(raw):
    text = re.sub(r" \(\d+(\.\d+)? (sec|min)[^)]*\)", "", raw.decode("utf-8", "replace"))
    return [line for line in text.splitlines() if line]


def run(script, *more, file=None):
    """Runs a script from stdin; lines of both outputs, in the order they were written."""
    done = subprocess.run(command(file or options("cli"), *more), input=script.encode(), timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return said(done.stdout)


def begun(*more):
    """One that reads a script as it is written; it says when it is ready."""
    client = subprocess.Popen(command(options("cli"), *more), stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    client.stdin.write(b"select 'ready';\n")
    client.stdin.flush()
    if client.stdout.readline() != b"ready\n":
        raise AssertionError(client.communicate()[0].decode())
    return client


def greeted(client):
    """The number that the greeting said."""
    client.stdin.write(b"status\nselect 'said';\n")
    client.stdin.flush()
    lines = list(itertools.takewhile(lambda line: line not in (b"said\n", b""),
                                     iter(client.stdout.readline, None)))
    return next(int(line.split()[-1]) for line in lines if line.startswith(b"Connection id:"))


def connect_tls():
    lines = run("select current_user(), database(), version();\nstatus\n")
    ways = [line for line in lines if line.startswith("SSL:")]
    return [lines[0], ENV["SERVER_TLS"] == "plain" or "Cipher" in ways[0]]


def tls_untrusted():
    if ENV["SERVER_TLS"] == "plain":
        return "refused"
    text = "".join(run("select 1;\n", file=options("untrusted", ca=ENV["OTHER_CA"])))
    known = ("certificate verif", "certificate in certificate chain", "local issuer certificate")
    return "refused" if any(reason in text for reason in known) else text


def wrong_password():
    text = "".join(run("select 1;\n", file=options("wrong", password="not the password")))
    return re.findall(r"ERROR \d+ \(\w+\)", text)


def long_password():
    file = options("long", user="tokened", password=ENV["LONG_PASSWORD"])
    return run("select 'in';\n", file=file)


def connection_id():
    lines = run("status\nselect 'is', connection_id();\n")
    said_id = next(line.split()[-1] for line in lines if line.startswith("Connection id:"))
    return f"is\t{said_id}" in lines


def database_change():
    return run("use information_schema\nselect database();\nuse no_such_database\n"
               "select database();\nuse drivers;\nselect database();\n")


def session_variables():
    return run("set time_zone = '+05:00'; select @@time_zone, from_unixtime(0);\n"
               "set sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'; create or replace view v as select 1;\n"
               "select 'a' || 'b', @@sql_mode;\nset sql_mode = default; select 'a' || 'b';\n"
               "set names latin1 collate latin1_bin; select @@collation_connection, hex('é');\n")


def types_text():
    return run("".join(f"select {value} as v;\n" for value in TYPES))


def types_binary():
    return report.UNSUPPORTED


def nulls():
    return run("select null, 7, cast(null as date), cast(null as decimal(5,2)), cast(null as binary);\n")


def charset():
    return run("create temporary table c (l varchar(20) character set latin1, u varchar(20) "
               "character set utf8mb4); insert into c values ('é', 'é漢🦆');\n"
               "select l, hex(l), u, hex(u), char_length(u) from c;\n"
               "set names latin1; select u from c; select hex(_utf8mb4'🦆');\n")


def transaction_commit():
    return run(TABLE + "start transaction; insert into t values (1, 'a');\n" + COUNT + "commit;\n" + COUNT)


def transaction_rollback():
    return run(TABLE + "start transaction; insert into t values (1, 'a');\n" + COUNT
               + "rollback;\n" + COUNT)


def savepoint():
    return run(TABLE + "begin; insert into t values (1, 'a'); savepoint s; insert into t values (2, 'b');\n"
               "insert into t values (1, 'again');\nrollback to savepoint s; insert into t values (3, 'c');\n"
               "commit; select id from t order by id;\n")


def error_fields():
    return run(TABLE + "insert into t values (1, 'a'), (1, 'b');\ninsert into t values (null, 'b');\n"
               "insert into t values (9999999999999, 'b');\n"
               "signal sqlstate '45000' set message_text = 'raised 7', mysql_errno = 5007;\n"
               "select 'after';\n")


def error_unknown():
    return run("select 'é', x.* from no_such_table x;\nselec 1;\nselect 'after';\n")


def error_in_rows():
    lines = run("select (select 1 union select if(seq = 5000, 2, 1)) from (with recursive n(seq) as "
                "(select 1 union all select seq + 1 from n where seq < 900) select a.seq + 900 * (b.seq - 1) "
                "as seq from n a, n b where b.seq <= 10) s order by seq;\n", "--quick")
    return [line for line in lines if line != "1"]


def error_in_transaction():
    return run(TABLE + "start transaction; insert into t values (1, 'a');\n"
               "insert into t values (1, 'again');\ncommit;\n" + COUNT)


def empty_query():
    return run("", "-e", "") + run("delimiter //\n/* */ //\nselect 1//\n")


def prepared_reuse():
    return run(TABLE + "prepare p from 'select ? + 1'; prepare s from 'select * from t'; set @a = 1;\n"
               "insert into t values (1, 'a');\n" + "execute p using @a;\n" * 20
               + "execute s;\nalter table t add column w int;\nexecute s;\n"
               "deallocate prepare p;\nexecute p using @a;\n")


def prepared_error():
    return run(TABLE + "prepare p from 'selec ?';\nprepare p from 'insert into t values (?, ?)';\n"
               "set @a = 1; execute p using @a, @a;\nexecute p using @a, @a;\nset @a = 2;\n"
               "execute p using @a, @a;\n" + COUNT)


def batch():
    rows = "".join(f"insert into t values ({i}, 'v{i}');\n" for i in range(1000))
    return run(TABLE + rows + "select count(*), sum(id), sha2(group_concat(v order by id), 256) from t;\n")


def counts():
    return run(TABLE + "alter table t modify id int auto_increment;\ninsert into t (v) values ('a'), ('b');\n"
               "update t set v = 'a';\nselect last_insert_id();\nselect 1/0, cast('x' as signed);\n"
               "show warnings;\n", "-vvv", "--show-warnings")


def large_value():
    text = "".join(run("select repeat('0123456789abcdef', 1 << 19);\n", "--max-allowed-packet=64M"))
    sql = f"select sha2('{text[:LONG_LITERAL]}', 256), length('{text[:LONG_LITERAL]}');\n"
    return [report.digest(text), run(sql, "--max-allowed-packet=64M")]


def many_rows():
    lines = run("set @n = 0; select @n := @n + 1, sha2(@n, 256) from information_schema.collations a, "
                "information_schema.collations b, information_schema.collations c limit 100000;\n")
    numbers = [line for line in lines if line[:1].isdigit()]
    return [len(numbers), report.digest("\n".join(numbers))]


def cursor():
    lines = run("with recursive n(g) as (select 1 union all select g + 1 from n where g < 900) "
                "select a.g, b.g from n a, n b where b.g <= 10 order by 1, 2;\n", "--quick")
    return [len(lines), report.digest("\n".join(lines))]


def multi_statement():
    return run("delimiter //\n" + TABLE.replace(";\n", "//\n") + "insert into t values (1, 'a'); select 1; select 2, 'x'//\n"
               "insert into t values (2, 'b'); select 1 from no_such_table; select 3//\nselect count(*) from t//\n")


def procedure():
    return run("drop procedure if exists p;\ndelimiter //\n"
               "create procedure p(in a int, out b int) begin select a, 'first'; select 'second' union select 'x'; "
               "set b = a + 1; end//\ndelimiter ;\ncall p(7, @b);\nselect @b;\n")


def local_infile():
    path = FOLDER / "local.txt"
    path.write_text("1\ta\n2\tb\n", encoding="utf-8")
    return run(TABLE + f"load data local infile '{path}' into table t;\n" + COUNT + "select 'after';\n",
               "--local-infile=1")


def ping():
    return report.UNSUPPORTED


def reset_connection():
    if not MYSQL:
        return report.UNSUPPORTED
    return run("set @a = 1; create temporary table r (a int);\nresetconnection\nselect @a, database();\n"
               "select * from r;\n")


def change_user():
    return report.UNSUPPORTED


def cancel():
    asleep = begun()
    number = greeted(asleep)
    asleep.stdin.write(b"select 'asleep';\nselect sleep(20);\nselect 'after';\n")
    asleep.stdin.flush()
    time.sleep(0.5)
    killed = run(f"kill query {number};\n")
    lines = said(asleep.communicate(timeout=60)[0])
    return [killed, lines[lines.index("asleep"):]]


def driver_cancel():
    asleep = begun()
    asleep.stdin.write(b"select sleep(4);\nselect 'after';\n")
    asleep.stdin.flush()
    time.sleep(0.5)
    asleep.send_signal(signal.SIGINT)
    lines = said(asleep.communicate(timeout=60)[0])
    # In the words of each client, with the number of the connection.
    return [re.sub(r"\d+", "N", line) if "KILL" in line.upper() else line for line in lines]


def timeout():
    if MARIADB_SERVER:
        return run("set statement max_statement_time = 1 for select sleep(20);\nselect 'after';\n")
    return run("select /*+ max_execution_time(1000) */ sleep(20) from dual where 1 = 1;\n"
               "select 'after';\n", "--comments")


def short_connections():
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        file = options("cli")
        return sum(pool.map(lambda i: int(run(f"select {i};\n", file=file)[0]), range(60)))


def idle():
    resting = begun()
    time.sleep(3)
    return said(resting.communicate(b"select 2;\n", timeout=60)[0])


def terminate():
    number = run("select connection_id();\n")[0]
    killed = begun()
    answer = run(f"kill {greeted(killed)};\n")
    lines = said(killed.communicate(b"select 'after';\n", timeout=60)[0])
    gone = run(f"select sleep(1), count(*) from information_schema.processlist where id = {number};\n")
    return [gone, answer, [line for line in lines if "ERROR" in line or line == "after"]]


report.run(globals())
