/// Memory that one search takes in pieces and gives back as a whole.
final class SearchMemory {
  private static let chunkSize = 32 * 1024
  private static let alignment = 16

  private var chunks = List<UnsafeMutableRawPointer>()
  private var at: UnsafeMutableRawPointer?
  private var left = 0

  deinit { for chunk in chunks { chunk.deallocate() } }

  /// Room for `count` values that need no deinitialisation; not initialised.
  func take<Value: BitwiseCopyable>(
    _: Value.Type, _ count: Int
  ) -> UnsafeMutablePointer<Value> {
    let size = max(1, count) * MemoryLayout<Value>.stride
    let needed = (size + Self.alignment - 1) / Self.alignment * Self.alignment
    if needed > left || at == nil {
      let length = max(needed, Self.chunkSize)
      let chunk = UnsafeMutableRawPointer.allocate(byteCount: length, alignment: Self.alignment)
      chunks.append(chunk)
      at = chunk
      left = length
    }
    let piece = at ?? UnsafeMutableRawPointer.allocate(byteCount: needed, alignment: 16)
    at = piece + needed
    left -= needed
    return piece.bindMemory(to: Value.self, capacity: max(1, count))
  }
}
