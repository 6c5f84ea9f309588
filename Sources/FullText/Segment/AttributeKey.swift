/// How attribute names and values become keys of the value table.
enum AttributeKey {
  /// Longest folded value that is told apart, in bytes.
  static let longestValue = 1024
  private static let longestName = 256

  /// The folded name and the zero behind it: what all keys of the attribute start with.
  static func name(_ name: String) -> [UInt8] {
    var key = Array(TextFolding.foldedBytes(name).prefix(longestName))
    key.removeAll { $0 == 0 }
    key.append(0)
    return key
  }

  static func value(_ value: String) -> [UInt8] {
    Array(TextFolding.foldedBytes(value).prefix(longestValue))
  }

  static func key(name: String, value: String) -> [UInt8] {
    self.name(name) + self.value(value)
  }

  /// The key of a value that is only asked for whole: six bytes of its hash stand for it.
  static func wholeKey(name: String, value: String) -> [UInt8] {
    wholeKey(name: name, key: key(name: name, value: value))
  }

  /// The same from the value's other key.
  static func wholeKey(name: String, key: [UInt8]) -> [UInt8] {
    var whole = Room<UInt8>()
    key.withUnsafeBufferPointer { whole.append($0) }
    makeWhole(&whole, from: self.name(name).count)
    return Array(whole.buffer)
  }

  /// Puts six bytes of a hash in the place of the value, which begins at `start`.
  static func makeWhole(_ key: inout Room<UInt8>, from start: Int) {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for index in start..<key.count {
      hash = (hash ^ UInt64(key[index])) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    hash = hash &* 0xC4CE_B9FE_1A85_EC53
    key.truncate(to: start)
    for index in 2..<8 { key.append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * index))) }
  }

  /// Appends the folded value, cut off where `value` cuts it off.
  static func append(_ value: UnsafeBufferPointer<UInt8>, to key: inout Room<UInt8>) {
    key.makeRoom(longestValue)
    for (index, byte) in value.enumerated() where index < longestValue {
      if byte >= 0x80 {
        key.truncate(to: key.count - index)
        TextFolding.fold(value).prefix(longestValue).withUnsafeBufferPointer { key.append($0) }
        return
      }
      key.append(TextFolding.lowered(byte))
    }
  }
}
