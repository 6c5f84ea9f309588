/// Postings of one term, gathered before they are written.
struct PostingsStage {
  /// Ascending document numbers.
  private(set) var documents = Room<UInt32>()
  /// The shape of each posting; 0 where a frequency does not fit into one.
  private(set) var shapes = Room<UInt64>()
  /// Where each document's places end in `places`.
  private(set) var ends = Room<Int>()
  /// `position << 3 | field`, for each document by field, then position.
  private(set) var places = Room<UInt32>()
  /// Frequencies that do not fit into a shape, by posting.
  private var large: [Int: SIMD8<UInt32>] = [:]
  /// Occurrences in all documents.
  private(set) var occurrences = 0

  var isEmpty: Bool { documents.isEmpty }

  mutating func clear() {
    documents.clear()
    shapes.clear()
    ends.clear()
    places.clear()
    if !large.isEmpty { large = [:] }
    occurrences = 0
  }

  func frequencies(_ posting: Int) -> SIMD8<UInt32> {
    let shape = shapes[posting]
    return shape != 0 ? FieldShape(bits: shape).frequencies : large[posting] ?? .zero
  }

  /// Adds a document where the term stands once.
  @inline(__always)
  mutating func append(_ document: UInt32, place: UInt32, keepingPlace: Bool) {
    documents.append(document)
    shapes.append(1 &<< UInt64((place & 7) &* 8))
    if keepingPlace { places.append(place) }
    ends.append(places.count)
    occurrences &+= 1
  }

  /// Adds a document with its places, which are in order; documents may come in any order.
  mutating func append(
    _ document: UInt32, places found: UnsafeBufferPointer<UInt32>, keepingPlaces: Bool
  ) {
    var shape: UInt64 = 0
    var isLarge = false
    for place in found {
      let field = UInt64((place & 7) &* 8)
      if shape &>> field & 0xFF == 255 { isLarge = true } else { shape &+= 1 &<< field }
    }
    if isLarge {
      var frequencies = SIMD8<UInt32>(repeating: 0)
      for place in found { frequencies[Int(place & 7)] += 1 }
      large[documents.count] = frequencies
      shape = 0
    }
    documents.append(document)
    shapes.append(shape)
    if keepingPlaces { places.append(found) }
    ends.append(places.count)
    occurrences += found.count
  }

  /// Adds a document with its frequencies and ordered places; documents may come in any order.
  mutating func append(
    _ document: UInt32, _ frequencies: SIMD8<UInt32>, places found: UnsafeBufferPointer<UInt32>
  ) {
    let shape = FieldShape(frequencies)?.bits ?? 0
    if shape == 0 { large[documents.count] = frequencies }
    documents.append(document)
    shapes.append(shape)
    places.append(found)
    ends.append(places.count)
    occurrences += Int(frequencies.wrappedSum())
  }

  /// Sorts by document, after `append` out of order.
  mutating func orderDocuments() {
    var isOrdered = true
    for index in documents.indices.dropFirst() where documents[index] < documents[index - 1] {
      isOrdered = false
      break
    }
    if isOrdered { return }
    var sorted = PostingsStage()
    for index in documents.indices.sorted(by: { documents[$0] < documents[$1] }) {
      let from = index == 0 ? 0 : ends[index - 1]
      sorted.append(
        documents[index], frequencies(index),
        places: UnsafeBufferPointer(rebasing: places.buffer[from..<ends[index]]))
    }
    self = sorted
  }
}

/// The order of a term's places in a document: by field, then position.
enum PlaceOrder {
  @inline(__always)
  static func rank(_ place: UInt32) -> UInt32 { place &<< 29 | place &>> 3 }

  static func sort(_ places: UnsafeMutableBufferPointer<UInt32>) {
    if places.count > 24 {
      var unordered = places
      unordered.sort { rank($0) < rank($1) }
      return
    }
    var index = 1
    while index < places.count {
      let place = places[index]
      let rank = Self.rank(place)
      var hole = index
      while hole > 0, Self.rank(places[hole - 1]) > rank {
        places[hole] = places[hole - 1]
        hole -= 1
      }
      places[hole] = place
      index += 1
    }
  }
}
