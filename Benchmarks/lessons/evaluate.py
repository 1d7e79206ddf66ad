#!/usr/bin/env python3
"""Average precision of lesson sentences against driving-event sentences, each judged alone.

  evaluate.py GRIOT RECORDS.jsonl

The table that ships was trained on 250 of NASA's records: on those this is an upper bound (train.py prints the figure
by folds of records), on any others it is the figure.
"""
import random
import sys

import records


def main(griot, path):
    data = records.read(path)
    random.Random(20240517).shuffle(data)
    judged = records.judge(griot, [text for _, _, text in data])
    truth = [label for _, label, _ in data]
    scores = [j["score"] for j in judged]
    print(f"sentences\t{len(data)}\nchance\t{sum(truth) / len(truth):.3f}")
    print(f"average precision\t{records.average_precision(truth, scores):.3f}")
    order = sorted(range(len(data)), key=lambda i: -scores[i])
    for depth in (100, 500, 1000):
        print(f"precision at {depth}\t{sum(truth[i] for i in order[:depth]) / depth:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
