internal import FullText
internal import Markup

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A note that has something in common with another, without a link between the two.
public struct RelatedNote: Sendable {
  public var note: NoteSummary
  /// Higher is nearer.
  public var score: Double
  /// What both have: tags with `#`, and targets that both link to.
  public var shared: [String]
}

extension NoteLinks {
  /// Notes that share tags or targets of links with this one, and are not linked with it; nearest
  /// first.
  ///
  /// What few notes have counts for more: log(notes / notes that have it), links twice. A note that
  /// links to everything has a little in common with all: the score is divided by the root of how
  /// many tags and targets it has, and six more, so that one link in common is not all of a note.
  public func related(to note: Note, limit: Int = 20) -> [RelatedNote] {
    let total = Double(max(2, index.index.documentCount))
    var scores: [Index.DocumentID: (score: Double, shared: [String])] = [:]
    func add(_ attribute: String, _ value: String, _ weight: Double, _ shown: String) {
      let ids = index.index.documents(where: .equals(attribute, value))
      guard ids.count > 1 else { return }
      let worth = weight * log(total / Double(ids.count))
      guard worth > 0 else { return }
      for id in ids {
        scores[id, default: (0, [])].score += worth
        scores[id, default: (0, [])].shared.append(shown)
      }
    }
    for tag in note.tags { add(NoteAttribute.tag, tag, 1, "#" + tag) }
    let linked = Set(outgoing(of: note).compactMap(\.path) + incoming(to: note).map(\.source))
    for key in Set(note.links.compactMap(\.noteKey)).sorted() {
      add(NoteAttribute.link, key, 2, key)
    }
    let candidates = scores.compactMap { id, found -> RelatedNote? in
      let path = index.index.key(of: id)
      guard path != note.path.description, !linked.contains(path) else { return nil }
      return RelatedNote(note: index.summary(of: id), score: found.score, shared: found.shared)
    }.sorted { ($1.score, $0.note.path) < ($0.score, $1.note.path) }
    return candidates.prefix(max(100, 4 * limit)).map { related in
      var related = related
      guard let other = reader.read(VaultPath(known: related.note.path))?.note else {
        return related
      }
      let own = Set(other.links.compactMap(\.noteKey)).count + other.tags.count
      related.score /= Double(own + 6).squareRoot()
      return related
    }.sorted { ($1.score, $0.note.path) < ($0.score, $1.note.path) }.prefix(limit).map { $0 }
  }
}
