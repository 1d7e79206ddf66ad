#!/usr/bin/env python3
"""What do a thousand saved searches cost after an ingest of a thousand documents?

  cost.py --memory DIR --queries FILE --documents NEW.jsonl [--griot PATH] [--watches 1000] [--new 1000]

Saves searches (distinct ones of FILE: `class<TAB>id<TAB>query`) in the memory, takes in the first documents of NEW.jsonl
as a source of their own, runs all searches (`watch run --peek`) and prints seconds of processor, the least of five.
Changes the memory: give it a copy. A second run with other documents adds to the first.
"""
import argparse, json, os, resource, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def seconds(command, **options):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--griot", default=os.path.join(ROOT, ".build/release/griot"))
    parser.add_argument("--memory", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--documents", required=True)
    parser.add_argument("--watches", type=int, default=1000)
    parser.add_argument("--new", type=int, default=1000)
    options = parser.parse_args()
    memory = ["--memory", options.memory]

    listed = subprocess.run([options.griot, "watch", "list", "--format", "json", *memory], capture_output=True, text=True)
    if not json.loads(listed.stdout)["watches"]:
        lines = [line.rstrip("\n").split("\t") for line in open(options.queries, encoding="utf-8")]
        queries = list(dict.fromkeys(f'"{q}"' if kind == "phrase" else q for kind, _, q in lines))
        step = len(queries) / min(options.watches, len(queries))
        for number in range(min(options.watches, len(queries))):
            name = f"w{number:04}"
            subprocess.run([options.griot, "watch", "add", name, queries[int(number * step)], *memory], check=True,
                           stdout=subprocess.DEVNULL)

    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "new.jsonl")
        with open(options.documents, encoding="utf-8") as source, open(path, "w", encoding="utf-8") as out:
            for _, line in zip(range(options.new), source):
                out.write(line)
        spent, _ = seconds([options.griot, "ingest", path, "--source", f"new{os.getpid()}", *memory], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(f"ingest\t{options.new} documents\t{spent:.3f} s")

    for form in ("json", "text", "atom"):
        runs = [seconds([options.griot, "watch", "run", "--peek", "--format", form, *memory], capture_output=True)
                for _ in range(5)]
        least = min(spent for spent, _ in runs)
        print(f"watch run --format {form}\t{least:.3f} s\t{len(runs[0][1].stdout)} bytes of output")
    if runs[0][1].returncode not in (0, 1):
        sys.exit(runs[0][1].stderr.decode())


if __name__ == "__main__":
    main()
