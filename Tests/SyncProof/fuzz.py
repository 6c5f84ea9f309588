"""Random edits on three devices, in random order, with offline spells and kills; every sync is held
against the invariants.

    fuzz.py [--syncs N] [--minutes M] [--seed S] [--remote path|ssh|http|https] [--devices 2|3]

Prints each seed before it is tried, and ends with code 1 at the first that breaks a promise.
"""

import argparse
import json
import os
import random
import signal
import sys
import time

import oracle
from lab import Lab, Place


class Round:
    def __init__(self, lab, seed, kind, count):
        self.lab, self.kind = lab, kind
        self.random = random.Random(seed)
        self.marks = 0
        self.must = set()
        self.syncs = self.kills = self.offline = self.conflicts = 0
        self.versions = {}
        self.devices = []
        place = Place(lab, kind)
        first = place.prepare(lab.device("a").make())
        for number in range(4):
            self.new_note(first)
        first.must("remote", "add", place.address)
        self.sync(first)
        self.devices.append(first)
        for name in "bc"[: count - 1]:
            self.devices.append(place.clone(name))
        for device in self.devices:
            self.versions[device.name] = set()

    def mark(self, device):
        self.marks += 1
        mark = f"mark-{device.name}-{self.marks:05d}."
        self.must.add(mark)
        return mark

    def drop(self, data):
        """What a person deletes need not come back."""
        text = data.decode(errors="replace")
        self.must = {mark for mark in self.must if mark not in text}

    def settle_records(self, device, path):
        """Whoever takes a note away has settled what was open about it."""
        folder = device.path(".folio/conflicts")
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            with open(f"{folder}/{name}", "rb") as file:
                data = file.read()
            if json.loads(data).get("path") == path:
                self.drop(data)

    # What a person does.

    def notes(self, device):
        return sorted(
            p for p in device.files()
            if p.endswith(".md") and not p.startswith(".folio") and p != "guide.md")

    def new_note(self, device):
        folder = self.random.choice(["", "snippets/", "journal/2026/", "documentation/deep/er/"])
        number = self.marks + 1
        name = self.random.choice([f"note {number}", "same", f"n{number}", "Über uns"])
        path = f"{folder}{name}.md"
        if os.path.exists(device.path(path)):
            return
        mark = self.mark(device)
        lines = "".join(f"line {n}\n" for n in range(self.random.randint(0, 12)))
        device.write(
            path, f"---\ntitle: T {mark}\ntags: [one, two]\nstatus: open\n---\n\n# {name}\n\n{lines}"
            f"written {self.mark(device)}\n")

    def pick(self, device):
        notes = self.notes(device)
        return self.random.choice(notes) if notes else None

    def insert_line(self, device):
        path = self.pick(device)
        if path is None:
            return
        lines = device.read(path).split(b"\n")
        start = 0
        if lines[0] == b"---" and b"---" in lines[1:]:
            start = lines.index(b"---", 1) + 1
        place = self.random.randint(start, len(lines))
        if self.random.random() < 0.3:
            place = len(lines) - 1
        lines.insert(max(place, start), f"added {self.mark(device)}".encode())
        device.write(path, b"\n".join(lines))

    def change_line(self, device):
        path = self.pick(device)
        if path is None:
            return
        lines = device.read(path).split(b"\n")
        places = [n for n, line in enumerate(lines) if line.startswith((b"line", b"added"))]
        if places:
            place = self.random.choice(places)
            self.drop(lines[place])
            lines[place] = f"line changed {self.mark(device)}".encode()
            device.write(path, b"\n".join(lines))

    def change_title(self, device):
        path = self.pick(device)
        if path is None:
            return
        lines = device.read(path).split(b"\n")
        for number, line in enumerate(lines[:8]):
            if line.startswith(b"title: "):
                self.drop(line)
                lines[number] = f"title: T {self.mark(device)}".encode()
                device.write(path, b"\n".join(lines))
                return

    def add_tag(self, device):
        path = self.pick(device)
        if path is None:
            return
        data = device.read(path)
        if b"\ntags: [" in data:
            tag = self.mark(device)[:-1]
            self.must.discard(tag + ".")
            self.must.add(tag)
            device.write(path, data.replace(b"\ntags: [", f"\ntags: [{tag}, ".encode(), 1))

    def delete(self, device):
        path = self.pick(device)
        if path and len(self.notes(device)) > 4:
            self.drop(device.read(path))
            self.settle_records(device, path)
            os.unlink(device.path(path))

    def rename(self, device):
        path = self.pick(device)
        if path is None:
            return
        self.marks += 1
        target = device.path(f"moved/{self.marks}.md")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.rename(device.path(path), target)

    def attach(self, device):
        mark = self.mark(device)
        name = self.random.choice(["a.bin", f"files/{self.marks}.png", "b.bin"])
        if os.path.exists(device.path(name)):
            self.drop(device.read(name))
        device.write(name, mark.encode() + bytes(self.random.randrange(256) for _ in range(200)))

    def edit(self, device):
        actions = [
            (self.new_note, 3), (self.insert_line, 8), (self.change_line, 4),
            (self.change_title, 2), (self.add_tag, 2), (self.delete, 1), (self.rename, 1),
            (self.attach, 1)]
        self.random.choices([a for a, _ in actions], [w for _, w in actions])[0](device)

    # Syncs.

    def sync(self, device, limit=8):
        for _ in range(limit):
            before = oracle.Before(device)
            result = device.folio("sync", "--json")
            self.syncs += 1
            expected = (0, 3, 8)
            oracle.expect(result.code in expected, f"sync of {device.name}: {result}")
            oracle.after_sync(device, before, result.code, result.text)
            if device.name in self.versions:
                self.versions[device.name] |= before.blobs
            if result.code != 8:
                report = json.loads(result.output)
                self.conflicts += len(report.get("conflicts") or [])
                return
            self.settle(device, result)
        raise oracle.Broken(f"{device.name} did not come to an end: {result}")

    def settle(self, device, result):
        """Where sync stops at a conflict: mine under another name, theirs in its place."""
        conflicts = json.loads(result.output)["conflicts"]
        oracle.expect(conflicts, f"stopped without a conflict: {result}")
        for conflict in conflicts:
            self.conflicts += 1
            path = conflict["path"]
            if os.path.lexists(device.path(path)):
                self.marks += 1
                target = device.path(f"kept/{self.marks}-{os.path.basename(path)}")
                os.makedirs(os.path.dirname(target), exist_ok=True)
                os.rename(device.path(path), target)
            theirs = device.git("show", f"origin/main:{path}", check=False, raw=True)
            if theirs:
                device.write(path, theirs)

    def kill(self, device):
        before = oracle.Before(device)
        process = device.start("sync", "--json")
        time.sleep(self.random.random() * self.random.choice([0.03, 0.08, 0.2]))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.kills += process.returncode == -signal.SIGKILL
        self.syncs += 1
        oracle.after_kill(device, before)

    def spell(self, device):
        if self.kind != "path":
            return
        away = self.lab.remote + ".away"
        before = oracle.Before(device)
        os.rename(self.lab.remote, away)
        try:
            result = device.folio("sync")
            self.syncs += 1
            self.offline += 1
            oracle.expect(result.code == 5, f"offline: {result}")
            now = {oracle.version(data) for data in device.files().values()}
            gone = before.blobs - now
            oracle.expect(not gone - oracle.objects(device, gone), "I1: lost while offline")
        finally:
            os.rename(away, self.lab.remote)

    def run(self, moves):
        for _ in range(moves):
            device = self.random.choice(self.devices)
            for _ in range(self.random.randint(0, 3)):
                self.edit(device)
            what = self.random.random()
            if what < 0.62:
                self.sync(device)
            elif what < 0.80:
                self.kill(device)
            elif what < 0.86:
                self.spell(device)
        for _ in range(3):
            for device in self.devices:
                self.sync(device)
        oracle.at_rest(self.devices, self.must)
        for device in self.devices:
            oracle.after_collection(device, self.versions[device.name])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--syncs", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--remote", default="path")
    parser.add_argument("--devices", type=int, default=3)
    parser.add_argument("--moves", type=int, default=40)
    parser.add_argument("--keep-going", action="store_true", help="count what breaks and go on")
    options = parser.parse_args()
    end = time.monotonic() + options.minutes * 60
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    broken = []
    total = dict(seeds=0, syncs=0, kills=0, offline=0, conflicts=0, lines=0)
    while total["syncs"] < options.syncs and time.monotonic() < end:
        with Lab() as lab:
            round = None
            try:
                round = Round(lab, seed, options.remote, options.devices)
                round.run(options.moves)
            except AssertionError as error:
                print(f"BROKEN seed {seed} ({options.remote}): {error}", flush=True)
                broken.append(seed)
                if not options.keep_going:
                    raise
            finally:
                if round:
                    total["seeds"] += 1
                    total["syncs"] += round.syncs
                    total["kills"] += round.kills
                    total["offline"] += round.offline
                    total["conflicts"] += round.conflicts
                    total["lines"] += len(round.must)
        seed += 1
        if total["seeds"] % 20 == 0:
            print(f"{options.remote}: {total}, next seed {seed}", flush=True)
    words = f"broken: seeds {broken}" if broken else "nothing lost"
    print(f"{options.remote}: {total}, last seed {seed - 1}: {words}", flush=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
