/// The head of the distribution: English function words in the order of their frequency in running text.
///
/// They are real words and not invented ones, so that stop lists, which every engine has, meet what they were made for.
enum FunctionWords {
  static let words: [StaticString] = [
    "the", "of", "and", "to", "a", "in", "is", "it", "that", "for", "on", "with", "was", "as", "be", "we", "this",
    "are",
    "i", "you", "at", "not", "by", "have", "from", "or", "an", "but", "they", "which", "had", "his", "all", "will",
    "there", "has", "one", "if", "can", "no", "our", "what", "so", "when", "their", "were", "would", "been", "more",
    "do", "who", "about", "up", "out", "them", "some", "into", "other", "than", "its", "only", "then", "any", "these",
    "two", "could", "may", "also", "after", "over", "such", "my", "should", "how", "because", "before", "he", "she",
    "where", "me", "your", "her", "him", "now", "did", "does", "just", "like", "too", "very", "same", "between",
    "under",
    "again", "both", "each", "here", "most", "off", "own", "through", "until", "while", "why", "those", "being",
    "during",
    "against", "below", "above", "few", "once", "us", "am",
  ]

  /// Zipf–Mandelbrot with offset 2.7: "the" is then 6 to 7 % of running text, as measured in English.
  static let table = AliasTable(words.indices.map { 1 / (Double($0) + 2.7) })
}
