#!/usr/bin/env python3
"""Effectiveness of ranked lists against judgements.

  evaluate.py run GRIOT FOLDER [FOLDER ...] [-- OPTIONS OF griot search]
      For each judged collection (corpus.jsonl, queries.tsv, qrels.tsv): ingests the corpus into a temporary memory,
      runs the queries as a batch and prints nDCG@10, MAP, P@10, recall@100.
  evaluate.py phases GRIOT FOLDER [FOLDER ...]
      The default ranking against the plain first phase (--rank bm25) on one memory a collection: nDCG@10 of both,
      their difference, its p by a paired randomization test over the queries, how many queries gain and lose; then
      the mean over the collections, with a test that permutes within each of them.
  evaluate.py score QRELS RUN          the same figures for one TREC run
  evaluate.py compare QRELS RUN RUN    paired randomization test of nDCG@10 over the queries, 100,000 permutations

nDCG as trec_eval has it: gain = grade, discount = log2(rank + 1), ideal over all judged documents of the query.
Queries without a relevant document do not count. Only the standard library is used.
"""
import collections, json, math, os, random, subprocess, sys, tempfile


def read_qrels(path):
    qrels = collections.defaultdict(dict)
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.split()
            if len(fields) >= 4:
                qrels[fields[0]][fields[2]] = int(float(fields[3]))
    return {q: d for q, d in qrels.items() if any(g > 0 for g in d.values())}


def read_run(path):
    run = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for line in file:
            qid, _, doc, rank, score, _ = line.split()
            run[qid].append((-float(score), int(rank), doc))
    return {q: [doc for _, _, doc in sorted(hits)] for q, hits in run.items()}


def ndcg(grades, ranked, k=10):
    dcg = sum(max(grades.get(d, 0), 0) / math.log2(i + 2) for i, d in enumerate(ranked[:k]))
    ideal = sorted((g for g in grades.values() if g > 0), reverse=True)[:k]
    return dcg / sum(g / math.log2(i + 2) for i, g in enumerate(ideal))


def average_precision(grades, ranked):
    found = total = 0
    for i, doc in enumerate(ranked):
        if grades.get(doc, 0) > 0:
            found += 1
            total += found / (i + 1)
    return total / sum(g > 0 for g in grades.values())


def per_query(qrels, run):
    out = {}
    for q, grades in qrels.items():
        ranked = run.get(q, [])
        relevant = sum(g > 0 for g in grades.values())
        out[q] = (
            ndcg(grades, ranked), average_precision(grades, ranked),
            sum(grades.get(d, 0) > 0 for d in ranked[:10]) / 10,
            sum(grades.get(d, 0) > 0 for d in ranked[:100]) / relevant)
    return out


def mean(rows):
    rows = list(rows)
    return [sum(r[i] for r in rows) / len(rows) for i in range(4)] if rows else [0] * 4


def line(name, qrels, run):
    values = mean(per_query(qrels, run).values())
    print(f"{name:<16} {len(qrels):>5} " + " ".join(f"{v:8.4f}" for v in values), flush=True)
    return values


def name_of(folder):
    return os.path.basename(os.path.normpath(folder))


def ingest(griot, folder, memory):
    inputs = [os.path.join(folder, "corpus.jsonl")]
    if os.path.exists(os.path.join(folder, "extra.jsonl")) and os.environ.get("WITH_EXTRA"):
        inputs.append(os.path.join(folder, "extra.jsonl"))
    subprocess.run([griot, "ingest", *inputs, "--lang", "en", "--memory", memory, "--progress", "none"],
                   check=True, stdout=subprocess.DEVNULL)


def search(griot, folder, memory, run, options):
    with open(run, "wb") as out:
        result = subprocess.run(
            [griot, "search", "--batch", os.path.join(folder, "queries.tsv"), "--format", "trec",
             "--limit", "1000", "--memory", memory, *options], stdout=out)
    if result.returncode not in (0, 1):
        sys.exit(f"griot search ended with {result.returncode} on {folder}")


