import Foundation
import Testing

/// A canary is planted in every private place of a vault; then every byte of every document is
/// searched for it, the streams of PDFs unpacked.
@Suite struct PrivacyTests {
  static let canaries = [
    "zqnote", "zqmetric", "zqproject", "zqwork", "zqeducation", "zqcertificate", "zqaward",
    "zqtalk",
    "zqskill", "zqinterest", "zqlanguage", "zqreference", "zqvolunteer", "zqinterview", "zqpath",
    "zqcommit", "zqevidence", "zqunknown", "zqjournal", "zqpublication", "zqrecord", "zqgiven",
    "91,357", "91357",
  ]

  static func planted() throws -> Sandbox {
    let sandbox = try Sandbox()
    func write(_ path: String, _ text: String) throws {
      let file = sandbox.vault.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try write(
      "zqpath/zqnote.md", "---\nvisibility: private\n---\n\nThe zqnote is a note for nobody else.\n"
    )
    try write(
      "journal/2026/2026-11-22.md",
      "---\nvisibility: private\n---\n\nToday the zqjournal was long.\n")
    try write(
      "sharing/zqrecord.md",
      "---\ntitle: The zqrecord\nkind: note\nrecord: talk\nwhere: zqgiven hall\nvisibility: private\n---\n"
    )
    try write(
      "projects/zqproject.md",
      """
      ---
      title: The zqproject
      kind: project
      visibility: private
      organisation: Zqproject Ltd
      metrics:
        - {name: Zqmetric, kind: cost, before: "€91,357", after: €12, per: month, since: 2026-01-01}
      ---

      See [[zqnote]].

      """)
    // Private parts of a project that is shown, and of a profile that is shown.
    let shown = sandbox.vault.appending(path: "projects/price-watch.md")
    var text = try String(contentsOf: shown, encoding: .utf8)
    text = text.replacingOccurrences(
      of: "\nmetrics:\n",
      with: """

        interview: The zqinterview remark
        unknown_key: zqunknown
        metrics:
        - {id: zqm, name: The zqmetric figure, kind: cost, before: "€91,357", after: €9, per: month, since: 2026-01-01, visibility: private, action: the zqmetric way, evidence: [{kind: url, ref: "https://zqevidence.example"}]}

        """)
    #expect(text.contains("zqinterview"))
    try write("projects/price-watch.md", text)
    let profile = sandbox.vault.appending(path: "profile.md")
    text = try String(contentsOf: profile, encoding: .utf8)
    text = text.replacingOccurrences(
      of: "\nwork:\n",
      with: """

        awards: [{title: The zqaward, visibility: private}]
        talks: [{name: The zqtalk, visibility: private}]
        publications: [{name: The zqpublication, visibility: private}]
        volunteer: [{organization: The zqvolunteer, visibility: private}]
        skills: [{name: The zqskill, visibility: private}]
        references: [{name: The zqreference, reference: x, visibility: private}]
        work:
          - {name: The zqwork, position: Spy, startDate: 2026, visibility: private}

        """)
    for (section, line) in [
      ("education", "  - {institution: The zqeducation, visibility: private}"),
      ("certificates", "  - {name: The zqcertificate, visibility: private}"),
      ("languages", "  - {language: The zqlanguage, visibility: private}"),
      ("interests", "  - {name: The zqinterest, visibility: private}"),
    ] {
      text = text.replacingOccurrences(of: "\n\(section):\n", with: "\n\(section):\n\(line)\n")
    }
    try write("profile.md", text)
    try write(
      "views/everything.yaml",
      """
      sections: [summary, figures, skills, work, projects, education, certificates, languages,
        interests, timeline, growth, practice, milestones, volunteer, awards, publications, talks, contributions, references]

      """)
    let made = try sandbox.run(
      "git config user.name A && git config user.email a@example.org && git add -A && git commit -qm 'zqcommit message'"
    )
    #expect(made.status == 0, "\(made.output)")
    return sandbox
  }

  @Test func noPrivateWordIsInAnyByteOfAnyDocument() throws {
    let sandbox = try Self.planted()
    var outputs: [String] = []
    for view in ["default", "everything"] {
      for format in ["txt", "md", "html", "pdf", "json"] {
        for audience in ["application", "public"] {
          let name = "../out-\(view)-\(audience).\(format)"
          let made = try sandbox.run(
            "folio resume --view \(view) --audience \(audience) -o \(name)")
          #expect(made.status == 0, "\(made.output)")
          outputs.append(name)
        }
      }
    }
    for format in ["txt", "md", "html", "pdf"] {
      let made = try sandbox.run("folio portfolio -o ../portfolio.\(format)")
      #expect(made.status == 0, "\(made.output)")
      outputs.append("../portfolio.\(format)")
    }
    #expect(try sandbox.run("folio portfolio build -o ../site").status == 0)
    #expect(try sandbox.run("folio resume --anonymise -o ../anonymous.pdf").status == 0)
    outputs.append("../anonymous.pdf")
    outputs += try sandbox.run("find ../site -type f").output.split(separator: "\n").map(
      String.init)
    let hasUnpacker = try sandbox.run("command -v qpdf").status == 0
    for output in outputs {
      var file = output
      if output.hasSuffix(".pdf"), hasUnpacker {
        let plain = output + ".plain"
        let unpacked = try sandbox.run("qpdf --qdf --object-streams=disable \(output) \(plain)")
        #expect(unpacked.status == 0, "\(unpacked.output)")
        file = plain
        // The words themselves, for glyphs have numbers of their own.
        let text = try sandbox.run("pdftotext \(output) -")
        if text.status == 0 { try Self.search(text.output, output) }
      }
      let bytes = try Data(contentsOf: sandbox.vault.appending(path: file).standardized)
      #expect(bytes.count > 200 || output.contains("/site/"), "\(output) is nearly empty")
      try Self.search(String(decoding: bytes, as: UTF8.self) + output, output)
    }
    // The test can fail: the notes themselves do have the words, and so have interview notes.
    let notes = try sandbox.run(
      "cat profile.md projects/*.md zqpath/*.md journal/2026/*.md sharing/*.md; git log")
    for canary in Self.canaries where canary != "91357" && canary != "zqpath" {
      #expect(notes.output.lowercased().contains(canary), "\(canary)")
    }
    let own = try sandbox.run("folio resume --view everything --interview")
    #expect(own.output.contains("zqinterview"))
  }

  /// Feed, sitemap, search index, pictures, charts, and every object of the published branch.
  @Test func whatEverybodyCanFetchHasNoPrivateWord() throws {
    let sandbox = try Self.planted()
    // A PNG with a canary in a text chunk, shown by a public note; another shown by a private one.
    let png = """
      mkdir -p pictures && python3 - <<'EOF'
      import struct, zlib
      def chunk(kind, data):
          return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
      pixels = zlib.compress(b"\\0\\0\\0\\0")
      for name in ["shown", "zqpath"]:
          open(f"pictures/{name}.png", "wb").write(
              b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
              + chunk(b"tEXt", b"Comment\\0zqevidence") + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
      EOF
      printf '\\n![A picture](../pictures/shown.png)\\n' >> snippets/dynamic-task-mapping.md
      printf '\\n![Another](../pictures/zqpath.png)\\n' >> zqpath/zqnote.md
      sed -i 's/timeline, notes/timeline, notes, growth, practice, milestones/' views/portfolio.yaml
      """
    #expect(try sandbox.run(png).status == 0)
    let built = try sandbox.run("folio portfolio build -o ../site --address https://maya.example/")
    #expect(built.status == 0, "\(built.output)")
    var outputs = try sandbox.run("find ../site -type f").output.split(separator: "\n").map(
      String.init)
    for name in ["feed.xml", "sitemap.xml", "search-index.js", "files/pictures-shown.png"] {
      #expect(outputs.contains("../site/" + name), "\(name)")
    }
    #expect(!outputs.contains { $0.hasSuffix("zqpath.png") })
    for chart in ["skills", "timeline", "before-after", "growth", "practice", "milestones"] {
      for format in ["svg", "txt", "md"] {
        let made = try sandbox.run("folio portfolio chart \(chart) -o ../\(chart).\(format)")
        #expect(made.status == 0, "\(made.output)")
        outputs.append("../\(chart).\(format)")
      }
    }
    let published = try sandbox.run(
      "folio remote add notes ../notes.git --create && folio remote add site ../pages.git --create && "
        + "folio portfolio publish && echo one >> snippets/dynamic-task-mapping.md && "
        + "folio portfolio publish")
    #expect(published.status == 0, "\(published.output)")
    let objects = try sandbox.run(
      "cd ../pages.git && git rev-list --count gh-pages && git cat-file --batch-all-objects "
        + "--batch-check='%(objectname)' | git cat-file --batch "
        // A name of an object is a number, in which there is any number by chance.
        + "| LC_ALL=C sed -E 's/[0-9a-f]{40}//g' > ../objects")
    #expect(objects.output == "2\n")
    outputs.append("../objects")
    for output in outputs {
      let bytes = try Data(contentsOf: sandbox.vault.appending(path: output).standardized)
      let text = String(decoding: bytes, as: UTF8.self)
      try Self.search(text + output, output)
      for contact in ["maya.lindqvist@example.org", "174 06 35", "1740635", "a@example.org"] {
        #expect(!text.contains(contact), "\(contact) is in \(output)")
      }
    }
  }

  private static func search(_ text: String, _ output: String) throws {
    let lowered = text.lowercased()
    for canary in canaries { #expect(!lowered.contains(canary), "\(canary) is in \(output)") }
  }

  /// The gate must not be the reason that nothing is said.
  @Test func anUntouchedVaultGivesAFullResume() throws {
    let sandbox = try Sandbox()
    let text = try sandbox.run("folio resume").output
    for word in [
      "Maya Lindqvist", "maya.lindqvist@example.org", "+46 70 174 06 35", "Havn Logistics",
      "Nordlys Retail", "−89 %", "€18,400", "Chalmers", "Google Cloud", "Swedish",
    ] {
      #expect(text.contains(word), "\(word)")
    }
    let html = try sandbox.run("folio portfolio --to html").output
    #expect(html.contains("DAG factory") && !html.contains("maya.lindqvist@example.org"))
  }

  @Test func aResumeGoesToJSONAndComesBack() throws {
    let sandbox = try Sandbox()
    let script = """
      folio profile export > ../a.json && folio profile import ../a.json --force &&
      folio profile export > ../b.json && cmp ../a.json ../b.json && echo same
      """
    #expect(try sandbox.run(script).output == "profile.md\nsame\n")
    let before = try sandbox.run("folio resume").output
    #expect(before.contains("Havn Logistics"))
    #expect(try sandbox.run("folio profile import ../a.json").status == 8)
    #expect(try sandbox.run("printf '{' | folio profile import - --force").status == 2)
    #expect(try sandbox.run("folio resume").output == before)
  }
}
