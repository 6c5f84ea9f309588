#!/usr/bin/env python3
"""Writes Sources/FullText/Analysis/FoldingTables.swift from the Unicode data files.

Usage: scripts/generate-folding-tables.py [UNICODE_DIRECTORY]   (default /usr/share/unicode)

Each scalar below 0x20000 gets a class and a folding: case folding (CaseFolding.txt, C and F),
then compatibility decomposition, then, for Latin, Greek and Cyrillic, without combining marks.
"""
import os
import sys

ROOT = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
LIMIT = 0x20000
BLOCK = 64
OTHER, WORD, IGNORED, BIGRAM, SYMBOL, APOSTROPHE = range(6)


def rows(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                yield [part.strip() for part in line.split(";")]


def ranges(name):
    for fields in rows(name):
        first, _, last = fields[0].partition("..")
        for scalar in range(int(first, 16), int(last or first, 16) + 1):
            yield scalar, fields[1]


category, decomposition = {}, {}
start = None
for fields in rows("UnicodeData.txt"):
    scalar = int(fields[0], 16)
    if fields[1].endswith(", First>"):
        start = scalar
        continue
    for each in range(start if start is not None else scalar, scalar + 1):
        category[each] = fields[2]
    start = None
    if fields[5]:
        decomposition[scalar] = [int(p, 16) for p in fields[5].split() if not p.startswith("<")]
script = dict(ranges("Scripts.txt"))
emoji = {s for s, p in ranges("emoji/emoji-data.txt") if p == "Emoji"}
case = {int(f[0], 16): [int(p, 16) for p in f[2].split()]
        for f in rows("CaseFolding.txt") if f[1] in "CF"}
SPECIAL = {0xE6: "ae", 0x153: "oe", 0xF8: "o", 0x142: "l", 0x111: "d", 0x127: "h", 0x131: "i",
           0x167: "t", 0xFE: "th", 0xF0: "d"}
STRIPPED = {"Latin", "Greek", "Cyrillic"}
UNSPACED = {"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Yi",
            "Thai", "Lao", "Khmer", "Myanmar"}


def decompose(scalar):
    if scalar not in decomposition:
        return [scalar]
    return [s for part in decomposition[scalar] for s in decompose(part)]


def is_mark(scalar):
    return 0x300 <= scalar <= 0x36F or 0x1AB0 <= scalar <= 0x1AFF or 0x1DC0 <= scalar <= 0x1DFF \
        or 0x20D0 <= scalar <= 0x20FF or 0xFE20 <= scalar <= 0xFE2F


def fold(scalar):
    result = [scalar]
    for _ in range(3):
        cased = [f for s in result for f in case.get(s, [s])]
        special = [ord(c) if isinstance(c, str) else c for s in cased for c in SPECIAL.get(s, [s])]
        split = [d for s in special for d in decompose(s)]
        if split and script.get(split[0]) in STRIPPED:
            split = [s for s in split if category.get(s) != "Mn"]
        if split == result:
            break
        result = split
    return result


def kind(scalar):
    name = category.get(scalar, "Cn")
    if scalar in (0x2019, 0xFF07, 0x02BC):
        return APOSTROPHE
    if is_mark(scalar) or name == "Cf" or 0xFE00 <= scalar <= 0xFE0F:
        return IGNORED
    if script.get(scalar) in UNSPACED and name[0] in "LMN":
        return BIGRAM
    if scalar in (0x30FC, 0xFF70, 0x3005):
        return BIGRAM
    if name[0] in "LMN":
        return WORD
    if scalar in emoji or (name == "So" and scalar >= 0x2190):
        return SYMBOL
    return OTHER


def sextets(value, count):
    return "".join(chr(0x30 + (value >> (6 * i) & 63)) for i in reversed(range(count)))


foldings = {(): 0}
blocks, stage1 = {}, []
for base in range(0, LIMIT, BLOCK):
    entries = []
    for scalar in range(base, base + BLOCK):
        which = kind(scalar) if scalar >= 0x80 else OTHER
        index = 0
        if which in (WORD, BIGRAM) and scalar >= 0x80:
            folded = tuple(fold(scalar))
            fine = all(kind(s) in (WORD, BIGRAM) or chr(s).isascii() and chr(s).isalnum()
                       for s in folded)
            if folded != (scalar,) and folded and len(folded) <= 3 and fine:
                index = foldings.setdefault(folded, len(foldings))
        entries.append(sextets(which << 12 | index, 3))
    stage1.append(sextets(blocks.setdefault("".join(entries), len(blocks)), 2))
assert len(foldings) < 4096 and len(blocks) < 4096


def literal(text, width=92):
    return "\\#\n".join("    " + text[i:i + width] for i in range(0, len(text), width))


folded = "".join("".join(sextets(s, 3) for s in f) + sextets(0, 3) * (3 - len(f)) for f in foldings)
out = os.path.join(os.path.dirname(__file__), "../Sources/FullText/Analysis/FoldingTables.swift")
with open(out, "w", encoding="utf-8") as file:
    file.write(f'''// swift-format-ignore-file
// Written by scripts/generate-folding-tables.py from the Unicode 15.0 data files; do not edit.
//
// Six bits a character, '0' + value, most significant first.
//   blocks    2 characters for each {BLOCK} scalars from 0 to 0x1FFFF: the number of their entry block
//   entries   {BLOCK} x 3 characters a block: class << 12 | folding number (0: folds to itself)
//   foldings  3 x 3 characters a folding: its scalars, 0 where there are fewer

enum FoldingTables {{
  static let blocks: StaticString = #"""
{literal("".join(stage1))}
    """#

  static let entries: StaticString = #"""
{literal("".join(blocks))}
    """#

  static let foldings: StaticString = #"""
{literal(folded)}
    """#
}}
''')
print(f"{len(blocks)} blocks, {len(foldings)} foldings")
