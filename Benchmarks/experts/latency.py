#!/usr/bin/env python3
"""How long does `griot experts` take beside `griot search --rank bm25 --limit 1000` for the same words?

  latency.py --memory DIR --queries FILE [--griot PATH] [--limit N] [--format json|trec]

FILE has lines `id<TAB>query`. Both commands are started anew for each query, in turn, three times; the least of each
query counts, the medians over the queries are compared.
"""
import argparse, os, statistics, subprocess, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def timed(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--griot", default=os.path.join(ROOT, ".build/release/griot"))
    parser.add_argument("--memory", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--limit", type=int, default=100, help="queries to run")
    parser.add_argument("--format", default="trec", help="of the search; experts answer in json")
    options = parser.parse_args()
    lines = [line.rstrip("\n").split("\t")[1] for line in open(options.queries, encoding="utf-8")][: options.limit]
    searches, experts = [], []
    for query in lines:
        search = [options.griot, "search", "--memory", options.memory, "--rank", "bm25", "--limit", "1000", "--format",
                  options.format, query]
        expert = [options.griot, "experts", "--memory", options.memory, "--format", "json", query]
        pairs = [(timed(search), timed(expert)) for _ in range(3)]
        searches.append(min(pair[0] for pair in pairs))
        experts.append(min(pair[1] for pair in pairs))
    search, expert = statistics.median(searches), statistics.median(experts)
    print(f"{len(lines)} queries, p50: search {search:.1f} ms, experts {expert:.1f} ms, ratio {expert / search:.2f}")


if __name__ == "__main__":
    main()
