"""Direct results beside gated ones: a Markdown table of cases and drivers, then what differs.

    compare.py FOLDER VERSION ROUND "DRIVER ..." CASE ...

Reads FOLDER/VERSION.DRIVER.{direct,ROUND}.jsonl, writes FOLDER/matrix-VERSION.md and prints it.
Exit code 1 when a case failed, is missing, or is not the same in both rounds.
"""

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


def state(line):
    """What one run of one case came to, and what to show of it."""
    if line is None:
        return "missing", "no line printed"
    if not line["ok"]:
        return "failed", line["error"]
    return "ok", json.dumps(line["result"], ensure_ascii=False, sort_keys=True)


def cell(direct, other):
    (direct_state, direct_text), (other_state, other_text) = state(direct), state(other)
    if (direct_state, other_state) != ("ok", "ok"):
        return f"**{direct_state} / {other_state}**"
    if direct_text != other_text:
        return "**ok / differs**"
    return "–" if direct["result"] == UNSUPPORTED else "ok / same"


def difference(case, driver, round_name, direct, other):
    texts = [state(direct)[1], state(other)[1]]
    first = next((i for i, (a, b) in enumerate(zip(*texts)) if a != b), min(map(len, texts)))
    start = max(0, first - 60)
    direct_text, other_text = (text[start:start + SHOWN] for text in texts)
    return f"- {driver}, {case}:\n  - direct `{direct_text}`\n  - {round_name} `{other_text}`"


def main(folder, version, round_name, drivers, *cases):
    folder, drivers = pathlib.Path(folder), drivers.split()
    results = {(d, r): read(folder / f"{version}.{d}.{r}.jsonl")
               for d in drivers for r in ("direct", round_name)}
    rows, differences, same = [], [], 0
    for case in cases:
        row = [case]
        for driver in drivers:
            pair = [results[driver, r].get(case) for r in ("direct", round_name)]
            row.append(cell(*pair))
            if "**" in row[-1]:
                differences.append(difference(case, driver, round_name, *pair))
            else:
                same += row[-1] != "–"
        rows.append(row)
    lines = [f"PostgreSQL {version}, direct / {round_name}: {same} results the same,"
             f" {len(differences)} not; – is what the driver cannot do.", ""]
    lines += ["| " + " | ".join(r) + " |" for r in [["case", *drivers],
                                                     ["---"] * (len(drivers) + 1), *rows]]
    lines += ["", *differences] if differences else []
    text = "\n".join(lines) + "\n"
    (folder / f"matrix-{version}.md").write_text(text, encoding="utf-8")
    print(text, end="")
    sys.exit(1 if differences else 0)


main(*sys.argv[1:])
