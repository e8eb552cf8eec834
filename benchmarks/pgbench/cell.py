"""One run of pgbench against one contender: throughput, latency, CPU time."""

import os
import pathlib
import re
import resource
import subprocess
from dataclasses import dataclass

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def stat(pid):
    """(parent, CPU ms with that of ended children) of a process; None when it is gone."""
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rsplit(")", 1)[1].split()
    return int(fields[1]), sum(map(int, fields[11:15])) * TICK_MS


def tree_cpu_ms(pid):
    """CPU time of a process and everything below it: launchers and master processes included."""
    stats = {int(p.name): stat(p.name) for p in pathlib.Path("/proc").iterdir() if p.name.isdigit()}
    stats = {p: s for p, s in stats.items() if s is not None}
    tree, grown = {pid}, True
    while grown:
        below = {p for p, (parent, _) in stats.items() if parent in tree}
        grown, tree = not below <= tree, tree | below
    return sum(stats[p][1] for p in tree if p in stats)


def machine_cpu_ms():
    with open("/proc/stat", encoding="utf-8") as f:
        ticks = list(map(int, f.readline().split()[1:9]))
    return (sum(ticks) - ticks[3] - ticks[4]) * TICK_MS, sum(ticks) * TICK_MS


def children_cpu_ms():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


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
        before = self.reading(contender)
        done = subprocess.run(command, env=os.environ | contender.env, capture_output=True,
                              text=True, check=False)
        proxy, known, busy, total = (b - a for a, b in zip(before, self.reading(contender)))
        failed = re.search(r"failed transactions: ([1-9]\d*)", done.stdout)
        if done.returncode != 0 or failed or "error" in done.stderr.lower():
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
        transactions = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
        taken = latencies_ms(self.scratch)
        return {
            "tps": float(re.search(r"tps = ([\d.]+)", done.stdout)[1]),
            "transactions": transactions,
            "cpu_ms": proxy * 1000 / transactions,
            "p50_ms": taken[len(taken) // 2],
            "p99_ms": taken[len(taken) * 99 // 100],
            "others": max(0.0, (busy - known) / total),
        }

    def reading(self, contender):
        """CPU ms of the proxy; of all that belongs to the run; of the machine; all its time."""
        proxy = 0 if contender.pid is None else tree_cpu_ms(contender.pid)
        known = proxy + tree_cpu_ms(self.server_pid) + children_cpu_ms()
        return proxy, known, *machine_cpu_ms()
