"""Xapian (Debian: python3-xapian; run with the system's python3): English stems, positions."""
import os, shutil, time

import xapian

import common


def index(options):
    shutil.rmtree(options.folder, ignore_errors=True)
    started = time.time()
    base = xapian.WritableDatabase(options.folder, xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    n = size = 0
    for key, text in common.documents(options.documents):
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(text)
        if options.stored:
            document.set_data(text)
        base.add_document(document)
        n += 1
        size += len(text.encode())
    base.commit()
    base.close()
    common.report_index(options.folder, started, n, size, 1)


def query(options):
    base = xapian.Database(options.folder)
    enquire = xapian.Enquire(base)
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("en"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_database(base)

    def prepare(kind, words):
        parser.set_default_op(xapian.Query.OP_AND if kind == "and" else xapian.Query.OP_OR)
        bare = words.replace('"', " ")
        text = f'"{bare}"' if kind == "phrase" else bare

        def run():
            parser.set_default_op(xapian.Query.OP_AND if kind == "and" else xapian.Query.OP_OR)
            enquire.set_query(parser.parse_query(text, xapian.QueryParser.FLAG_PHRASE))
            return list(enquire.get_mset(0, 10))

        return run

    common.report_queries(options.bench, options.passes, prepare)


if __name__ == "__main__":
    options = common.arguments()
    {"index": index, "query": query}[options.verb](options)
