#!/usr/bin/env python3
"""Does the default model serve archives other than the one it was measured on? Held-out documents say who knew.

  heldout.py [--griot PATH] [--data DIR] [--sets NAME,…] [--ablations] [--keep DIR]

From public archives (DIR, default <root>/../shared/data/native; archives.py reads them) documents are held out of a memory,
five folds; the title of each is the topic, whoever made it is the answer, if the memory knows them from other documents:

  peps      design documents: who wrote the one of that title
  list      a mailing list: who answered in the thread of that subject (not who asked); whole threads are held out
  ham       the same with mails of several lists, many of them chat
  talks     transcripts of talks: who gave the one of that title
  tags      the same talks, nothing held out but their labels: who spoke under the label (in two talks or more)
  notes     meeting notes: who is named as presenter of the item of that title; the meeting is held out
  wiki      pages: who changed the one of that name last
  packages  what changed in each version of this Debian system's packages: who maintains the one of that description
            (the package database says so; figures differ from system to system)

It is a hard task (the title of an unseen document), so that figures are low; the quotient of default and plain votes is
what is looked at. Topics without an answer in the memory do not count.
"""
import argparse, json, os, subprocess, sys, tempfile

from archives import SETS, folded

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ABLATIONS = ["decay", "titles", "years", "volume", "roles", "speakers", "mentions", "proximity"]


def measure(ranking, answers):
    hits, precision, first, found = 0, 0.0, 0, set()
    for rank, (name, addresses) in enumerate(ranking, 1):
        which = {a for a in answers if a[0].lower() == name.lower() or (a[1] and a[1] in addresses)} - found
        if which:
            found |= which
            hits += 1
            precision += hits / rank
            first = first or rank
    return 1 / first if first else 0.0, precision / len(answers), float(first == 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--griot", default=os.path.join(ROOT, ".build/release/griot"))
    parser.add_argument("--data", default=os.path.join(ROOT, "../shared/data/native"))
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--ablations", action="store_true")
    parser.add_argument("--keep", help="a folder for the memories, to be used again")
    options = parser.parse_args()
    if not os.path.isdir(options.data):
        sys.exit(f"heldout.py: there is nothing at {options.data}")
    scratch = tempfile.TemporaryDirectory()
    variants = [("default", [])] + [(f"without {a}", [a]) for a in ABLATIONS if options.ablations]
    variants.append(("plain votes", ["all"]))
    totals = {label: [] for label, _ in variants}
    for name in options.sets.split(","):
        documents = list(SETS[name](options.data))
        folds = folded(name, documents)
        results = {label: [] for label, _ in variants}
        for number, (indexed, topics) in enumerate(folds):
            memory = os.path.join(options.keep or scratch.name, f"{name}-{number}")
            if not os.path.exists(os.path.join(memory, "manifest")):
                path = os.path.join(scratch.name, "in.jsonl")
                with open(path, "w", encoding="utf-8") as out:
                    for index, d in enumerate(indexed):
                        record = dict(id=f"d{index}", title=d["title"], text=d["text"], authors=[
                            dict(name=n, email=a) if a else dict(name=n) for n, a in d["authors"]])
                        if d["date"]:
                            record["date"] = d["date"]
                        out.write(json.dumps(record) + "\n")
                subprocess.run([options.griot, "ingest", path, "--memory", memory], check=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            queries = os.path.join(scratch.name, "queries.tsv")
            with open(queries, "w", encoding="utf-8") as out:
                for index, (topic, _) in enumerate(topics):
                    out.write(f"{index}\t{' '.join(topic.split())}\n")
            for label, without in variants:
                command = [options.griot, "experts", "--batch", queries, "--format", "tsv", "--addresses", "--memory",
                           memory]
                for ingredient in without:
                    command += ["--without", ingredient]
                output = subprocess.run(command, capture_output=True, text=True).stdout
                ranked = {}
                for line in output.splitlines():
                    topic, _, _, person_name, addresses = line.split("\t")
                    ranked.setdefault(int(topic), []).append((person_name, set(addresses.lower().split(","))))
                results[label] += [measure(ranked.get(i, []), answers) for i, (_, answers) in enumerate(topics)]
        plain = sum(m[0] for m in results["plain votes"]) / max(1, len(results["plain votes"]))
        print(f"{name}: {len(documents)} documents, {len(results['default'])} topics     MRR   MAP   S@1   / plain")
        for label, measures in results.items():
            totals[label].append(sum(m[0] for m in measures) / max(1, len(measures)))
            means = [sum(m[i] for m in measures) / max(1, len(measures)) for i in range(3)]
            print(f"  {label:24} " + " ".join(f"{mean:.3f}" for mean in means) + f"   {means[0] / max(plain, 1e-9):.2f}",
                  flush=True)
    print("mean of MRR")
    for label, means in totals.items():
        print(f"  {label:24} {sum(means) / len(means):.3f}   / plain {sum(means) / sum(totals['plain votes']):.2f}")


if __name__ == "__main__":
    main()
