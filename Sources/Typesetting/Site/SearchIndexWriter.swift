internal import FullText
public import Manuscript

// The search index of a site, a script with one call, so that it loads from a disk as from a server:
//
//   folioIndex({"pages":[[path,title,summary],…],"terms":["airflow 0.6 2 7.3",…]});
//
// A term is its word, folded, and its pages: a number is the distance to the page before (from 0 for the
// first), behind a dot the weight of the word in it, left out when it is 1. Terms are in the order of
// their UTF-16 units, which is how a browser compares strings. `search.js` reads it.

/// Collects the words of pages and writes the index that a browser searches in.
public struct SearchIndexWriter {
  private var pages: [(path: String, title: String, summary: String)] = []
  private var terms: [String: [(page: Int, weight: Int)]] = [:]

  public init() {}

  /// Adds a page.
  public mutating func add(path: String, document: Manuscript.Document) {
    add(path: path, document: document, weights: Self.weights(of: document))
  }

  /// The same with what `weights` said of the page, which needs no writer.
  public mutating func add(
    path: String, document: Manuscript.Document, weights: [String: Int]
  ) {
    let page = pages.count
    pages.append((path, document.masthead.name, document.subject))
    for (word, weight) in weights { terms[word, default: []].append((page, weight)) }
  }

  /// The words of a page. A word counts 8 in the title, 3 in a heading, 1 in the text, up to 99 in all.
  public static func weights(of document: Manuscript.Document) -> [String: Int] {
    var weights: [String: Int] = [:]
    func count(_ text: String, _ weight: Int) {
      for word in words(text) { weights[word, default: 0] += weight }
    }
    count(document.masthead.name, 8)
    count(document.keywords.joined(separator: " "), 4)
    count(document.masthead.label, 1)
    for section in document.sections {
      count(section.title, 3)
      for block in section.blocks {
        for (text, isHeading) in BlockText.of(block) { count(text, isHeading ? 3 : 1) }
      }
    }
    return weights.mapValues { min(99, $0) }
  }

  /// The script. The same pages in the same order give the same bytes.
  public func script() -> String {
    let pageList = pages.map {
      "[" + [$0.path, $0.title, $0.summary].map(Self.quoted).joined(separator: ",") + "]"
    }
    let words = terms.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
    let termList = words.map { word -> String in
      var line = word
      var last = 0
      for (page, weight) in terms[word] ?? [] {
        line += " \(page - last)" + (weight == 1 ? "" : ".\(weight)")
        last = page
      }
      return Self.quoted(line)
    }
    return "folioIndex({\"pages\":[\n" + pageList.joined(separator: ",\n") + "\n],\"terms\":[\n"
      + termList.joined(separator: ",\n") + "\n]});\n"
  }

  /// Words of letters and digits, folded: `Größe_v2` is `grosse` and `v2`. Longer than 40 letters is no
  /// word.
  static func words(_ text: String) -> [String] {
    asciiWords(text)
      ?? TextFolding.fold(text).unicodeScalars
      .split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }
      .filter { $0.count <= 40 }.map { String(String.UnicodeScalarView($0)) }
  }

  /// The same for a text of ASCII alone, which most are; nil for others.
  private static func asciiWords(_ text: String) -> [String]? {
    var text = text
    return text.withUTF8 { bytes -> [String]? in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      var words: [String] = []
      var word: [UInt8] = []
      func end() {
        if !word.isEmpty, word.count <= 40 { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
      }
      for byte in bytes {
        let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        if (0x61...0x7A).contains(lower) || (0x30...0x39).contains(lower) {
          word.append(lower)
        } else {
          end()
        }
      }
      end()
      return words
    }
  }

  /// A string of JSON that is safe in a script as well.
  private static func quoted(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && !"\"\\<".utf8.contains($0) }) {
      return "\"" + text + "\""
    }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "<": out += "\\u003c"
      case "\u{2028}": out += "\\u2028"
      case "\u{2029}": out += "\\u2029"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}

/// The words of a block, each text with whether it is a heading.
enum BlockText {
  static func of(_ block: Block) -> [(text: String, isHeading: Bool)] {
    switch block {
    case .heading(let runs), .subheading(let runs, _): return [(runs.text, true)]
    case .paragraph(let runs, _): return [(runs.text, false)]
    case .list(let items): return items.map { ($0.text, false) }
    case .entry(let entry):
      return [(entry.title.text, true)] + entry.details.map { ($0.text, false) }
        + entry.blocks.flatMap(of)
    case .labelled(let items): return items.map { ($0.label + " " + $0.text.text, false) }
    case .table(let table):
      return ([table.header] + table.rows).flatMap { $0.map { ($0.text, false) } }
    case .figures(let figures):
      return figures.map { ("\($0.value) \($0.label) \($0.detail)", false) }
    case .code(let code): return [(code.text, false)]
    case .items(let list): return list.items.flatMap { $0.blocks.flatMap(of) }
    case .quote(let blocks, let label): return [(label, false)] + blocks.flatMap(of)
    case .image(let image): return [(image.alternative, false)]
    case .chart: return []
    }
  }
}
