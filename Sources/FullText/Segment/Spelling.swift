// How an attribute value was first spelt, behind the folded one in the table of values.
//   nothing   as the folded one
//   varint capitals << 1, then as bits, in the Rice code of parameter 2: for each of the folded
//             value's letters a to z that is a capital, the bytes between it and the one before
//   varint 1, then the bytes of the value
enum Spelling {
  private static let parameter = 2
  private static let toCapital: UInt8 = 0x20

  static func coded(_ value: [UInt8], folded: ArraySlice<UInt8>) -> [UInt8] {
    if value.elementsEqual(folded) { return [] }
    var capitals: [Int] = []
    var isOnlyCase = value.count == folded.count
    for (place, (own, plain)) in zip(value, folded).enumerated() where isOnlyCase && own != plain {
      isOnlyCase = isLetter(plain) && own == plain - toCapital
      capitals.append(place)
    }
    var buffer = ByteBuffer()
    guard isOnlyCase else {
      buffer.varint(1)
      return buffer.bytes + value
    }
    buffer.varint(capitals.count << 1)
    var bits = BitWriter()
    var expected = 0
    for place in capitals {
      RiceCode.put(UInt32(place - expected), parameter, &bits)
      expected = place + 1
    }
    bits.finish(&buffer)
    return buffer.bytes
  }

  /// Nil when the bytes are damaged.
  static func decoded(
    _ bytes: UnsafeBufferPointer<UInt8>, folded: ArraySlice<UInt8>
  ) -> [UInt8]? {
    if bytes.isEmpty { return Array(folded) }
    var reader = ByteReader(bytes)
    let opening = reader.varint()
    let rest = reader.bytes(reader.remaining)
    if opening & 1 == 1 { return Array(rest) }
    var value = Array(folded)
    var bits = BitReader(rest)
    var place = 0
    for _ in 0..<opening >> 1 {
      place += Int(bits.next(parameter))
      guard !bits.isDamaged, place < value.count, isLetter(value[place]) else { return nil }
      value[place] -= toCapital
      place += 1
    }
    return reader.isDamaged ? nil : value
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }
}
