import Documents

extension ReaderLoop {
  /// The reader died: blames a record or the file, and makes ready for the next process.
  func bury(_ cause: String, _ child: ReaderChild) throws(GriotError) -> Bool {
    // `end` unmapped the page: what it said was kept.
    self.child = nil
    try requireGreeting(cause)
    guard !outstanding.isEmpty else { return true }
    for index in outstanding.indices { outstanding[index].isSent = false }
    let last = child.lastProgress
    var item = outstanding[0]
    item.deaths += 1
    let beganRecord = item.ticksAtStart.map { $0 != last.ticks } ?? false
    let isBehind = item.lastRecord.map { last.offset > $0 } ?? (last.offset >= item.job.startOffset)
    if beganRecord, isBehind, item.job.quarantine[last.offset] == nil {
      item.job.quarantine[last.offset] = cause
      item.blamelessDeaths = 0
    } else {
      item.blamelessDeaths += 1
    }
    outstanding[0] = item
    // Once may be bad luck or another file's doing, twice alone is this file.
    guard item.blamelessDeaths >= 3 || item.deaths > Self.deathsPerFile else { return true }
    var end = FileEnd()
    note(item, &end)
    end.failed = end.failed ?? "the file \(cause)"
    end.changedMeanwhile = false
    outstanding.removeFirst()
    return board.put([.end(end)], bytes: 0, job: item.job.index)
  }
}
