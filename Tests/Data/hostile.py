#!/usr/bin/env python3
"""Writes a folder of hostile files: python3 hostile.py FOLDER [--full]

Each of them has hurt some program that takes in files. `--full` makes the big ones as big as they come (a line of 1 GB, bombs
of 4 GB); without it they are as big as a test can wait for. Prints how many it made."""
import bz2, gzip, io, json, lzma, os, socket, stat, struct, sys, tarfile, zipfile, zlib

root = sys.argv[1]
full = "--full" in sys.argv
MB = 1 << 20
count = 0


def path(name):
    global count
    count += 1
    full_path = os.path.join(root, name)
    os.makedirs(os.path.dirname(full_path), exist_ok=True)
    return full_path


def put(name, data):
    with open(path(name), "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())


def gz(data):
    return gzip.compress(data, 9, mtime=0)


def zeros_gz(size):
    """A gzip file of zeros, made without holding them."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as out:
        block = b"a" * MB
        for _ in range(size // MB):
            out.write(block)
    return buffer.getvalue()


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as z:
        for name, data in entries:
            z.writestr(zipfile.ZipInfo(name), data, compression)
    return buffer.getvalue()


def tarred(members):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as t:
        for info, data in members:
            t.addfile(info, io.BytesIO(data) if data is not None else None)
    return buffer.getvalue()


def member(name, data=b"", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, len(data)
    return info, data


note = b"# Note\n\nThe pump in hall three was replaced.\n"

# Archives and compressed files.
bomb = (4096 if full else 256) * MB
put("archives/bomb.txt.gz", zeros_gz(bomb))
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
    with z.open("bomb.txt", "w", force_zip64=True) as out:
        for _ in range(bomb // MB):
            out.write(b"0" * MB)
put("archives/bomb.zip", buffer.getvalue())
put("archives/many-bombs.zip", zipped([(f"{i}.gz", zeros_gz(32 * MB)) for i in range(20)]))
deep = note
for level in range(60):
    deep = zipped([(f"level{level}.zip" if level else "note.md", deep)])
put("archives/nested-60.zip", deep)
deep = note
for _ in range(40):
    deep = gz(deep)
put("archives/nested-40.md.gz", deep)
put("archives/parent-path.zip", zipped([("../../escape.md", note)]))
put("archives/absolute-path.zip", zipped([("/etc/escape.md", note)]))
put("archives/backslashes.zip", zipped([("..\\..\\escape.md", note)]))
put("archives/same-names.zip", zipped([("a.md", note), ("a.md", note + b"again\n"), ("A.md", note)]))
put("archives/odd-names.zip", zipped([("a\nb\x1b[31m.md", note), ("", note), ("x" * 5000 + ".md", note)]))
put("archives/many-entries.zip", zipped([(f"d/{i}", b"") for i in range(50000)]))
link = zipfile.ZipInfo("passwd.md")
link.external_attr = (stat.S_IFLNK | 0o777) << 16
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w") as z:
    z.writestr(link, "/etc/passwd")
put("archives/symlink.zip", buffer.getvalue())
good = zipped([("a.md", note * 50), ("b.md", note * 50)])
put("archives/truncated.zip", good[: len(good) // 2])
put("archives/no-directory.zip", good[: good.index(b"PK\1\2")])
lying = bytearray(good)
struct.pack_into("<II", lying, 18, 0xFFFFFFF0, 0xFFFFFFF0)
put("archives/lying-sizes.zip", bytes(lying))
encrypted = bytearray(good)
encrypted[6] |= 1
encrypted[good.index(b"PK\1\2") + 8] |= 1
put("archives/encrypted.zip", bytes(encrypted))
put("archives/parent-path.tar", tarred([member("../../escape.md", note)]))
put("archives/links.tar", tarred([member("l", kind=tarfile.SYMTYPE, link="/etc/passwd"), member("h", kind=tarfile.LNKTYPE, link="../../x")]))
put("archives/devices.tar", tarred([member("zero", kind=tarfile.CHRTYPE), member("pipe", kind=tarfile.FIFOTYPE), member("a.md", note)]))
huge = bytearray(tarred([member("a.md", note)]))
huge[124:136] = b"77777777777\0"
put("archives/huge-size.tar", bytes(huge))
put("archives/truncated.tar.gz", gz(tarred([member(f"{i}.md", note * 99) for i in range(50)]))[:700])
put("archives/truncated.md.gz", gz(os.urandom(20000))[:9000])
wrong = bytearray(gz(note * 20))
wrong[-8] ^= 255
put("archives/wrong-checksum.md.gz", bytes(wrong))
put("archives/trailing-garbage.md.gz", gz(note) + b"\x00garbage" * 50)
put("archives/truncated.md.bz2", bz2.compress(note * 4000)[:60])
put("archives/garbage.md.xz", lzma.compress(note)[:30] + b"\xff" * 200)
put("archives/garbage.zst", b"\x28\xb5\x2f\xfd" + b"\xff" * 300)
put("archives/garbage.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\xee" * 500)
put("archives/garbage.rar", b"Rar!\x1a\x07\x01\x00" + b"\x99" * 500)

# XML.
laughs = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)
)
put("xml/billion-laughs.xml", laughs + "]><rss><channel><title>&m;</title><item><description>&m;</description></item></channel></rss>")
put("xml/quadratic.xml", '<!DOCTYPE rss [<!ENTITY a "' + "a" * 50000 + '">]><rss><channel><item><description>' + "&a;" * 50000 + "</description></item></channel></rss>")
put("xml/external-entity.xml", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>')
put("xml/external-dtd.xml", '<!DOCTYPE rss SYSTEM "http://192.0.2.1/x.dtd"><rss><channel><item><title>a</title></item></channel></rss>')
put("xml/deep.xml", "<rss><channel><item><description>" + "<b>" * 100000 + "deep" + "</b>" * 100000)
put("xml/truncated-dump.xml", '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/"><page><title>A</title><revision><text>[[unfinished')
put("xml/braces.xml", '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/"><page><title>A</title><ns>0</ns><revision><text>' + "{{" * 100000 + "[[" * 100000 + "</text></revision></page></mediawiki>")
put("xml/wrong-encoding.xml", '<?xml version="1.0" encoding="UTF-16"?><rss><channel><item><title>plain</title></item></channel></rss>')
put("xml/many-attributes.xml", "<rss " + " ".join(f'a{i}="{i}"' for i in range(100000)) + "><channel/></rss>")

# HTML.
put("html/deep.html", "<html><body>" + "<div>" * 100000 + "the bottom of it")
put("html/deep-tables.html", "<html><body>" + "<table><tr><td>" * 20000 + "cell")
put("html/deep-inline.html", "<html><body><p>" + "<b><i>" * 50000 + "word")
put("html/attributes.html", "<html><body><p " + " ".join(f"a{i}={i}" for i in range(200000)) + ">text of a page")
put("html/long-attribute.html", '<html><body><img alt="' + "x" * (8 * MB) + '"><p>text of a page</p>')
put("html/open-comment.html", "<html><body><p>before</p><!-- " + "never closed " * 20000)
put("html/open-script.html", "<html><body><p>before</p><script>" + "var a = '<p>'; " * 20000)
put("html/nulls.html", b"<html><body><p>te\0xt \0\0of a page</p>" + b"\0" * 5000)
put("html/entities.html", "<html><body><p>" + "&amp;&#x10FFFF;&#xD800;&#99999999999;&nope;" * 20000)
put("html/lying-charset.html", b'<html><head><meta charset="utf-7"></head><body>+ADw-script+AD4- \xff\xfe\xe4</body></html>')
put("html/many-ids.html", "<html><body>" + "".join(f'<h2 id="h{i}">Heading {i}</h2>' for i in range(50000)))

# Mail.
nested = "From: a@example.org\r\nSubject: nested\r\nMIME-Version: 1.0\r\n"
put("mail/nested-multipart.eml", nested + "".join(f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n" for i in range(10000)) + "Content-Type: text/plain\r\n\r\nthe bottom")
put("mail/nested-messages.eml", nested + "Content-Type: message/rfc822\r\n\r\n" * 5000 + "the bottom")
put("mail/empty-boundary.eml", nested + 'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\ntext\r\n----\r\n')
put("mail/missing-boundary.eml", nested + "Content-Type: multipart/alternative\r\n\r\n--x\r\n\r\ntext\r\n")
put("mail/broken-base64.eml", nested + "Content-Transfer-Encoding: base64\r\n\r\n" + "@@@@====QQ" * 5000)
put("mail/long-header.eml", "Subject: " + "x" * (10 * MB) + "\r\n\r\ntext of a message\r\n")
put("mail/many-headers.eml", "".join(f"X-{i}: {i}\r\n" for i in range(200000)) + "\r\ntext of a message\r\n")
put("mail/many-recipients.eml", "From: a@example.org\r\nTo: " + ", ".join(f"p{i} <p{i}@example.org>" for i in range(50000)) + "\r\n\r\ntext\r\n")
put("mail/encoded-words.eml", "Subject: " + "=?utf-8?q?=C3?= =?nope?b?//?= =?iso-8859-1?q?=?=" * 2000 + "\r\n\r\ntext of a message\r\n")
put("mail/unknown-charset.eml", nested + "Content-Type: text/plain; charset=x-klingon\r\n\r\ntext \xe4\r\n")
put("mail/lying-length.mbox", "From a Mon Jan  1 00:00:00 2024\nFrom: a@example.org\nContent-Length: 99999999999999999999\n\nfirst\n\nFrom b Mon Jan  1 00:00:00 2024\nContent-Length: -5\n\nsecond\n")
put("mail/from-lines.mbox", "From a Mon Jan  1 00:00:00 2024\n" * 20000)
put("mail/endless-parts.eml", nested + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n" * 100000)

# Text.
put("text/one-line.txt", b"a" * ((1024 if full else 64) * MB))
put("text/nulls.txt", b"\0" * (16 * MB))
put("text/invalid.txt", b"before \xff\xfe\xfa \xc0\x80 \xed\xa0\x80 after\n" * 500)
put("text/utf16-odd.txt", "words of a text".encode("utf-16-le") + b"\x41")
put("text/mark-only.txt", b"\xef\xbb\xbf")
put("text/empty.txt", b"")
put("text/escapes.txt", "\x1b]0;title\x07\x1b[2J\x1b[31mred\x9b31m words of a text\n" * 50)
put("text/bidi.txt", "\u202e\u2066words \u2069of a text\u202d\n" * 50)
put("text/marks.txt", "z" + "\u0301" * 500000 + " words of a text\n")
put("text/returns.txt", "words of a text\r" * 5000)
put("text/joined-emoji.txt", "\U0001f468\u200d" * 100000)
put("text/front-matter.md", "---\ntitle: [unfinished\n" + "a: &a [*a, *a]\n" * 200 + "no end")
put("text/yaml-laughs.md", "---\na: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(12)) + "---\n\nText.\n")
put("text/deep-quotes.md", "> " * 20000 + "text\n")
put("text/deep-lists.md", "".join("  " * min(i, 2000) + "- item\n" for i in range(4000)))
put("text/brackets.md", "[" * 100000 + "](" * 50000)

# Dumps and recordings.
put("data/deep.json", "[" * 200000 + "]" * 200000)
put("data/deep.jsonl", '{"id":"1","text":' + '{"a":' * 50000 + '"x"' + "}" * 50000 + "}\n")
put("data/broken.jsonl", '{"id":"1","text":"ok"}\n{"id":"2","text":"\\ud800 \\u0000"}\n{"id":"3","text":\n{"id":4e999,"text":"x"}\nnull\n[]\n"x"\n{"id":"5","text":"ok' )
put("data/keys.jsonl", json.dumps({f"k{i}": i for i in range(100000)}) + "\n" + '{"text":"a","text":"b","id":"1","id":"2"}\n')
put("data/quotes.csv", 'id,text\n1,"never closed\n' + "2,b\n" * 5000)
put("data/columns.csv", ",".join(f"c{i}" for i in range(50000)) + "\n" + "x," * 200000)
put("data/times.vtt", "WEBVTT\n\n99:99:99.999 --> -1:00:00.000\n<v >text of a cue\n\n00:00:01.000 -->\nx\n\n9999999999999:00:00.000 --> 99999999999999:00:01.000\nlater\n")
put("data/many-cues.vtt", "WEBVTT\n\n" + "".join(f"00:00:{i % 60:02d}.000 --> 00:00:{i % 60:02d}.500\nthe same words\n\n" for i in range(100000)))
put("data/no-numbers.srt", "00:00:01,000 --> 00:00:02,000\n" * 5000)

# Office files, e-books, PDF.
rels = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
word = laughs.replace("DOCTYPE rss", "DOCTYPE w") + "]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>&m;</w:t></w:r></w:p></w:body></w:document>"
types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
put("office/laughs.docx", zipped([("[Content_Types].xml", types), ("_rels/.rels", rels), ("word/document.xml", word)]))
put("office/empty.docx", zipped([("[Content_Types].xml", types)]))
put("office/garbage.xlsx", b"PK\3\4" + b"\x77" * 3000)
put("office/bomb.pptx", zipped([("[Content_Types].xml", types), ("ppt/slides/slide1.xml", b"<a>" + b" " * (64 * MB))]))
put("office/no-container.epub", zipped([("mimetype", "application/epub+zip")]))
put("office/truncated.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [2 0 R 2 0 R] /Count 99999999 >>\n")
put("office/garbage.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 500)
put("office/garbage.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x33" * 5000)

# The file system itself.
put("system/binary.html", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 100)
put("system/name\nwith\x1b[31mescapes.md", note)
with open(os.path.join(root.encode(), b"system/name-\xff\xfe.md"), "wb") as out:
    out.write(note)
count += 1
put("system/" + "n" * 250 + ".md", note)
put("system/" + "/".join(["d"] * 200) + "/deep.md", note)
os.symlink("loop-b", path("system/loop-a"))
os.symlink("loop-a", path("system/loop-b"))
os.symlink(".", path("system/self"))
os.symlink("../text/../text/escapes.txt", path("system/elsewhere.md"))
os.symlink("nowhere", path("system/dangling.md"))
os.mkfifo(path("system/pipe.md"))
address = path("system/socket")
if len(address) < 100:
    socket.socket(socket.AF_UNIX).bind(address)
else:
    count -= 1
try:
    os.mknod(path("system/zero.txt"), stat.S_IFCHR | 0o666, os.makedev(1, 5))
except PermissionError:
    count -= 1
put("system/forbidden.md", note)
os.chmod(os.path.join(root, "system/forbidden.md"), 0)
print(count)
