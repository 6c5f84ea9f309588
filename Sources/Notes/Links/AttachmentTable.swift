internal import FullText
internal import Synchronization

/// The files of a vault that are no notes, by name, for links such as `![[diagram.png]]` that leave
/// their folders out.
///
/// The vault is walked at the first question, and once: most links never ask.
final class AttachmentTable: Sendable {
  private let root: String
  private let paths = Mutex<[String: [String]]?>(nil)

  init(root: String) { self.root = root }

  /// Paths whose last parts are `target`, shortest first; case does not matter.
  func paths(endingIn target: String) -> [String] {
    let name = target.split(separator: "/").last.map(String.init) ?? target
    let found = paths.withLock { paths -> [String] in
      let known = paths ?? walk()
      paths = known
      return known[TextFolding.fold(name)] ?? []
    }
    guard target.contains("/") else { return found }
    let tail = "/" + TextFolding.fold(target)
    return found.filter { ("/" + TextFolding.fold($0)).hasSuffix(tail) }
  }

  /// Every file that is no note, by path.
  var all: [String] { walk().values.flatMap { $0 }.sorted() }

  private func walk() -> [String: [String]] {
    var names: [String: [String]] = [:]
    var folders: [String] = [""]
    while let folder = folders.popLast() {
      let absolute = FolderListing.cString(Array((root + "/" + folder).utf8))
      let listing = FolderListing(absolute: absolute, root: root)
      let prefix = folder.isEmpty ? "" : folder + "/"
      for name in listing.folders { folders.append(prefix + String(decoding: name, as: UTF8.self)) }
      for name in listing.attachments {
        let name = String(decoding: name, as: UTF8.self)
        names[TextFolding.fold(name), default: []].append(prefix + name)
      }
    }
    return names.mapValues { paths in
      paths.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
  }
}
