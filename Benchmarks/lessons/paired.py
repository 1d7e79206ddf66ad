#!/usr/bin/env python3
"""Records found by what happened: the driving event is the query, the record's own lesson should come first.

  paired.py GRIOT RECORDS.jsonl

Two memories: `whole` holds the records with their fields as they are exported; `lesson only` holds lesson and
recommendation without the event, so that only what both speak of can lead from one to the other.
"""
import json
import os
import subprocess
import sys
import tempfile


def run(griot, *arguments):
    return subprocess.run([griot, *arguments], capture_output=True, text=True)


def first(griot, folder, name, documents, queries):
    path = os.path.join(folder, name + ".jsonl")
    with open(path, "w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document) + "\n")
    memory = os.path.join(folder, name + ".memory")
    assert run(griot, "ingest", path, "--memory", memory).returncode == 0
    batch = os.path.join(folder, "queries.tsv")
    with open(batch, "w", encoding="utf-8") as file:
        for key, text in queries:
            file.write(key + "\t" + " ".join(text.split()) + "\n")
    options = ["--batch", batch, "--format", "trec", "--limit", "10", "--memory", memory, "--min-confidence", "0"]
    found, rank = {}, {}
    for line in run(griot, "lessons", *options).stdout.splitlines():
        key, _, document, position, _, _ = line.split(" ")
        found.setdefault(key, document)
        if document == key:
            rank[key] = int(position)
    right = sum(found.get(key) == key for key, _ in queries)
    mrr = sum(1 / rank[key] for key, _ in queries if key in rank) / len(queries)
    print(f"{name}\tfirst {right / len(queries):.3f}\tMRR {mrr:.3f}\tof {len(queries)}")


def main(griot, path):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = [r for r in rows if r["driving_event"].strip() and (r["lessons_learned"] + r["recommendations"]).strip()]
    queries = [(str(r["lesson_id"]), r["driving_event"]) for r in rows]
    with tempfile.TemporaryDirectory() as folder:
        first(griot, folder, "whole", rows, queries)
        lessons = [{k: v for k, v in r.items() if k != "driving_event"} for r in rows]
        first(griot, folder, "lesson only", lessons, queries)


if __name__ == "__main__":
    main(*sys.argv[1:])
