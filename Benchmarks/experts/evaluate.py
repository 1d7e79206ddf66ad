#!/usr/bin/env python3
"""Who can help? Measures `griot experts` on a judged set, and what each ingredient of the model is worth.

  evaluate.py [--griot PATH] [--set DIR] [--memory DIR] [--ablations] [--folds N]

The set holds corpus.jsonl (with author, author_email), topics.tsv (id, text), qrels.tsv (TREC, `person` as document)
and people.tsv (person, name, name variants, addresses: who is meant by a name or an address). The `person` field of the
corpus is stripped before it is ingested. Default: <root>/../shared/data/experts/cpython2017.

Prints MRR, MAP, success@1 and precision@5 over all topics; topics without an answer count 0. A person counts once, at the
best of their ranks.
"""
import argparse, json, os, random, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ABLATIONS = ["decay", "titles", "years", "volume", "roles", "speakers", "mentions", "proximity"]


def people(path):
    by_address, by_name = {}, {}
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            person, name, variants, addresses, _ = line.rstrip("\n").split("\t")
            for variant in [name] + variants.split(" | "):
                by_name[variant.lower()] = person
            for address in addresses.split(" | "):
                if address and address != "none@none":
                    by_address[address.lower()] = person
    return by_address, by_name


def judgements(path):
    out = {}
    for line in open(path, encoding="utf-8"):
        topic, _, person, grade = line.split()
        if int(grade) > 0:
            out.setdefault(topic, set()).add(person)
    return out


def rankings(output, by_address, by_name):
    out = {}
    for line in output.splitlines():
        topic, _, _, name, addresses = line.split("\t")
        person = next((by_address[a.lower()] for a in addresses.split(",") if a.lower() in by_address), None)
        person = person or by_name.get(name.lower(), name)
        ranked = out.setdefault(topic, [])
        if person not in ranked:
            ranked.append(person)
    return out


def measure(ranking, relevant):
    hits, precision, first = 0, 0.0, 0
    for rank, person in enumerate(ranking, 1):
        if person in relevant:
            hits += 1
            precision += hits / rank
            first = first or rank
    return (1 / first if first else 0.0, precision / len(relevant), float(first == 1),
            sum(p in relevant for p in ranking[:5]) / 5)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--griot", default=os.path.join(ROOT, ".build/release/griot"))
    parser.add_argument("--set", default=os.path.join(ROOT, "../shared/data/experts/cpython2017"))
    parser.add_argument("--memory", help="use (and keep) a memory that holds the corpus")
    parser.add_argument("--ablations", action="store_true")
    parser.add_argument("--halves", type=int, default=0, help="also the spread over so many random halves of the topics")
    options = parser.parse_args()
    if not os.path.isdir(options.set):
        sys.exit(f"evaluate.py: there is no set at {options.set}")

    scratch = tempfile.TemporaryDirectory()
    memory = options.memory or os.path.join(scratch.name, "memory")
    if not os.path.exists(os.path.join(memory, "manifest")):
        stripped = os.path.join(scratch.name, "corpus.jsonl")
        with open(os.path.join(options.set, "corpus.jsonl"), encoding="utf-8") as source, open(stripped, "w") as out:
            for line in source:
                record = json.loads(line)
                record.pop("person", None)
                out.write(json.dumps(record) + "\n")
        subprocess.run([options.griot, "ingest", stripped, "--memory", memory], check=True, stdout=subprocess.DEVNULL)

    queries = os.path.join(scratch.name, "queries.tsv")
    with open(queries, "w", encoding="utf-8") as out:
        for line in open(os.path.join(options.set, "topics.tsv"), encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            out.write(f"{fields[0]}\t{fields[1]}\n")
    names = people(os.path.join(options.set, "people.tsv"))
    relevant = judgements(os.path.join(options.set, "qrels.tsv"))

    def run(without):
        command = [options.griot, "experts", "--batch", queries, "--format", "tsv", "--addresses", "--memory", memory]
        for ingredient in without:
            command += ["--without", ingredient]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        ranked = rankings(output, *names)
        return {topic: measure(ranked.get(topic, []), wanted) for topic, wanted in relevant.items()}

    def show(label, measures):
        means = [sum(m[i] for m in measures.values()) / len(measures) for i in range(4)]
        print(f"{label:24} " + " ".join(f"{mean:.3f}" for mean in means))
        if options.halves:
            rng, topics, values = random.Random(7), sorted(measures), []
            for _ in range(options.halves):
                half = rng.sample(topics, len(topics) // 2)
                values.append(sum(measures[t][0] for t in half) / len(half))
            print(f"{'':24} MRR over halves: {min(values):.3f} to {max(values):.3f}")

    print(f"{'':24} MRR   MAP   S@1   P@5   ({len(relevant)} topics)")
    show("default", run([]))
    if options.ablations:
        for ingredient in ABLATIONS:
            show(f"without {ingredient}", run([ingredient]))
        show("plain votes", run(["all"]))


if __name__ == "__main__":
    main()
