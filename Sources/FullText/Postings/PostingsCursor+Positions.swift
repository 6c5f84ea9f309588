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
    guard preparePiece() else {
      isDamaged = true
      return false
    }
    // A copy stays in registers; the field would be stored again with each number.
    var steps = steps
    let isRead = readPlaces(of: mask, at: index, &steps, into: &result)
    self.steps = steps
    pieceIndex = index + 1
    if !isRead { isDamaged = true }
    return isRead
  }

  /// Reads the places of posting `index` of the block from `steps`.
  @inline(__always)
  private mutating func readPlaces(
    of mask: UInt8, at index: Int, _ steps: inout BitReader, into result: inout PlaceList
  ) -> Bool {
    let spanByte = spans[Int(documents[index])]
    var left = shape(at: index).bits
    if left != 0 {
      while left != 0 {
        let field = left.trailingZeroBitCount &>> 3
        let count = Int(truncatingIfNeeded: left &>> UInt64(8 &* field) & 0xFF)
        Self.readPlaces(count, UInt32(field), mask, spanByte, &steps, &result)
        left &= ~(0xFF &<< UInt64(8 &* field))
      }
    } else {
      let frequencies = frequencies(at: index)
      for field in 0..<8 where frequencies[field] > 0 {
        Self.readPlaces(
          Int(frequencies[field]), UInt32(field), mask, spanByte, &steps, &result)
      }
    }
    return !steps.isDamaged
  }

  @inline(__always)
  private static func readPlaces(
    _ count: Int, _ field: UInt32, _ mask: UInt8, _ spanByte: UInt8, _ steps: inout BitReader,
    _ result: inout PlaceList
  ) {
    let isWanted = mask & 1 &<< UInt8(truncatingIfNeeded: field) != 0
    if count == 1 {
      let position = lone(spanByte, &steps)
      if isWanted, !steps.isDamaged { result.append(position &<< 3 | field) }
      return
    }
    let parameter = PostingsFormat.parameter(spanByte: spanByte, occurrences: count)
    guard isWanted else {
      for _ in 0..<count where !steps.isDamaged { _ = steps.next(parameter) }
      return
    }
    // A number takes a bit at least: a count that damage made up is not believed.
    let places = result.room(for: min(count, steps.remainingBits))
    var position: UInt32 = 0
    for index in 0..<count {
      position &+= steps.next(parameter)
      if steps.isDamaged { return }
      places[index] = position &<< 3 | field
    }
    result.add(count)
  }

  /// The only position of a field.
  @inline(__always)
  private static func lone(_ spanByte: UInt8, _ steps: inout BitReader) -> UInt32 {
    let code = PostingsFormat.lone(spanByte: spanByte)
    let position = steps.next(code)
    return position == code.last ? steps.bits(32) : position
  }

  /// Passes over the places of some postings of the block.
  @inline(__always)
  private mutating func skipPlaces(_ range: Range<Int>, _ steps: inout BitReader) {
    let (documents, spans) = (documents, spans)
    for index in range {
      let spanByte = spans[Int(documents[index])]
      var left = shape(at: index).bits
      if left != 0 {
        while left != 0 {
          let shift = UInt64(left.trailingZeroBitCount & ~7)
          Self.skipPlaces(Int(truncatingIfNeeded: left &>> shift & 0xFF), spanByte, &steps)
          left &= ~(0xFF &<< shift)
        }
      } else {
        let frequencies = frequencies(at: index)
        for field in 0..<8 where frequencies[field] > 0 {
          Self.skipPlaces(Int(frequencies[field]), spanByte, &steps)
        }
      }
    }
  }

  @inline(__always)
  private static func skipPlaces(_ count: Int, _ spanByte: UInt8, _ steps: inout BitReader) {
    if count == 1 {
      _ = lone(spanByte, &steps)
      return
    }
    let parameter = PostingsFormat.parameter(spanByte: spanByte, occurrences: count)
    var left = count
    while left > 0, !steps.isDamaged {
      _ = steps.next(parameter)
      left &-= 1
    }
  }

  /// Whether the list has positions.
  var hasPositions: Bool { list.isInline || !list.positions.isEmpty }

  /// Brings `steps` to the first position of the current posting.
  private mutating func preparePiece() -> Bool {
    let wanted = index / PostingsFormat.positionsPiece
    if piece != wanted || pieceIndex > index {
      if piece < 0 || piece > wanted || pieceIndex > index {
        piece = -1
        pieceEnd = positionsAt
      }
      while piece < wanted {
        var reader = ByteReader(
          list.positions, from: pieceEnd, count: list.positions.count - pieceEnd)
        let isAlone = list.count <= PostingsFormat.positionsPiece
        let count = isAlone ? reader.remaining - 1 : Int(reader.varint())
        guard !reader.isDamaged, count >= 0, count < reader.remaining else { return false }
        let start = list.positions.count - reader.remaining
        pieceEnd = start + count + 1
        piece += 1
        if piece == wanted {
          let base = list.positions.baseAddress! + start
          guard base[count] == Seal.byte(base, count) else { return false }
          steps = BitReader(UnsafeBufferPointer(start: base, count: count))
          pieceIndex = wanted * PostingsFormat.positionsPiece
        }
      }
    }
    var steps = steps
    skipPlaces(min(pieceIndex, index)..<index, &steps)
    pieceIndex = index
    self.steps = steps
    return !steps.isDamaged
  }
}
