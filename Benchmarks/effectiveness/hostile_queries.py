#!/usr/bin/env python3
"""Malformed and hostile queries: each must be answered or explained, within bounds of time and memory.

  hostile_queries.py GRIOT MEMORY [--count 300] [--seed 1] [--milliseconds 50] [--megabytes 400]

Fixed cases (a prefix of one letter, /.*/, 2,000 terms, words of 10,000 characters, mixed directions, terminal escapes,
deep nesting, automata that explode) and random ones made of the pieces of the language. The time is that inside the
process (took_us), the median of three runs where the first was over; memory is the peak of the process. Nothing that a
terminal would obey may come out. Prints the slowest; exit status 1 if a bound was broken.
"""
import argparse, json, os, random, subprocess, sys, tempfile

FIXED = {
    "prefix of one letter": "a*", "prefix of one letter, frequent": "s*", "everything by regexp": "/.*/",
    "everything by wildcard": "?*", "star": "*", "ends in": "*g", "holds": "*e*", "two wild": "*a*e*i*",
    "fuzzy short": "abc~2", "fuzzy": "presure~2", "fuzzy long": "internationalisation~2",
    "regexp holds": "/.*ing.*/", "exploding automaton": "/.*a.{60}/", "exploding automaton 2": "/(.*a.*b.*c.*){8}/",
    "nested counts": "/((a{9}){9}){9}/", "too large": "/(((a{99}){99}){99}){9}/", "bad regexp": "/a(b/",
    "2000 terms": " ".join(f"term{i}" for i in range(2000)),
    "2000 frequent terms": " ".join((["the", "error", "file", "time", "user", "new", "data", "system"] * 250)),
    "2000 unknown words": " ".join("xq" + "".join(chr(97 + (i * k) % 26) for k in range(1, 9)) for i in range(2000)),
    "2000 prefixes": " ".join(chr(97 + i % 26) + "*" for i in range(2000)),
    "200 fuzzy": " ".join("wrod" + chr(97 + i % 26) + "~2" for i in range(200)),
    "phrase of 2000 words": '"' + " ".join(["the of and"] * 667) + '"', "phrase of stop words": '"to be or not to be"',
    "near by": '"error file"~1000', "long word": "x" * 10_000, "long word, two bytes": "é" * 10_000,
    "long prefix": "a" * 10_000 + "*", "long wildcard": "a?" * 5_000, "stars": "*a" * 5_000, "long fuzzy": "ab" * 5_000 + "~2",
    "long regexp": "/" + "a?" * 5_000 + "/", "long identifier": "a_" * 5_000, "long hyphens": "ab-" * 3_333,
    "open parentheses": "(" * 10_000, "parentheses": "(" * 5_000 + "a" + ")" * 5_000, "signs": "-" * 10_000 + "a",
    "nots": "NOT " * 3_000 + "error", "ors": "OR " * 3_000, "quotes": '"' * 9_999, "fields": "title:" * 2_000 + "error",
    "unknown fields": "x1:y " * 2_000, "dates": "after:2024-99 before:x after:", "backslashes": "\\" * 10_001,
    "mixed directions": "تقرير error ‮drowssap‬ שלום file 東京", "overrides": "\u202e" * 1000 + "error",
    "escapes": "\x1b[31merror\x1b]0;title\x07 \x1b]8;;http://x\x1b\\file", "bell": "\x07\x08\x7f error",
    "combining": "e" + "\u0301" * 5_000, "joiners": "👨" + "\u200d👩" * 2_000, "thai": "สวัสดีชาวโลก" * 300,
    "han": "東京都" * 1_500, "only blanks": "   \t\n ", "only signs": "+ - ! ? … ( ) [ ]", "excluded only": "-error",
    "excluded frequent": "-the -of -and", "all and not": "* -error", "star fields": "kind:* author:* title:*",
    "people": "author:a", "nobody": "author:qqqq speaker:", "glob": "source:" + "*a" * 500,
}
PIECES = [
    "error", "file", "presure", "zzzz", "the", "AND", "OR", "NOT", "(", ")", '"', "“", "~", "~2", "*", "?", "+", "-", " ", " ",
    " ", "\\", "/", ":", "title:", "author:", "kind:", "after:", "2024-05", "a*", "*a", "/a.*/", "é", "東京", "\u202e", "\x1b[2J",
    "👨‍👩‍👧", "\u0301", "C++", "foo_bar", "1,000.50", "x@y.org", "{", "}", "[", "]", "^", "$", "|",
]


def ask(griot, memory, query):
    command = [griot, "search", "--memory", memory, "--format", "json", "--limit", "10", "--", query]
    with tempfile.TemporaryFile() as said:
        # A file: a pipe that nobody reads would stop a process that has much to say.
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said)
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        said.seek(0)
        errors = said.read()
    return os.waitstatus_to_exitcode(status), out, errors, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("griot")
    parser.add_argument("memory")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--milliseconds", type=float, default=50)
    parser.add_argument("--megabytes", type=float, default=400)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    queries = list(FIXED.items())
    for number in range(options.count):
        queries.append((f"random {number}", "".join(rng.choice(PIECES) for _ in range(rng.randrange(1, 30)))))
    results = []
    broken = 0
    for name, query in queries:
        times = []
        for attempt in range(3):
            status, out, errors, megabytes = ask(options.griot, options.memory, query)
            if status not in (0, 1, 2):
                break
            times.append(json.loads(out)["took_us"] / 1000 if out else 0)
            if times[0] <= options.milliseconds:
                break
        milliseconds = sorted(times)[len(times) // 2] if times else float("inf")
        why = ""
        if status not in (0, 1, 2):
            why = f"exit status {status}: {errors[:200]}"
        elif milliseconds > options.milliseconds:
            why = f"{milliseconds:.1f} ms"
        elif megabytes > options.megabytes:
            why = f"{megabytes:.0f} MB"
        elif b"\x1b" in errors or b"\x1b" in out or b"\x07" in errors:
            why = "an escape came through"
        elif not out and not errors:
            why = "neither answered nor explained"
        if why:
            broken += 1
            print(f"BROKEN {name}: {query[:60]!r}: {why}")
        results.append((milliseconds, megabytes, name))
    for milliseconds, megabytes, name in sorted(results, reverse=True)[:12]:
        print(f"{milliseconds:8.2f} ms {megabytes:6.0f} MB  {name}")
    print(f"{len(results)} queries, {broken} out of bounds ({options.milliseconds} ms, {options.megabytes} MB); seed {options.seed}")
    return 1 if broken else 0


sys.exit(main())
