enum QueryHelp {
  static let text = """
    QUERIES
      pump pressure            words: documents with all of them first, then those with some
      "root cause"             a phrase: these words, in this form and order
      "pump alarm"~5           near: both words within five words of each other
      +pump -draft             must occur; must not occur (the - only behind a blank: e-mail is a word)
      pump AND (alarm OR fault) NOT test

    FIELDS
      title:rollback           in the title          kind:wiki        newsletter, wiki, transcript, message, …
      author:okafor            written by            source:handbook  a source, as `griot sources` lists it
      speaker:"Inés Duarte"    spoken by             lang:es          language
      after:2024-05            from this day, month or year on
      before:2024-06-15        before it

    WHAT IS COMPARED
      Letters in any case, with and without accents (Latin, Greek, Cyrillic). Words match by their stem, so that
      `valves` finds `valve`; in quotes the very form counts. Chinese, Japanese, Thai, Lao, Khmer and Burmese are
      split into words by dictionary.

    STOP WORDS
      Words such as `the` and `of` are indexed. A query of free words drops them while another word remains; phrases
      keep them, and so does a query that has nothing else.

    ANYTHING PARSES
      A stray quote or operator is read as text, and a note says so. -, + and words such as AND are operators only
      where they can be: `C++`, `x-ray` and `DEC-0054` are words.

    """
}
