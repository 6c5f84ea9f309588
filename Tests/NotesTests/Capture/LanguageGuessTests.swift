import TestSupport
import Testing

@testable import Notes

@Suite struct LanguageGuessTests {
  @Test(arguments: [
    ("bash", "for f in *.csv; do\n  wc -l \"$f\"\ndone"),
    ("bash", "curl -sS https://example.com | jq '.items[]'"),
    ("bash", "export PATH=\"$HOME/bin:$PATH\"\nmkdir -p build && cd build"),
    ("bash", "#!/usr/bin/env bash\nset -euo pipefail"),
    ("bash", "$ git rebase -i main\n$ git push"),
    ("bash", "if [ -f .env ]; then\n  source .env\nfi"),
    ("bash", "docker run --rm \\\n  -v $PWD:/app \\\n  image"),
    ("python", "import os\n\nprint(os.getcwd())"), ("python", "def add(a, b):\n    return a + b"),
    ("python", "from pathlib import Path\nrows = [p.name for p in Path('.').iterdir()]"),
    ("python", "with open(path) as f:\n    data = json.load(f)"), ("python", ">>> sum([1, 2])\n3"),
    ("python", "@task\ndef load():\n    pass"), ("python", "for x in rows:\n    total += x"),
    ("sql", "SELECT id, count(*)\nFROM runs\nGROUP BY id;"),
    ("sql", "select * from t where x = 1;"),
    ("sql", "WITH a AS (SELECT 1)\nSELECT * FROM a"), ("sql", "CREATE INDEX i ON t (a);"),
    ("sql", "-- stale runs\nDELETE FROM runs WHERE ended < now() - interval '90 days';"),
    ("yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web"),
    ("yaml", "name: ci\non: [push]\njobs:\n  test:\n    steps:\n      - run: make"),
    ("yaml", "---\nservices:\n  db:\n    image: postgres"),
    ("yaml", "- name: install\n  apt:\n    name: git"),
    ("json", "{\"a\": 1, \"b\": [true, null]}"), ("json", "{\n  \"name\": \"x\",\n  \"v\": {}\n}"),
    ("json", "[\n  {\"id\": 1},\n  {\"id\": 2}\n]"), ("json", "[]"),
    ("javascript", "const x = await fetch(url);\nconsole.log(x);"),
    ("javascript", "import fs from 'fs';\nexport default 1;"),
    ("javascript", "const add = (a, b) => a + b;"),
    ("javascript", "function f() {\n  return document.title;\n}"),
    ("javascript", "items.forEach((item) => {\n  list.push(item.id);\n});"),
    ("javascript", "async function load() {\n  const { rows } = await db.query(sql);\n}"),
    ("go", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(1)\n}"),
    ("go", "if err != nil {\n\treturn err\n}"), ("go", "type Run struct {\n\tID int\n}"),
    ("go", "x := []string{\"a\"}\nfor i, v := range x {\n\tuse(i, v)\n}"),
    ("ruby", "class A\n  attr_reader :b\n  def c\n    1\n  end\nend"),
    ("ruby", "[1, 2].each do |x|\n  puts x\nend"),
    ("ruby", "require 'json'\nputs JSON.parse(text)"), ("ruby", "def total\n  @rows.sum\nend"),
    ("bash", "frobctl get jobs/etl-7"), ("bash", "for f in *.csv;\n  do wc -l $f\ndone;"),
    ("ruby", "sql = <<~SQL\n  SELECT 1 FROM t WHERE x = 1\nSQL\nputs sql"),
    ("ruby", "return if user.admin?"), ("ruby", "select(\"Paris\", from: \"City\")"),
    ("go", "rand.Seed(time.Now().UnixNano())"),
    ("go", "if p.next != nil && depth > 0 {\n\tp.next = p.prev\n}"),
    ("go", "var pair [2]string\ncopy(pair[:], ids)"), ("go", "rows = append(rows, row...)"),
    ("go", "type level int\n\nconst (\n\tlow level = iota\n)"),
    ("go", "t.Fatalf(\"got %d\", n)"), ("go", "srv := &http.Server{Addr: addr}"),
    (
      "yaml", "- name: load\n  run: |\n    for f in *.csv; do\n      psql -f $f\n    done\n  env: x"
    ),
    ("yaml", "#!/usr/bin/env -S tool -t\nsystem: |\n  import this\n  def f(x): return x"),
    ("bash", "root@web-0:/data# ls\nload.csv"), ("bash", "--feature-gates=A=true,B=false"),
    ("bash", "for i in 0 1; do kubectl exec web-$i -- ls; done"),
    ("bash", "bin/rails test test/models/a_test.rb"),
    ("sql", "GRANT USAGE ON SCHEMA public TO \"reader\";"), ("sql", "\\dt+"),
    ("sql", "copy runs to '/tmp/runs.csv' csv;"), ("sql", "show config_file;"),
    ("ruby", "gem 'puma'"), ("ruby", "gem \"rails\", github: \"rails/rails\""),
    ("html", "<!DOCTYPE html>\n<html></html>"), ("dockerfile", "FROM alpine\nRUN apk add git"),
    ("diff", "diff --git a/x b/x\n--- a/x\n+++ b/x"), ("xml", "<?xml version=\"1.0\"?>\n<a/>"),
  ])
  func knowsLanguagesByTheirShape(language: String, code: String) {
    #expect(LanguageGuess.language(of: code) == language)
    let windows = code.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(LanguageGuess.language(of: windows) == language)
    #expect(LanguageGuess.language(of: "\n\n" + code + "\n\n") == language)
  }

  @Test(arguments: [
    "", "\n", "hello", "Just a sentence about nothing.", "1 2 3", "!!!", "日本語の文章です。",
    "The meeting is on Monday.\nBring the plan.", "see docs/readme.md for more",
    "ask ana about 2026-11", "coffee", "two words", "is it user-friendly?",
  ])
  func saysNothingOfPlainText(text: String) { #expect(LanguageGuess.language(of: text) == nil) }

  @Test func anythingIsReadQuickly() {
    var generator = SeededGenerator(seed: 2)
    let pieces = Array("{}[]()<>:;=\"'#$|&-+*/\\ \n\tabSELECT").map(String.init)
    for _ in 0..<500 { _ = LanguageGuess.language(of: generator.text(of: pieces, upTo: 60)) }
    _ = LanguageGuess.language(of: String(repeating: "x = (", count: 100_000))
  }
}
