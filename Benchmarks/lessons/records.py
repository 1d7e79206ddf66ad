"""Records of lessons as sentences: what both evaluation and training read.

A file has one JSON object a line with `driving_event`, `lessons_learned`, `recommendations` (NASA's public lessons
learned, as https://github.com/nasa/mika has them). Field names are dropped; which field a sentence came from is the
truth, and nothing the judge sees.
"""
import json
import re
import subprocess

import numpy as np

FIELDS = (("driving_event", 0), ("lessons_learned", 1), ("recommendations", 1))
SHORT_FORM = re.compile(r"(?:\b(?:e\.g|i\.e|etc|No|Fig|vs|approx|Dr|Mr|Inc|U\.S|Ref|Sec|St|cf|al)\.|\b[A-Z]\.)$")
NUMBER = re.compile(r"\(?[0-9a-zA-Z]{1,3}[.)]")
END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")


def sentences(text):
    for paragraph in re.split(r"\n+", text or ""):
        start = 0
        for match in END.finditer(paragraph):
            sentence = paragraph[start : match.end()].strip()
            if SHORT_FORM.search(sentence) or NUMBER.fullmatch(sentence):
                continue
            yield sentence
            start = match.end()
        yield paragraph[start:].strip()


def read(path):
    """-> [(number of the record, 1 for a lesson or recommendation, sentence)]"""
    out = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            record = json.loads(line)
            for field, truth in FIELDS:
                out += [(number, truth, s) for s in sentences(record.get(field)) if len(s) >= 3]
    return out


def judge(griot, texts):
    """What `griot lessons --judge` says of each text: parsed JSON lines."""
    lines = "\n".join(re.sub(r"[\r\n]", " ", text) for text in texts)
    command = [griot, "lessons", "--judge", "-", "--format", "jsonl"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    judged = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert len(judged) == len(texts), f"{len(judged)} answers to {len(texts)} sentences"
    return judged


def average_precision(truth, score):
    order = np.argsort(-np.asarray(score), kind="stable")
    hits = np.asarray(truth)[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits == 1].mean())
