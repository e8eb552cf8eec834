"""One run of wrk against one contender: calls, latency, CPU time."""

import json
import os
import pathlib
import re
import subprocess
import urllib.request
from dataclasses import dataclass

from machinery import usage
from machinery.proxies import installed

FOLDER = pathlib.Path(__file__).resolve().parent
EMAIL = "ann.example@example.com"
MILLIS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
PATH = "/mcp"


def ask(contender, method, params, session=None):
    """One request; the answer's message and the session that it names."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    request = urllib.request.Request(
        f"http://localhost:{contender.env['port']}{PATH}", json.dumps(body, separators=(",", ":")).encode(),
        {"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
         "Authorization": "Bearer " + contender.env["token"]}
        | ({"Mcp-Session-Id": session, "MCP-Protocol-Version": "2025-11-25"} if session else {}))
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer), answer.headers["Mcp-Session-Id"]


def call(contender, session, amount):
    arguments = {"name": "customer", "arguments": {"amount": amount}}
    return ask(contender, "tools/call", arguments, session)[0]


def percentile(said, part):
    found = re.search(rf"^ +{part}% +([\d.]+)(us|ms|s) *$", said, re.MULTILINE)
    if found is None:
        raise SystemExit(f"wrk says no {part}% of the latency\n{said}")
    return float(found[1]) * MILLIS[found[2]]


@dataclass
class Bench:
    """What all runs have in common."""

    server_pid: int
    server_port: str
    first: int = 1_000_000

    def served(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server_port}/", timeout=60) as answer:
            return int(answer.read())

    def sessions(self, contender, count):
        hello = {"protocolVersion": "2025-11-25", "capabilities": {},
                 "clientInfo": {"name": "bench", "version": "1"}}
        return [ask(contender, "initialize", hello)[1] for _ in range(count)]

    def proved(self, contender, session):
        """That what is measured does what it is said to do."""
        shown = json.dumps(call(contender, session, 100))
        if "structuredContent" not in shown or (EMAIL in shown) == contender.env["masks"]:
            raise SystemExit(f"{contender.version} answers {shown}")
        if contender.env["masks"] and "error" not in call(contender, session, 20_000):
            raise SystemExit(f"{contender.version} lets pass what its policy denies")

    def run(self, contender, _mode, clients, seconds):
        sessions = self.sessions(contender, clients)
        self.proved(contender, sessions[0])
        env = os.environ | {"LOAD_PATH": PATH, "LOAD_FIRST": str(self.first),
                            "LOAD_SESSIONS": ",".join(sessions),
                            "LOAD_TOKEN": contender.env["token"]}
        served = self.served()
        before = usage.reading(contender, self.server_pid)
        said = subprocess.run(
            [installed("wrk"), "-t1", f"-c{clients}", f"-d{seconds}", "--latency", "-s",
             FOLDER / "load.lua", f"http://localhost:{contender.env['port']}"],
            env=env, capture_output=True, text=True, check=True).stdout
        after = usage.reading(contender, self.server_pid)
        done = int(re.search(r"(\d+) requests in", said)[1])
        # What wrk breaks off at its end was served, too, and not counted.
        if "Non-2xx" in said or "Socket errors" in said or not (
                0 <= self.served() - served - done <= clients):
            raise SystemExit(f"{contender.version}: {self.served() - served} served\n{said}")
        return {
            "tps": float(re.search(r"Requests/sec: +([\d.]+)", said)[1]),
            "transactions": done,
            "p50_ms": percentile(said, 50),
            "p99_ms": percentile(said, 99),
        } | usage.spent(before, after, done)
