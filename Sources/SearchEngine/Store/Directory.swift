/// The directory of a memory as the writer changes it. Everything that alters the disk goes through here, so that
/// tests can fail, tear or stop at any step. Names are relative (`manifest`, `segments/0000000001.terms`).
///
/// Readers map files by path; they change nothing.
public protocol Directory: Sendable {
  /// The path of the directory, for messages and for mapping.
  var path: String { get }
  /// Makes an empty file, or empties an existing one.
  func create(_ name: String) throws(IndexError) -> any OutputFile
  /// Opens a file for appending after cutting it to `length` bytes.
  func append(_ name: String, at length: UInt64) throws(IndexError) -> any OutputFile
  /// Makes the content of a file that was written and closed durable.
  func synchronize(file name: String) throws(IndexError)
  /// The same for many.
  func synchronize(files names: [String]) throws(IndexError)
  /// The whole file, nil where it does not exist.
  func read(_ name: String) throws(IndexError) -> [UInt8]?
  /// Puts a file in the place of another, atomically.
  func rename(_ from: String, to: String) throws(IndexError)
  func remove(_ name: String) throws(IndexError)
  /// The names (relative to the memory) of the files in a subdirectory, sorted; empty where it does not exist.
  func list(_ subdirectory: String) throws(IndexError) -> [String]
  /// Makes the subdirectory where it does not exist. Empty for the directory itself.
  func make(_ subdirectory: String) throws(IndexError)
  /// Makes names durable: creations, renames and removals in the subdirectory. Empty for the directory itself.
  func synchronize(_ subdirectory: String) throws(IndexError)
}

/// A file that is being written, front to back.
public protocol OutputFile: AnyObject {
  func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError)
  /// Makes the content durable.
  func synchronize() throws(IndexError)
  /// Closes the file; later calls do nothing.
  func close()
}

extension Directory {
  public func synchronize(files names: [String]) throws(IndexError) {
    for name in names { try synchronize(file: name) }
  }
}

extension OutputFile {
  public func write(_ bytes: [UInt8]) throws(IndexError) {
    var failure: IndexError?
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
