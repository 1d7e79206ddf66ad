"""Archives whose held-out parts say who knew: the sets of heldout.py.

Each function yields documents: `group` (what is held out together), `title`, `text`, `authors` as (name, address),
`date` (ISO, or None), and, where an unseen document is a topic, `topic` and `answers`. DIR is <root>/../shared/data/native.
"""
import email, email.policy, glob, gzip, os, re
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime


def read(path):
    return open(path, encoding="utf-8", errors="replace").read()


def person(text):
    """`Name <address>` in any of the ways of old mails."""
    try:
        text = str(make_header(decode_header(text))) if "=?" in text else text
    except (LookupError, UnicodeError):
        pass
    match = re.match(r"^\s*(\S+ at \S+) \((.*)\)", text)
    name, address = (match[2], match[1].replace(" at ", "@")) if match else parseaddr(text)
    return name.strip().strip('"'), address.lower()


def day(text):
    """The day of an RFC 822 date."""
    try:
        return parsedate_to_datetime(text.strip()).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def peps(data):
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
        made = re.match(r"(\d\d?)-(\w{3})-(\d{4})", fields.get("Created", ""))
        date = f"{made[3]}-{MONTHS.index(made[2].lower()) + 1:02}-{int(made[1]):02}" if made else None
        if fields.get("Title") and authors:
            yield dict(group=path, title=fields["Title"], text=body, authors=authors, topic=fields["Title"],
                       answers=authors, date=date)


def threads(messages):
    """Documents of (subject, author, body, date): the topic is a thread's subject, the answer who wrote in it without
    having begun it."""
    found = {}
    for subject, author, body, date in messages:
        subject = re.sub(r"(?i)^((re|aw|fwd?|sv)\s*:\s*|\[[^]]*\]\s*)+", "", re.sub(r"\s+", " ", subject)).strip()
        found.setdefault(subject.lower(), []).append((subject, author, body, date))
    for key, parts in found.items():
        asker = parts[0][1]
        answers = sorted({author for _, author, _, _ in parts if author != asker and author[0] != asker[0]})
        for number, (subject, author, body, date) in enumerate(parts):
            yield dict(group=key, title=("Re: " if number else "") + subject, text=body, authors=[author],
                       topic=parts[0][0], answers=answers, date=date)


def mailing_list(data):
    def messages():
        for path in sorted(glob.glob(f"{data}/mail/r-sig-mac/*.txt")):
            for part in re.split(r"(?m)^(?=From \S+ at \S+  ?\w{3} \w{3})", read(path)):
                head, _, body = part.partition("\n\n")
                fields = dict(re.findall(r"(?m)^(From|Subject|Date): (.*(?:\n[ \t].*)*)", head))
                if "From" in fields and "Subject" in fields:
                    yield (str(make_header(decode_header(fields["Subject"]))), person(fields["From"]), body,
                           day(fields.get("Date", "")))
    return threads(messages())


def ham(data):
    def messages():
        for path in sorted(glob.glob(f"{data}/mail/spamassassin-easy-ham/0*")):
            with open(path, "rb") as file:
                mail = email.message_from_binary_file(file, policy=email.policy.compat32)
            author, subject = person(str(mail.get("From", ""))), str(mail.get("Subject", ""))
            part = next((p for p in mail.walk() if p.get_content_type() == "text/plain"), None)
            if part is None or not author[0] or not subject or author[1].startswith("rssfeeds"):
                continue
            body = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
            yield day(str(mail.get("Date", ""))), subject, author, body
    ordered = sorted(messages(), key=lambda m: m[0] or "")
    return threads((subject, author, body, date) for date, subject, author, body in ordered)


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
        date = re.match(r"\d{4}-\d\d-\d\d", " ".join(fields.get("date", [])))
        if title and speakers and len(speakers) <= 4:
            yield dict(group=path, title=title, text=body, authors=speakers, topic=title, answers=speakers,
                       tags=fields.get("tags", []), date=date[0] if date else None)


def notes(data):
    """An item's presenter stands in brackets below its heading, or behind `Presenter:`."""
    for path in sorted(glob.glob(f"{data}/transcripts/tc39-notes/**/*.md", recursive=True)):
        when = re.search(r"(\d{4})-(\d\d)", path)
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
                           topic=title, answers=names, date=f"{when[1]}-{when[2]}-15" if when else None)


def wiki(data):
    """Pages with who changed them last; a page's name is cut into words."""
    for path in sorted(glob.glob(f"{data}/wiki/tdwg-twiki/**/*.txt", recursive=True)):
        text = read(path)
        info = re.match(r'%META:TOPICINFO\{author="(\w+)" date="(\d+)"', text)
        if not info or info[1].startswith("TWiki") or len(text) < 400:
            continue
        split = lambda name: re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
        title = split(os.path.basename(path)[:-4])
        author = [(split(info[1]), "")]
        seconds = int(info[2])
        date = f"{1970 + seconds // 31556952}-{1 + seconds % 31556952 // 2629746:02}-01"
        yield dict(group=path, title=title, text=re.sub(r"(?m)^%META:.*\n?", "", text), authors=author, topic=title,
                   answers=author, date=date)


def packages(_):
    """What changed in each version of the packages of this (Debian) system, and who wrote that. A topic is what a package
    is for, the answer its maintainer as the package database names them; teams are no answers."""
    sources, fields = {}, {}
    if not os.path.exists("/var/lib/dpkg/status"):
        return
    for block in read("/var/lib/dpkg/status").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line[:1] != " " and ": " in line)
        if "Package" in fields and "Description" in fields:
            source = fields.get("Source", fields["Package"]).split(" ")[0]
            if source not in sources or fields["Package"] == source:
                sources[source] = (fields["Description"], person(fields.get("Maintainer", "")))
    seen = set()
    for path in sorted(glob.glob("/usr/share/doc/*/changelog*")):
        try:
            text = (gzip.open if path.endswith(".gz") else open)(path, "rb").read().decode("utf-8", "replace")
        except OSError:
            continue
        for entry in re.finditer(r"(?ms)^(\S+) \(([^)\n]+)\) [^\n]*;[^\n]*\n(.*?)^ -- ([^\n]*?)  (\w[^\n]*)$", text):
            source, version, body, author, date = entry.groups()
            if (source, version) in seen or source not in sources:
                continue
            seen.add((source, version))
            description, maintainer = sources[source]
            human = not re.search(r"(?i)debian|team|maint|packag|group|authors|lists?\.|google|force", maintainer[0])
            yield dict(group=source, title=f"{source} {version}", text=body, authors=[person(author)], date=day(date),
                       topic=description, answers=[maintainer] if human else [])


SETS = dict(peps=peps, list=mailing_list, ham=ham, talks=talks, tags=talks, notes=notes, wiki=wiki, packages=packages)
FOLDS = 5


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
    if name == "packages":
        known = {key for d in documents for a in d["authors"] for key in a if key}
        topics = {d["group"]: (d["topic"], d["answers"]) for d in documents}
        return [(documents, [(topic, answers) for _, (topic, answers) in sorted(topics.items())
                             if any(key in known for a in answers for key in a)])]
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
