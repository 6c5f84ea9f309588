#!/usr/bin/env python3
"""Searches for strings that nobody would expect, in a vault, with the program itself.

    Tests/EngineProof/queries.py FOLIO VAULT [FILE...]

FILEs hold a query a line (behind a tab, when there is one). Beside these: each sign of ASCII alone and
in pairs, operators without operands, and random bytes. Every one must give an answer: exit code 0 or
1, JSON on standard output, nothing on standard error but remarks. Prints how many, exits 1 when one did not.
"""
import json
import random
import subprocess
import sys
import tempfile

folio, vault, files = sys.argv[1], sys.argv[2], sys.argv[3:]
signs = [chr(c) for c in range(0x21, 0x7F) if not chr(c).isalnum()]
queries = signs + [a + b for a in signs for b in signs]
queries += ["C++", "a-b", '"unbalanced', "OR", "NOT", "AND", ":", "*", "\U0001f680", "a OR", "NOT NOT", "((", "tag:", "tag:*", "rating:>"]
seed = random.Random(4)
for _ in range(300):
    piece = bytes(seed.randrange(1, 256) for _ in range(seed.randrange(1, 40)))
    queries.append(piece.decode("utf-8", "replace"))
for name in files:
    with open(name, encoding="utf-8") as file:
        queries += [line.rstrip("\n").split("\t")[-1] for line in file if line.strip()]
wrong = 0
with tempfile.TemporaryDirectory() as index:
    common = ["--vault", vault, "--index-dir", index]
    subprocess.run([folio, "index", "--quiet", *common], check=True)
    for query in queries:
        done = subprocess.run(
            [folio, "search", "--no-refresh", "--json", "--limit", "3", *common, "--", query],
            capture_output=True, timeout=30,
        )
        problem = None
        if done.returncode not in (0, 1):
            problem = f"exit {done.returncode}: {done.stderr.decode(errors='replace')[:200]}"
            # Only blanks are no query.
            if done.returncode == 64 and not query.strip():
                problem = None
        else:
            try:
                if not isinstance(json.loads(done.stdout)["hits"], list):
                    problem = "no list of hits"
            except (ValueError, KeyError) as error:
                problem = f"no JSON: {error}"
        if problem:
            wrong += 1
            print(f"{query!r}: {problem}")
print(f"{len(queries)} queries, {wrong} without an answer")
sys.exit(1 if wrong else 0)
