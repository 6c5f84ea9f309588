/// Takes out of a picture what its camera and its editor wrote beside it: places, names, comments,
/// thumbnails. The pixels stay as they are.
///
/// JPEG (ISO 10918-1): segments APP1 to APP15 but APP2 (colour profile) and APP14 (colour transform), and
/// comments. PNG (RFC 2083): the chunks tEXt zTXt iTXt eXIf tIME. WebP: the chunks EXIF and XMP. GIF:
/// comments and application blocks but that of animations.
public enum ImageMetadata {
  /// The picture without metadata; nil when it is none of these or broken, and cannot be vouched for.
  public static func stripped(_ bytes: [UInt8]) -> [UInt8]? {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return jpeg(bytes) }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return png(bytes) }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      return webp(bytes)
    }
    if bytes.starts(with: "GIF8".utf8) { return gif(bytes) }
    return nil
  }

  private static func jpeg(_ bytes: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = [0xFF, 0xD8]
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xFF {
      let marker = bytes[at + 1]
      // Padding before a marker.
      if marker == 0xFF {
        at += 1
        continue
      }
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      guard length >= 2, at + 2 + length <= bytes.count else { return nil }
      let isKept =
        !(0xE1...0xEF).contains(marker) && marker != 0xFE || marker == 0xE2 || marker == 0xEE
      if isKept { out += bytes[at..<at + 2 + length] }
      at += 2 + length
      if marker == 0xDA {
        // Behind the end of the picture there may be anything: a second picture, a film.
        guard let end = endOfScan(bytes, from: at) else { return nil }
        return out + bytes[(at)..<end]
      }
    }
    return nil
  }

  private static func endOfScan(_ bytes: [UInt8], from start: Int) -> Int? {
    var at = start
    while at + 1 < bytes.count {
      if bytes[at] == 0xFF, bytes[at + 1] == 0xD9 { return at + 2 }
      at += 1
    }
    return nil
  }

  private static func png(_ bytes: [UInt8]) -> [UInt8]? {
    var out = Array(bytes.prefix(8))
    var at = 8
    let dropped = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME"].map { Array($0.utf8) }
    while at + 12 <= bytes.count {
      let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - at - 12 else { return nil }
      let type = Array(bytes[at + 4..<at + 8])
      if !dropped.contains(type) { out += bytes[at..<at + 12 + length] }
      at += 12 + length
      if type == Array("IEND".utf8) { return out }
    }
    return nil
  }

  private static func webp(_ bytes: [UInt8]) -> [UInt8]? {
    var body: [UInt8] = []
    var at = 12
    while at + 8 <= bytes.count {
      let type = Array(bytes[at..<at + 4])
      let length = bytes[at + 4..<at + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      let padded = length + length % 2
      guard length <= bytes.count - at - 8 else { return nil }
      let end = min(bytes.count, at + 8 + padded)
      if type != Array("EXIF".utf8), type != Array("XMP ".utf8) {
        var chunk = Array(bytes[at..<end])
        // The flags of an extended picture say which of the dropped chunks there are.
        if type == Array("VP8X".utf8), chunk.count > 8 { chunk[8] &= ~0x0C }
        body += chunk
      }
      at = end
    }
    guard !body.isEmpty else { return nil }
    let size = UInt32(body.count + 4)
    return Array("RIFF".utf8) + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
      + Array("WEBP".utf8) + body
  }

  private static func gif(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 13 else { return nil }
    var at = 13
    if bytes[10] & 0x80 != 0 { at += 3 << (Int(bytes[10] & 7) + 1) }
    guard at <= bytes.count else { return nil }
    var out = Array(bytes[..<at])
    /// Behind the sub-blocks that begin at `start`.
    func end(ofBlocks start: Int) -> Int? {
      var at = start
      while at < bytes.count {
        let size = Int(bytes[at])
        at += size + 1
        if size == 0 { return at <= bytes.count ? at : nil }
      }
      return nil
    }
    while at < bytes.count {
      switch bytes[at] {
      case 0x3B: return out + [0x3B]
      case 0x21:
        guard at + 2 < bytes.count, let end = end(ofBlocks: at + 2) else { return nil }
        let label = bytes[at + 1]
        let isAnimation = bytes[(at + 3)...].starts(with: "NETSCAPE2.0".utf8)
        if label == 0xF9 || (label == 0xFF && isAnimation) { out += bytes[at..<end] }
        at = end
      case 0x2C:
        guard at + 10 < bytes.count else { return nil }
        var data = at + 10
        if bytes[at + 9] & 0x80 != 0 { data += 3 << (Int(bytes[at + 9] & 7) + 1) }
        guard data + 1 < bytes.count, let end = end(ofBlocks: data + 1) else { return nil }
        out += bytes[at..<end]
        at = end
      default: return nil
      }
    }
    return nil
  }
}
