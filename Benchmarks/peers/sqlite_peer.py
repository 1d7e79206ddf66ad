"""SQLite FTS5 (Python's own): Porter stems over Unicode tokens, positions, contentless (no stored text)."""
import os, shutil, sqlite3, time

import common


def index(options):
    shutil.rmtree(options.folder, ignore_errors=True)
    os.makedirs(options.folder)
    started = time.time()
    base = sqlite3.connect(os.path.join(options.folder, "index.sqlite"))
    base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")
    content = "" if options.stored else ", content=''"
    base.execute(f"CREATE VIRTUAL TABLE docs USING fts5(text{content}, tokenize='porter unicode61')")
    n = size = 0
    for number, (_, text) in enumerate(common.documents(options.documents)):
        base.execute("INSERT INTO docs(rowid, text) VALUES (?, ?)", (number, text))
        n += 1
        size += len(text.encode())
    base.execute("INSERT INTO docs(docs) VALUES ('optimize')")
    base.commit()
    base.close()
    common.report_index(options.folder, started, n, size, 1)


def query(options):
    base = sqlite3.connect(os.path.join(options.folder, "index.sqlite"))
    base.execute("PRAGMA mmap_size = 4000000000")

    def prepare(kind, words):
        quoted = ['"' + w.replace('"', '""') + '"' for w in words.split()]
        text = {"or": " OR ", "and": " AND ", "phrase": " + "}[kind].join(quoted)

        def run():
            return base.execute("SELECT rowid, rank FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT 10", (text,)).fetchall()

        return run

    common.report_queries(options.bench, options.passes, prepare)


if __name__ == "__main__":
    options = common.arguments()
    {"index": index, "query": query}[options.verb](options)
