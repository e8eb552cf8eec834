"""The server and what stands in front of it: started on loopback, stopped by process id."""

import os
import pathlib
import secrets
import shutil
import socket
import subprocess

from machinery import proxies
from machinery.proxies import DECIDING, Contender, free_port, haproxy, policy, started

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SERVER = REPOSITORY / "protocol-mysql/servers/server"
GATEHOUSE = os.environ.get("GATEHOUSE", str(REPOSITORY / "appliance/target/dist/bin/gatehouse"))
KINDS = ["direct", "haproxy", "gate", "policy", "journal each"]

GATE = """
listeners:
  - name: sysbench
    protocol: {protocol}
    address: 127.0.0.1
    port: {port}
    tls: {{certificate: {server}/server.crt, key: {server}/server.key}}
    server-version: {version}
    databases: {{drivers: server}}
targets:
  - name: server
    protocol: {protocol}
    host: localhost
    port: {server_port}
    database: drivers
    tls: {{mode: verify-full, ca: {server}/ca.crt}}
    credential: {{user: driver, password: {{file: {server}/password}}}}
users: {folder}/users.yaml
policy: {policy}
management: {{port: {management}}}
log: {{commands: false}}
"""

JOURNAL = """
journal:
  directory: {folder}/journal
  keys: {folder}/journal-keys
  wrapping: {{name: k1, secret: {{file: {folder}/journal-wrapping.secret}}}}
  signing-key: {folder}/journal-signing.pem
  verifier-key: {folder}/journal-verifier.key
  sync: {sync}
"""


def said_of_server(folder):
    """The SERVER_ variables that it left."""
    text = subprocess.check_output(["bash", "-c", f". '{folder}/env'; env -0"], text=True)
    return dict(line.split("=", 1) for line in text.split("\0") if line.startswith("SERVER_"))


def version(port):
    """As the server greets with it; some of MariaDB's hide it behind an older one."""
    with socket.create_connection(("127.0.0.1", port), 60) as greeted:
        greeting = greeted.recv(1024)
    return greeting[5:greeting.index(0, 5)].decode().removeprefix("5.5.5-")


def gate(name, scratch, of, rules="run-everything", sync=""):
    """With a user of its own; TLS on both of its sides."""
    folder, port = scratch / name.replace(" ", "-"), free_port()
    folder.mkdir()
    password = secrets.token_hex(16)
    subprocess.run([GATEHOUSE, "user", "add", "--file", folder / "users.yaml", "driver"],
                   input=password, text=True, check=True, stderr=subprocess.DEVNULL)
    kept = "journal: keep-no-record\n"
    if sync:
        subprocess.run([GATEHOUSE, "journal", "keygen", folder, "--name", "gate.example/sysbench"],
                       check=True, stdout=subprocess.DEVNULL)
        kept = JOURNAL.format(folder=folder, sync=sync)
    (folder / "gatehouse.yaml").write_text(kept + GATE.format(
        protocol=of["SERVER_NAME"].split("-")[0], port=port, server=scratch / "server",
        version=version(int(of["SERVER_PORT"])), server_port=of["SERVER_PORT"], folder=folder, policy=rules,
        management=free_port()))
    process = started([GATEHOUSE, "serve", "--config", folder / "gatehouse.yaml"], port,
                      folder / "out")
    env = {"port": port, "user": "driver", "password": password}
    return Contender(env, "this commit", process.pid, process)


def certificates(scratch):
    """Under the names that sysbench has for them; nobody asks for the client's."""
    folder = scratch / "client"
    folder.mkdir()
    for name, of in {"cacert": "ca.crt", "client-cert": "server.crt",
                     "client-key": "server.key"}.items():
        shutil.copy(scratch / "server" / of, folder / f"{name}.pem")
    return folder


def start(kinds, server, scratch, running):
    """Fills `running` as it goes, so that what was started is stopped whatever happens.

    Returns the server's process and the folder that sysbench runs in.
    """
    subprocess.run([SERVER, "start", server, scratch / "server", "--max-connections=200",
                    "--innodb-buffer-pool-size=512M", "--require-secure-transport=1"], check=True)
    of = said_of_server(scratch / "server")
    if of["SERVER_TLS"] == "plain":
        raise SystemExit(f"{server} agrees on no TLS with sysbench, and the gate takes no client "
                         "without it; take another --server")
    env = {"user": of["SERVER_USER"], "password": of["SERVER_PASSWORD"]}
    running["direct"] = Contender(env | {"port": of["SERVER_PORT"]},
                                  f"{server.split('-')[0]} {version(int(of['SERVER_PORT']))}")
    if "haproxy" in kinds:
        running["haproxy"] = haproxy(lambda port: env | {"port": port}, of["SERVER_PORT"], scratch)
    if "gate" in kinds:
        running["gate"] = gate("gate", scratch, of)
    for kind, sync in DECIDING.items():
        if kind in kinds:
            running[kind] = gate(kind, scratch, of, policy(scratch), sync)
    return int((scratch / "server/pid").read_text()), certificates(scratch)


def stop(running, scratch):
    proxies.stop(running)
    subprocess.run([SERVER, "stop", scratch / "server"], check=False)
