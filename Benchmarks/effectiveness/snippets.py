#!/usr/bin/env python3
"""Do highlighted offsets show the words of the query in the text that was read?

  snippets.py GRIOT MEMORY [--hits 200] [--seed 1] [--extract]

Takes random hits of queries made of one to three random words of random passages, over all sources and charsets, and
checks for each of them by program, without Griot's analysis:

  - the snippet stands, byte for byte, in the text of the passage that its anchor names (`griot show --format json`,
    and with --extract in what `griot extract` prints for the source's file);
  - highlights are ascending ranges of UTF-8 bytes on character borders, inside the snippet;
  - each highlighted text is a word of the query: folded (NFKC, case, marks), it begins like one, up to the ending that
    stemming may change; or the expansion of an acronym of the query that the notes name;
  - something is highlighted, unless the passage holds none of the words.

Prints what was checked and every violation; exit status 1 if there is one.
"""
import argparse, json, os, random, re, subprocess, sys, unicodedata


# Left out of queries, and not highlighted, where another word remains.
STOP = set("about after because been before being between both could down during each from further have having here "
           "into itself more most once only other over same should some such than that their them then there these they "
           "this those through under until very were what when where which while will with would your".split())


def fold(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text.replace("’", "'").replace("ʼ", "'")


def stem_like(word, query):
    """Whether two folded words can be forms of one stem: a common beginning of three letters or more, or all of it."""
    if word == query:
        return True
    common = len(os.path.commonprefix([word, query]))
    if common == 2 and {word[2:], query[2:]} <= {"e", "es", "ed", "er", "ing"}:
        return True  # use, uses, using
    return common >= min(3, len(query)) and (common >= 6 or common >= min(len(word), len(query)) - 4)


def run(*command):
    out = subprocess.run(command, capture_output=True)
    return out.returncode, out.stdout.decode("utf-8", "surrogateescape"), out.stderr.decode("utf-8", "replace")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("griot")
    parser.add_argument("memory")
    parser.add_argument("--hits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--extract", action="store_true", help="read every hit's file again")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    griot, memory = options.griot, options.memory

    passages = []
    export = subprocess.Popen([griot, "export", "--memory", memory], stdout=subprocess.PIPE)
    for line in export.stdout:
        document = json.loads(line)
        for passage in document["passages"]:
            if rng.random() < 0.2:
                passages.append(passage["text"])
    export.wait()
    checked = highlighted = titled = extracted = 0
    charsets = set()
    problems = []
    files = {}
    while checked < options.hits:
        found = re.findall(r"[^\W_]{3,}(?:['’-][^\W_]+)?", rng.choice(passages))
        if not found:
            continue
        query = " ".join(rng.choice(found) for _ in range(rng.randrange(1, 4)))
        status, out, errors = run(
            griot, "search", "--memory", memory, "--format", "json", "--limit", "5", "--syntax", "free", "--", query)
        if status not in (0, 1):
            sys.exit(f"{query!r}: {errors}")
        answer = json.loads(out)
        hits = answer["hits"]
        if not hits:
            continue
        hit = rng.choice(hits)
        checked += 1

        def problem(what):
            problems.append(f"{query!r} {hit['id'][:8]}{hit['anchor'] or ''} {hit['location']}: {what}")

        snippet = hit["snippet"]["text"].encode()
        _, out, _ = run(griot, "show", hit["id"], "--memory", memory, "--format", "json")
        document = json.loads(out)
        texts = [p["text"].encode() for p in document["passages"] if p["anchor"] == hit["anchor"]]
        if not any(snippet in text for text in texts):
            problem("the snippet is not in the passage that its anchor names")
        if options.extract and os.path.exists(hit["location"]):
            if hit["location"] not in files:
                _, out, _ = run(griot, "extract", hit["location"])
                files[hit["location"]] = [json.loads(line) for line in out.splitlines()]
            extracted += 1
            read = [d for d in files[hit["location"]] if any(snippet in p["text"].encode() for p in d["passages"])]
            charsets |= {d["charset"] for d in read[:1]}
            if not read:
                problem("the snippet is not in what extract prints")
        asked = [fold(w) for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", query)]
        asked += [fold(w) for w in query.split()] + [fold(w).replace("-", "") for w in query.split()]
        asked += [part for w in asked for part in w.split("'")]
        # Parts of identifiers.
        asked += re.findall(r"[^\W\d_]+", fold(query)) + [fold(w) for w in re.findall(r"[A-Z]*[a-z]+", query)]
        # What the notes say that was searched for beside the words: expansions of acronyms.
        for note in answer["notes"]:
            asked += [fold(w) for t in re.findall("“([^”]+)”", note) for w in re.findall(r"[^\W_]+", t)]
        last = 0
        for start, end in hit["snippet"]["highlights"]:
            if not last <= start < end <= len(snippet):
                problem(f"highlight {start}-{end} is out of order or outside")
                continue
            last = end
            try:
                shown = snippet[start:end].decode()
            except UnicodeDecodeError:
                problem(f"highlight {start}-{end} cuts a character")
                continue
            parts = [fold(w) for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", shown)]
            parts += [p for w in parts for p in w.split("'")]
            # Scripts without spaces are found by character, inside of what was typed.
            if fold(shown) in fold(query):
                continue
            if not any(stem_like(p, q) for p in parts for q in asked if q):
                problem(f"highlight {shown!r} is no word of the query")
        if hit["snippet"]["highlights"]:
            highlighted += 1
        else:
            held = {fold(w) for text in texts for w in re.findall(r"[^\W_]+", text.decode())}
            if any(q in held for q in asked if len(q) > 3 and q not in STOP):
                problem("nothing is highlighted though the passage holds a word")
            else:
                titled += 1
    for line in problems:
        print(line)
    print(f"{checked} hits: {highlighted} with highlights, {titled} found by title or heading alone, "
          f"{extracted} compared with extract ({', '.join(sorted(charsets)) or 'none'}), {len(problems)} problems; seed {options.seed}")
    return 1 if problems else 0


sys.exit(main())
