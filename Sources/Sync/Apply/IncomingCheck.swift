/// What may not come into a vault from elsewhere.
enum IncomingCheck {
  /// Throws for the first change that is not to be written.
  static func check(_ changes: [TreeChange], prefix: TreePath) throws(SyncError) {
    let dotFolio = Array(".folio".utf8)
    for change in changes {
      guard let path = change.path.below(prefix) else { continue }
      if change.old?.kind == .repository || change.new?.kind == .repository {
        throw .unsupported(
          "the remote changed the submodule \(path)",
          remedy: "Take that change with 'git pull', then run 'folio sync' again.")
      }
      let names = path.names
      if names.count > 1, names[0] == dotFolio, Snapshot.deviceFolders.contains(names[1]) {
        throw .badName(path.description, reason: "it belongs to one device alone")
      }
      guard change.new != nil else { continue }
      for name in names {
        if let problem = CarriedName.problem(name) {
          throw .badName(path.description, reason: problem)
        }
      }
    }
  }
}
