internal import Manuscript

extension ChartDrawing {
  /// A row a line, a column a stretch of time, the number in each cell.
  mutating func draw(_ map: HeatMap) {
    let names = (map.rows.flatMap { [$0.label, $0.group] }.map(Self.width).max() ?? 0) + 12
    let cell = max(
      34,
      (map.columns.map { $0.split(separator: "-").last.map(String.init) ?? $0 }
        .map(Self.width).max() ?? 0) + 8)
    // The year stands over its first column, what is left of the name below it.
    var year = ""
    for (index, column) in map.columns.enumerated() {
      let parts = column.split(separator: "-", maxSplits: 1).map(String.init)
      let x = names + index * cell
      if parts.count == 2, parts[0] != year {
        year = parts[0]
        text(.aside, year, .px(x + 2), 12)
      }
      text(.aside, parts.count == 2 ? parts[1] : column, .px(x + cell / 2), 28, .middle)
    }
    var y = 34
    var group = ""
    for row in map.rows {
      if row.group != group {
        group = row.group
        if !group.isEmpty {
          y += y > 34 ? 8 : 0
          text(.group, group, .px(0), y + 15)
          y += Self.row
        }
      }
      text(.name, row.label, .px(0), y + 15)
      for (column, value) in row.values.enumerated() {
        let x = names + column * cell
        let step = HeatMap.step(value)
        bar(
          [.s0, .s1, .s2, .s3, .s4][step], .px(x + 1), y + 1, .px(cell - 2), Self.row - 2, radius: 3
        )
        if value > 0 {
          text(step > 2 ? .inverse : .value, String(value), .px(x + cell / 2), y + 15, .middle)
        }
      }
      y += Self.row
    }
    resize(width: names + map.columns.count * cell + 2, height: y + 2)
  }

  /// Steps of one colour on another, with the names at the right where each ends.
  mutating func draw(_ growth: Growth) {
    let plot = 460
    let tall = 200
    let top = 8
    let left = 34
    let peak = max(1, growth.peak)
    let unit = Self.tick(peak)
    let ceiling = (peak + unit - 1) / unit * unit
    func y(_ value: Int) -> Int { top + tall - value * tall / ceiling }
    for value in stride(from: 0, through: ceiling, by: unit) {
      add(.rule(x1: .px(left), y1: y(value), x2: .px(left + plot), y2: y(value)))
      text(.aside, String(value), .px(left - 6), y(value) + 4, .end)
    }
    let count = max(1, growth.columns.count)
    func x(_ column: Int) -> Int { left + column * plot / count }
    let tones: [Tone] = [.k0, .k1, .k2, .k3, .k4, .k5, .k6]
    for column in growth.columns.indices {
      var sum = 0
      for (index, series) in growth.series.enumerated() where series.values[column] > 0 {
        let below = y(sum)
        sum += series.values[column]
        bar(
          tones[index % tones.count], .px(x(column)), y(sum), .px(x(column + 1) - x(column)),
          below - y(sum), radius: 0)
      }
    }
    // Names stand at the middle of their last step, moved apart where two would touch.
    var places: [(y: Int, index: Int)] = []
    var sum = 0
    for (index, series) in growth.series.enumerated() {
      let last = series.values.last ?? 0
      places.append(((y(sum) + y(sum + last)) / 2 + 4, index))
      sum += last
    }
    var floor = top + tall + 4
    for index in places.indices {
      places[index].y = min(places[index].y, floor)
      floor = places[index].y - 16
    }
    if let highest = places.last, highest.y < 12 {
      // Too many to stand below one another from the bottom: from the top then.
      for (offset, index) in places.indices.reversed().enumerated() {
        places[index].y = max(places[index].y, 12 + offset * 16)
      }
    }
    var widest = 0
    for place in places {
      let series = growth.series[place.index]
      bar(
        tones[place.index % tones.count], .px(left + plot + 10), place.y - 9, .px(10), 10, radius: 2
      )
      let label = "\(series.label) \(series.values.last ?? 0)"
      widest = max(widest, Self.width(of: label))
      text(.name, label, .px(left + plot + 26), place.y)
    }
    var free = left - 1
    for (index, month) in growth.columns.enumerated() {
      let isYear = month.hasSuffix("-01")
      guard isYear || index == 0, x(index) >= free, x(index) + 30 <= left + plot else { continue }
      add(.rule(x1: .px(x(index)), y1: top + tall, x2: .px(x(index)), y2: top + tall + 5))
      text(
        .aside, isYear ? String(month.prefix(4)) : month, .px(x(index)), top + tall + 18)
      free = x(index) + 56
    }
    resize(
      width: left + plot + 26 + widest + 4,
      height: max(top + tall + 24, places.first.map { $0.y + 4 } ?? 0))
  }

  /// Distance of the lines behind the steps: 1, 2 or 5 of some power of ten, four or five of them.
  static func tick(_ peak: Int) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where factor * power * 5 >= peak { return factor * power }
      power *= 10
    }
  }

  /// A column a week and a row a day of the week.
  mutating func draw(_ calendar: DayCalendar) {
    let cell = 13
    let left = 32
    for month in calendar.months { text(.aside, month.name, .px(left + month.week * cell), 11) }
    let top = 18
    for (row, name) in calendar.weekdays.enumerated() where row % 2 == 0 {
      text(.aside, name, .px(0), top + row * cell + 10)
    }
    for (week, days) in calendar.weeks.enumerated() {
      for (row, day) in days.enumerated() {
        let x = left + week * cell
        let y = top + row * cell
        let tone: Tone = [.s0, .s1, .s2, .s3, .s4][day.step]
        bar(day.isProtected && day.step == 0 ? .free : tone, .px(x), y, .px(cell - 2), cell - 2)
        // A free day is told by its mark, not by colour alone.
        if day.isProtected, day.step == 0 {
          add(.dot(.was, x: .px(x + 5), y: y + 5, radius: 2, isHollow: false))
        }
      }
    }
    let bottom = top + 7 * cell + 16
    var x = left
    for (step, words) in calendar.steps.enumerated() {
      bar([.s0, .s1, .s2, .s3, .s4][min(4, step)], .px(x), bottom - 9, .px(cell - 2), cell - 2)
      text(.aside, words, .px(x + cell + 3), bottom)
      x += cell + 3 + Self.width(of: words) + 14
    }
    if calendar.days.contains(where: { $0.isProtected && $0.step == 0 }) {
      bar(.free, .px(x), bottom - 9, .px(cell - 2), cell - 2)
      add(.dot(.was, x: .px(x + 5), y: bottom - 4, radius: 2, isHollow: false))
      text(.aside, "free", .px(x + cell + 3), bottom)
      x += cell + 3 + 26
    }
    resize(width: max(left + calendar.weeks.count * cell, x), height: bottom + 6)
  }
}
