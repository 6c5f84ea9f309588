internal import Career
internal import EverydayCommands
internal import Manuscript
internal import Notes
internal import Typesetting

/// Makes the bytes of a document and puts them where they belong, whole or not at all.
struct DocumentOutput {
  let source: CareerSource
  let checked: CheckedChoice
  let format: DocumentOptions.Format

  struct Made {
    var bytes: [UInt8]
    /// `1 page, a4`; empty for what has no pages.
    var remark = ""
  }

  /// Makes a resume in any format, and reads it through the gate.
  func make(_ resume: Resume, name: String) throws -> Made {
    guard format == .json else { return try make(resume.document, family: .resume, name: name) }
    return try text(resume.json.pretty, name)
  }

  /// Sets the document and reads it through the gate.
  func make(_ document: Document, family: TemplateSet.Family, name: String) throws -> Made {
    try checked.check(document, name)
    switch format {
    case .json:
      throw Failure(.usage, "a portfolio has no JSON", "Use 'folio resume --to json'.")
    case .text: return try text(PlainTextWriter.write(document), name)
    case .md: return try text(MarkdownWriter.write(document), name)
    case .html:
      let writer = HTMLWriter(templates: try source.templates(family), look: checked.look)
      return try text(writer.write(document, template: family.rawValue + ".html"), name)
    case .pdf:
      do throws(TypesettingError) {
        let result = try PDFWriter.write(document, look: checked.look)
        let pages = result.pages == 1 ? "1 page" : "\(result.pages) pages"
        var remark = "\(pages), \(checked.look.paper.rawValue)"
        if let wanted = checked.look.pages, result.pages > wanted {
          remark +=
            "; the view asks for \(wanted), which its words do not fit at 9 pt: "
            + "leave out a section or a project"
        }
        if !result.fitting.isEmpty { remark += "; set tighter to fit: \(result.fitting)" }
        if !result.missing.isEmpty {
          remark +=
            "; no font here has \(String(result.missing.prefix(12))), which show as boxes: "
            + "install one for that script"
        }
        return Made(bytes: result.bytes, remark: remark)
      } catch {
        throw Failure(.badInput, error.message, error.remedy)
      }
    }
  }

  func text(_ text: String, _ name: String) throws -> Made {
    try checked.check(text, name)
    return Made(bytes: Array(text.utf8))
  }

  /// Writes a file: new ones never over a file made meanwhile, existing ones by exchange.
  static func write(_ bytes: [UInt8], to file: String, vault: Vault) throws {
    let path = FileSystem.absolute(file)
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    guard folder.isEmpty || FileSystem.isFolder(folder) else {
      throw Failure(
        .badInput, "there is no folder \(FileSystem.display(folder)) to write \(file) into",
        "Make it with 'mkdir -p \(FileSystem.display(folder))', or name another file.")
    }
    guard let status = FileSystem.status(path) else {
      do throws(FileError) { try SafeFile.create(path, bytes) } catch { throw failure(error, file) }
      return
    }
    switch status.kind {
    case .folder:
      throw Failure(.badInput, "\(file) is a folder", "Name a file in it: '-o \(file)/resume.pdf'.")
    case .file: break
    default:
      throw Failure(.badInput, "\(file) is no file", "Name a file, or '-o -' for standard output.")
    }
    if VaultPath.isNote(path), let inside = vault.path(ofFile: path, from: "/") {
      throw Failure(
        .unsafe, "\(inside) is a note of the vault and is not written over",
        "Name a file outside the vault, or delete the note first.")
    }
    let outcome: SafeFile.Outcome
    do throws(FileError) {
      let original = try FileSystem.read(path)
      outcome = try SafeFile.replace(path, original: original, with: bytes)
    } catch {
      throw failure(error, file)
    }
    guard outcome == .done else {
      throw Failure(
        .unsafe, "\(file) was changed by another program at the same moment",
        "Run the command again.")
    }
  }

  private static func failure(_ error: FileError, _ file: String) -> Failure {
    Failure(
      error.isDenied ? .badInput : .inputOutput, "cannot write \(file): \(error.reason)",
      error.isDenied
        ? "Choose another folder, or change its permissions; nothing was written."
        : "Nothing was written; \(error.isFull ? "free some space and " : "")run it again.")
  }
}
