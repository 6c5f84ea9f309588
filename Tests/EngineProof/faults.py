#!/usr/bin/env python3
"""Ends folio, or fails it, at each of its writes to the index, and looks at what the next command says.

    Tests/EngineProof/faults.py FOLIO [MINUTES]

For the first build, an update and a rebuild, by `index` and by `search`: SIGKILL at the entry of each
openat, write, fdatasync, rename and unlink; ENOSPC and EIO from each write, fdatasync and rename; and
a disk that fills up in earnest (a tmpfs of a few pages, where mounting is allowed). After each, the
next search and list must say what an index made anew says, and `index --verify` must find nothing.
The MINUTES (10) are shared among the scenarios; where they are not enough for all faults of one, they
are taken at random, the same every time. Prints one line a scenario and exits 1 when anything differed
or hung, or a scenario had no time at all. Needs strace.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

FOLIO = os.path.abspath(sys.argv[1])
DEADLINE = time.time() + 60 * float(sys.argv[2] if len(sys.argv) > 2 else 10)
SCENARIOS = 6
KILL_AT = ["openat", "write", "pwrite64", "fdatasync", "fsync", "rename", "renameat2", "unlink", "mkdir"]
FAIL_AT = ["write", "pwrite64", "fdatasync", "fsync", "rename", "renameat2", "mkdir"]
QUERIES = ["backoff", "retry pool", '"task group"', "tag:a/b sensor", "poo*", "title:note", "sensr~"]
WORDS = "retry backoff pool task group sensor dag partition queue worker schema merge vacuum index".split()


def text(number, version):
    words = " ".join(WORDS[(number * k + version) % len(WORDS)] for k in range(1, 9))
    return f"---\ntags: [a/b, n{number % 5}]\n---\n# Note {number} of {version}\n\n{words}.\n\n```sh\nrun --step {number}\n```\n"


def make(vault):
    os.makedirs(vault + "/.folio", exist_ok=True)
    for number in range(60):
        with open(f"{vault}/note-{number}.md", "w", encoding="utf-8") as file:
            file.write(text(number, 0))


def change(vault):
    for number in (3, 17, 41):
        with open(f"{vault}/note-{number}.md", "w", encoding="utf-8") as file:
            file.write(text(number, 7))
    for number in (60, 61):
        os.makedirs(f"{vault}/new", exist_ok=True)
        with open(f"{vault}/new/note-{number}.md", "w", encoding="utf-8") as file:
            file.write(text(number, 3))
    os.remove(f"{vault}/note-5.md")
    os.rename(f"{vault}/note-9.md", f"{vault}/moved.md")


def run(arguments, vault, index, prefix=()):
    return subprocess.run(
        [*prefix, FOLIO, *arguments[:1], "--vault", vault, "--index-dir", index, *arguments[1:]],
        capture_output=True, timeout=60, stdin=subprocess.DEVNULL, cwd="/",
    )


def answers(vault, index):
    found = []
    for query in QUERIES:
        done = run(["search", "--json", "--limit", "70", "--", query], vault, index)
        if done.returncode not in (0, 1):
            return f"search {query}: exit {done.returncode}: {done.stderr.decode()[:200]}"
        answer = json.loads(done.stdout)
        del answer["micros"]
        found.append(answer)
    done = run(["list", "--json"], vault, index)
    if done.returncode != 0:
        return f"list: exit {done.returncode}: {done.stderr.decode()[:200]}"
    found.append(json.loads(done.stdout))
    return found


def share(left):
    """When a scenario has to end that has `left` scenarios behind it."""
    return time.time() + max(5, DEADLINE - time.time()) / (left + 1)


def nothing(name, done):
    """Whether nothing was tried, which proves nothing."""
    if done == 0:
        print(f"{name}: there was no time for it")
    return 1 if done == 0 else 0


def calls(command, vault, index, names):
    """How many of each call the command makes at most in one thread."""
    with tempfile.NamedTemporaryFile() as log:
        run(command, vault, index, ["strace", "-f", "-qq", "-e", "trace=" + ",".join(names), "-o", log.name])
        counts = {}
        for line in log.read().decode(errors="replace").splitlines():
            parts = line.split(None, 1)
            if len(parts) == 2 and "(" in parts[1]:
                name = parts[1].split("(")[0]
                counts[name, parts[0]] = counts.get((name, parts[0]), 0) + 1
    most = {}
    for (name, _), count in counts.items():
        most[name] = max(most.get(name, 0), count)
    return most


def scenario(name, command, vault, before, truth, work, left):
    stop = share(left)
    index = work + "/index"

    def restore():
        shutil.rmtree(index, ignore_errors=True)
        if before:
            shutil.copytree(before, index)

    restore()
    counts = calls(command, vault, index, sorted(set(KILL_AT + FAIL_AT)))
    plans = [(f"{call}:signal=KILL:when={n}", call) for call in KILL_AT for n in range(1, counts.get(call, 0) + 1)]
    plans += [
        (f"{call}:error={error}:when={n}", call)
        for error in ("ENOSPC", "EIO") for call in FAIL_AT for n in range(1, counts.get(call, 0) + 1)
    ]
    random.Random(5).shuffle(plans)
    done, wrong = 0, 0
    for plan, _ in plans:
        if time.time() > stop:
            break
        restore()
        try:
            run(command, vault, index, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=" + plan])
            found = answers(vault, index)
            verified = run(["index", "--verify"], vault, index)
            problem = None if found == truth else f"other answers: {str(found)[:300]}"
            if problem is None and verified.returncode != 0:
                problem = "verify: " + verified.stdout.decode()[:200] + verified.stderr.decode()[:200]
        except subprocess.TimeoutExpired:
            problem = "it hangs"
        done += 1
        if problem:
            wrong += 1
            print(f"{name}, {plan}: {problem}")
    print(f"{name}: {done} of {len(plans)} faults, {wrong} wrong answers", flush=True)
    return wrong + nothing(name, done)


def full_disk(vault, before, truth, work):
    """An index on a file system that has room for the old one and a little more."""
    place = work + "/small"
    os.makedirs(place)
    wrong = done = 0
    stop = share(1)
    for pages in range(0, 40, 2):
        if time.time() > stop:
            break
        size = sum(os.path.getsize(f"{before}/{n}") + 4096 for n in os.listdir(before)) + pages * 4096
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place]).returncode != 0:
            print("full disk: not allowed to mount, left out")
            return 0
        try:
            index = place + "/index"
            shutil.copytree(before, index)
            run(["index", "--quiet"], vault, index)
            subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
            done += 1
            if answers(vault, index) != truth:
                wrong += 1
                print(f"full disk, {pages} pages: other answers")
        except OSError:
            pass
        finally:
            subprocess.run(["umount", place], check=False)
    print(f"full disk: {done} sizes, {wrong} wrong answers", flush=True)
    return wrong + nothing("full disk", done)


def together(vault, work):
    """Two processes that change and rebuild, and one that reads all the while."""
    index = work + "/together"
    shutil.rmtree(index, ignore_errors=True)
    run(["index", "--quiet"], vault, index)
    truth = answers(vault, index)
    writers = [
        subprocess.Popen(
            ["sh", "-c", f'while :; do "{FOLIO}" index --quiet {extra} --vault "{vault}" --index-dir "{index}"; done'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for extra in ("--rebuild", "")
    ]
    wrong = rounds = 0
    try:
        stop = min(share(0), time.time() + 20)
        while time.time() < stop:
            rounds += 1
            if answers(vault, index) != truth:
                wrong += 1
                print("together: other answers")
    finally:
        for writer in writers:
            os.killpg(writer.pid, 9)
            writer.wait()
    print(f"together: {rounds} rounds of {len(QUERIES) + 1} questions while two others write, {wrong} wrong")
    return wrong + nothing("together", rounds)


def main():
    work = tempfile.mkdtemp(prefix="folio-engine-proof-")
    os.environ["FOLIO_NOW"] = "2026-11-22T09:00"
    try:
        vault = work + "/vault"
        make(vault)
        before = work + "/before"
        run(["index", "--quiet"], vault, before)
        change(vault)
        fresh = work + "/fresh"
        truth = answers(vault, fresh)
        assert isinstance(truth, list) and sum(len(a.get("hits", [])) for a in truth) > 50, truth
        wrong = 0
        scenarios = [
            ("update by index", ["index", "--quiet"], before),
            ("update by search", ["search", "--json", "--", "pool"], before),
            ("first build", ["index", "--quiet"], None),
            ("rebuild", ["index", "--quiet", "--rebuild"], before),
        ]
        for number, (name, command, start) in enumerate(scenarios):
            wrong += scenario(name, command, vault, start, truth, work, SCENARIOS - 1 - number)
        wrong += full_disk(vault, before, truth, work)
        wrong += together(vault, work)
        sys.exit(1 if wrong else 0)
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
