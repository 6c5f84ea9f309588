/// The positions of a document as one byte: exact to 40, then in steps of a fifteenth.
enum DocumentLength {
  /// The length that each byte stands for, ascending.
  static let lengths: [UInt32] = {
    var lengths = (0...40).map { UInt32($0) }
    while lengths.count < 256 {
      let last = lengths[lengths.count - 1]
      let step = max(2, last / 15)
      lengths.append(last > UInt32.max - step ? UInt32.max : last + step)
    }
    return lengths
  }()

  /// The byte of the least length that is not below `length`, or of the greatest there is.
  static func byte(_ length: UInt32) -> UInt8 {
    if length <= 40 { return UInt8(length) }
    var low = 40
    var high = 255
    while low < high {
      let middle = (low + high) / 2
      if lengths[middle] < length { low = middle + 1 } else { high = middle }
    }
    return UInt8(low)
  }
}
