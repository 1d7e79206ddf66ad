/// `griot help query`. The parser is in SearchEngine/Query; its comment holds the same grammar.
enum QueryHelp {
  static let text = """
    WORDS
      pump pressure alarm      any of the words, ranked; up to four words: documents with all of them come first
      "root cause"             a phrase: these very forms, side by side
      "pump alarm"~5           both words, up to five words between them
      +pump alarm              pump must occur
      pump -draft              documents without draft; also: pump NOT draft
      pump AND (alarm OR fault)
      valve*  wil?card         patterns on single words
      valv~1                   words that differ by up to one edit; ~ alone means two
      /err(or)?_\\d+/           a regular expression that a whole word matches

    FIELDS
      title:rollback           words of the title
      author:okafor            written by; words of a name, or an address
      speaker:"Inés Duarte"    spoken by
      kind:wiki                newsletter, wiki, transcript, message, lesson, document, or a kind of your own
      source:handbook          a source, as 'griot sources' lists it
      lang:es                  language
      after:2024-05            from that year, month or day on
      before:2024-06-15        before it
      Fields but title restrict and do not change the ranking. author:(ana jo) takes several values.

    WHAT HOLDS WHERE
      +, AND, NOT and fields hold for a whole document. Phrases and nearness hold inside a passage, which is the part
      of a document under one heading, or a stretch of a conversation. Each document is shown by its best passage.

    HOW WORDS ARE COMPARED
      In any case, and without accents in Latin, Greek and Cyrillic. Words match by their stem: valves finds valve. In
      quotes the form counts. foo_bar, getUserName, e-mail and DEC-0054 are found whole and by their parts; addresses
      as a whole, by local part and by domain; C++, C# and .NET are words. Chinese and Japanese are found wherever
      the characters stand side by side; Thai, Lao, Khmer and Burmese are split by dictionary.

    DID YOU MEAN
      A word that the memory does not hold is replaced by the one that was probably meant, and a note says so. Never
      words in quotes, words with digits, words of up to four letters, patterns, and what is excluded.

    OTHER NAMES
      Short forms that the documents explain, and those of the file glossary.tsv, stand for their long ones too, and
      the other way round: "site reliability engineering (SRE)" in one document lets SRE find both. Only in queries of
      plain words, up to twelve of them; the other name weighs less than what was typed, a note says who gives it, and
      --no-expand leaves it out.

    PATTERNS
      A pattern is compared with every single word of the memory, from its first letter to its last, accents and case
      folded. One that stands for very many words is searched with the most frequent of them, and a note says so.
      /…/ knows . [a-z] [^a-z] \\d \\w \\s * + ? {2,3} | ( ).

    STOP WORDS
      Words such as 'the', 'of', 'und' and 'pour' are indexed like all others. A query drops its plain stop words
      while another word remains: 'the history of the pump' looks for history and pump. Phrases keep them, +the keeps
      it, and a query of nothing but stop words ("to be or not to be", without the quotes too) keeps all.

    BOUNDS
      A query is searched with its first 256 different words (a phrase, and a word that is cut into parts, count as
      eight, a pattern as 32), a phrase with its first 64. A pattern stands for at most 1,024 stems, and the
      patterns of a query together for as many as can be read in a moment: the most frequent are kept, and counts are
      lower bounds then. Of many phrases of frequent words, and of what is typed as one word like and/or, some are
      searched as words; the first phrase in quotes never. Of many words like getUserName only the first 16 are also
      searched as words in a row. Four words of a query are corrected at most. A note says each of it.

    ANYTHING PARSES
      A quote without its partner, an operator without a word, an unknown field: all are read as text; a parenthesis
      without its partner is passed over. A note says so. + and - are operators only behind a blank and directly before
      a word, AND, OR and NOT only in capitals. A backslash makes the next character plain: \\(draft\\), \\AND.
      The shell reads quotes, parentheses, * and ! before griot does: put the query into single quotes.

    GRAMMAR
      query   = { either }                           beside each other: any of them, ranked
      either  = both { "OR" both }
      both    = signed { "AND" signed }
      signed  = ( "+" | "-" | "NOT" ) signed | single
      single  = "(" query ")" | [ field ":" ] term | field ":" "(" query ")"
      field   = "title" | "author" | "speaker" | "kind" | "source" | "lang" | "after" | "before"
      term    = word | '"' words '"' [ "~" n ] | word "*" | wild?card | word "~" [ n ] | "/" regexp "/" | "*"

    BATCHES
      Queries of --batch are free text: every word counts and nothing is an operator, unless --syntax full is given.

    """
}
