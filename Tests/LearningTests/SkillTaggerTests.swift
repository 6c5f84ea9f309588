import Learning
import Notes
import Testing

/// Notes in our own words, each about one or two areas of the starter guide, or about none.
@Suite struct SkillTaggerTests {
  static let labelled: [(areas: Set<String>, text: String)] = [
    (
      ["kubernetes"],
      "# Pods that never start\n\nThe scheduler found no node with room: the taint on the new pool was not tolerated. `kubectl describe pod` says so in its events. Adding the toleration to the deployment let the replica set roll out."
    ),
    (
      ["stream-processing"],
      "# A consumer that falls behind\n\nThe consumer group lags when one partition gets all the keys. We doubled the partitions of the Kafka topic, chose another key, and watched the offsets catch up within an hour."
    ),
    (
      ["dbt"],
      "# Renaming a model\n\nEvery ref function that names the dbt model has to change with it. `dbt build --select +orders` shows which incremental models and tests hang on it; the exposures in schema.yml too."
    ),
    (
      ["infrastructure-as-code"],
      "# Moving a bucket between modules\n\nTerraform wanted to destroy it and make it again. A moved block in the module told the state file that it is the same resource, and the plan came out empty."
    ),
    (
      ["ci-cd"],
      "# Tests on every pull request\n\nA workflow of GitHub Actions checks out the branch, runs pytest in a matrix of two Python versions, and blocks the merge when a job is red. The release pipeline runs on tags only."
    ),
    (
      ["service-mesh"],
      "# Splitting traffic for a canary\n\nAn Istio virtual service sends five percent to the new version; the destination rule names the subsets. Mutual TLS between the sidecars stays as it was."
    ),
    (
      ["observability"],
      "# Alerts on the error budget\n\nPrometheus records the ratio of failed requests, Grafana draws the burn rate, and traces from OpenTelemetry tell which span is slow. The SLO is 99.5 percent."
    ),
    (
      ["feature-engineering"],
      "# Features as of a date\n\nA point-in-time join takes for each entity row the feature values known then. The feature store keeps them offline for training and online for serving."
    ),
    (
      ["experimentation"],
      "# Did the new ranking help?\n\nAn A/B test with users split at random. The sample size came from the power analysis; after two weeks the uplift was not statistically significant, the confidence interval includes zero."
    ),
    (
      ["distributed-training"],
      "# Four machines, one model\n\nPyTorch DDP over eight GPUs: torchrun starts the workers, NCCL does the allreduce of gradients. A checkpoint every hour, because nodes go away."
    ),
    (
      ["lakehouse-architecture"],
      "# Small files in the Iceberg table\n\nEvery micro load wrote a data file of 40 kB. Compaction once a night and expiring snapshots brought the manifest list back to a sane length; time travel reaches seven days back."
    ),
    (
      ["data-modelling"],
      "# One grain for each fact table\n\nOrder lines and shipments had been mixed in one fact table. Two tables in a star schema, conformed dimensions for product and store, surrogate keys, and a slowly changing dimension for prices."
    ),
    (
      ["metadata-and-lineage"],
      "# Who uses this column?\n\nOpenLineage events from each run build a lineage graph down to columns; the data catalogue shows the owner, and downstream dashboards before anybody drops it."
    ),
    (
      ["ml-observability"],
      "# The model got worse in June\n\nData drift: the distribution of two inputs moved away from the reference dataset. The population stability index said so three weeks before accuracy in production fell."
    ),
    (
      ["cost-optimisation"],
      "# Half the cloud bill for batch\n\nSpot instances for the workers, right-sizing after a week of utilisation figures, and an autoscaler that goes to zero at night. Resource quotas stop a runaway team."
    ),
    (
      ["security-automation"],
      "# No more passwords in variables\n\nCredentials moved to HashiCorp Vault, short-lived tokens by OIDC, and Trivy scans each image for CVEs before it is signed. The audit log goes to another account."
    ),
  ]

