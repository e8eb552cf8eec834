"""From JMH's JSON to the Markdown that goes into docs/measured.md."""

import os
import subprocess

# What a section of the page is about, and the benchmarks that go there.
SUBJECTS = {
    "verdicts": ("Verdicts", ("VerdictBenchmark", "AnalysisBenchmark")),
    "masks": ("Masks", ("MaskBenchmark", "RowsBenchmark", "DetectorBenchmark")),
    "journal": ("The journal", ("JournalBenchmark",)),
}
NAMES = {
    "VerdictBenchmark.simpleQuery": "known verdict, simple query of 60 bytes",
    "VerdictBenchmark.boundStatement": "known verdict, bound statement with two declared types",
    "VerdictBenchmark.unknownText": "unknown text, to the analysis thread and back",
    "AnalysisBenchmark.cold": "analysis and plan alone",
    "DetectorBenchmark.look": "64 KiB looked through by all detectors",
    "MaskBenchmark.card": "one masked field",
    "RowsBenchmark.row": "a row of ten columns",
    "JournalBenchmark.intent": "an intent of 300 bytes into the journal's tail",
}


def output(folder, *command):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          check=False).stdout.strip()


def machine(repository):
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        cpu = next((line.split(":", 1)[1].strip() for line in info
                    if line.startswith("model name")), "unknown CPU")
    changed = " with local changes" if output(repository, "git", "status", "--porcelain") else ""
    commit = output(repository, "git", "rev-parse", "--short", "HEAD")
    return f"{os.cpu_count()} × {cpu}, Linux {os.uname().release}, commit {commit}{changed}"


def name(one):
    short = ".".join(one["benchmark"].split(".")[-2:])
    params = one.get("params", {})
    said = [params[key] for key in ("corpus", "format", "syncing") if key in params]
    return ", ".join([NAMES.get(short, short), *said])


def nanos(one, value):
    return value * (1_000 if one["primaryMetric"]["scoreUnit"].startswith("us") else 1)


def time(one, value):
    value = nanos(one, value)
    return f"{value:,.0f} ns" if value < 1_000 else f"{value / 1_000:,.1f} µs"


def row(one):
    metric = one["primaryMetric"]
    percentiles = metric["scorePercentiles"]
    if one["mode"] == "sample":
        spread = [time(one, percentiles[p]) for p in ("50.0", "99.0")]
    else:
        runs = [value for fork in metric["rawData"] for value in fork]
        spread = [f"{time(one, sorted(runs)[len(runs) // 2])} "
                  f"[{time(one, min(runs))}–{time(one, max(runs))}]", "–"]
    allocated = one["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
    return [name(one), *spread, f"{allocated:,.1f}"]


def rows(measured):
    """What a masked column makes of the time for a row, from the medians."""
    medians = {}
    for one in measured:
        if one["benchmark"].endswith("RowsBenchmark.row"):
            runs = sorted(value for fork in one["primaryMetric"]["rawData"] for value in fork)
            params = one["params"]
            medians[params["corpus"], params["format"]] = runs[len(runs) // 2]
    said = [f"{corpus}, {form}, {median / medians['none masked', form]:.2f}"
            for (corpus, form), median in sorted(medians.items())
            if corpus != "none masked" and ("none masked", form) in medians]
    if not said:
        return []
    return ["", "A row of ten columns comes from a real server to a client on the same machine, which"
            " only counts it; client and gate share a process, and B/op is of both. Time against that"
            " of the same query through the gate with nothing masked: " + "; ".join(said) + "."]


def journal(measured):
    """How long the journal holds up a loop at worst."""
    said = [f"{one['params']['syncing']}, {time(one, one['primaryMetric']['scorePercentiles']['99.9'])}"
            for one in measured if one["benchmark"].endswith("JournalBenchmark.intent")]
    return ["", "p99.9 of an intent: " + "; ".join(said) + "."] if said else []


def verdicts(measured):
    """What is measured there."""
    return ["", "The whole way of the engine is measured, from the submission that a protocol hands over"
            " to its decision, with 10,000 other verdicts in the cache. *typical*: what applications say"
            " to the demo's bank; *clients*: what drivers and tools were heard to say; each against a"
            " catalog of 1,100 tables and views."]


WORDS = {"verdicts": verdicts, "masks": rows, "journal": journal}


def subject(one):
    kind = one["benchmark"].split(".")[-2]
    return next(key for key, (_, kinds) in SUBJECTS.items() if kind in kinds)


def sections(measured, others, where, date):
    """Markdown by subject, for the subjects that were measured."""
    found = {}
    for one in measured:
        found.setdefault(subject(one), []).append(one)
    return {key: markdown(key, those, others, where, date) for key, those in found.items()}


def markdown(key, measured, others, where, date):
    first = measured[0]
    body = [row(one) for one in sorted(measured, key=name)]
    head = ["what", "median [least–most run]", "p99", "B/op"]
    lines = [f"## {SUBJECTS[key][0]}", "",
             f"`benchmarks/jmh/run`, {date}: {first['forks']} forks of"
             f" {first['measurementIterations']} × {first['measurementTime']} after"
             f" {first['warmupIterations']} × {first['warmupTime']} of warm-up, JDK"
             f" {first['jdkVersion']}, {where}. Other processes took {others:.0%} of the machine's"
             " CPU time meanwhile; on a machine that is not its own, times are upper bounds.", ""]
    lines += ["| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *body]]
    lines += [*WORDS[key](measured), ""]
    return "\n".join(lines)


def record(path, key, text):
    """Replaces the section between its markers, or adds it at the end."""
    begin, end = f"<!-- jmh {key}: begin -->", f"<!-- jmh {key}: end -->"
    old = path.read_text(encoding="utf-8")
    if begin not in old:
        old += f"\n{begin}\n{end}\n"
    head, rest = old.split(begin, 1)
    path.write_text(f"{head}{begin}\n{text}{end}{rest.split(end, 1)[1]}", encoding="utf-8")
