/// SHA-1 and its keyed form (FIPS 180-4, RFC 2104).
///
/// Nothing here leans on SHA-1 being hard to break: it names the parts of a pack that this program
/// wrote itself, and finds the lines about a host in known_hosts. The ids of objects are made by libgit2,
/// which looks for collisions.
struct SHA1 {
  private var a: UInt32 = 0x6745_2301
  private var b: UInt32 = 0xEFCD_AB89
  private var c: UInt32 = 0x98BA_DCFE
  private var d: UInt32 = 0x1032_5476
  private var e: UInt32 = 0xC3D2_E1F0
  private var count: UInt64 = 0
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []

  init() { rest.reserveCapacity(64) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    count &+= UInt64(bytes.count)
    var at = 0
    if !rest.isEmpty {
      let taken = min(64 - rest.count, bytes.count)
      rest += bytes[..<taken]
      at = taken
      guard rest.count == 64 else { return }
      let block = rest
      block.withUnsafeBytes { mix($0.baseAddress!) }
      rest.removeAll(keepingCapacity: true)
    }
    while at + 64 <= bytes.count {
      mix(bytes.baseAddress! + at)
      at += 64
    }
    rest += bytes[at...]
  }

  mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  /// The 20 bytes for everything that was added.
  func finished() -> [UInt8] {
    var last = self
    let bits = count &* 8
    var padding: [UInt8] = [0x80]
    let filled = (rest.count + 1) % 64
    padding += [UInt8](repeating: 0, count: filled <= 56 ? 56 - filled : 120 - filled)
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    last.add(padding)
    return [last.a, last.b, last.c, last.d, last.e].flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var sum = SHA1()
    sum.add(bytes)
    return sum.finished()
  }

  /// The code of a message under a key of at most 64 bytes.
  static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    let key = (key.count > 64 ? hash(key) : key)
    let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
    return hash(padded.map { $0 ^ 0x5C } + hash(padded.map { $0 ^ 0x36 } + message))
  }

  /// One block of 64 bytes.
  private mutating func mix(_ block: UnsafeRawPointer) {
    var (a, b, c, d, e) = (self.a, self.b, self.c, self.d, self.e)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 16) { words in
      func word(_ place: Int) -> UInt32 {
        if place < 16 {
          let read = block.loadUnaligned(fromByteOffset: place &* 4, as: UInt32.self).bigEndian
          words[place] = read
          return read
        }
        let mixed =
          words[(place &- 3) & 15] ^ words[(place &- 8) & 15] ^ words[(place &- 14) & 15]
          ^ words[place & 15]
        let turned = Self.turn(mixed, 1)
        words[place & 15] = turned
        return turned
      }
      func step(_ mixed: UInt32, _ constant: UInt32, _ place: Int) {
        let next = Self.turn(a, 5) &+ mixed &+ e &+ constant &+ word(place)
        (e, d, c, b, a) = (d, c, Self.turn(b, 30), a, next)
      }
      for place in 0..<20 { step(d ^ (b & (c ^ d)), 0x5A82_7999, place) }
      for place in 20..<40 { step(b ^ c ^ d, 0x6ED9_EBA1, place) }
      for place in 40..<60 { step(b & c | d & (b | c), 0x8F1B_BCDC, place) }
      for place in 60..<80 { step(b ^ c ^ d, 0xCA62_C1D6, place) }
    }
    self.a &+= a
    self.b &+= b
    self.c &+= c
    self.d &+= d
    self.e &+= e
  }

  private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word << count | word >> (32 - count)
  }
}
