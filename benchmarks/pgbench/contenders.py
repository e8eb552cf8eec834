"""The server and the proxies in front of it: started on loopback, stopped by process id."""

import os
import pathlib
import pwd
import subprocess

from machinery import proxies
from machinery.proxies import (DECIDING, Contender, free_port, haproxy, installed, policy,
                               started)

DRIVERS = pathlib.Path(__file__).resolve().parents[2] / "protocol-postgres/drivers"
KINDS = ["direct", "haproxy", "pgbouncer", "gate"]

PGBOUNCER = """
[databases]
* = host=127.0.0.1 port={server_port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = session
default_pool_size = 100
max_client_conn = 1000
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


def read_env(file):
    text = subprocess.check_output(["bash", "-c", f". '{file}'; env -0"], text=True)
    env = dict(line.split("=", 1) for line in text.split("\0") if line.startswith("PG"))
    return env | {"PGSSLMODE": "disable", "PGHOST": "127.0.0.1"}


def as_other_user(folder):
    """PgBouncer refuses to run as root; what it writes must be its user's."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    for path in [folder, *folder.iterdir()]:
        os.chown(path, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def pgbouncer(direct, scratch):
    folder, port, path = scratch / "pgbouncer", free_port(), installed("pgbouncer")
    folder.mkdir()
    (folder / "conf").write_text(
        PGBOUNCER.format(port=port, server_port=direct.env["PGPORT"], folder=folder))
    (folder / "users.txt").write_text(
        f'"{direct.env["PGUSER"]}" "{direct.env["PGPASSWORD"]}"\n')
    process = started([path, str(folder / "conf")], port, folder / "out", **as_other_user(folder))
    said = subprocess.run([path, "-V"], capture_output=True, text=True, check=False).stdout
    return Contender(direct.env | {"PGPORT": str(port)}, said.splitlines()[0], process.pid, process)


def gate(name, scratch, *how):
    folder = scratch / name.replace(" ", "-")
    subprocess.run([DRIVERS / "gate", "start", folder, scratch / "server", "plain", *how],
                   check=True)
    env = read_env(folder / "env")
    return Contender(env, "this commit", int((folder / "pid").read_text()), folder=folder)


def start(kinds, server, scratch, running):
    """Fills `running` as it goes, so that what was started is stopped whatever happens."""
    subprocess.run([DRIVERS / "postgres", "start", server, scratch / "server",
                    "max_connections=200", "shared_buffers=512MB"], check=True,
                   stderr=subprocess.DEVNULL)
    env = read_env(scratch / "server/env")
    postgres = (scratch / "server/bin").read_text().strip() + "/postgres"
    running["direct"] = Contender(env, subprocess.check_output([postgres, "-V"], text=True).strip())
    direct = running["direct"]
    if "haproxy" in kinds:
        running["haproxy"] = haproxy(lambda port: direct.env | {"PGPORT": str(port)},
                                     direct.env["PGPORT"], scratch)
    if "pgbouncer" in kinds:
        running["pgbouncer"] = pgbouncer(direct, scratch)
    if "gate" in kinds:
        running["gate"] = gate("gate", scratch)
    for kind, sync in DECIDING.items():
        if kind in kinds:
            running[kind] = gate(kind, scratch, policy(scratch), sync)


def stop(running, scratch):
    proxies.stop(running)
    for contender in running.values():
        if contender.folder is not None:
            subprocess.run([DRIVERS / "gate", "stop", contender.folder], check=False)
    subprocess.run([DRIVERS / "postgres", "stop", scratch / "server"], check=False)
