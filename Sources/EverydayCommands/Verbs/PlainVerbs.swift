internal import ArgumentParser

// The everyday verbs' own reading of plain command lines; see `PlainArguments`. A value is given to
// every property, for ArgumentParser gives them none here.

extension FindCandidates {
  public init?(plain arguments: [String]) {
    var words = PlainArguments(arguments)
    var index = IndexChoice()
    var filters = NoteFilters()
    var query: [String] = []
    var coloured = false
    var limit = 60
    while let word = words.next() {
      switch word {
      case .text(let text): query.append(text)
      case .option("--limit"): guard words.take(&limit) else { return nil }
      case .option("--coloured"): coloured = true
      case .option(let option):
        guard index.take(option, &words) || filters.take(option, &words) else { return nil }
      case .other: return nil
      }
    }
    self.init()
    self.index = ReadingOptions(index)
    self.filters = FilterOptions(filters)
    self.query = query
    self.coloured = coloured
    self.limit = limit
  }
}

extension List {
  public init?(plain arguments: [String]) {
    var words = PlainArguments(arguments)
    var index = IndexChoice()
    var filters = NoteFilters()
    var (query, conditions): ([String], [String]) = ([], [])
    var sort = "path"
    var (reverse, json, jsonl, nul, plain) = (false, false, false, false, false)
    var limit: Int?
    var format: String?
    var color = Style.When.auto
    while let word = words.next() {
      switch word {
      case .text(let text): query.append(text)
      case .option("--where"): guard words.take(&conditions) else { return nil }
      case .option("--sort"): guard words.take(&sort) else { return nil }
      case .option("--format"): guard words.take(&format) else { return nil }
      case .option("-n"), .option("--limit"): guard words.take(&limit) else { return nil }
      case .option("--color"): guard words.take(&color) else { return nil }
      case .option("--reverse"): reverse = true
      case .option("--json"): json = true
      case .option("--jsonl"): jsonl = true
      case .option("-0"): nul = true
      case .option("--plain"): plain = true
      case .option(let option):
        guard index.take(option, &words) || filters.take(option, &words) else { return nil }
      case .other: return nil
      }
    }
    self.init()
    self.index = ReadingOptions(index)
    self.filters = FilterOptions(filters)
    self.query = query
    self.conditions = conditions
    self.sort = sort
    self.reverse = reverse
    self.limit = limit
    self.format = format
    self.json = json
    self.jsonl = jsonl
    self.nul = nul
    self.plain = plain
    self.color = color
  }
}

extension Show {
  public init?(plain arguments: [String]) {
    var words = PlainArguments(arguments)
    var index = IndexChoice()
    var (note, lang): (String?, String?) = (nil, nil)
    var block: Int?
    var values: [String] = []
    var (code, body, json, raw, render) = (false, false, false, false, false)
    var (plain, noPager) = (false, false)
    var color = Style.When.auto
    while let word = words.next() {
      switch word {
      case .text(let text):
        guard note == nil else { return nil }
        note = text
      case .option("-l"), .option("--lang"): guard words.take(&lang) else { return nil }
      case .option("--block"): guard words.take(&block) else { return nil }
      case .option("--set"): guard words.take(&values) else { return nil }
      case .option("--color"): guard words.take(&color) else { return nil }
      case .option("--code"): code = true
      case .option("--body"): body = true
      case .option("--json"): json = true
      case .option("--raw"): raw = true
      case .option("--render"): render = true
      case .option("--plain"): plain = true
      case .option("--no-pager"): noPager = true
      case .option(let option): guard index.take(option, &words) else { return nil }
      case .other: return nil
      }
    }
    guard let note else { return nil }
    self.init()
    self.index = ReadingOptions(index)
    self.note = note
    self.code = code
    self.lang = lang
    self.block = block
    placeholders = PlaceholderOptions(values)
    self.body = body
    self.json = json
    self.raw = raw
    self.render = render
    self.plain = plain
    self.noPager = noPager
    self.color = color
  }
}

extension Copy {
  public init?(plain arguments: [String]) {
    var words = PlainArguments(arguments)
    var index = IndexChoice()
    var (note, lang): (String?, String?) = (nil, nil)
    var block: Int?
    var values: [String] = []
    var (body, all, link, path, quiet) = (false, false, false, false, false)
    while let word = words.next() {
      switch word {
      case .text(let text):
        guard note == nil else { return nil }
        note = text
      case .option("-l"), .option("--lang"): guard words.take(&lang) else { return nil }
      case .option("--block"): guard words.take(&block) else { return nil }
      case .option("--set"): guard words.take(&values) else { return nil }
      case .option("--body"): body = true
      case .option("--all"): all = true
      case .option("--link"): link = true
      case .option("--path"): path = true
      case .option("-q"), .option("--quiet"): quiet = true
      case .option(let option): guard index.take(option, &words) else { return nil }
      case .other: return nil
      }
    }
    guard let note else { return nil }
    self.init()
    self.index = ReadingOptions(index)
    self.note = note
    self.lang = lang
    self.block = block
    placeholders = PlaceholderOptions(values)
    self.body = body
    self.all = all
    self.link = link
    self.path = path
    self.quiet = quiet
  }
}

extension Add {
  public init?(plain arguments: [String]) {
    var words = PlainArguments(arguments)
    var (texts, tag, skill): ([String], [String], [String]) = ([], [], [])
    var (stdin, clipboard, edit, placeholders, quiet) = (false, false, false, false, false)
    var (vault, from, lang, url): (String?, String?, String?, String?) = (nil, nil, nil, nil)
    var folder: String?
    while let word = words.next() {
      switch word {
      case .text(let text): texts.append(text)
      case .option("--vault"): guard words.take(&vault) else { return nil }
      case .option("--from"): guard words.take(&from) else { return nil }
      case .option("-l"), .option("--lang"): guard words.take(&lang) else { return nil }
      case .option("-t"), .option("--tag"): guard words.take(&tag) else { return nil }
      case .option("-s"), .option("--skill"): guard words.take(&skill) else { return nil }
      case .option("--url"): guard words.take(&url) else { return nil }
      case .option("--in"): guard words.take(&folder) else { return nil }
      case .option("--stdin"): stdin = true
      case .option("--clipboard"): clipboard = true
      case .option("-e"), .option("--edit"): edit = true
      case .option("--placeholders"): placeholders = true
      case .option("-q"), .option("--quiet"): quiet = true
      default: return nil
      }
    }
    guard let kind = texts.first else { return nil }
    self.init()
    self.vault = VaultOptions(vault)
    self.kind = kind
    title = Array(texts.dropFirst())
    source = TextSource()
    source.stdin = stdin
    source.clipboard = clipboard
    source.from = from
    guard (try? source.validate()) != nil else { return nil }
    self.edit = edit
    self.lang = lang
    self.tag = tag
    self.skill = skill
    self.url = url
    self.folder = folder
    self.placeholders = placeholders
    self.quiet = quiet
  }
}

extension PlaceholderOptions {
  fileprivate init(_ values: [String]) {
    self.init()
    self.values = values
  }
}
