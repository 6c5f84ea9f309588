/// The attribute values of a run in the making, with their documents.
struct ValueTable {
  private struct Entry {
    var start: UInt32
    var count: UInt32
    var spellingStart: UInt32
    var spellingCount: UInt32
    var documents: UInt32
    var last: UInt32
  }

  private var entries = Room<Entry>()
  private var slots = Room<UInt64>(repeating: 0, count: 1 << 10)
  private var text = Room<UInt8>(capacity: 1 << 12)
  /// Pairs of a value and a document, `value << 32 | document`, by document.
  private var pairs = Room<UInt64>(capacity: 1 << 10)

  /// Bytes used.
  var memory: Int {
    let entry = MemoryLayout<Entry>.stride + 4 * MemoryLayout<UInt64>.stride
    return entries.count * entry + text.count + pairs.count * MemoryLayout<UInt64>.stride
  }

  /// Forgets the values and keeps the memory.
  mutating func clear() {
    entries.clear()
    text.clear()
    pairs.clear()
    slots.base.update(repeating: 0, count: slots.count)
  }

  /// Adds `document`, which is the last or a later one, to the value of `key`; `spelling` gives
  /// what to keep of its spelling when the value is new.
  mutating func add(
    _ key: UnsafeBufferPointer<UInt8>, _ document: UInt32,
    spelling: () -> [UInt8]
  ) {
    let hash = Self.hash(key)
    let mask = slots.count - 1
    var at = Int(hash) & mask
    while slots[at] != 0 {
      let slot = slots[at]
      if UInt32(truncatingIfNeeded: slot >> 32) == hash {
        let number = Int(UInt32(truncatingIfNeeded: slot) - 1)
        if compare(self.key(number), key) == 0 {
          let entry = entries.base + number
          if entry.pointee.last == document { return }
          entry.pointee.last = document
          entry.pointee.documents += 1
          pairs.append(UInt64(number) << 32 | UInt64(document))
          return
        }
      }
      at = (at + 1) & mask
    }
    let number = entries.count
    slots[at] = UInt64(hash) << 32 | UInt64(number + 1)
    let start = UInt32(text.count)
    text.append(key)
    let spellingStart = UInt32(text.count)
    spelling().withUnsafeBufferPointer { text.append($0) }
    entries.append(
      Entry(
        start: start, count: UInt32(key.count), spellingStart: spellingStart,
        spellingCount: UInt32(text.count) - spellingStart, documents: 1, last: document))
    pairs.append(UInt64(number) << 32 | UInt64(document))
    if entries.count * 2 > slots.count { grow() }
  }

  private func key(_ number: Int) -> UnsafeBufferPointer<UInt8> {
    let entry = entries[number]
    return UnsafeBufferPointer(start: text.base + Int(entry.start), count: Int(entry.count))
  }

  private mutating func grow() {
    let larger = Room<UInt64>(repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for slot in slots where slot != 0 {
      var at = Int(slot >> 32) & mask
      while larger[at] != 0 { at = (at + 1) & mask }
      larger[at] = slot
    }
    slots = larger
  }

  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash = UInt64(key.count) &* 0x9E37_79B9_7F4A_7C15
    let raw = UnsafeRawBufferPointer(key)
    var at = 0
    while at + 8 <= raw.count {
      hash =
        (hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      at += 8
    }
    while at < raw.count {
      hash = (hash ^ UInt64(raw[at])) &* 0x100_0000_01B3
      at += 1
    }
    hash ^= hash >> 29
    hash = hash &* 0xC4CE_B9FE_1A85_EC53
    return UInt32(truncatingIfNeeded: hash >> 32)
  }

  /// Appends the part `values` of a run.
  func write(to bytes: inout RunBytes) {
    var order = Room<RadixSort.Entry>(capacity: entries.count)
    let next = Room<UInt32>(repeating: 0, count: entries.count)
    var sum: UInt32 = 0
    for number in 0..<entries.count {
      order.append(.init(key: FrontCodedTable.prefix(key(number)), number: UInt32(number)))
      next[number] = sum
      sum += entries[number].documents
    }
    RadixSort.sort(&order)
    RadixSort.settle(order) { compare(key(Int($0)), key(Int($1))) < 0 }
    let documents = Room<UInt32>(repeating: 0, count: pairs.count)
    for pair in pairs {
      let number = Int(pair >> 32)
      documents[Int(next[number])] = UInt32(truncatingIfNeeded: pair)
      next[number] += 1
    }
    for place in order {
      let entry = entries[Int(place.number)]
      bytes.counted(key(Int(place.number)))
      bytes.counted(
        UnsafeBufferPointer(
          start: text.base + Int(entry.spellingStart), count: Int(entry.spellingCount)))
      bytes.varint(entry.documents)
      var before = UInt32.max
      for index in Int(next[Int(place.number)] - entry.documents)..<Int(next[Int(place.number)]) {
        bytes.varint(documents[index] &- before)
        before = documents[index]
      }
    }
    bytes.varint(0)
  }
}
