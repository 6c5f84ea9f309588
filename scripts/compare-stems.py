#!/usr/bin/env python3
"""Compares folio's Porter2 with PyStemmer's over all words of some folders, and over made-up ones.

    python3 scripts/compare-stems.py FOLDER...

Needs PyStemmer 3.1 (pip install PyStemmer) and a Swift toolchain. Prints how many words were
compared and each that differs; exit code 1 when one does.
"""
import os
import random
import re
import subprocess
import sys
import tempfile

import Stemmer

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
reference = Stemmer.Stemmer("english")

MAIN = """
@main struct Main {
  static func main() { while let line = readLine() { print(EnglishStemmer.stem(line)) } }
}
"""
BEGINNINGS = "a ab add an arsen be br c commun e ear emerg ev ex gener h i in inter l later o organ p past pr r s sk str t u univers y".split()
MIDDLES = "ab ad al an at bb e ee er i ic in ip iz l log ll m nn o og on pp r rr s st t tt u v w x y".split()
ENDS = """s es ies ied ss us sses eed eedly ed edly ing ingly y ational tional enci anci abli entli izer
ization ation ator alism aliti alli fulness ousli ousness iveness iviti biliti bli ogi ogist li lessli
alize icate iciti ical ful ness ative al ance ence er ic able ible ant ement ment ent ism ate iti ous ive
ize sion tion e ll past ying""".split()


def words(folders):
    found = set()
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                try:
                    with open(os.path.join(place, name), "rb") as file:
                        found.update(w.lower().decode() for w in re.findall(rb"[A-Za-z]{3,64}", file.read()))
                except OSError:
                    pass
    return found


def made_up(count):
    seed = random.Random(1980)
    for _ in range(count):
        yield (
            seed.choice(BEGINNINGS)
            + "".join(seed.choice(MIDDLES) for _ in range(seed.randint(0, 3)))
            + "".join(seed.choice(ENDS) for _ in range(seed.randint(0, 2)))
        )


def main():
    all_words = sorted(w for w in words(sys.argv[1:]) | set(made_up(300_000)) if 3 <= len(w) <= 64)
    with tempfile.TemporaryDirectory() as folder:
        main_file = os.path.join(folder, "Main.swift")
        with open(main_file, "w", encoding="utf-8") as file:
            file.write(MAIN)
        source = os.path.join(root, "Sources/FullText/Analysis/EnglishStemmer.swift")
        program = os.path.join(folder, "stem")
        subprocess.run(["swiftc", "-O", "-parse-as-library", source, main_file, "-o", program], check=True)
        done = subprocess.run([program], input="\n".join(all_words) + "\n", capture_output=True, text=True, check=True)
    differences = [
        (word, ours, reference.stemWord(word))
        for word, ours in zip(all_words, done.stdout.split("\n"))
        if ours != reference.stemWord(word)
    ]
    for word, ours, theirs in differences:
        print(f"{word}: {ours}, the reference has {theirs}")
    print(f"{len(all_words)} words, {len(differences)} differences")
    sys.exit(1 if differences else 0)


main()
