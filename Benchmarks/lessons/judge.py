#!/usr/bin/env python3
"""Precision of the first ten lessons for twenty queries, against what was judged by reading.

  judge.py GRIOT POSTMORTEMS [--show]

POSTMORTEMS is the folder of Markdown post-mortems (icco/postmortems). queries.tsv has the queries, judgements.tsv what a
reader said: query, beginning of the file's name, beginning of the SHA-1 of the lesson's text, 1 if it states a lesson
about the query (a cause, a measure, a finding), 0 if it does not or is about something else. What was not judged counts
as wrong and is counted; --show prints it, to be judged and added. Places without an answer count as wrong, too.
"""
import hashlib
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def main(griot, folder, show=""):
    judged = {}
    with open(os.path.join(HERE, "judgements.tsv"), encoding="utf-8") as lines:
        for line in lines:
            *key, grade = line.rstrip("\n").split("\t")
            judged[tuple(key)] = grade == "1"
    queries = os.path.join(HERE, "queries.tsv")
    with tempfile.TemporaryDirectory() as scratch:
        memory = os.path.join(scratch, "memory")
        subprocess.run([griot, "ingest", folder, "--memory", memory], check=True, capture_output=True)
        answer = subprocess.run([griot, "lessons", "--batch", queries, "--format", "tsv", "--limit", "10", "--memory",
                                 memory], check=True, capture_output=True, text=True).stdout
    right, unjudged, found = {}, [], 0
    for line in answer.splitlines():
        fields = line.split("\t")
        key = fields[0], os.path.basename(fields[11])[:8], hashlib.sha1(fields[-1].encode()).hexdigest()[:8]
        found += 1
        right[fields[0]] = right.get(fields[0], 0) + judged.get(key, False)
        if key not in judged:
            unjudged.append("\t".join(key) + "\t" + fields[9] + "\t" + fields[-1])
    with open(queries, encoding="utf-8") as lines:
        count = sum(1 for line in lines if line.strip())
    print(f"precision at 10\t{sum(right.values()) / (10 * count):.3f}\tof {count} queries, {found} answers")
    print("by query\t" + " ".join(f"{query}:{hits}" for query, hits in sorted(right.items())))
    print(f"not judged\t{len(unjudged)}")
    if show:
        print("\n".join(unjudged))


if __name__ == "__main__":
    main(*sys.argv[1:])
