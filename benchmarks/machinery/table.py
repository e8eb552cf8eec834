"""From cells to the Markdown that goes into docs/measured.md."""

import math

TITLE = "# Measured\n\nWhat the benchmarks say; each section is written by the command it names.\n"
CONTENDED = 0.10
NOT_OURS = ["haproxy", "pgbouncer"]


def by_cell(cells):
    """{(mode, clients): {name: [cell by round]}}"""
    found = {}
    for c in cells:
        names = found.setdefault((c["mode"], c["clients"]), {})
        names.setdefault(c["name"], []).append(c)
    return found


def ratios(names, name, other, key):
    """Within each round, so that a slow moment of the machine hits both."""
    pairs = zip(sorted(names[name], key=lambda c: c["round"]),
                sorted(names[other], key=lambda c: c["round"]))
    return [a[key] / b[key] for a, b in pairs]


def spread(values, median):
    return f"{median(values):.2f} [{min(values):.2f}–{max(values):.2f}]"


def rows(found, proxies, median):
    for (mode, clients), names in found.items():
        direct = names["direct"]
        cells = [f"{mode}, {clients}", f"{median(c['tps'] for c in direct):,.0f}"]
        cells += [spread(ratios(names, p, "direct", "tps"), median)
                  + f", {median(c['cpu_ms'] for c in names[p]):.1f}" for p in proxies]
        yield cells


def latency_rows(found, everyone, median):
    for (mode, clients), names in found.items():
        yield [f"{mode}, {clients}", *(
            f"{median(c['p50_ms'] for c in names[n]):.3f} / {median(c['p99_ms'] for c in names[n]):.3f}"
            for n in everyone)]


def geometric(found, key, name, other, median):
    """Over all cells, the median of the within-round ratios of one to another."""
    values = [median(ratios(names, name, other, key)) for names in found.values()]
    return math.exp(sum(map(math.log, values)) / len(values))


def lines(header, body):
    return ["| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *body]]


def markdown(name, how, data, median):
    """A section of its own for what `benchmarks/NAME/run` measured."""
    found, machine = by_cell(data["cells"]), data["machine"]
    everyone = list(data["versions"])
    proxies = [n for n in everyone if n != "direct"]
    contended = sum(c["others"] > CONTENDED for c in data["cells"])
    text = [f"## {name} side by side", "",
            f"`benchmarks/{name}/run`: {how}, {data['rounds']} rounds of"
            f" {data['seconds']} s, seed {data['seed']}, commit {machine['commit']}."
            f" {machine['cores']} × {machine['cpu']}, {machine['memory_gib']} GiB, Linux"
            f" {machine['kernel']}. " + "; ".join(f"{n}: {v}" for n, v in data["versions"].items())
            + ".", "",
            "Throughput ÷ direct in the same round: median [least–most], then the proxy's CPU ms per"
            " 1,000 transactions (user and system).", ""]
    text += lines(["mode, clients", "direct, tps", *proxies], rows(found, proxies, median))
    text += ["", "Latency, p50 / p99 in ms:", ""]
    text += lines(["mode, clients", *everyone], latency_rows(found, everyone, median))
    gates = [p for p in proxies if p not in NOT_OURS]
    for one, other in ((g, o) for g in gates for o in proxies if o in NOT_OURS):
        means = [f"{what} {geometric(found, key, one, other, median):.2f}" for what, key in
                 [("throughput", "tps"), ("CPU", "cpu_ms"), ("p99", "p99_ms")]]
        text += ["", f"Geometric mean over the cells, {one} ÷ {other}: " + ", ".join(means) + "."]
    text += ["", f"Runs in which other processes took over {CONTENDED:.0%} of the machine:"
             f" {contended} of {len(data['cells'])}.", ""]
    return "\n".join(text)


def record(path, text, section):
    """Replaces what is between the section's markers, or adds it at the end."""
    begin, end = f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
    old = path.read_text(encoding="utf-8") if path.exists() else TITLE
    if begin not in old:
        old += f"\n{begin}\n{end}\n"
    head, rest = old.split(begin, 1)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{head}{begin}\n{text}{end}{rest.split(end, 1)[1]}", encoding="utf-8")
