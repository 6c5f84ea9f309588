public import ArgumentParser
internal import EverydayCommands
internal import Sync

/// What a person says is meant, so that the guards of sync let it pass.
public struct GuardOptions: ParsableArguments, Sendable {
  @Flag(name: .customLong("yes-delete"), help: "Let many files go at once.")
  var yesDelete = false

  @Option(
    name: .customLong("allow-secret"),
    help: ArgumentHelp(
      "What was found is no secret, or is meant to be there; remembered on this device.",
      valueName: "fingerprint"))
  var allowSecret: [String] = []

  @Flag(name: .customLong("allow-large"), help: "Take files over 50 MB.")
  var allowLarge = false

  @Flag(
    name: .customLong("allow-private"),
    help: "Send private notes to this public host; remembered on this device.")
  var allowPrivate = false

  @Flag(
    name: .customLong("accept-rewrite"),
    help: "Take a remote history that was rewritten; what was made here goes on top.")
  var acceptRewrite = false

  @Flag(help: "Put two histories together that have nothing in common.")
  var join = false

  public init() {}

  public func validate() throws {
    for print in allowSecret where print.count != 16 || !print.allSatisfy(\.isHexDigit) {
      throw ValidationError("a fingerprint has 16 hexadecimal digits; '\(print)' has not")
    }
  }

  func apply(to options: inout Sync.Options) {
    options.allowsDeletion = yesDelete
    options.allowedSecrets = allowSecret
    options.allowsLarge = allowLarge
    options.allowsPrivate = allowPrivate
    options.acceptsRewrite = acceptRewrite
    options.joins = join
  }

  /// Asks a person on the terminal; no is the answer when none comes.
  static func asks(_ finding: GuardFinding) -> Bool {
    Output.remark("folio: \(Terminal.harmless(finding.text)).")
    Output.remark("Send private notes there from now on? [y/N]")
    let answer = readLine()?.lowercased() ?? ""
    return answer == "y" || answer == "yes"
  }
}
