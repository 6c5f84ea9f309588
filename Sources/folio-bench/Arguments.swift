/// What can be wrong with a measurement.
enum BenchError: Error {
  case usage(String)
  case failed(String)
}

/// The command line: a verb, `--name value` pairs, and one file.
struct Arguments {
  let verb: String
  private var values: [String: String] = [:]
  private var rest: [String] = []

  init(_ words: [String]) {
    verb = words.first ?? ""
    var at = 1
    while at < words.count {
      if words[at].hasPrefix("--"), at + 1 < words.count {
        values[String(words[at].dropFirst(2))] = words[at + 1]
        at += 2
      } else {
        rest.append(words[at])
        at += 1
      }
    }
  }

  /// The value of `--name`, which must be there.
  func value(_ name: String) throws(BenchError) -> String {
    guard let value = values[name] else { throw .usage("--\(name) is missing\n\(Bench.usage)") }
    return value
  }

  /// The number that `--name` gives, at least `least`.
  func number(_ name: String, otherwise: Int, least: Int = 1) throws(BenchError) -> Int {
    guard let text = values[name] else { return otherwise }
    guard let number = Int(text), number >= least else {
      throw .usage("--\(name) takes a number of at least \(least), not '\(text)'")
    }
    return number
  }

  /// Field weights in `--weights title=5,body=1`; none when it is absent.
  func weights() throws(BenchError) -> [String: Float] {
    var weights: [String: Float] = [:]
    for pair in (values["weights"] ?? "").split(separator: ",") {
      let sides = pair.split(separator: "=")
      guard sides.count == 2, let weight = Float(String(sides[1])) else {
        throw .usage("--weights takes field=number,..., not '\(pair)'")
      }
      weights[String(sides[0])] = weight
    }
    return weights
  }

  func file() throws(BenchError) -> String {
    guard rest.count == 1 else { throw .usage(Bench.usage) }
    return rest[0]
  }
}