  static let offTopic = [
    "# Centre a box\n\nFlexbox: align-items and justify-content, both center, on the parent element. Works in every browser since 2016.",
    "# Sourdough, the slow way\n\nFeed the starter twice, fold four times, and leave the loaf in the cold until morning. 230 degrees with steam.",
    "# Vim: change inside quotes\n\nIn normal mode `ci\"` deletes the text between quotes and goes to insert mode. `ca\"` takes the quotes too.",
    "# Trim a video without encoding\n\n`ffmpeg -ss 10 -to 20 -i in.mp4 -c copy out.mp4` keeps the audio and video codec; cuts fall on key frames.",
    "# Undo the last commit\n\n`git reset --soft HEAD~1` keeps the changes staged. With --hard they are gone, but git reflog still knows the commit.",
    "# A trip to the coast\n\nTwo days of rain, one of sun. The lighthouse is open at weekends; take the early ferry back.",
    "# Ruby hashes keep their order\n\nSince Ruby 1.9 a hash iterates in the order in which keys were inserted. Sorting gives an array of pairs, so call to_h on it.",
    "# Find large files\n\n`find . -size +100M -exec ls -lh {} +` lists them; sort the output by size with the fifth column.",
  ]

  static func tagger() throws -> SkillTagger {
    SkillTagger(areas: SkillAreas(try GuideTests.starter()))
  }

  static func note(_ text: String) throws -> Note {
    Note(path: try VaultPath("a-note.md"), bytes: Array(text.utf8))
  }

  @Test func notesAreFoundToBeAboutTheirAreas() throws {
    var tagger = try Self.tagger()
    var right = 0
    var wrong = 0
    var missed = 0
    for (areas, text) in Self.labelled {
      let found = Set(try tagger.suggestions(for: Self.note(text)).map(\.area.id))
      right += found.intersection(areas).count
      wrong += found.subtracting(areas).count
      missed += areas.subtracting(found).count
    }
    let f1 = 2 * Double(right) / Double(2 * right + wrong + missed)
    #expect(f1 >= 0.7, "F1 \(f1): \(right) right, \(wrong) wrong, \(missed) missed")
  }

  @Test func notesAboutOtherThingsStayWithout() throws {
    var tagger = try Self.tagger()
    let tagged = try Self.offTopic.filter { try !tagger.suggestions(for: Self.note($0)).isEmpty }
    #expect(tagged.count * 5 <= Self.offTopic.count, "\(tagged)")
  }

  @Test func aSuggestionSaysWhichWordsDecided() throws {
    var tagger = try Self.tagger()
    let first = try #require(try tagger.suggestions(for: Self.note(Self.labelled[1].text)).first)
    #expect(first.area.id == "stream-processing")
    #expect(first.words.contains("consumer group"))
    #expect(first.score >= 0.5 && first.score < 1)
  }

  @Test func wordsOfTheOwnerCount() throws {
    let areas = SkillAreas(try GuideTests.starter())
    let text =
      "# Zorblat\n\nThe zorblat gave up. A zorblat restart of the frumious bandersnatch helped; bandersnatch logs say why the zorblat stopped."
    var plain = SkillTagger(areas: areas)
    #expect(try plain.suggestions(for: Self.note(text)).isEmpty)
    let words = try SkillWords(
      Array("kubernetes:\n  words: [zorblat, frumious bandersnatch, bandersnatch]\n".utf8))
    var own = SkillTagger(areas: areas, words: words)
    #expect(try own.suggestions(for: Self.note(text)).map(\.area.id) == ["kubernetes"])
  }

  @Test func brokenSkillWordsAreSaidWithTheirLine() {
    #expect(throws: GuideProblem.self) { _ = try SkillWords(Array("- a\n- b\n".utf8)) }
    do {
      _ = try SkillWords(Array("kubernetes:\n  words: [a]\n  level: wizard\n".utf8))
      Issue.record("it was read")
    } catch {
      #expect(error.line == 3)
    }
  }
}
