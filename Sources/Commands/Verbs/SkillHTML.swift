internal import Learning
internal import Typesetting

/// The skill areas as one page that needs no other file.
struct SkillHTML {
  let standings: [SkillStanding]
  let evidence: SkillEvidence
  let day: CalendarDay

  func write(svg: String) -> String {
    var rows = ""
    for standing in standings {
      let cells = [
        standing.area.name, standing.area.roleTitle ?? "", standing.level.rawValue,
        standing.declared?.rawValue ?? "", String(evidence.count(of: standing.area.id)),
        standing.newest ?? "",
      ]
      rows +=
        "<tr>" + cells.map { "<td>\(ChartSVG.escaped($0))</td>" }.joined() + "</tr>\n"
    }
    let style = """
      body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;\
      color:#1c2733;background:#fff}table{border-collapse:collapse;width:100%}\
      td,th{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #dde3e8}\
      svg{max-width:100%;height:auto}\
      @media(prefers-color-scheme:dark){body{color:#e4e9ee;background:#10161d}\
      td,th{border-color:#2a3541}}
      """
    return """
      <!doctype html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Skills</title>
      <style>\(style)</style>
      </head>
      <body>
      <h1>Skills</h1>
      <p>As the notes show on \(day.iso).</p>
      \(svg)<table>
      <thead><tr><th>Area</th><th>Role</th><th>Level</th><th>Declared</th><th>Evidence</th>\
      <th>Newest</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </body>
      </html>

      """
  }
}
