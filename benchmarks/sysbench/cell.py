"""One run of sysbench against one contender: throughput, latency, CPU time."""

import pathlib
import re
import subprocess
from dataclasses import dataclass

from machinery import usage
from machinery.proxies import installed

BIN = re.compile(r"^ +([\d.]+) \|[* ]* (\d+)$", re.MULTILINE)


def percentile(bins, part):
    """The upper end of the bin that has it; bins are (ms, transactions)."""
    most = part * sum(count for _, count in bins)
    for value, count in bins:
        most -= count
        if most <= 0:
            return value
    raise SystemExit("sysbench counted nothing")


@dataclass(frozen=True)
class Bench:
    """What all runs have in common.

    `folder` has the names of certificates that sysbench insists on.
    """

    server_pid: int
    folder: pathlib.Path
    tables: int
    rows: int

    def sysbench(self, contender, mode, what, *more):
        """TLS always; statements are prepared on the server, as sysbench does by itself."""
        command = [installed("sysbench"), mode, "--db-driver=mysql", "--mysql-host=127.0.0.1",
                   f"--mysql-port={contender.env['port']}", f"--mysql-user={contender.env['user']}",
                   f"--mysql-password={contender.env['password']}", "--mysql-db=drivers",
                   "--mysql-ssl=on", f"--tables={self.tables}", f"--table-size={self.rows}", *more]
        done = subprocess.run([*command, what], cwd=self.folder, capture_output=True, text=True,
                              check=False)
        if done.returncode != 0 or "FATAL" in done.stdout + done.stderr:
            raise SystemExit(f"sysbench {mode} {what} on {contender.version}\n"
                             f"{done.stdout}\n{done.stderr}")
        return done.stdout

    def load(self, contender):
        self.sysbench(contender, "oltp_read_write", "prepare")

    def run(self, contender, mode, clients, seconds):
        before = usage.reading(contender, self.server_pid)
        said = self.sysbench(contender, mode, "run", f"--threads={clients}", f"--time={seconds}",
                             "--histogram=on")
        after = usage.reading(contender, self.server_pid)
        done = re.search(r"transactions: +(\d+) +\(([\d.]+) per sec", said)
        if done is None or re.search(r"reconnects: +[1-9]", said):
            raise SystemExit(f"sysbench {mode} on {contender.version}\n{said}")
        bins = [(float(value), int(count)) for value, count in BIN.findall(said)]
        return {
            "tps": float(done[2]),
            "transactions": int(done[1]),
            "p50_ms": percentile(bins, 0.5),
            "p99_ms": percentile(bins, 0.99),
        } | usage.spent(before, after, int(done[1]))
