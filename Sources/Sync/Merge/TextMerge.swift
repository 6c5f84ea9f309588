internal import CLibGit2
internal import Notes

/// Putting two versions of one file together.
///
/// Lines are merged three ways by libgit2, on the bytes as they are: no attribute of git, no filter
/// and no merge driver has a say.
enum TextMerge {
  enum Outcome: Equatable {
    case merged([UInt8])
    case conflict(MergeConflict.Reason)
  }

  /// Merges `first` and `second`, which both come from `base`; the order decides no line.
  static func merge(
    base: [UInt8]?, _ first: [UInt8], _ second: [UInt8], isNote: Bool
  ) -> Outcome {
    if first == second { return .merged(first) }
    if first == base { return .merged(second) }
    if second == base { return .merged(first) }
    if [base ?? [], first, second].contains(where: { $0.contains(0) }) {
      return .conflict(.notText)
    }
    guard let base else { return .conflict(.bothNew) }
    guard let merged = lines(base, first, second) else { return .conflict(.sameLines) }
    // Lines that merge cleanly can still make front matter that nobody can read.
    if isNote, isReadable(first), isReadable(second), !isReadable(merged) {
      return .conflict(.frontMatter)
    }
    return .merged(merged)
  }

  private static func isReadable(_ note: [UInt8]) -> Bool {
    let frontMatter = FrontMatter(note)
    return frontMatter.error == nil && frontMatter.duplicateKeys.isEmpty
  }

  private static func lines(_ base: [UInt8], _ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
    base.withUnsafeBytes { base in
      first.withUnsafeBytes { first in
        second.withUnsafeBytes { second in
          var inputs = [base, first, second].map { bytes in
            var input = git_merge_file_input()
            git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
            // An empty buffer has no address, which libgit2 takes for "no file".
            input.ptr = bytes.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
            input.size = bytes.count
            return input
          }
          var result = git_merge_file_result()
          guard git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], nil) == 0 else {
            return nil
          }
          defer { git_merge_file_result_free(&result) }
          guard result.automergeable == 1 else { return nil }
          return Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
        }
      }
    }
  }
}
