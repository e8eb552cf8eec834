"""Results through the gate beside direct ones: a table of cases and drivers for each round, then
what differs.

    compare.py PRODUCT REFUSED FOLDER VERSION "ROUND ..." "DRIVER ..." CASE ...

Reads FOLDER/VERSION.DRIVER.{direct,ROUND}.jsonl, writes FOLDER/matrix-VERSION.md and prints it.
Exit code 1 when a case failed, is missing, or is not the same as direct, unless the file REFUSED
says that this round refuses it; and when that says so of one that is the same. Rounds, versions
and drivers are patterns there, * for all.
"""

import fnmatch
import json
import pathlib
import sys

UNSUPPORTED = "unsupported by driver"
SHOWN = 600


def read(path):
    lines = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        lines[line["case"]] = line
    return lines


def refusals(path, round_name, version, drivers):
    """The reasons of this round's refusals, by driver and case."""
    reasons = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            where, reason = text.split(": ", 1)
            of_round, of_version, of_driver, case = where.split()
            if fnmatch.fnmatch(round_name, of_round) and fnmatch.fnmatch(version, of_version):
                reasons |= {(d, case): reason for d in drivers if fnmatch.fnmatch(d, of_driver)}
    return reasons


def state(line):
    """What one run of one case came to, and what to show of it."""
    if line is None:
        return "missing", "no line printed"
    if not line["ok"]:
        return "failed", line["error"]
    return "ok", json.dumps(line["result"], ensure_ascii=False, sort_keys=True)


def cell(direct, other, refused):
    (direct_state, direct_text), (other_state, other_text) = state(direct), state(other)
    same = (direct_state, other_state) == ("ok", "ok") and direct_text == other_text
    if same and direct["result"] == UNSUPPORTED:
        return "–"
    if refused:
        expected = direct_state == "ok" and not same and other is not None
        return "ok / refused" if expected else f"**{direct_state} / {other_state}, not refused**"
    if same:
        return "ok / same"
    return f"**{direct_state} / {other_state if other_state != 'ok' else 'differs'}**"


def difference(case, driver, round_name, direct, other):
    texts = [state(direct)[1], state(other)[1]]
    first = next((i for i, (a, b) in enumerate(zip(*texts)) if a != b), min(map(len, texts)))
    start = max(0, first - 60)
    direct_text, other_text = (text[start:start + SHOWN] for text in texts)
    return f"- {driver}, {case}:\n  - direct `{direct_text}`\n  - {round_name} `{other_text}`"


def table(title, reasons, round_name, drivers, cases, results):
    """The lines of one round, and how many results differ."""
    rows, differences, refused = [], [], []
    for case in cases:
        row = [case]
        for driver in drivers:
            pair = [results[driver, r].get(case) for r in ("direct", round_name)]
            reason = reasons.get((driver, case))
            row.append(cell(*pair, reason))
            if "**" in row[-1]:
                differences.append(difference(case, driver, round_name, *pair))
            elif reason:
                refused.append(f"- {driver}, {case}, refused as it should be: {reason}")
        rows.append(row)
    same = sum(row.count("ok / same") for row in rows)
    lines = [f"{title}, direct / {round_name}: {same} results the same,"
             f" {len(refused)} refused as they should be, {len(differences)} wrong;"
             " – is what the driver cannot do.", ""]
    lines += ["| " + " | ".join(r) + " |" for r in [["case", *drivers],
                                                     ["---"] * (len(drivers) + 1), *rows]]
    lines += ["", *refused, *differences, ""]
    return lines, len(differences)


def main(product, refused, folder, version, rounds, drivers, *cases):
    folder, rounds, drivers = pathlib.Path(folder), rounds.split(), drivers.split()
    results = {(d, r): read(folder / f"{version}.{d}.{r}.jsonl")
               for d in drivers for r in ("direct", *rounds)}
    tables = [table(f"{product} {version}",
                    refusals(pathlib.Path(refused), r, version, drivers), r, drivers, cases, results)
              for r in rounds]
    text = "\n".join("\n".join(lines) for lines, _ in tables)
    (folder / f"matrix-{version}.md").write_text(text, encoding="utf-8")
    print(text, end="")
    sys.exit(1 if any(wrong for _, wrong in tables) else 0)


main(*sys.argv[1:])
