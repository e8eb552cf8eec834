"""Contenders in turn, round after round, and what is written of it."""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager

from machinery import table

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def arguments(doc, modes, contenders):
    p = argparse.ArgumentParser(description=doc.splitlines()[0])
    p.add_argument("--seconds", type=int, default=10, help="of each run")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--clients", default="1,8,32")
    p.add_argument("--modes", default=",".join(modes))
    if contenders:
        p.add_argument("--contenders", default=",".join(contenders), help="direct is always in")
    p.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    p.add_argument("--record", action="store_true", help="write the section of docs/measured.md")
    return p


def output(*command):
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                if line.startswith("model name")), "unknown CPU")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    changed = " with local changes" if output("git", "status", "--porcelain") else ""
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gib": round(memory),
            "kernel": os.uname().release, "commit": output("git", "rev-parse", "--short", "HEAD")
            + changed}


def interleaved(args, running, run):
    """All rounds, the order drawn anew for each cell; returns the cells in the order they ran.

    `run` takes a contender, a mode, clients and seconds.
    """
    order, cells = random.Random(args.seed), []
    for round_number in range(args.rounds):
        for mode in args.modes.split(","):
            for clients in map(int, args.clients.split(",")):
                names = list(running)
                order.shuffle(names)
                for name in names:
                    one = run(running[name], mode, clients, args.seconds)
                    one |= {"round": round_number, "mode": mode, "clients": clients, "name": name}
                    cells.append(one)
                    print(f"round {round_number} {mode} {clients} {name}: {one['tps']:.0f} tps,"
                          f" {one['cpu_ms']:.1f} CPU ms/1,000, others {one['others']:.0%}",
                          file=sys.stderr, flush=True)
    return cells


@contextmanager
def scratch(name):
    """A folder that other users may pass through."""
    with tempfile.TemporaryDirectory(prefix=f"gatehouse-{name}.",
                                     ignore_cleanup_errors=True) as folder:
        pathlib.Path(folder).chmod(0o711)
        yield pathlib.Path(folder)


def side_by_side(args, name, how, running, cells):
    """Writes NAME.md, NAME.json and the section of the page."""
    data = {"machine": machine(), "versions": {n: c.version for n, c in running.items()},
            "seed": args.seed, "cells": cells, "seconds": args.seconds, "rounds": args.rounds}
    text = table.markdown(name, how, data, statistics.median)
    out = REPOSITORY / "benchmarks/target" / name
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.md").write_text(text, encoding="utf-8")
    (out / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    if args.record:
        table.record(REPOSITORY / "docs/measured.md", text, name)
    print(text)
