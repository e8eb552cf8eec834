"""How each test of the suite ended, direct and gated: counts, and the tests that differ.

    compare.py FOLDER VERSION ROUND

Reads FOLDER/suite-VERSION.{direct,ROUND}.jsonl (go test -json), writes FOLDER/suite-VERSION.md.
Exit code 1 when a test ended differently, or none ran.
"""

import collections
import json
import pathlib
import re
import sys

ENDS = ("pass", "fail", "skip")
SHOWN = 12
TEMPORARY = re.compile(r"/tmp/[^/]*/\d+")  # a folder of the run, in the names of some tests


def read(path):
    """{package and test: end}, {package and test: what it printed}"""
    ends, printed = {}, collections.defaultdict(list)
    for text in path.read_text(encoding="utf-8").splitlines():
        event = json.loads(text)
        if "Package" not in event:
            continue
        test = TEMPORARY.sub("/tmp", event.get("Test", "(package)"))
        name = f"{event['Package']} {test}"
        if event["Action"] in ENDS:
            ends[name] = event["Action"]
        elif event["Action"] == "output":
            printed[name].append(event["Output"].rstrip())
    return ends, printed


def main(folder, version, round_name):
    folder = pathlib.Path(folder)
    (direct, _), (other, printed) = (
        read(folder / f"suite-{version}.{r}.jsonl") for r in ("direct", round_name))
    lines = ["| round | " + " | ".join(ENDS) + " |", "| --- | --- | --- | --- |"]
    for name, ends in (("direct", direct), (round_name, other)):
        tests = collections.Counter(e for n, e in ends.items() if not n.endswith("(package)"))
        lines.append(f"| {name} | " + " | ".join(str(tests[e]) for e in ENDS) + " |")
    failed = sorted(n for n, e in direct.items() if e == "fail" and not n.endswith("(package)"))
    differing = sorted(n for n in direct.keys() | other.keys()
                       if direct.get(n) != other.get(n) and not n.endswith("(package)"))
    lines += ["", f"Failing direct: {len(failed)}", *(f"- {n}" for n in failed)]
    lines += ["", f"Ending otherwise {round_name}: {len(differing)}"]
    for name in differing:
        lines.append(f"- {name}: {direct.get(name, 'missing')} / {other.get(name, 'missing')}")
        lines += ["", *(f"      {text}" for text in printed[name][:SHOWN]), ""]
    text = f"pgx's suite, PostgreSQL {version}\n\n" + "\n".join(lines) + "\n"
    (folder / f"suite-{version}.md").write_text(text, encoding="utf-8")
    print(text, end="")
    sys.exit(1 if differing or not direct else 0)


main(*sys.argv[1:])
