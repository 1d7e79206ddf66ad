import Glibc

/// Feeds a process and drains it at the same time: neither side ever waits for a full pipe.
struct ProcessPump {
  let pid: pid_t
  let deadline: Double
  private(set) var collected: [[UInt8]] = []
  private(set) var timedOut = false

  init(pid: pid_t, deadline: Double) {
    self.pid = pid
    self.deadline = deadline
  }

  /// Until every source is at its end, or the deadline.
  ///
  /// - Parameter sink: Closed (and set to -1) when the input is written.
  mutating func run(input: [UInt8], to sink: inout Int32, from sources: [Int32]) throws {
    signal(SIGPIPE, SIG_IGN)
    collected = sources.map { _ in [] }
    var written = 0
    var open = sources
    if input.isEmpty, sink >= 0 {
      close(sink)
      sink = -1
    }
    if sink >= 0 { _ = fcntl(sink, F_SETFL, O_NONBLOCK) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while open.contains(where: { $0 >= 0 }) {
      let left = deadline - Self.now()
      guard left > 0 else {
        timedOut = true
        kill(pid, SIGKILL)
        return
      }
      var polls = (open + [sink]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      polls[polls.count - 1].events = Int16(POLLOUT)
      guard poll(&polls, nfds_t(polls.count), Int32(min(left, 1) * 1000) + 1) >= 0 else { continue }
      for i in open.indices where polls[i].revents != 0 {
        let n = buffer.withUnsafeMutableBytes { read(open[i], $0.baseAddress!, $0.count) }
        if n > 0 {
          collected[i] += buffer[..<n]
        } else if n == 0 || (errno != EINTR && errno != EAGAIN) {
          // A pseudo-terminal whose other side is closed says EIO.
          open[i] = -1
        }
      }
      if sink >= 0, polls[polls.count - 1].revents != 0 {
        let n = input[written...].withUnsafeBytes { write(sink, $0.baseAddress!, min($0.count, 1 << 16)) }
        if n > 0 { written += n }
        if written == input.count || (n < 0 && errno != EAGAIN && errno != EINTR) {
          close(sink)
          sink = -1
        }
      }
    }
  }

  /// Exit status as a shell gives it. Kills what outlives the deadline.
  mutating func wait() -> Int32 {
    var status: Int32 = 0
    while true {
      let result = waitpid(pid, &status, WNOHANG)
      if result == pid { break }
      if result < 0, errno != EINTR { return -1 }
      if Self.now() > deadline, !timedOut {
        timedOut = true
        kill(pid, SIGKILL)
      }
      usleep(500)
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
