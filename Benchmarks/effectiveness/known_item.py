#!/usr/bin/env python3
"""Known-item search: does the title of a document find it?

  known_item.py GRIOT FOLDER [--titles 500] [--seed 1] [--memory DIR] [--misses]

Ingests FOLDER into a temporary memory (or uses DIR as it is), takes titles of five words or more that occur once in it,
and searches for each of them twice, as somebody would type it:

  exact    the whole title: the document has to be first
  worn     two words dropped and one misspelt (a letter left out, doubled, exchanged with its neighbour, or replaced by
           the one beside it on the keyboard; in a word of five letters or more, without digits, and so that the result
           is no word of any title): the document has to be among the first three

Prints both shares, for each figure with the floor that the project holds itself to. Only the standard library is used.
"""
import argparse, collections, json, random, re, subprocess, sys, tempfile

KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]


def words(title):
    return re.findall(r"\w+", title)


def misspell(word, rng):
    at = rng.randrange(1, len(word))
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1:]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        if at + 1 >= len(word):
            at -= 1
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    for row in KEYS:
        i = row.find(word[at].lower())
        if i >= 0:
            return word[:at] + row[i + 1 if i + 1 < len(row) else i - 1] + word[at + 1:]
    return word[:at] + word[at + 1:]


def wear(title, vocabulary, rng):
    """The title with two words dropped and one misspelt; None if it has no word that can be misspelt."""
    tokens = title.split()
    for _ in range(200):
        kept = sorted(rng.sample(range(len(tokens)), len(tokens) - 2))
        able = [i for i in kept if re.fullmatch(r"[A-Za-z]{5,}", tokens[i])]
        if not able:
            continue
        i = rng.choice(able)
        wrong = misspell(tokens[i], rng)
        if wrong.lower() in vocabulary or wrong.lower() == tokens[i].lower():
            continue
        return " ".join(wrong if k == i else tokens[k] for k in kept)
    return None


def plain(text):
    """Somebody who types a title does not type operators."""
    return " ".join(w.strip("\"'()[]{}:*?~/\\") for w in text.split() if w.strip("-+") == w).strip()


def search(griot, memory, query, limit):
    run = subprocess.run(
        [griot, "search", "--memory", memory, "--format", "json", "--no-fold", "--limit", str(limit), "--", query],
        capture_output=True)
    if run.returncode not in (0, 1):
        sys.exit(f"{query!r}: {run.stderr.decode()}")
    answer = json.loads(run.stdout)
    return [hit["id"] for hit in answer["hits"]], answer["notes"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("griot")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--titles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory")
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        memory = options.memory or folder + "/memory"
        if not options.memory:
            run = subprocess.run(
                [options.griot, "ingest", options.folder, "--memory", memory, "--format", "json"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if run.returncode not in (0, 5):
                sys.exit(f"ingest ended with {run.returncode}")
        by_title = collections.defaultdict(list)
        export = subprocess.Popen([options.griot, "export", "--memory", memory], stdout=subprocess.PIPE)
        for line in export.stdout:
            document = json.loads(line)
            by_title[" ".join(document["title"].split())].append(document["id"])
        export.wait()
        vocabulary = {w.lower() for title in by_title for w in words(title)}
        titles = sorted(t for t, ids in by_title.items() if len(ids) == 1 and len(t.split()) >= 5 and len(words(t)) >= 5)
        rng = random.Random(options.seed)
        rng.shuffle(titles)
        first = third = worn = asked = 0
        for title in titles[:options.titles]:
            document = by_title[title][0]
            asked += 1
            ids, _ = search(options.griot, memory, title, 3)
            first += ids[:1] == [document]
            if ids[:1] != [document] and options.misses:
                print("exact", title, "->", ids)
            query = wear(title, vocabulary, rng)
            if query is None:
                continue
            worn += 1
            ids, notes = search(options.griot, memory, query, 3)
            third += document in ids
            if document not in ids and options.misses:
                print("worn ", query, "<-", title, notes)
        print(f"titles of five words or more that occur once: {len(titles)}; seed {options.seed}")
        print(f"exact title, document first:           {first}/{asked} = {first / asked:.3f} (floor 0.97)")
        print(f"worn title, document in first three:   {third}/{worn} = {third / worn:.3f} (floor 0.90)")
        return 0 if first >= 0.97 * asked and third >= 0.9 * worn else 1


sys.exit(main())
