extension IndexReader {
  /// Copies every file of this commit, verifying each page before it is given away; the manifest comes last, so that a
  /// copy that was cut short is no memory. On a pinned reader it does not matter what a writer does meanwhile.
  ///
  /// - Parameter create: Opens the copy of a file, by its name in the memory and its size in bytes.
  /// - Returns: The number of files and of their bytes.
  /// - Throws: `.corrupt` where the memory is damaged; what `create` and the files throw.
  @discardableResult
  public func copy(
    _ create: (_ name: String, _ size: UInt64) throws(IndexError) -> any OutputFile
  ) throws(IndexError) -> (files: Int, bytes: UInt64) {
    var files = 0
    var bytes: UInt64 = 0
    func write(_ name: String, _ content: UnsafeRawBufferPointer, verify: (Int, Int) throws(IndexError) -> Void)
      throws(IndexError)
    {
      let file = try create(name, UInt64(content.count))
      defer { file.close() }
      var start = 0
      while start < content.count {
        let end = min(start + 4 << 20, content.count)
        try verify(start, end)
        try file.write(UnsafeRawBufferPointer(rebasing: content[start..<end]))
        start = end
      }
      try file.synchronize()
      files += 1
      bytes += UInt64(content.count)
    }
    for segment in segments {
      try segment.expectSequentialReads()
      for file in try segment.files() {
        try write(file.name, file.allBytes) { (start, end) throws(IndexError) in
          // Behind the content stand the sums, which the pages before have verified, and the trailer, verified at once.
          let end = min(UInt64(end), file.count)
          if UInt64(start) < end { try file.verify(UInt64(start), end - UInt64(start)) }
        }
      }
    }
    for (file, mapped) in zip(manifest.sideFiles, sideFiles) {
      let mapped = try mapped.get()
      let content = UnsafeRawBufferPointer(start: mapped.base, count: mapped.count)
      try write(file.fileName, content) { (_, _) throws(IndexError) in }
    }
    let encoded = manifest.encoded()
    var failure: IndexError?
    encoded.withUnsafeBytes { content in
      do throws(IndexError) { try write(Manifest.fileName, content) { (_, _) throws(IndexError) in } } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return (files, bytes)
  }
}
