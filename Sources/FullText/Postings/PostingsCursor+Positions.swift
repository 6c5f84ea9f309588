/// Where a term stands in its documents: the positions stream, read piece by piece.
extension PostingsCursor {
  /// Appends the current posting's places, `position << 3 | field`, of the fields in `mask`, and
  /// says whether they could be read.
  ///
  /// They come by field, then position. May be called once for each posting.
  mutating func readPlaces(of mask: UInt8, into result: inout PlaceList) -> Bool {
    guard loadCodes() else { return false }
    if list.isInline {
      if !hasInlinePlaces { return true }
      var steps = steps
      skipPlaces(0..<index, &steps)
      return readPlaces(of: mask, at: index, &steps, into: &result)
    }
    let wanted = index / PostingsFormat.positionsPiece
    if piece != wanted || pieceIndex > index {
      guard open(piece: wanted) else {
        isDamaged = true
        return false
      }
    }
    // A copy stays in registers; the field would be stored again with each number.
    var steps = steps
    if pieceIndex < index { skipPlaces(pieceIndex..<index, &steps) }
    let isRead = readPlaces(of: mask, at: index, &steps, into: &result)
    self.steps.go(with: steps)
    pieceIndex = index + 1
    if !isRead { isDamaged = true }
    return isRead
  }

  /// Reads the places of posting `index` of the block from `steps`.
  @inline(__always)
  private mutating func readPlaces(
    of mask: UInt8, at index: Int, _ steps: inout PlaceReader, into result: inout PlaceList
  ) -> Bool {
    let spanByte = spans[Int(documents[index])]
    var left = shape(at: index).bits
    if left != 0 {
      while left != 0 {
        let field = left.trailingZeroBitCount &>> 3
        let count = Int(truncatingIfNeeded: left &>> UInt64(8 &* field) & 0xFF)
        Self.readPlaces(count, UInt32(field), mask, spanByte, positionCodes, &steps, &result)
        left &= ~(0xFF &<< UInt64(8 &* field))
      }
    } else {
      let frequencies = frequencies(at: index)
      for field in 0..<8 where frequencies[field] > 0 {
        Self.readPlaces(
          Int(frequencies[field]), UInt32(field), mask, spanByte, positionCodes, &steps, &result)
      }
    }
    return !steps.isDamaged
  }

  @inline(__always)
  private static func readPlaces(
    _ count: Int, _ field: UInt32, _ mask: UInt8, _ spanByte: UInt8, _ codes: PositionCodes,
    _ steps: inout PlaceReader, _ result: inout PlaceList
  ) {
    guard mask & 1 &<< UInt8(truncatingIfNeeded: field) != 0 else {
      skipPlaces(count, spanByte, codes, &steps)
      return
    }
    if count == 1 {
      let position = steps.lone(codes.lone[Int(spanByte)])
      if !steps.isDamaged { result.append(position &<< 3 | field) }
      return
    }
    // A number takes a bit at least: a count that damage made up is not believed.
    let places = result.room(for: min(count, steps.remainingBits) + PlaceReader.spare)
    var position: UInt32 = 0
    let parameter = codes.parameter(spanByte: spanByte, occurrences: count)
    steps.numbers(count, parameter) { at, first, second, third in
      let (one, two) = (position &+ first, position &+ first &+ second)
      // What follows a number that stands alone is written over.
      places[at] = one &<< 3 | field
      places[at &+ 1] = two &<< 3 | field
      places[at &+ 2] = (two &+ third) &<< 3 | field
      position = two &+ third
    }
    if !steps.isDamaged { result.add(count) }
  }

  /// Passes over the places of some postings of the block.
  @inline(__always)
  private mutating func skipPlaces(_ range: Range<Int>, _ steps: inout PlaceReader) {
    let (documents, spans) = (documents, spans)
    for index in range {
      let spanByte = spans[Int(documents[index])]
      var left = shape(at: index).bits
      if left != 0 {
        while left != 0 {
          let shift = UInt64(left.trailingZeroBitCount & ~7)
          Self.skipPlaces(
            Int(truncatingIfNeeded: left &>> shift & 0xFF), spanByte, positionCodes, &steps)
          left &= ~(0xFF &<< shift)
        }
      } else {
        let frequencies = frequencies(at: index)
        for field in 0..<8 where frequencies[field] > 0 {
          Self.skipPlaces(Int(frequencies[field]), spanByte, positionCodes, &steps)
        }
      }
    }
  }

  @inline(__always)
  private static func skipPlaces(
    _ count: Int, _ spanByte: UInt8, _ codes: PositionCodes, _ steps: inout PlaceReader
  ) {
    if count == 1 {
      _ = steps.lone(codes.lone[Int(spanByte)])
    } else {
      steps.numbers(count, codes.parameter(spanByte: spanByte, occurrences: count)) { _, _, _, _ in
      }
    }
  }

  /// Whether the list has positions.
  var hasPositions: Bool { list.isInline || !list.positions.isEmpty }

  /// Brings `steps` to the first position of a piece of the block.
  private mutating func open(piece wanted: Int) -> Bool {
    if piece < 0 || piece >= wanted {
      piece = -1
      pieceEnd = positionsAt
    }
    guard pieceEnd <= list.positions.count, let base = list.positions.baseAddress else {
      piece = -1
      return false
    }
    var reader = ByteReader(
      UnsafeBufferPointer(start: base + pieceEnd, count: list.positions.count - pieceEnd))
    let isAlone = list.count <= PostingsFormat.positionsPiece
    var bytes: UnsafeBufferPointer<UInt8>
    repeat {
      let count = isAlone ? reader.remaining - 1 : Int(reader.varint())
      bytes = reader.bytes(count)
      reader.skip(1)
      piece += 1
    } while piece < wanted && !reader.isDamaged
    guard !reader.isDamaged, let start = bytes.baseAddress,
      start[bytes.count] == Seal.byte(start, bytes.count)
    else {
      piece = -1
      return false
    }
    pieceEnd = start - base + bytes.count + 1
    steps = PlaceReader(bytes)
    pieceIndex = wanted * PostingsFormat.positionsPiece
    return true
  }
}
