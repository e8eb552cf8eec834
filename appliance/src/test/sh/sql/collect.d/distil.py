"""Makes of the servers' logs one file a client: each statement once, in the order of first use.

distil.py VERSIONS OUT "CLIENT ..." LOG...
"""

import json
import pathlib
import re
import sys

LITERALS = re.compile(r"[eE]?'(?:[^'\\]|''|\\.)*'|\$(\w*)\$.*?\$\1\$|\b\d+(?:\.\d+)?\b|\s+", re.S)
SAID = re.compile(r"(?:statement|execute (?:fetch from )?[^:]*): (.*)", re.S)
# What is random or of the machine in a name would make each collection differ.
RANDOM = [
    (re.compile(r"_asyncpg_\w+|__asyncpg_\w+"), "__asyncpg_stmt_1__"),
    (re.compile(r"_django_curs_\d+"), "_django_curs_1"),
    (re.compile(r"pbkdf2_sha256\$[^']*"), "hash"),
    (re.compile(r"password '[^']*'", re.I), "PASSWORD 'x'"),
    (re.compile(r"SCRAM-SHA-256\$[^']*"), "x"),
]


def shape(text):
    return LITERALS.sub(lambda m: " " if m.group().isspace() else "?", text).strip().lower()


def read(log, last):
    for line in pathlib.Path(log).read_text().splitlines():
        entry = json.loads(line)
        if entry.get("error_severity") != "LOG":
            continue
        said = SAID.fullmatch(entry["message"])
        if not said:
            continue
        text, name = said.group(1), entry.get("application_name", "")
        mark = re.fullmatch(r"select 'client=(.*)'", text.rstrip(";"))
        if mark:
            last = mark.group(1)
        elif "|" in name:
            client, purpose = name.split("|", 1)
            yield client, purpose, text, entry["message"].startswith("execute")
        elif name != "prepare":
            yield last, "driver cases" if name else "start", text, entry["message"].startswith("execute")


def main(versions, out, clients, logs):
    known = dict(line.split("=", 1) for line in pathlib.Path(versions).read_text().splitlines() if "=" in line)
    found = {client: {} for client in clients.split()}
    for log in logs:
        server = pathlib.Path(log).stem.split(".")[1]
        for client, purpose, text, extended in read(log, ""):
            for pattern, by in RANDOM:
                text = pattern.sub(by, text)
            if client in found and text.strip():
                found[client].setdefault(shape(text), (server, purpose, text))
    for client, statements in found.items():
        if not statements:
            print(f"{client}: nothing", file=sys.stderr)
            continue
        path = pathlib.Path(out) / f"{client}.sql"
        lines = [f"-- What {client} {known.get(client, '')} said to real servers. Made by appliance/src/test/sh/sql/collect.", ""]
        for server, purpose, text in statements.values():
            lines += [f"--# {client} {known.get(client, '?')} | {purpose} | collected, PostgreSQL {server}", text.rstrip("\n"), ""]
        path.write_text("\n".join(lines))
        print(f"{client}: {len(statements)}")


main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
