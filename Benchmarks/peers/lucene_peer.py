"""Starts LucenePeer.java with the verbs of the other drivers; turns JSON Lines into what it reads (not timed)."""
import glob, os, shutil, subprocess, sys, tempfile

import common


def java(*words):
    jars = ":".join(glob.glob("/usr/share/java/lucene8-*.jar") or glob.glob("/usr/share/java/lucene*.jar"))
    here = os.path.dirname(os.path.abspath(__file__))
    subprocess.run(["java", "-Xmx4g", "-cp", jars, os.path.join(here, "LucenePeer.java"), *words], check=True)


if __name__ == "__main__":
    options = common.arguments()
    if options.verb == "index":
        shutil.rmtree(options.folder, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".tsv") as flat:
            for key, text in common.documents(options.documents):
                flat.write(key + "\t" + " ".join(text.split()) + "\n")
            flat.flush()
            java("index", flat.name, options.folder, str(options.threads), *(["stored"] if options.stored else []))
    else:
        java("query", options.folder, options.bench, str(options.passes))
