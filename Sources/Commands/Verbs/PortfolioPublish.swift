public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes
internal import Sync

public struct PortfolioPublish: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "publish", _superCommandName: "folio portfolio",
    abstract: "Send the site to a branch of its own, from which a host can serve it.",
    discussion: """
      The site is made as by 'folio portfolio build' and sent to the branch gh-pages of a remote that \
      your notes are not synced with. That branch has nothing of your notes below it; what was \
      published before stays in its history, and nothing is ever forced. The whole history is read \
      through the gate each time, authors and messages too, for what became private since is public in \
      it still. Its commits name you, and an e-mail address only when the view shows it.

        folio remote add site git@example.org:maya/site.git
        folio portfolio publish --dry-run
        folio portfolio publish --address https://maya.example/

      Exit code 8 when something private would be shown, is in the branch's history, or the branch \
      holds files of somebody else; 5 to 7 as for 'folio sync'.
      """)

  @OptionGroup var options: DocumentOptions
  @OptionGroup var access: RemoteAccess

  @Option(
    help: ArgumentHelp(
      "The remote; the only one that sync does not use unless given.", valueName: "name"))
  var remote: String?

  @Option(help: ArgumentHelp("The branch there.", valueName: "name"))
  var branch = "gh-pages"

  @Option(help: ArgumentHelp("Where the site will be on the web.", valueName: "url"))
  var address: String?

  @Flag(help: "Allow the remote that the notes are synced with.")
  var sameRemote = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be sent, and send nothing.")
  var isDryRun = false

  public init() {}

  public func validate() throws {
    let parts = branch.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty && !part.hasPrefix(".") && !part.hasPrefix("-") && !part.hasSuffix(".lock")
        && !part.contains("..")
        && part.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"~^:?*[\\".utf8.contains($0) }
    }
    guard isName, branch != "main", branch != "master", !branch.contains("@{") else {
      throw ValidationError(
        "\(branch) cannot be the branch of a site; leave '--branch' out for gh-pages")
    }
  }

  public func run(_ out: inout Output) throws {
    let source = try CareerSource(options.index)
    let checked = try PortfolioSource.choose(source, options)
    let site = try SiteFiles(source, checked, address: address)
    var plan = Publication.Options(fallbackAuthor: SyncVerb.accountAuthor)
    if Environment["FOLIO_NOW"] != nil { plan.date = Environment.now.utcSeconds }
    // A commit is public as well: it names an address only when the view shows that.
    let profile = checked.choice.profile
    let email = checked.choice.contactFields.contains(.email) ? profile.email : nil
    plan.author = Author(name: profile.name, email: email ?? "portfolio@folio.invalid")
    plan.remote = remote
    plan.branch = branch
    plan.allowsSyncRemote = sameRemote
    plan.isDryRun = isDryRun
    let progress = SyncProgress(isShown: Terminal.isError && !options.quiet)
    let report: Publication.Report
    do {
      report = try Publication(source.vault, plan, transport: access.transport(progress)).run(
        site.files + [(Publication.mark, Array("Published by folio.\n".utf8))],
        check: { path, bytes in
          guard path != Publication.mark, bytes.count < 4 << 20 else { return }
          do { try checked.check(bytes, path) } catch let failure as Failure {
            throw Failure(
              failure.status, "in the history of \(branch): \(failure.message)",
              "That file was public once. Publish to a new branch with '--branch NAME', and delete "
                + "the old one at the host.")
          }
        }, progress: { progress.show($0) })
    } catch let error as SyncError {
      progress.clear()
      throw Failure(error)
    } catch let error as GitError {
      progress.clear()
      throw Failure(.git(error))
    } catch {
      progress.clear()
      throw error
    }
    progress.clear()
    if isDryRun {
      for path in report.changed { out.line("+ " + path) }
      for path in report.removed { out.line("- " + path) }
    }
    guard !options.quiet else { return }
    let place = Terminal.harmless("\(report.branch) of \(report.remote) (\(report.address))")
    if report.changed.isEmpty, report.removed.isEmpty {
      Output.remark("\(place) has this site already.")
    } else {
      let changed = report.changed.count == 1 ? "1 file" : "\(report.changed.count) files"
      let removed = report.removed.isEmpty ? "" : ", \(report.removed.count) removed"
      Output.remark("\(isDryRun ? "would send" : "sent") \(changed)\(removed) to \(place).")
    }
    if sameRemote, report.commit != nil {
      Output.remark("That repository holds your notes too: see that only you can read it.")
    }
    if let remark = checked.remark { Output.remark(remark) }
  }
}
