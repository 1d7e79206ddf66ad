/// What a path says about a file. Hints only: content goes first.
struct FileName {
  /// In lower case, without the dot; empty if there is none.
  let `extension`: String
  /// Without folders and extension.
  let stem: String
  /// Names of the folders above, outermost first.
  let folders: [Substring]

  init(_ path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    let file = parts.last ?? ""
    folders = parts.dropLast()
    if let dot = file.lastIndex(of: "."), dot != file.startIndex, file.utf8.count - file[...dot].utf8.count <= 10 {
      stem = String(file[..<dot])
      self.extension = file[file.index(after: dot)...].lowercased()
    } else {
      stem = String(file)
      self.extension = ""
    }
  }

  var isMarkdown: Bool {
    ["md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdx", "qmd", "rmd"].contains(self.extension)
  }

  var isHTML: Bool { ["html", "htm", "xhtml", "shtml", "xht"].contains(self.extension) }

  /// `.eml`, or a message of a Maildir: below `cur` or `new`, mostly with flags behind `:2,`.
  var isMail: Bool {
    ["eml", "email", "mail"].contains(self.extension) || folders.last == "cur" || folders.last == "new"
      || stem.contains(":2,") || self.extension.contains(":2,")
  }

  /// Programs and configuration: `name: value` lines in them are no speech.
  var isCode: Bool {
    [
      "c", "h", "cc", "cpp", "hpp", "cs", "css", "go", "java", "js", "kt", "less", "lua", "m", "php", "pl", "py", "r",
      "rb", "rs", "scala", "scss", "sh", "sql", "swift", "ts", "tsx", "jsx", "yaml", "yml", "toml", "ini", "cfg",
      "conf", "properties", "lock", "tex", "bib", "rst", "org", "adoc", "po", "log", "diff", "patch",
    ].contains(self.extension)
  }
}
