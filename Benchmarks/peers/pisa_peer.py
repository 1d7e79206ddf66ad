"""PISA (PyPI: pyterrier_pisa): Porter stems, stop words kept, no positions (no phrases), block-max MaxScore."""
import os, shutil, statistics, time

import numpy as np
import pandas as pd
from pyterrier_pisa import PisaIndex, PisaStopwords, _pisathon

import common

ALGORITHMS = {"or": "block_max_maxscore", "and": "block_max_ranked_and"}


def index(options):
    shutil.rmtree(options.folder, ignore_errors=True)
    started = time.time()
    totals = [0, 0]

    def rows():
        for key, text in common.documents(options.documents):
            totals[0] += 1
            totals[1] += len(text.encode())
            yield {"docno": key, "text": text}

    target = PisaIndex(options.folder, text_field="text", stemmer="porter2", stops=PisaStopwords.none,
                       threads=options.threads)
    target.index(rows())
    target.bm25()  # writes the bounds that dynamic pruning reads
    common.report_index(options.folder, started, *totals, options.threads)


def query(options):
    target = PisaIndex(options.folder, stops=PisaStopwords.none, threads=1)
    retrieve = target.bm25(k1=1.2, b=0.75, num_results=10, threads=1)
    room = [np.ascontiguousarray(np.empty((10,), dtype=t)) for t in (np.int32, object, np.int32, np.float32)]

    def call(words, algorithm):
        _pisathon.retrieve(retrieve._ctxt, algorithm, [(0, words)], k=10, threads=1, query_weighted=0,
                           pretokenised=False, result_qidxs=room[0], result_docnos=room[1], result_ranks=room[2],
                           result_scores=room[3])

    # What a call costs that finds nothing is the binding's and not the engine's.
    empty = []
    for _ in range(2000):
        start = time.perf_counter_ns()
        call("zzzzqqqqxxxx", "block_max_maxscore")
        empty.append((time.perf_counter_ns() - start) / 1000)
    overhead = statistics.median(empty)

    def prepare(kind, words):
        if kind not in ALGORITHMS:
            return None
        bare = "".join(c if c.isalnum() else " " for c in words)
        return lambda: call(bare, ALGORITHMS[kind])

    common.report_queries(options.bench, options.passes, prepare, overhead)


if __name__ == "__main__":
    options = common.arguments()
    {"index": index, "query": query}[options.verb](options)
