"""The server with its tool and what stands in front of it: on loopback, stopped by process id."""

import os
import pathlib
import subprocess

from machinery import proxies
from machinery.java import java
from machinery.proxies import Contender, free_port, haproxy, started
from provider import AUDIENCE, Provider

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
TARGET = REPOSITORY / "benchmarks/target"
GATEHOUSE = os.environ.get("GATEHOUSE", str(REPOSITORY / "appliance/target/dist/bin/gatehouse"))

# What they put on record with which setting; None decides by a rule and does nothing else.
GATES = {"gate": None, "masks": "", "journal os": "os", "journal each": "each"}
KINDS = ["direct", "haproxy", *GATES]

ALLOWED = "rules: [{name: everything, verdict: allow}]\n"

MASKED = """
rules:
  - {name: agents-talk, callers: {groups: [agents]}, operations: [session], verdict: allow}
  - {name: agents-look, callers: {groups: [agents]}, resources: {tools: [customer]}, verdict: allow}
  - name: not-for-large-amounts
    resources: {tools: [customer]}
    when: command.arguments.amount > 10000
    verdict: deny
    message: not for such amounts
  - name: addresses-stay
    resources: {tools: [customer]}
    verdict: mask
    fields: [structuredContent.email]
"""

GATE = """
listeners:
  - name: agents
    protocol: mcp
    address: 127.0.0.1
    port: {port}
    clients-without-tls: accept
    names: [localhost]
    resource: http://localhost:{port}
    paths: {{/mcp: server}}
targets:
  - name: server
    protocol: mcp
    host: 127.0.0.1
    port: {server_port}
    without-tls: send-everything-unencrypted
    credential: {{none: true}}
users: users.yaml
policy: policy.yaml
management: {{port: {management}}}
log: {{commands: false}}
identity:
  issuers:
    - {{issuer: "{issuer}", audiences: [{audience}]}}
  store: {{file: control/store.db}}
"""

JOURNAL = """
journal:
  directory: journal
  keys: journal-keys
  wrapping: {{name: k1, secret: {{file: journal-wrapping.secret}}}}
  signing-key: journal-signing.pem
  verifier-key: journal-verifier.key
  sync: {sync}
"""


def server(scratch):
    """Says its port when it listens."""
    classes = f"{TARGET / 'classes'}:{(TARGET / 'jmh.classpath').read_text().strip()}"
    process = subprocess.Popen(
        [java(), "--enable-native-access=ALL-UNNAMED", "-cp", classes,
         "io.gatehouse.benchmarks.ToolServer"],
        stdout=subprocess.PIPE, stderr=open(scratch / "server.out", "wb"), text=True)
    return process, process.stdout.readline().strip()


def gate(name, scratch, server_port, provider, token):
    folder, port, sync = scratch / name.replace(" ", "-"), free_port(), GATES[name]
    (folder / "control").mkdir(parents=True, mode=0o700)
    (folder / "users.yaml").write_text("users: []\n")
    (folder / "policy.yaml").write_text(ALLOWED if sync is None else MASKED)
    kept = "journal: keep-no-record\n"
    if sync:
        subprocess.run([GATEHOUSE, "journal", "keygen", folder, "--name", "gate.example/mcp"],
                       check=True, stdout=subprocess.DEVNULL)
        kept = JOURNAL.format(sync=sync)
    (folder / "gatehouse.yaml").write_text(kept + GATE.format(
        port=port, server_port=server_port, management=free_port(), issuer=provider.issuer,
        audience=AUDIENCE))
    process = started([GATEHOUSE, "serve", "--config", folder / "gatehouse.yaml"], port,
                      folder / "out")
    env = {"port": port, "token": token, "masks": sync is not None}
    return Contender(env, "this commit", process.pid, process)


def start(kinds, scratch, running):
    """Fills `running` as it goes, so that what was started is stopped whatever happens.

    Returns the server's process, its port, and what stands for a provider of identity.
    """
    process, port = server(scratch)
    provider = Provider(scratch)
    env = {"token": provider.token("bench"), "masks": False}
    running["direct"] = Contender(env | {"port": port}, "a server of the bench's own")
    if "haproxy" in kinds:
        running["haproxy"] = haproxy(lambda own: env | {"port": own}, port, scratch, "http")
    for kind in GATES:
        if kind in kinds:
            running[kind] = gate(kind, scratch, port, provider, env["token"])
    return process, port, provider


def stop(running, process, provider):
    proxies.stop(running)
    provider.close()
    process.terminate()
    process.wait(60)
