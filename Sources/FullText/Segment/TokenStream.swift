/// The tokens of a run in the making, in reading order: the analyser's sink.
///
/// A word of the stream is `value << 2 | step`. Steps 0, 1 and 2 are a token of the term `value` at
/// the position after the last, at the last, and at the position that the next word is; step 3 is no
/// token but says that what follows is in the field `value`, or in the next document (8).
struct TokenStream: TokenSink {
  private static let nextDocument: UInt32 = 8

  /// A token whose term is still to be looked up, and the word of the stream that waits for it.
  private struct Pending {
    var low: UInt64
    var high: UInt64
    var hash: UInt32
    var word: UInt32
    var slot: UInt64
  }
  /// Tokens that are looked up together, so that no look-up waits for the memory of another.
  private static let batch = 64

  private var terms = TermTable()
  private var pending = Room<Pending>(capacity: batch)
  private var words = Room<UInt32>(capacity: 1 << 14)
  /// Memory for all occurrences by term, then document: `document << 32 | place`.
  private var places = Room<UInt64>()
  private var field: UInt32 = 0
  /// The last position that a token moved on to.
  private var last = -1

  var count: Int { words.count }

  mutating func beginDocument() {
    words.append(Self.nextDocument << 2 | 3)
    field = Self.nextDocument
    last = -1
  }

  @inline(__always)
  mutating func beginField(_ number: UInt8) {
    if field == UInt32(number) { return }
    field = UInt32(number)
    words.append(field << 2 | 3)
  }

  @inline(__always)
  mutating func takeShort(_ low: UInt64, _ high: UInt64, _ token: Token) {
    let word = put(token.position)
    pending.append(
      Pending(
        low: low, high: high, hash: TermTable.hash(low, high),
        word: UInt32(truncatingIfNeeded: word), slot: 0))
    if pending.count == Self.batch { lookUp() }
  }

  @inline(__always)
  mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
    if text.count <= TermTable.longestShort {
      let (low, high) = ShortTerm.words(text)
      takeShort(low, high, token)
    } else {
      let word = put(token.position)
      words.base[word] |= terms.number(ofLong: text) &<< 2
    }
  }

  private mutating func lookUp() {
    let tokens = pending.base
    let count = pending.count
    for index in 0..<count { tokens[index].slot = terms.slot(tokens[index].hash) }
    for index in 0..<count {
      let token = tokens[index]
      words.base[Int(token.word)] |=
        terms.number(token.low, token.high, token.hash, token.slot) &<< 2
    }
    pending.clear()
  }

  /// Puts down a token's step; returns the place of the word that its term belongs into.
  @inline(__always)
  private mutating func put(_ position: Int) -> Int {
    words.makeRoom(2)
    let place = words.count
    let at = words.base + place
    if position == last &+ 1 {
      at.pointee = 0
      words.add(1)
      last = position
    } else if position == last {
      at.pointee = 1
      words.add(1)
    } else {
      at.pointee = 2
      at[1] = UInt32(truncatingIfNeeded: position)
      words.add(2)
      last = max(last, position)
    }
    return place
  }

  /// Appends the part `terms` of a run and forgets the tokens; gives the postings' shapes.
  mutating func write(to bytes: inout RunBytes) -> [(shape: FieldShape, count: UInt32)] {
    lookUp()
    let order = terms.sorted()
    scatter(order)
    words.clear()
    var shapes = ShapeCounter()
    var ordered = Room<UInt32>()
    var from = 0
    for entry in order {
      terms.withText(entry.number) { bytes.counted($0) }
      let to = from + Int(terms.entries[Int(entry.number)].occurrences)
      Self.writePostings(places, from..<to, to: &bytes, &shapes, &ordered)
      bytes.varint(0)
      from = to
    }
    bytes.varint(0)
    terms.clear()
    return shapes.counted
  }

  /// Puts all occurrences by term, then document.
  private mutating func scatter(_ order: Room<RadixSort.Entry>) {
    let next = Room<UInt32>(repeating: 0, count: terms.count)
    var sum: UInt32 = 0
    for entry in order {
      next[Int(entry.number)] = sum
      sum += terms.entries[Int(entry.number)].occurrences
    }
    places.clear()
    places.makeRoom(Int(sum))
    places.add(Int(sum))
    let scattered = places.base
    var document = UInt64.max
    var field: UInt32 = 0
    var last = -1
    var at = 0
    let count = words.count
    let base = words.base
    while at < count {
      let word = base[at]
      at &+= 1
      var position = last
      switch word & 3 {
      case 0:
        position &+= 1
        last = position
      case 1: break
      case 2:
        position = Int(base[at])
        at &+= 1
        last = max(last, position)
      default:
        if word &>> 2 == Self.nextDocument {
          document &+= 1
          last = -1
        } else {
          field = word &>> 2
        }
        continue
      }
      let place = UInt32(truncatingIfNeeded: position) &<< 3 | field
      let slot = next.base + Int(word &>> 2)
      scattered[Int(slot.pointee)] = document &<< 32 | UInt64(place)
      slot.pointee &+= 1
    }
  }

  @inline(__always)
  private static func writePostings(
    _ places: Room<UInt64>, _ range: Range<Int>, to bytes: inout RunBytes,
    _ shapes: inout ShapeCounter, _ ordered: inout Room<UInt32>
  ) {
    var at = range.lowerBound
    var before = UInt32.max
    while at < range.upperBound {
      let first = places.base[at]
      let document = UInt32(truncatingIfNeeded: first &>> 32)
      var to = at &+ 1
      while to < range.upperBound, places.base[to] &>> 32 == first &>> 32 { to &+= 1 }
      let gap = (document &- before) &<< 1
      before = document
      if to &- at == 1 {
        bytes.varint(gap)
        bytes.varint(UInt32(truncatingIfNeeded: first))
        shapes.add(1 &<< ((first & 7) &* 8))
      } else {
        bytes.varint(gap | 1)
        writeSeveral(places, at..<to, to: &bytes, &shapes, &ordered)
      }
      at = to
    }
  }

  /// Writes the places of a document, by field; they come by position. `ordered` is memory to use.
  private static func writeSeveral(
    _ places: Room<UInt64>, _ range: Range<Int>, to bytes: inout RunBytes,
    _ shapes: inout ShapeCounter, _ ordered: inout Room<UInt32>
  ) {
    let from = places.base + range.lowerBound
    let count = range.count
    var shape: UInt64 = 0
    var isOrdered = true
    var before: UInt32 = 0
    for index in 0..<count {
      let place = UInt32(truncatingIfNeeded: from[index])
      let rank = PlaceOrder.rank(place)
      if rank < before { isOrdered = false }
      before = rank
      // A frequency of 256 would run over into the next field: 255 stands for more as well.
      let field = UInt64(place & 7) &* 8
      if shape &>> field & 0xFF < 255 { shape &+= 1 &<< field }
    }
    shapes.add(shape)
    bytes.varint(UInt32(truncatingIfNeeded: count))
    if isOrdered {
      bytes.varints(from, count)
      return
    }
    ordered.clear()
    ordered.makeRoom(count)
    ordered.add(count)
    for index in 0..<count { ordered.base[index] = UInt32(truncatingIfNeeded: from[index]) }
    PlaceOrder.sort(UnsafeMutableBufferPointer(start: ordered.base, count: count))
    for place in ordered { bytes.varint(place) }
  }
}
