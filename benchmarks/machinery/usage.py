"""CPU time of processes and of the machine."""

import os
import pathlib
import resource

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


def reading(contender, server_pid):
    """CPU ms of the proxy; of all that belongs to the run; of the machine; all its time."""
    proxy = 0 if contender.pid is None else tree_cpu_ms(contender.pid)
    known = proxy + tree_cpu_ms(server_pid) + children_cpu_ms()
    return proxy, known, *machine_cpu_ms()


def spent(before, after, transactions):
    """Of a cell: the proxy's CPU time, and what others took of the machine."""
    proxy, known, busy, total = (b - a for a, b in zip(before, after))
    return {"cpu_ms": proxy * 1000 / transactions, "others": max(0.0, (busy - known) / total)}
