"""One run of pgbench against one contender: throughput, latency, CPU time."""

import os
import pathlib
import re
import subprocess
from dataclasses import dataclass

from machinery import usage


def postmaster(contender):
    sql = "select pg_read_file('postmaster.pid', 0, 20)"
    text = subprocess.check_output(["psql", "-XAtqc", sql], env=os.environ | contender.env, text=True)
    return int(text.split()[0])


def load(contender, scale):
    command = ["pgbench", "-i", "-q", "-s", str(scale), "drivers"]
    subprocess.run(command, env=os.environ | contender.env, check=True, stderr=subprocess.DEVNULL)


def latencies_ms(scratch):
    """Of the sampled transactions, sorted; the log files go."""
    values = []
    for log in scratch.glob("latency.*"):
        with open(log, encoding="utf-8") as lines:
            values += [int(line.split()[2]) / 1000 for line in lines]
        log.unlink()
    return sorted(values)


@dataclass(frozen=True)
class Bench:
    """What all runs have in common."""

    server_pid: int
    scratch: pathlib.Path

    def run(self, contender, mode, clients, seconds):
        """Latency of every tenth transaction is logged: all of them would slow pgbench down."""
        command = ["pgbench", "-n", "-S", "-M", mode, "-c", str(clients), "-T", str(seconds),
                   "-j", str(min(clients, os.cpu_count())), "-l", "--sampling-rate=0.1",
                   f"--log-prefix={self.scratch}/latency", "drivers"]
        before = usage.reading(contender, self.server_pid)
        done = subprocess.run(command, env=os.environ | contender.env, capture_output=True,
                              text=True, check=False)
        after = usage.reading(contender, self.server_pid)
        failed = re.search(r"failed transactions: ([1-9]\d*)", done.stdout)
        if done.returncode != 0 or failed or "error" in done.stderr.lower():
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
        transactions = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
        taken = latencies_ms(self.scratch)
        return {
            "tps": float(re.search(r"tps = ([\d.]+)", done.stdout)[1]),
            "transactions": transactions,
            "p50_ms": taken[len(taken) // 2],
            "p99_ms": taken[len(taken) * 99 // 100],
        } | usage.spent(before, after, transactions)
