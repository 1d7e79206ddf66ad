#!/usr/bin/env python3
"""How long does `griot experts` take beside `griot search --rank bm25 --limit 1000` for the same words?

  latency.py --memory DIR --queries FILE [--griot PATH] [--limit N] [--classes single,or,title] [--format json|trec]

FILE has lines `class<TAB>id<TAB>query` or `id<TAB>query`. Both commands are started anew for each query, in turn, three
times; the least of each query counts, the medians over the queries are compared: seconds of processor (user and system)
and of the wall. authored.py gives documents authors that have none.
"""
import argparse, os, statistics, subprocess, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def timed(command):
    """Milliseconds of processor and of the wall."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return (usage.ru_utime + usage.ru_stime) * 1000, (time.perf_counter() - start) * 1000


def queries(path, classes, limit):
    """The same number of each class, evenly from the whole file."""
    found = {name: [] for name in classes}
    for line in open(path, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        name = fields[0] if len(fields) > 2 else classes[0]
        if name in found:
            found[name].append(fields[-1])
    out = []
    for name, lines in found.items():
        wanted = max(1, limit // len(classes))
        step = max(1, len(lines) // wanted)
        out += [(name, query) for query in lines[::step][:wanted]]
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--griot", default=os.path.join(ROOT, ".build/release/griot"))
    parser.add_argument("--memory", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--limit", type=int, default=90, help="queries to run")
    parser.add_argument("--classes", default="single,or,title")
    parser.add_argument("--format", default="trec", help="of the search; experts answer in json")
    options = parser.parse_args()
    classes = options.classes.split(",")
    rows = []
    for name, query in queries(options.queries, classes, options.limit):
        search = [options.griot, "search", "--memory", options.memory, "--rank", "bm25", "--limit", "1000", "--format",
                  options.format, query]
        expert = [options.griot, "experts", "--memory", options.memory, "--format", "json", query]
        pairs = [(timed(search), timed(expert)) for _ in range(3)]
        rows.append((name, [min(pair[side][kind] for pair in pairs) for kind in (0, 1) for side in (0, 1)]))
    for name in classes + ["all"]:
        chosen = [figures for label, figures in rows if name in (label, "all")]
        search, expert, wall_search, wall_expert = (statistics.median(f[i] for f in chosen) for i in range(4))
        print(f"{name:8} {len(chosen):4} queries, p50 processor: search {search:.2f} ms, experts {expert:.2f} ms, "
              f"ratio {expert / search:.2f}; wall {wall_search:.2f}, {wall_expert:.2f}, ratio "
              f"{wall_expert / wall_search:.2f}")


if __name__ == "__main__":
    main()
