"""Tantivy (PyPI: tantivy): English stems, positions, no stop list of its own."""
import os, shutil, sys, time

import tantivy

import common


def index(options):
    shutil.rmtree(options.folder, ignore_errors=True)
    os.makedirs(options.folder)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=options.stored, tokenizer_name="en_stem")
    started = time.time()
    target = tantivy.Index(builder.build(), options.folder)
    writer = target.writer(heap_size=256_000_000, num_threads=options.threads)
    n = size = 0
    for key, text in common.documents(options.documents):
        writer.add_document(tantivy.Document(id=key, text=text))
        n += 1
        size += len(text.encode())
    writer.commit()
    writer.wait_merging_threads()
    common.report_index(options.folder, started, n, size, options.threads)


def query(options):
    target = tantivy.Index.open(options.folder)
    target.reload()
    searcher = target.searcher()

    def prepare(kind, words):
        # The query language's operators are escaped by quoting each word; a phrase is one quoted string.
        bare = words.replace('"', " ").replace("\\", " ")
        text = f'"{bare}"' if kind == "phrase" else " ".join(f'"{w}"' for w in bare.split())

        def run():
            parsed = target.parse_query(text, ["text"], conjunction_by_default=kind == "and")
            return searcher.search(parsed, 10, count=False)

        return run

    common.report_queries(options.bench, options.passes, prepare)


if __name__ == "__main__":
    options = common.arguments()
    {"index": index, "query": query}[options.verb](options)
