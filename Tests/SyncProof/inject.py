"""Faults at every system call of one sync that merges, with a conflict: killed, interrupted, disk full,
I/O error.

    inject.py [--calls write,rename,…] [--faults KILL,INT,ENOSPC,EIO] [--minutes M] [--step N]

One system call and one fault a run, at its first, second, … use until the sync no longer meets it;
then the sync is made again without a fault, and held against the invariants. Needs strace and the
right to trace.
"""

import argparse
import os
import re
import shutil
import sys
import time

import oracle
from lab import Device, Lab

CALLS = [
    "write", "pwrite64", "rename", "renameat2", "link", "unlink", "fsync", "ftruncate", "mkdir",
    "openat",
]
LINES = "".join(f"line {n}\n\n" for n in range(12))


def prepare(lab):
    """Two devices that have diverged in every way that a sync brings together."""
    a = lab.device("a").make()
    for path, data in {
        "both.md": f"---\ntitle: one\ntags: [x]\n---\n\n{LINES}", "same.md": "same\n",
        "gone.md": "gone\n", "moved.md": LINES + "m\n", "deep/er/x.md": "x\n", "kind": "file\n",
        "pic.bin": b"\0\1\2",
    }.items():
        a.write(path, data)
    a.must("remote", "add", lab.remote)
    a.must("sync", "-q")
    b = lab.device("b")
    b.must("clone", "-q", lab.remote, b.root, at=lab.root)
    a.write("both.md", f"---\ntitle: of a\ntags: [x, a]\n---\n\ntop of a\n\n{LINES}")
    a.write("same.md", "same, of a\n")
    a.write("pic.bin", b"\0a")
    os.unlink(a.path("gone.md"))
    os.rename(a.path("moved.md"), a.path("elsewhere.md"))
    os.unlink(a.path("kind"))
    a.write("kind/now.md", "a folder\n")
    a.write("new of a.md", "new\n")
    a.must("sync", "-q", codes=(0, 3))
    b.write("both.md", f"---\ntitle: of b\ntags: [x, b]\n---\n\n{LINES}end of b\n")
    b.write("same.md", "same, of b\n")
    b.write("pic.bin", b"\0b")
    b.write("new of b.md", "new\n")
    # So many that they travel as a pack.
    for number in range(20):
        b.write(f"many/{number}.md", f"number {number}\n")
    os.unlink(b.path("deep/er/x.md"))
    # The later commit loses a conflict; that must be the same one in every run.
    time.sleep(1.1)
    return a, b


def settled(files):
    """Files without what differs from run to run: commits and their times in conflict copies."""
    return {
        path: re.sub(rb"[0-9a-f]{40}|\d{4}-\d\d-\d\dT[0-9:]+Z", b"", data)
        for path, data in files.items() if not path.startswith(".folio/conflicts/")}


def restore(master, lab):
    for name in os.listdir(lab.root):
        path = f"{lab.root}/{name}"
        shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
    for name in os.listdir(master):
        shutil.copytree(f"{master}/{name}", f"{lab.root}/{name}", symlinks=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", default=",".join(CALLS))
    parser.add_argument("--faults", default="KILL,INT,ENOSPC,EIO")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--step", type=int, default=1, help="only each so-manieth use of a call")
    options = parser.parse_args()
    end = time.monotonic() + options.minutes * 60
    if shutil.which("strace") is None:
        sys.exit("strace is not installed; 'scripts/bootstrap tests' does that")
    runs, counts, complete = 0, {}, True
    with Lab() as lab:
        prepare(lab)
        master = lab.root + "-master"
        shutil.copytree(lab.root, master, symlinks=True)
        try:
            # What an undisturbed sync makes of it.
            a, b = Device(lab, "a"), Device(lab, "b")
            versions = {oracle.version(data) for data in b.files().values()}
            b.must("sync", "-q", codes=(0, 3))
            expected = settled(b.files())
            for call in options.calls.split(","):
                for fault in options.faults.split(","):
                    if call in ("unlink", "mkdir") and fault == "EIO":
                        continue
                    place = 1
                    while time.monotonic() < end:
                        restore(master, lab)
                        a, b = Device(lab, "a"), Device(lab, "b")
                        met = one(b, call, fault, place, versions, expected)
                        if not met:
                            break
                        runs += 1
                        counts[call, fault] = counts.get((call, fault), 0) + 1
                        place += options.step
                    else:
                        complete = False
            for (call, fault), count in sorted(counts.items()):
                print(f"  {call} {fault}: {count}", flush=True)
        finally:
            shutil.rmtree(master, ignore_errors=True)
    print(
        f"inject: {runs} faults, nothing lost" + ("" if complete else " (the time was up)"),
        flush=True)


def one(device, call, fault, place, versions, expected):
    what = f"signal={fault}" if fault in ("KILL", "INT") else f"error={fault}"
    log = device.home + "/tmp/trace"
    before = oracle.Before(device)
    words = f"{call} {fault} at use {place}"
    try:
        result = device.folio(
            "sync", "-q", timeout=60,
            prefix=["strace", "-f", "-qq", "-o", log, "-e", f"trace={call}", "-e",
                    f"inject={call}:{what}:when={place}"])
        with open(log, errors="replace") as file:
            text = file.read()
        met = "INJECTED" in text or "killed by SIGKILL" in text or "--- SIGINT" in text
        oracle.expect(result.code in (0, 3) or met, f"{words}: failed without a fault: {result}")
        if not met:
            return False
        oracle.after_kill(device, before)
        again = device.folio("sync", "-q", timeout=60)
        if again.code not in (0, 3):
            # A fault may have hit the remote's own files; then the next one settles it.
            again = device.folio("sync", "-q", timeout=60)
        oracle.expect(again.code in (0, 3), f"the sync after it: {again}")
        oracle.after_sync(device, before, again.code, again.text)
        files = device.files()
        found = settled(files)
        different = [p for p in {*found, *expected} if found.get(p) != expected.get(p)]
        oracle.expect(not different, f"I8: differs in {different}")
        missing = versions - {oracle.version(data) for data in files.values()}
        missing -= oracle.objects(device, missing)
        oracle.expect(not missing, f"I1: {len(missing)} versions are nowhere")
        return True
    except AssertionError as error:
        print(f"BROKEN {words}: {error}", flush=True)
        raise


if __name__ == "__main__":
    main()