def phases(griot, folders):
    print(f"{'set':<16} {'n':>5}    plain  default     diff        p  better  worse")
    sets = []
    for folder in folders:
        with tempfile.TemporaryDirectory() as temporary:
            memory = os.path.join(temporary, "memory")
            ingest(griot, folder, memory)
            qrels = read_qrels(os.path.join(folder, "qrels.tsv"))
            values = []
            for number, options in enumerate([["--rank", "bm25"], []]):
                run = os.path.join(temporary, f"{number}.trec")
                search(griot, folder, memory, run, options)
                values.append(per_query(qrels, read_run(run)))
        differences = [values[1][q][0] - values[0][q][0] for q in qrels]
        plain, default = mean(values[0].values())[0], mean(values[1].values())[0]
        print(f"{name_of(folder):<16} {len(qrels):>5} {plain:8.4f} {default:8.4f} {default - plain:+8.4f} "
              f"{randomization([differences]):8.5f} {sum(d > 0 for d in differences):>7} "
              f"{sum(d < 0 for d in differences):>6}", flush=True)
        sets.append((plain, default, differences))
    plain, default = (sum(s[i] for s in sets) / len(sets) for i in (0, 1))
    print(f"{'mean':<16} {'':>5} {plain:8.4f} {default:8.4f} {default - plain:+8.4f} "
          f"{randomization([s[2] for s in sets]):8.5f}")


def randomization(sets, permutations=20_000):
    """p of the mean over the sets of the mean differences, signs drawn at random for every query."""
    observed = sum(sum(d) / len(d) for d in sets) / len(sets)
    rng = random.Random(1)
    extreme = 0
    for _ in range(permutations):
        total = 0.0
        for differences in sets:
            signs = rng.getrandbits(len(differences))
            total += sum(d if signs >> i & 1 else -d for i, d in enumerate(differences)) / len(differences)
        extreme += abs(total / len(sets)) >= abs(observed) - 1e-12
    return (extreme + 1) / (permutations + 1)


def run_folders(griot, folders, options):
    print(f"{'set':<16} {'n':>5}  nDCG@10      MAP     P@10    R@100")
    rows = []
    for folder in folders:
        with tempfile.TemporaryDirectory() as temporary:
            memory = os.path.join(temporary, "memory")
            ingest(griot, folder, memory)
            run = os.path.join(temporary, "run.trec")
            search(griot, folder, memory, run, options)
            keep = os.environ.get("KEEP_RUNS")
            if keep:
                os.makedirs(keep, exist_ok=True)
                name = name_of(folder) + ".trec"
                with open(run, "rb") as a, open(os.path.join(keep, name), "wb") as b:
                    b.write(a.read())
            rows.append(line(name_of(folder), read_qrels(os.path.join(folder, "qrels.tsv")), read_run(run)))
    print(f"{'mean':<16} {'':>5} " + " ".join(f"{v:8.4f}" for v in mean(rows)))


def compare(qrels, a, b, permutations=100_000):
    qrels = read_qrels(qrels)
    one, two = per_query(qrels, read_run(a)), per_query(qrels, read_run(b))
    differences = [one[q][0] - two[q][0] for q in qrels]
    observed = sum(differences) / len(differences)
    rng = random.Random(1)
    extreme = sum(
        abs(sum(d if rng.random() < 0.5 else -d for d in differences) / len(differences)) >= abs(observed) - 1e-12
        for _ in range(permutations))
    print(json.dumps({"difference": round(observed, 4), "p": (extreme + 1) / (permutations + 1),
                      "better": sum(d > 0 for d in differences), "worse": sum(d < 0 for d in differences)}))


def main(words):
    if len(words) >= 3 and words[0] == "run":
        options = words[words.index("--") + 1:] if "--" in words else []
        folders = words[2:words.index("--")] if "--" in words else words[2:]
        run_folders(words[1], folders, options)
    elif len(words) >= 3 and words[0] == "phases":
        phases(words[1], words[2:])
    elif len(words) == 3 and words[0] == "score":
        line(os.path.basename(words[2]), read_qrels(words[1]), read_run(words[2]))
    elif len(words) == 4 and words[0] == "compare":
        compare(*words[1:])
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
