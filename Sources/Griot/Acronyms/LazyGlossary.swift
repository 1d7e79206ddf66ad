import Synchronization

/// The glossary of a memory, read when a query first asks for it.
final class LazyGlossary: Sendable {
  private let memory: String
  private let known = Mutex<Glossary?>(nil)

  init(memory: String) { self.memory = memory }

  func get() throws(GriotError) -> Glossary {
    if let glossary = known.withLock({ $0 }) { return glossary }
    let glossary = try Glossary(memory: memory)
    known.withLock { $0 = glossary }
    return glossary
  }
}
