"""Presses the tab key in a psql that believes it has a terminal."""

import os
import pty
import select
import sys
import time

LINES = [
    "select * from ", "select * from cu", "select * from back_office.", "update ", "insert into ", "delete from c",
    "select na", "alter table ", "alter table customer ", "alter table customer drop column ", "drop table ", "drop view ",
    "drop index ", "drop function ", "drop function add_up(", "drop type ", "drop schema ", "drop role ", "grant select on ",
    "grant select on customer to ", "\\d ", "\\dt ", "\\df ", "\\dv ", "\\di ", "\\ds ", "\\dn ", "\\du ", "\\dT ", "\\dx ",
    "\\sf ", "\\sv ", "\\c ", "set ", "set search_path to ", "set role ", "show ", "reset ", "set timezone to ", "alter role ",
    "create index on ", "create index on customer (", "create trigger x before insert on ", "drop trigger ", "vacuum ", "analyze ",
    "cluster ", "reindex table ", "refresh materialized view ", "alter sequence ", "comment on table ", "lock table ",
    "truncate ", "copy ", "execute ", "call ", "create extension ", "drop extension ", "alter extension ", "alter database ",
    "drop publication ", "alter publication news ", "alter type mood rename value ", "notify ", "listen ", "deallocate ",
    "drop policy ", "drop rule ", "drop owned by ", "reassign owned by ", "explain select * from ", "create policy p on ",
    "merge into ", "import foreign schema ", "security label for ", "alter default privileges for role ", "alter domain ",
]


def read(fd, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not select.select([fd], [], [], 0.05)[0]:
            return
        try:
            os.read(fd, 65536)
        except OSError:
            return


def main():
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="dumb", PSQL_HISTORY="/dev/null", PSQL_PAGER="cat", INPUTRC="/dev/null")
        os.execvp("psql", ["psql", "-X", "-q"])
    time.sleep(0.5)
    read(fd, 1)
    for line in LINES:
        os.write(fd, line.encode() + b"\t\t")
        time.sleep(0.12)
        read(fd, 0.5)
        os.write(fd, b"\x15")  # control-U: forget the line
        read(fd, 0.1)
    os.write(fd, b"\\q\n")
    time.sleep(0.2)
    os.close(fd)
    os.waitpid(pid, 0)


sys.exit(main())
