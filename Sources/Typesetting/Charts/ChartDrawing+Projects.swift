internal import Manuscript

extension ChartDrawing {
  /// Each pair as a line of words over two bars on one scale.
  mutating func draw(_ pairs: [Chart.Comparison]) {
    var y = 0
    for (index, pair) in pairs.enumerated() {
      if index > 0 { y += 14 }
      y = addLine(pair.label, pair.change, .change, y) + 7
      // Six tenths of the width for the longer bar leave room for the words behind it.
      let small = max(60, pair.ratio * 6)
      let lengths = pair.isFall ? (6000, small) : (small, 6000)
      for (tone, length, text) in [
        (Tone.was, lengths.0, pair.before), (.now, lengths.1, pair.after),
      ] {
        bar(tone, .px(0), y + 3, Length(share: length), 11)
        add(
          .words(
            [Words(tone: tone == .now ? .name : .aside, text: text)],
            x: Length(share: length, pixels: 8), y: y + 13, anchor: .start))
        y += 18
      }
    }
    resize(height: max(1, y))
  }

  /// Whether a name and what is said beside it have no room on one line of a phone.
  private static func isLong(_ name: String, _ aside: String) -> Bool {
    !aside.isEmpty && width(of: name) + width(of: aside) > 350
  }

  /// A name with something beside it, or below it where there is no room; gives the last baseline.
  private mutating func addLine(_ name: String, _ aside: String, _ tone: Tone, _ y: Int) -> Int {
    var words = [Words(tone: .name, text: name)]
    guard !aside.isEmpty else {
      add(.words(words, x: .px(0), y: y + 13, anchor: .start))
      return y + 13
    }
    let isLong = Self.isLong(name, aside)
    if !isLong { words.append(Words(tone: tone, text: "  " + aside)) }
    add(.words(words, x: .px(0), y: y + 13, anchor: .start))
    guard isLong else { return y + 13 }
    text(tone, aside, .px(0), y + 13 + Self.lead)
    return y + 13 + Self.lead
  }

  /// Bars on one axis of years, each under its words.
  mutating func draw(_ spans: [Chart.Span], _ from: Int, _ to: Int) {
    let months = max(1, to - from + 1)
    let top = 18
    let height =
      top + spans.reduce(0) { $0 + 40 + (Self.isLong($1.label, $1.dates) ? Self.lead : 0) }
    var years: [Length] = []
    for month in from...max(from, to) where month % 12 == 0 || month == from {
      let isStart = month % 12 == 0
      // A year needs room for its number before the next one and before the edge.
      let toNext = isStart ? 12 : 12 - month % 12
      guard toNext * 640 / months >= 34, (to - month + 1) * 640 / months >= 30 else { continue }
      let x = Length.of(month - from, months)
      if isStart {
        years.append(x)
        add(.rule(x1: x, y1: 0, x2: x, y2: top - 4))
      }
      text(
        .aside, String(month / 12), Length(share: x.share, pixels: isStart ? 5 : 0), 11)
    }
    var y = top
    for span in spans {
      y = addLine(span.label, span.dates, .aside, y + 2) - 15
      bar(.track, .px(0), y + 22, Length(share: 10_000), 9)
      // Lines of the years pass behind the bars and not through the words.
      for x in years { add(.rule(x1: x, y1: y + 20, x2: x, y2: y + 33)) }
      // The harder the project, the fuller its colour.
      let tone: Tone =
        switch span.weight ?? 4 {
        case ...1: .s1
        case 2: .s2
        case 3: .s3
        default: .now
        }
      bar(tone, .of(span.from - from, months), y + 22, .of(span.to - span.from + 1, months), 9)
      y += 40
    }
    resize(height: max(top, height))
  }

  /// Milestones by group, each on a line of months.
  mutating func draw(_ track: MilestoneTrack) {
    let names = min(380, (track.items.map { Self.width(of: $0.label) }.max() ?? 0) + 14)
    let axis = 360
    let end = track.end
    func x(_ month: Int) -> Int { names + 8 + min(month, end) * (axis - 16) / end }
    var body = 34
    var rows: [(item: MilestoneTrack.Item?, group: String, y: Int)] = []
    var group = ""
    for item in track.items {
      if item.group != group {
        group = item.group
        if !group.isEmpty {
          if !rows.isEmpty { body += 6 }
          rows.append((nil, group, body))
          body += Self.row
        }
      }
      rows.append((item, "", body))
      body += Self.row
    }
    let height = body + 4
    for month in stride(from: 0, through: end, by: end > 24 ? 6 : 3) {
      add(.rule(x1: .px(x(month)), y1: 20, x2: .px(x(month)), y2: height))
      text(.aside, String(month), .px(x(month)), 13, .middle)
    }
    text(.aside, "month", .px(names - 8), 13, .end)
    bar(.was, .px(x(track.now) - 1), 20, .px(2), height - 20, radius: 0)
    for row in rows {
      guard let item = row.item else {
        text(.group, row.group, .px(0), row.y + 15)
        continue
      }
      text(.name, Self.cut(item.label, to: names - 8), .px(0), row.y + 15)
      let middle = row.y + 11
      if let planned = item.planned, let reached = item.reached, planned != reached {
        bar(
          .s2, .px(min(x(planned), x(reached))), middle - 1,
          .px(abs(x(reached) - x(planned))), 3, radius: 0)
      }
      if let planned = item.planned {
        add(.dot(.now, x: .px(x(planned)), y: middle, radius: 5, isHollow: true))
      }
      if let place = item.reached ?? (item.isDone ? item.planned : nil) {
        add(.dot(.now, x: .px(x(place)), y: middle, radius: 5, isHollow: false))
      }
    }
    let foot = height + 20
    var place = names + 8
    for (isHollow, words) in [(true, "planned"), (false, "reached")] {
      add(.dot(.now, x: .px(place + 5), y: foot - 4, radius: 5, isHollow: isHollow))
      text(.aside, words, .px(place + 15), foot)
      place += 15 + Self.width(of: words) + 14
    }
    bar(.was, .px(place), foot - 11, .px(2), 14, radius: 0)
    text(.aside, "now", .px(place + 8), foot)
    resize(width: names + axis, height: foot + 6)
  }
}
