import Synchronization

/// The blocks of stored documents that were decompressed last. Used from any thread.
final class RecentBlocks: Sendable {
  private static let most = 16
  /// A block that one huge document fills is not kept.
  private static let longest = 1 << 20

  private let blocks = Mutex<[DecompressedBlock]>([])

  subscript(number: Int) -> DecompressedBlock? {
    blocks.withLock { blocks in blocks.first { $0.block == number } }
  }

  /// The oldest goes.
  func insert(_ block: DecompressedBlock) {
    guard block.bytes.count <= Self.longest else { return }
    blocks.withLock { blocks in
      if blocks.contains(where: { $0.block == block.block }) { return }
      if blocks.count == Self.most { blocks.removeFirst() }
      blocks.append(block)
    }
  }
}
