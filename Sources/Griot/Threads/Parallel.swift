/// Work that falls into independent parts, on all cores.
enum Parallel {
  /// What `body` makes of neighbouring parts of an array, put together in order.
  ///
  /// - Parameter perTask: Fewer elements are not worth a thread.
  static func map<In: Sendable, Out: Sendable>(
    _ elements: [In], perTask: Int, _ body: @escaping @Sendable (ArraySlice<In>) -> [Out]
  ) -> [Out] {
    let tasks = min(WorkerThread.cores, elements.count / max(1, perTask))
    guard tasks > 1 else { return body(elements[...]) }
    func bound(_ task: Int) -> Int { elements.count * task / tasks }
    let others = (1..<tasks).map { task in
      let part = elements[bound(task)..<bound(task + 1)]
      return Later { () throws(Never) in body(part) }
    }
    var out = body(elements[..<bound(1)])
    for other in others { out += other.value() ?? [] }
    return out
  }
}
