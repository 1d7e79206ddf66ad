enum FormatsHelp {
  static let text = """
    WHAT CAN BE INGESTED
      Formats are recognised by content first, by name second.
        mail          .eml, Maildir, mbox (mboxo, mboxrd, mboxcl2, Thunderbird, Pipermail)
                      archive pages of Pipermail, Hypermail and MHonArc
        newsletters   the same, Markdown with front matter (Jekyll, Hugo), HTML issues, RSS and Atom files
        wikis         rendered HTML (MediaWiki and any other), MediaWiki XML dumps, Confluence exports (HTML and
                      XML), TWiki and Foswiki topics, Markdown
        recordings    WebVTT, SRT, TTML, speaker-labelled text (NAME: …, [00:12:31] Name: …; Zoom, Teams, Otter),
                      Whisper JSON, OHMS and TEI XML
        chats         exports of Slack, Mattermost, Zulip, Gitter, Matrix, Discord, Telegram; IRC logs
        office        .docx, .pptx, .xlsx, .odt, .ods, .odp, .epub, PDF
        archives      zip, tar, 7z, RAR and gz, bz2, xz, zst of any of these, nested
        dumps         JSON Lines: id or _id, title, text or body, author or authors, author_email, date, kind, url
                      (BEIR's corpus.jsonl works as it is), plain text
      A file that gives no document is in the account of the ingest, with the reason. .griotignore files and
      --exclude leave paths out, with the patterns of .gitignore.

    WHAT OUTPUT LOOKS LIKE
      text     for people. Colour and links only on a terminal.
      json     exactly one object on standard output, every key always there (null, []), "version": 1. Notes and
               progress go to standard error.
      jsonl    one object a line: a hit of a search, a document of extract and export
      tsv      one hit a line: rank, score, id, kind, date, title, people, source, location, anchor, snippet;
               in a batch the id of the query first. Tabs and line ends inside a value become blanks.
      trec     lines of a TREC run: qid Q0 docid rank score griot. docid is the id in the source, white space in it
               as %20; scores fall strictly with the rank.

      Highlights in JSON are offsets [start, end] in UTF-8 bytes of the snippet's text. E-mail addresses are shown
      only with --addresses.

    BATCHES
      griot search --batch FILE --format trec --limit 1000
      reads lines of `id TAB query` and answers them in order. The queries are words only (nothing in them is an
      operator) unless --syntax full is given. An empty query has an empty answer.
      griot experts --batch FILE --format tsv
      reads the same lines and writes qid, rank, score, name, e-mails (separated by commas; empty without
      --addresses), whatever the share.

    DIRECTORIES OF PEOPLE
      griot people import reads vCard, LDIF, CSV (with a line of headings), .mailmap and people.yaml.

    """
}
