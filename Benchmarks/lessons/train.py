#!/usr/bin/env python3
"""Trains the weights of LessonModel and prints the average precision by ten folds of records.

  train.py GRIOT RECORDS.jsonl              the figure alone
  train.py GRIOT RECORDS.jsonl TABLE.swift  also writes Sources/Griot/Lessons/LessonWeights.swift

Features come from the binary itself (`griot lessons --judge`), so that what is trained is what is used. Logistic
regression with an L2 penalty; words of at least MIN records, of which the WORDS that move most stay.
"""
import re
import sys
from collections import Counter

import numpy as np

import records

PENALTY, MIN, MIN_FIRST, WORDS, FOLDS, SEED = 8.0, 5, 4, 560, 10, 7
WORD = re.compile(r"[A-Za-z\u00c0-\uffff]+(?:'[A-Za-z]+)*")
LEAD = re.compile(r"^\s*(?:[-*+]\s+|•\s*|\(?[0-9]{1,3}[.)]\s+|\(?[A-Za-z][0-9]{0,2}[.)]\s+|\[.\]\s+)")


class Sparse:
    def __init__(self, rows, names):
        index = {name: i for i, name in enumerate(names)}
        cells = [(i, index[k], v) for i, row in enumerate(rows) for k, v in row.items() if k in index and v]
        self.row, self.column = (np.array([c[k] for c in cells], dtype=np.int64) for k in (0, 1))
        self.value = np.array([c[2] for c in cells], dtype=float)
        self.rows, self.columns = len(rows), len(names)

    def dot(self, w):
        return np.bincount(self.row, weights=self.value * w[self.column], minlength=self.rows)

    def gradient(self, g):
        return np.bincount(self.column, weights=self.value * g[self.row], minlength=self.columns)


def fit(x, y, penalty, steps=300):
    """Accelerated gradient descent, scaled by the features' size."""
    n = x.rows
    scale = 1 / (np.bincount(x.column, weights=x.value**2, minlength=x.columns) / n + 1e-3)
    step = 8.0 / np.bincount(x.row, minlength=n).max()
    w = z = np.zeros(x.columns)
    b = zb = np.log(y.mean() / (1 - y.mean()))
    t = 1.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(x.dot(z) + zb))) - y
        gradient = x.gradient(error) / n + penalty / n * z
        next_w = z - step * scale * gradient / (1 + step * scale * penalty / n)
        next_b = zb - step * 4 * error.mean()
        next_t = (1 + np.sqrt(1 + 4 * t * t)) / 2
        z, zb = next_w + (t - 1) / next_t * (next_w - w), next_b + (t - 1) / next_t * (next_b - b)
        w, b, t = next_w, next_b, next_t
    return w, b


def is_word(name):
    return name.startswith(("w:", "^:"))


def train(rows, y, record, chosen):
    """-> names, weights, bias, learned from the chosen rows."""
    seen = {(record[i], name) for i in chosen for name in rows[i]}
    frequency = Counter(name for _, name in seen)
    names = sorted(
        n for n, c in frequency.items() if not is_word(n) or c >= (MIN if n.startswith("w:") else MIN_FIRST)
    )
    part = [rows[i] for i in chosen]
    w, _ = fit(Sparse(part, names), y[chosen], PENALTY)
    occurrences = Counter(name for row in part for name in row)
    words = [(abs(weight) * np.sqrt(occurrences[n]), n) for n, weight in zip(names, w) if is_word(n)]
    kept = {n for _, n in sorted(words, reverse=True)[:WORDS]}
    names = [n for n in names if not is_word(n) or n in kept]
    return (names, *fit(Sparse(part, names), y[chosen], PENALTY))


def rows_of(griot, data):
    rows = []
    for (_, _, text), judged in zip(data, records.judge(griot, [text for _, _, text in data])):
        row = {f["name"]: f["value"] for f in judged["features"] if f["name"] != "words"}
        words = [w.lower() for w in WORD.findall(LEAD.sub("", text).replace("’", "'"))]
        share = 3 / np.sqrt(max(1, len(words)))
        row.update({"w:" + w: share for w in words if len(w) > 1})
        if words and len(words[0]) > 1:
            row["^:" + words[0]] = share
        rows.append(row)
    return rows


def table(names, weights, bias, figure):
    pairs = dict(zip(names, weights))
    features = [f"    .{n}: {v:.3f}," for n, v in sorted(pairs.items()) if not is_word(n) and abs(v) >= 0.0005]
    words = [f"{'^' if n[0] == '^' else ''}{n[2:]} {v:.2f}" for n, v in sorted(pairs.items()) if is_word(n)]
    lines, line = [], "   "
    for word in (w for w in words if not w.endswith((" 0.00", " -0.00"))):
        if len(line) + len(word) + 3 > 118:
            lines.append(line + " \\")
            line = "   "
        line += " " + word
    lines.append(line)
    return f'''/// The numbers of ``LessonModel``. Written by Benchmarks/lessons/train.py; not edited by hand.
///
/// Logistic regression over the sentences of 250 public lessons of NASA (which section a sentence came from is the
/// truth: lesson or recommendation against driving event). By ten folds of records the average precision is {figure:.3f};
/// chance is 0.348.
enum LessonWeights {{
  /// Log-odds of a sentence of which nothing is known.
  static let bias: Float = {bias:.3f}

  /// In the order of ``LessonFeature``.
  static let features: [Float] = LessonFeature.allCases.map {{ table[$0] ?? 0 }}

  /// What one unit of a feature adds.
  static let table: [LessonFeature: Float] = [
{chr(10).join(features)}
    .words: 1,
  ]

  /// English words and what each adds; `^` in front of a word that begins the sentence.
  static let words = """
{chr(10).join(lines)}
    """
}}
'''


def main(griot, path, target=None):
    data = records.read(path)
    rows = rows_of(griot, data)
    y = np.array([truth for _, truth, _ in data])
    record = np.array([number for number, _, _ in data])
    numbers = np.unique(record)
    np.random.RandomState(SEED).shuffle(numbers)
    fold_of = {number: i % FOLDS for i, number in enumerate(numbers)}
    fold = np.array([fold_of[number] for number in record])
    score = np.zeros(len(y))
    for k in range(FOLDS):
        names, w, b = train(rows, y, record, np.where(fold != k)[0])
        held = np.where(fold == k)[0]
        score[held] = Sparse([rows[i] for i in held], names).dot(w) + b
    figure = records.average_precision(y, score)
    print(f"average precision by {FOLDS} folds of records: {figure:.3f} (chance {y.mean():.3f}, {len(y)} sentences)")
    if target:
        with open(target, "w", encoding="utf-8") as file:
            file.write(table(*train(rows, y, record, np.arange(len(y))), figure))


if __name__ == "__main__":
    main(*sys.argv[1:])
