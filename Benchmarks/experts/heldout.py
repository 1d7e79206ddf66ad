#!/usr/bin/env python3
"""Does the default model serve archives other than the one it was measured on? Held-out documents say who knew.

  heldout.py [--griot PATH] [--data DIR] [--sets peps,list,talks,tags,notes] [--ablations] [--keep DIR]

From public archives (DIR, default <root>/../shared/data/native) documents are held out of a memory, five folds; the title
of each is the topic, whoever made it is the answer, if the memory knows them from other documents:

  peps   design documents: who wrote the one of that title
  list   a mailing list: who answered in the thread of that subject (not who asked); whole threads are held out
  talks  transcripts of talks: who gave the one of that title
  tags   the same talks, nothing held out but their labels: who spoke under the label (in two talks or more)
  notes  meeting notes: who is named as presenter of the item of that title; the meeting is held out

It is a hard task (the title of an unseen document), so that figures are low; the quotient of default and plain votes is
what is looked at. Topics without an answer in the memory do not count.
"""
import argparse, glob, json, mailbox, os, re, subprocess, sys, tempfile
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ABLATIONS = ["decay", "coverage", "volume", "roles", "speakers", "mentions", "proximity"]
FOLDS = 5


def read(path):
    return open(path, encoding="utf-8", errors="replace").read()


def person(text):
    """`Name <address>` in any of the ways of old mails."""
    text = str(make_header(decode_header(text))) if "=?" in text else text
    match = re.match(r"^\s*(\S+ at \S+) \((.*)\)", text)
    name, address = (match[2], match[1].replace(" at ", "@")) if match else parseaddr(text)
    return name.strip().strip('"'), address.lower()


def peps(data):
    """Documents with `group`: what is held out together, with `topic` and `answers`."""
    for path in sorted(glob.glob(f"{data}/docs/peps/**/*.rst", recursive=True)
                       + glob.glob(f"{data}/docs/peps/**/pep-*.txt", recursive=True)):
        head, _, body = read(path).partition("\n\n")
        fields = {}
        for line in head.splitlines():
            key, colon, value = line.partition(":")
            if line[:1].isspace() and fields:
                fields[last] += " " + line.strip()
            elif colon:
                last = key
                fields[key] = value.strip()
        authors = [person(a) for a in re.split(r",\s*(?![^<(]*[>)])", fields.get("Author", "")) if a.strip()]
        authors = [a for a in authors if a[0]]
        if fields.get("Title") and authors:
            yield dict(group=path, title=fields["Title"], text=body, authors=authors, topic=fields["Title"],
                       answers=authors)


def mails(data):
    threads = {}
    for path in sorted(glob.glob(f"{data}/mail/r-sig-mac/*.txt")):
        for part in re.split(r"(?m)^(?=From \S+ at \S+  ?\w{3} \w{3})", read(path)):
            head, _, body = part.partition("\n\n")
            fields = dict(re.findall(r"(?m)^(From|Subject|Date): (.*(?:\n[ \t].*)*)", head))
            if "From" not in fields or "Subject" not in fields:
                continue
            subject = re.sub(r"\s+", " ", str(make_header(decode_header(fields["Subject"]))))
            subject = re.sub(r"(?i)^((re|aw|fwd?|sv)\s*:\s*|\[[^]]*\]\s*)+", "", subject).strip()
            threads.setdefault(subject.lower(), []).append((subject, person(fields["From"]), body))
    for key, messages in threads.items():
        asker = messages[0][1]
        answers = sorted({author for _, author, _ in messages if author != asker and author[0] != asker[0]})
        for subject, author, body in messages:
            yield dict(group=key, title=subject, text=body, authors=[author], topic=messages[0][0], answers=answers)


def front_matter(path):
    _, _, rest = read(path).partition("---\n")
    head, _, body = rest.partition("\n---")
    fields, last = {}, None
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if line.lstrip().startswith("- ") and last:
            fields[last].append(line.strip()[2:].strip("'\" "))
        elif colon and not line[:1].isspace():
            last = key.strip()
            fields[last] = [v.strip("'\" ") for v in value.strip(" []").split(",") if v.strip("'\" ")]
    return fields, body


def talks(data):
    for path in sorted(glob.glob(f"{data}/transcripts/bitcoin/**/*.md", recursive=True)):
        fields, body = front_matter(path)
        speakers = [(name, "") for name in fields.get("speakers", [])]
        title = ", ".join(fields.get("title", []))
        if title and speakers and len(speakers) <= 4:
            yield dict(group=path, title=title, text=body, authors=speakers, topic=title, answers=speakers,
                       tags=fields.get("tags", []))


def notes(data):
    """An item's presenter stands in brackets below its heading, or behind `Presenter:`."""
    for path in sorted(glob.glob(f"{data}/transcripts/tc39-notes/**/*.md", recursive=True)):
        for item in re.split(r"(?m)^(?=##+ )", read(path))[1:]:
            title, _, body = item.partition("\n")
            title = re.sub(r"^#+\s*|^[\d.]+\s*", "", re.sub(r"^#+\s*", "", title)).strip()
            match = re.match(r"\s*\(([^()\n]{4,120})\)\s*\n", body) or re.match(r"\s*Presenter: ([^(\n]+)", body)
            if not match:
                continue
            names = [n.strip() for n in re.split(r",| and ", match[1])]
            names = [(n, "") for n in names if re.fullmatch(r"[A-Z][\w.'’-]+( [A-Z][\w.'’-]+){1,3}", n)]
            if names and len(title) > 3:
                yield dict(group=os.path.dirname(path), title=title, text=body[match.end():], authors=names,
                           topic=title, answers=names)


SETS = dict(peps=peps, list=mails, talks=talks, tags=talks, notes=notes)


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
    parser.add_argument("--sets", default="peps,list,talks,tags,notes")
    parser.add_argument("--ablations", action="store_true")
    parser.add_argument("--keep", help="a folder for the memories, to be used again")
    options = parser.parse_args()
    if not os.path.isdir(options.data):
        sys.exit(f"heldout.py: there is nothing at {options.data}")
    scratch = tempfile.TemporaryDirectory()
    variants = [("default", [])] + [(f"without {a}", [a]) for a in ABLATIONS if options.ablations]
    variants.append(("plain votes", ["all"]))
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
            means = [sum(m[i] for m in measures) / max(1, len(measures)) for i in range(3)]
            print(f"  {label:24} " + " ".join(f"{mean:.3f}" for mean in means) + f"   {means[0] / max(plain, 1e-9):.2f}",
                  flush=True)


def folded(name, documents):
    """For each fold: what is indexed, and topics with the answers that the index knows."""
    if name == "tags":
        counts = {}
        for d in documents:
            for tag in d["tags"]:
                for speaker in d["authors"]:
                    counts.setdefault(tag, {}).setdefault(speaker, []).append(d["group"])
        topics = [(tag, sorted(s for s, where in speakers.items() if len(where) > 1)) for tag, speakers in counts.items()]
        return [(documents, [(tag, answers) for tag, answers in sorted(topics) if answers])]
    groups = sorted({d["group"] for d in documents})
    out = []
    for fold in range(FOLDS):
        held = set(groups[fold::FOLDS])
        indexed = [d for d in documents if d["group"] not in held]
        known = {key for d in indexed for a in d["authors"] for key in a if key}
        topics = {}
        for d in documents:
            if d["group"] in held:
                answers = [a for a in d["answers"] if a[0] in known or a[1] in known]
                if answers:
                    topics[d["group"], d["topic"]] = (d["topic"], answers)
        out.append((indexed, list(topics.values())))
    return out


if __name__ == "__main__":
    main()
