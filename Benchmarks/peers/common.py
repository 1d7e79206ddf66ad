"""What every peer's driver shares: reading the documents, timing queries, reporting what a run cost.

Each driver is a program of its own with two verbs and the same output as griot-bench:
  index DOCS.jsonl DIR [--threads N] [--stored]   one JSON object: what it cost
  query DIR --bench QUERIES.tsv [--passes N]      class n p50 p95 p99 mean, in microseconds
"""
import argparse, json, os, resource, statistics, sys, time

try:
    from orjson import loads
except ImportError:
    from json import loads

FOLD = {"single": "or", "or": "or", "title": "or", "and": "and", "phrase": "phrase"}


def documents(path):
    """Yields (id, text) of each line; a title goes in front of its text, as griot-bench does."""
    with open(path, "rb") as file:
        for line in file:
            record = loads(line)
            title = record.get("title")
            text = record.get("text") or ""
            yield str(record.get("id", record.get("_id"))), f"{title}\n{text}" if title else text


def size_of(folder):
    return sum(os.path.getsize(os.path.join(base, name)) for base, _, names in os.walk(folder) for name in names)


def report_index(folder, started, n, text_bytes, threads):
    own = resource.getrusage(resource.RUSAGE_SELF)
    kids = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "documents": n, "textBytes": text_bytes, "indexBytes": size_of(folder),
        "seconds": round(time.time() - started, 2),
        "cpuSeconds": round(own.ru_utime + own.ru_stime + kids.ru_utime + kids.ru_stime, 2),
        "peakBytes": max(own.ru_maxrss, kids.ru_maxrss) * 1024, "threads": threads}))


def queries(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            kind, qid, words = line.rstrip("\n").split("\t")
            yield kind, qid, words


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def report_queries(path, passes, prepare, overhead=0.0):
    """prepare(kind, words) gives a function that parses and runs the query (None: the engine cannot); each query counts
    with the median of its passes, less `overhead` microseconds."""
    by_class = {}
    prepared = [(kind, prepare(FOLD[kind], words)) for kind, _, words in queries(path)]
    times = [[] for _ in prepared]
    for number in range(passes + 1):
        for place, (kind, run) in enumerate(prepared):
            if run is None:
                continue
            start = time.perf_counter_ns()
            run()
            if number > 0:
                times[place].append((time.perf_counter_ns() - start) / 1000 - overhead)
    for (kind, run), found in zip(prepared, times):
        if run is not None:
            by_class.setdefault(kind, []).append(statistics.median(found))
    for kind, values in by_class.items():
        print(kind, len(values), *(f"{percentile(values, p):.1f}" for p in (0.5, 0.95, 0.99)),
              f"{statistics.mean(values):.1f}", sep="\t")


def arguments():
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb", required=True)
    index = verbs.add_parser("index")
    index.add_argument("documents")
    index.add_argument("folder")
    index.add_argument("--threads", type=int, default=2)
    index.add_argument("--stored", action="store_true")
    query = verbs.add_parser("query")
    query.add_argument("folder")
    query.add_argument("--bench", required=True)
    query.add_argument("--passes", type=int, default=5)
    return parser.parse_args()
