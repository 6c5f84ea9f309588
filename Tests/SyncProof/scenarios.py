"""The scenarios of sync, each with two or three devices, against a folder, sshd, http and https.

    scenarios.py [--only NUMBERS] [--remotes path,ssh,http,https]

One line a check; code 1 when one of them does not hold.
"""

import argparse
import inspect
import json
import os
import random
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import traceback

import oracle
from lab import FOLIO, Lab, Place, SSHServer, finish, git
from oracle import expect

SCENARIOS = []
LINES = [f"line {n}\n" for n in range(1, 21)]
TEXT = "".join(LINES)


def scenario(group, kinds=("path",)):
    def keep(function):
        SCENARIOS.append((group, kinds, function))
        return function
    return keep


def settle(*devices, codes=(0, 3)):
    """Syncs until nothing moves any more; then all agree."""
    for _ in range(3):
        for device in devices:
            before = oracle.Before(device)
            result = device.must("sync", codes=codes)
            oracle.after_sync(device, before, result.code, result.text)
    oracle.at_rest(devices, [])


ALL = ("path", "ssh", "http", "https")


# 1. First meetings.

@scenario(1, ALL)
def first_sync_makes_the_branch_and_a_clone_has_it_all(lab, kind):
    a, b = Place(lab, kind).pair({"snippets/n.md": "# N\n"})
    expect(a.files() == b.files(), "the clone differs")
    settle(a, b)


@scenario(1, ALL)
def a_clone_of_an_empty_remote_can_send_first(lab, kind):
    place = Place(lab, kind)
    a = place.clone("a")
    a.write("n.md", "n\n")
    a.must("sync", "-q")
    settle(a, place.clone("b"))


@scenario(1, ALL)
def a_device_with_notes_of_its_own_joins(lab, kind):
    place = Place(lab, kind)
    a = place.first({"n.md": "n\n"})
    b = place.prepare(lab.device("b"))
    b.write("own.md", "own\n")
    b.must("init", "-q", b.root, at=lab.root)
    b.must("remote", "add", place.address)
    settle(b, a)
    expect(a.read("own.md") == b"own\n" and b.read("n.md") == b"n\n", "a note is missing")


@scenario(1)
def unrelated_histories_are_refused_with_a_way_out(lab, kind):
    place = Place(lab, kind)
    place.first({"n.md": "n\n"})
    b = lab.device("b").make()
    b.git("add", "-A")
    b.git("commit", "-qm", "Alone")
    b.must("remote", "add", place.address)
    result = b.must("sync", codes=(8,))
    expect("no common history" in result.text, result)


# 2. Edits of two devices.

NOTE = "---\ntitle: T\ntags: [x, y]\nstatus: open\n---\n\n" + "\n".join(LINES)
EDITS = {
    "different notes": (("a.md", "a2\n"), ("b.md", "b2\n"), ["a2", "b2"]),
    "far lines": (
        ("n.md", NOTE.replace("line 2\n", "line 2 of a\n")),
        ("n.md", NOTE.replace("line 18\n", "line 18 of b\n")), ["line 2 of a", "line 18 of b"]),
    "neighbouring lines": (
        ("n.md", NOTE.replace("line 5\n", "line 5 of a\n")),
        ("n.md", NOTE.replace("line 6\n", "line 6 of b\n")), ["line 5 of a", "line 6 of b"]),
    "the same line": (
        ("n.md", NOTE.replace("line 5\n", "line 5 of a\n")),
        ("n.md", NOTE.replace("line 5\n", "line 5 of b\n")), ["line 5 of a", "line 5 of b"]),
    "the same field": (
        ("n.md", NOTE.replace("title: T", "title: of a")),
        ("n.md", NOTE.replace("title: T", "title: of b")), ["of a", "of b"]),
    "tags of both": (
        ("n.md", NOTE.replace("[x, y]", "[x, y, a]")),
        ("n.md", NOTE.replace("[x, y]", "[x, y, b]")), ["a", "b"]),
    "a tag taken away and one added": (
        ("n.md", NOTE.replace("[x, y]", "[x]")),
        ("n.md", NOTE.replace("[x, y]", "[x, y, b]")), ["b"]),
    "the same new note": (("new.md", "of a\n"), ("new.md", "of b\n"), ["of a", "of b"]),
    "the same bytes": (("new.md", "same\n"), ("new.md", "same\n"), ["same"]),
    "pictures": (("p.png", b"\0a"), ("p.png", b"\0b"), ["\0a", "\0b"]),
    "deleted and edited": (("a.md", None), ("a.md", "a, edited\n"), ["a, edited"]),
    "no newline at the end": (("a.md", "a\nof a"), ("a.md", "b\na\n"), ["of a", "b"]),
    "CRLF and LF": (
        ("n.md", NOTE.replace("\n", "\r\n")), ("n.md", NOTE + "end of b\n"), ["end of b"]),
    "a file and a folder": (("kind", "file\n"), ("kind/n.md", "in a folder\n"), ["file", "in a folder"]),
}


@scenario(2, ALL)
def edits_of_two_devices_are_all_there(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": NOTE, "a.md": "a\n", "b.md": "b\n"})
    for name, (one, two, words) in EDITS.items():
        if kind != "path" and name not in ("the same line", "far lines", "pictures"):
            continue
        for device in (a, b):
            for path in ("n.md", "a.md", "b.md"):
                device.write(path, NOTE if path == "n.md" else path[0] + "\n")
            for path in list(device.files()):
                if not path.startswith(".folio/") and path not in (
                        "n.md", "a.md", "b.md", "first.md"):
                    os.unlink(device.path(path))
            if os.path.isdir(device.path("kind")):
                os.rmdir(device.path("kind"))
        settle(a, b)
        for device, (path, data) in ((a, one), (b, two)):
            if data is None:
                os.unlink(device.path(path))
            else:
                device.write(path, data)
        settle(a, b)
        text = b"\n".join(a.files().values())
        for word in words:
            expect(word.encode() in text, f"{name}: {word!r} is lost")


# 4. Merges that cross.

@scenario(4)
def the_same_merge_on_two_devices_gives_the_same_tree(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": NOTE, "s.md": "one\n", "d.md": "d\n"})
    a.write("n.md", NOTE.replace("title: T", "title: of a"))
    a.write("s.md", "of a\n")
    os.unlink(a.path("d.md"))
    a.must("sync", "-q")
    time.sleep(1.1)
    b.write("n.md", NOTE.replace("title: T", "title: of b"))
    b.write("s.md", "of b\n")
    b.write("d.md", "d, edited\n")
    b.git("add", "-A")
    b.git("commit", "-qm", "The same commit on two devices")
    c = lab.device("c")
    shutil.copytree(b.root, c.root, symlinks=True)
    shutil.copytree(lab.remote, lab.remote + ".c", symlinks=True)
    c.git("config", "remote.origin.url", lab.remote + ".c")
    for device in (b, c):
        device.must("sync", "-q", codes=(0, 3))
    trees = [device.git("rev-parse", "HEAD^{tree}") for device in (b, c)]
    expect(trees[0] == trees[1], f"trees differ: {trees}\n{git('diff', *trees, at=b.root, check=False)}")


@scenario(4)
def criss_cross_merges_come_to_rest(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": NOTE, "m.md": TEXT})
    for number in range(4):
        a.write("n.md", a.read("n.md").replace(b"line 2\n", f"line 2\n\na{number}\n".encode()))
        b.write("m.md", b.read("m.md") + f"b{number}\n".encode())
        a.git("add", "-A"), a.git("commit", "-qm", "a")
        b.git("add", "-A"), b.git("commit", "-qm", "b")
        git("fetch", "-q", a.root, "main:from-a", at=b.root)
        git("fetch", "-q", b.root, "main:from-b", at=a.root)
        a.git("merge", "-q", "--no-edit", "from-b")
        b.git("merge", "-q", "--no-edit", "from-a")
        for device, name in ((a, "from-b"), (b, "from-a")):
            device.git("branch", "-D", name)
        settle(a, b)
        for mark in (f"a{number}", f"b{number}"):
            expect(mark.encode() in a.read("n.md") + a.read("m.md"), f"{mark} is lost")


# 5. Bad networks.

def reachable_again(device, address):
    device.git("config", "remote.origin.url", address)
    device.must("sync", "-q")


def offline(device, address, codes, *words, seconds=8):
    """A sync that cannot reach its remote saves what is here and says why."""
    device.git("config", "remote.origin.url", address)
    device.write("offline.md", f"{time.monotonic()}\n")
    before = oracle.Before(device)
    result = device.must("sync", "--timeout", "1", codes=codes)
    expect(result.seconds < seconds, f"took {result.seconds:.1f} s")
    for word in words:
        expect(word in result.text, f"says nothing of {word!r}: {result}")
    expect("\x1b" not in result.text, "an escape reached the terminal")
    expect(device.git("status", "--porcelain") == "", "what was there is not saved")
    expect(device.read("offline.md") == before.files["offline.md"], "a note was changed")


@scenario(5)
def a_network_that_fails_is_said_and_loses_nothing(lab, kind):
    place = Place(lab, "path")
    a, b = place.pair({"n.md": "n\n"})
    with socket.socket() as closed, socket.socket() as silent:
        closed.bind(("127.0.0.1", 0))
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port, hole = closed.getsockname()[1], silent.getsockname()[1]
        for scheme in ("http", "ssh"):
            offline(a, f"{scheme}://127.0.0.1:{port}/x", (5,), "cannot be reached")
            offline(a, f"{scheme}://127.0.0.1:{hole}/x", (5,), "no answer for 1 s")
    offline(a, "https://no-such-host.invalid/x", (5,), "cannot be reached")
    for fault, codes, word in (
            ("401", (6,), "401"), ("403", (6,), "403"), ("404", (7,), "no such repository"),
            ("500", (5,), "500"), ("html", (5,), "web page"), ("garbage", (5,), "cannot be"),
            ("hang", (5,), "no answer"), ("escapes", (5, 6, 7), "")):
        server = lab.web("--fault", fault)
        offline(a, f"http://127.0.0.1:{server.port}/remote.git", codes, word if fault != "401" else "")
    place.prepare(a)
    reachable_again(a, lab.remote)
    settle(a, b)


@scenario(5)
def a_connection_cut_anywhere_leaves_nothing_half_done(lab, kind):
    place = Place(lab, "path")
    a, b = place.pair({"n.md": "n\n"})
    for number in range(30):
        a.write(f"many/{number}.md", os.urandom(600).hex() + "\n")
    a.must("sync", "-q")
    b.write("own.md", "own\n")
    for cut in [1, 3, 4, 50, 100, 200, 300, 500, 900, 2000, 5000, 9000, 12000]:
        server = lab.web("--cut", str(cut))
        b.git("config", "remote.origin.url", f"http://127.0.0.1:{server.port}/remote.git")
        before = oracle.Before(b)
        result = b.folio("sync", "--timeout", "3")
        expect(result.code in (0, 5, 7), f"cut after {cut}: {result}")
        oracle.after_kill(b, before)
        server.end()
        lab.servers.remove(server)
    b.git("config", "remote.origin.url", lab.remote)
    settle(a, b)


@scenario(5)
def a_redirect_to_another_host_gets_no_token(lab, kind):
    place = Place(lab, "http")
    a, b = place.pair({"n.md": "n\n"})
    log = lab.root + "/log"
    other = lab.web("--token", "throwaway", "--log", log)
    server = lab.web("--fault", f"redirect:http://127.0.0.1:{other.port}")
    a.git("config", "remote.origin.url", f"http://127.0.0.1:{server.port}/remote.git")
    result = a.must("sync", codes=(5, 6, 8))
    with open(log) as file:
        expect("Basic" not in file.read(), "the token went to another host")


# 6. What others do to the remote.

@scenario(6, ("path", "ssh", "http"))
def a_rewritten_remote_is_fetched_and_not_merged(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    a.write("secret.md", "secret\n")
    a.must("sync", "-q")
    b.must("sync", "-q")
    git("update-ref", "refs/heads/main", git("rev-parse", "main~1", at=lab.remote), at=lab.remote)
    result = b.must("sync", codes=(8,))
    expect("rewritten" in result.text, result)
    expect(b.read("secret.md") == b"secret\n", "a note is gone")


@scenario(6, ("path", "ssh", "http"))
def a_branch_that_was_deleted_there_is_made_again(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    git("update-ref", "-d", "refs/heads/main", at=lab.remote)
    result = b.must("sync", codes=(0, 8))
    if result.code == 0:
        settle(a, b)


@scenario(6)
def other_default_branches_are_followed(lab, kind):
    place = Place(lab, kind)
    git("symbolic-ref", "HEAD", "refs/heads/trunk", at=lab.remote)
    outside = lab.root + "/outside"
    git("clone", "-q", lab.remote, outside, at=lab.root)
    with open(outside + "/n.md", "w") as file:
        file.write("n\n")
    git("checkout", "-q", "-B", "trunk", at=outside)
    git("add", "-A", at=outside), git("commit", "-qm", "n", at=outside)
    git("push", "-q", "origin", "trunk", at=outside)
    b = place.clone("b")
    expect(b.git("symbolic-ref", "--short", "HEAD") == "trunk", "another branch")
    b.write("m.md", "m\n")
    b.must("sync", "-q")
    expect(git("show", "trunk:m.md", at=lab.remote) == "m", "not sent to that branch")


@scenario(6)
def a_remote_replaced_by_another_is_refused(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    shutil.rmtree(lab.remote)
    git("init", "-q", "--bare", "-b", "main", lab.remote)
    c = lab.device("c").make()
    c.must("remote", "add", lab.remote)
    c.must("sync", "-q")
    result = b.must("sync", codes=(8,))
    expect(b.read("n.md") == b"n\n", "a note is gone")


@scenario(6)
def a_collected_remote_and_a_head_that_leads_nowhere_are_no_trouble(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    git("gc", "-q", "--prune=now", at=lab.remote)
    git("pack-refs", "--all", at=lab.remote)
    a.write("m.md", "m\n")
    settle(a, b)
    git("symbolic-ref", "HEAD", "refs/heads/nowhere", at=lab.remote)
    a.write("m.md", "m2\n")
    settle(a, b)
    place.clone("c")


@scenario(6, ("ssh", "http"))
def a_rule_there_that_refuses_is_said_with_its_words(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    hook = lab.remote + "/hooks/pre-receive"
    os.makedirs(os.path.dirname(hook), exist_ok=True)
    with open(hook, "w") as file:
        file.write("#!/bin/sh\nprintf 'no notes on \\033[31mSunday\\033[0m\\n' >&2\nexit 1\n")
    os.chmod(hook, 0o755)
    a.write("n.md", "n2\n")
    result = a.must("sync", codes=(7,))
    expect("Sunday" in result.text, f"the words of the rule are missing: {result}")
    expect("\x1b" not in result.text, "an escape reached the terminal")
    os.unlink(hook)
    settle(a, b)


@scenario(6, ("ssh", "http"))
def a_repository_that_is_not_there_is_said(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    a.git("config", "remote.origin.url", place.address.replace("remote.git", "other.git"))
    result = a.must("sync", codes=(5, 7))
    expect("no such repository" in result.text, result)


# 8. Disks that are full.

@scenario(8)
def a_full_disk_is_said_and_the_sync_goes_on_when_there_is_room(lab, kind):
    if os.geteuid() != 0:
        return "needs root"
    place = Place(lab, kind)
    a = place.first({"n.md": "n\n"})
    for number in range(6):
        a.write(f"big/{number}.bin", os.urandom(150_000))
    a.must("sync", "-q")
    small = lab.root + "/small"
    os.makedirs(small)
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", small])
    if mount.returncode != 0:
        return "cannot mount"
    try:
        b = place.prepare(lab.device("b"))
        b.root = small + "/b"
        result = b.folio("clone", "-q", place.address, b.root, at=lab.root)
        expect(result.code == 74 or "space" in result.text, result)
        expect(os.listdir(small) == [], f"left: {os.listdir(small)}")
        for number in range(3, 6):
            os.unlink(a.path(f"big/{number}.bin"))
        shutil.rmtree(lab.remote)
        git("init", "-q", "--bare", "-b", "main", lab.remote)
        a.git("update-ref", "-d", "refs/heads/main")
        for name in ("refs/folio", "logs", "refs/remotes"):
            shutil.rmtree(f"{a.root}/.git/{name}", ignore_errors=True)
        os.unlink(a.root + "/.git/index")
        a.must("sync", "-q")
        b.must("clone", "-q", place.address, b.root, at=lab.root)
        room = os.statvfs(small)
        b.write("filler", os.urandom(room.f_bavail * room.f_bsize - 200_000))
        b.write(".gitignore", "filler\n")
        b.write("n.md", "n of b\n" * 400)
        for number in range(2):
            a.write(f"more/{number}.bin", os.urandom(90_000))
        a.must("sync", "-q")
        before = oracle.Before(b)
        result = b.folio("sync")
        expect(result.code not in (0, 3), f"there was room: {result}")
        oracle.after_kill(b, before)
        os.unlink(b.path("filler"))
        settle(b, a)
    finally:
        subprocess.run(["umount", "-l", small])


# 9. Locks, and the git program beside.

@scenario(9)
def locks_of_others_are_waited_for_and_never_taken_away(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    for lock in ("index.lock", "refs/heads/main.lock"):
        path = f"{a.root}/.git/{lock}"
        open(path, "w").close()
        a.write("n.md", f"{lock}\n")
        before = oracle.Before(a)
        result = a.must("sync", codes=(9,))
        expect(os.path.basename(lock) in result.text, result)
        expect(os.path.exists(path), "the lock of another program was taken away")
        oracle.after_kill(a, before)
        os.unlink(path)
    open(f"{a.root}/.git/packed-refs.lock", "w").close()
    settle(a, b)


@scenario(9)
def git_commits_beside_sync_and_no_commit_is_lost(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    done, made, stop = [], [], threading.Event()

    def commit():
        number = 0
        while not stop.is_set():
            number += 1
            name = f"hand/{number}.md"
            a.write(name, f"by hand {number}\n")
            if subprocess.run(
                    ["git", "add", name], cwd=a.root, capture_output=True).returncode:
                continue
            words = ["git", "-c", "user.name=H", "-c", "user.email=h@x", "commit", "-qm",
                     f"by hand {number}", "--", name]
            if subprocess.run(words, cwd=a.root, capture_output=True).returncode == 0:
                made.append(f"by hand {number}")
            time.sleep(0.02)

    thread = threading.Thread(target=commit)
    thread.start()
    try:
        for number in range(40):
            b.write(f"b{number}.md", "b\n")
            b.must("sync", "-q", codes=(0, 3, 7))
            before = oracle.Before(a)
            result = a.must("sync", "-q", codes=(0, 3, 7, 8, 9))
            done.append(result.code)
    finally:
        stop.set()
        thread.join()
    settle(a, b)
    subjects = set(a.git("log", "--format=%s").splitlines())
    lost = [name for name in made if name not in subjects]
    expect(not lost, f"{len(lost)} of {len(made)} commits are lost")
    notes = [path for path in b.files() if path.startswith("hand/")]
    expect(len(notes) >= len(made), f"{len(notes)} notes of {len(made)} commits")
    expect(made and done.count(0) > 5, f"{len(made)} commits, {done}")
    return f"{len(made)} commits beside {len(done)} syncs, {done.count(0)} of them at once"


# 10. States that git leaves a repository in.

def side_branches(a):
    for name in ("one", "two"):
        a.git("checkout", "-q", "-b", name, "main")
        a.write("n.md", f"{name}\n")
        a.git("commit", "-qam", name)
    a.git("checkout", "-q", "main")
    a.git("merge", "-q", "one")


STATES = {
    "detached": ([["checkout", "-q", "--detach"]], "detached"),
    "merging": ([["merge", "-q", "two"]], "merge"),
    "rebasing": ([["checkout", "-q", "two"], ["rebase", "-q", "main"]], ("rebase", "detached")),
    "cherry-pick": ([["cherry-pick", "two"]], "cherry-pick"),
    "revert": ([["revert", "--no-edit", "main~1"]], ("revert", "")),
    "bisect": ([["bisect", "start"], ["bisect", "bad"], ["bisect", "good", "main~1"]],
               ("bisect", "detached")),
}


@scenario(10)
def states_in_between_are_named_and_left_alone(lab, kind):
    place = Place(lab, kind)
    for name, (commands, words) in STATES.items():
        with Lab() as inner:
            a = Place(inner, "path").first({"n.md": "n\n"})
            side_branches(a)
            for command in commands:
                git(*command, at=a.root, check=False)
            before = oracle.Before(a)
            status = a.git("status", "--porcelain=v1", "-uall")
            result = a.folio("sync")
            if name == "revert" and result.code == 0:
                continue
            expect(result.code == 8, f"{name}: {result}")
            words = (words,) if isinstance(words, str) else words
            expect(any(word in result.text for word in words), f"{name}: {result}")
            expect(a.files() == before.files, f"{name}: files were changed")
            expect(a.git("status", "--porcelain=v1", "-uall") == status, f"{name}: the state moved")


@scenario(10)
def what_is_staged_travels_as_the_file_is(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n", "m.md": "m\n"})
    a.write("n.md", "staged\n")
    a.git("add", "n.md")
    a.write("n.md", "later than what was staged\n")
    a.write("m.md", "staged only\n")
    a.git("add", "m.md")
    settle(a, b)
    expect(b.read("n.md") == b"later than what was staged\n", "an older text was sent")
    expect(b.read("m.md") == b"staged only\n", "what was staged was not sent")


# 11. Editors at work.

@scenario(11, ("path", "http"))
def an_editor_that_saves_all_the_time_loses_nothing(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": NOTE, "m.md": TEXT, "o.md": TEXT, "p.md": TEXT})
    stop, saved = threading.Event(), []

    def save(path, data, way):
        whole = b.path(path)
        if way == 0:  # as vim does: a new file, renamed over the old one
            with open(whole + "~tmp", "wb") as file:
                file.write(data)
            os.rename(whole + "~tmp", whole)
        elif way == 1:  # in place
            with open(whole, "r+b") as file:
                file.write(data)
                file.truncate()
        elif way == 2:  # same size and time as before
            try:
                before = os.stat(whole)
                with open(whole, "r+b") as file:
                    file.write(data[: before.st_size].ljust(before.st_size, b"."))
                os.utime(whole, ns=(before.st_atime_ns, before.st_mtime_ns))
            except FileNotFoundError:
                pass
        else:  # removed and made again
            try:
                os.unlink(whole)
            except FileNotFoundError:
                pass
            with open(whole, "wb") as file:
                file.write(data)

    def edit():
        choice = random.Random(7)
        number = 0
        while not stop.is_set():
            number += 1
            path, way = choice.choice(["m.md", "o.md", "p.md"]), choice.randrange(4)
            data = f"edit {number:07d}\n".encode() + TEXT.encode()
            save(path, data, way)
            # Only what stays for a while is sure to have been there when a sync looked.
            saved.append((path, f"edit {number:07d}"))
            time.sleep(choice.choice([0.0005, 0.001, 0.005, 0.03]))

    thread = threading.Thread(target=edit)
    thread.start()
    codes = []
    try:
        rounds = 200 if kind == "path" else 15
        for number in range(rounds):
            a.write("n.md", NOTE.replace("line 3\n", f"line 3 of a {number}\n"))
            if number % 3 == 0:
                a.write("o.md", f"{TEXT}end of a {number}\n")
            a.must("sync", "-q", codes=(0, 3))
            result = b.must("sync", "-q", codes=(0, 3, 8, 7))
            codes.append(result.code)
    finally:
        stop.set()
        thread.join()
    last = {}
    for path, mark in saved:
        last[path] = mark
    for path, mark in last.items():
        try:
            data = b.read(path)
        except FileNotFoundError:
            data = b""
        everything = data + b"".join(b.files().values())
        expect(mark.encode() in everything or any(
            mark.encode() in git("cat-file", "blob", o, at=b.root, raw=True)
            for o in b.git("rev-list", "--all", "--objects").split() if len(o) == 40
            and b.git("cat-file", "-t", o, check=False) == "blob"), f"the last save of {path} is lost")
    settle(a, b)
    return f"{len(saved)} saves during {len(codes)} syncs, {codes.count(0)} of them at once"


# 12. Files in the way.

@scenario(12)
def files_in_the_way_are_never_overwritten(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({".gitignore": "*.tmp\nhidden/\n", "n.md": "n\n", "dir/x.md": "x\n"})
    b.write("x.tmp", "ignored here\n")
    a.write(".gitignore", "")
    a.write("x.tmp", "from a\n")
    a.must("sync", "-q")
    before = oracle.Before(b)
    result = b.must("sync", codes=(0, 3, 8))
    expect(b"ignored here\n" in b.files().values(), "an ignored file was overwritten")
    os.rename(b.path("x.tmp"), lab.root + "/x.tmp")
    settle(b, a)
    # A folder that somebody replaced by a link out of the vault.
    outside = lab.root + "/outside"
    shutil.move(b.path("dir"), outside)
    os.symlink(outside, b.path("dir"))
    a.write("dir/x.md", "changed by a\n")
    a.must("sync", "-q")
    before = {name: open(f"{outside}/{name}").read() for name in os.listdir(outside)}
    result = b.folio("sync")
    expect(result.code in (0, 3, 8), result)
    after = {name: open(f"{outside}/{name}").read() for name in os.listdir(outside)}
    expect(before == after, f"something outside was written: {after}")


# 13. Kinds of repositories and files.

@scenario(13)
def repositories_that_are_not_understood_are_refused_by_name(lab, kind):
    cases = {
        "sparse": ([["sparse-checkout", "set", "--no-cone", "/n.md"]], "sparse"),
        "split index": ([["update-index", "--split-index"]], "split"),
        "partial": ([["config", "remote.origin.promisor", "true"]], "partial"),
        "partial extension": ([["config", "extensions.partialClone", "origin"]], "partial"),
        "worktree settings": (
            [["config", "core.repositoryformatversion", "1"],
             ["config", "extensions.worktreeConfig", "true"]], "worktreeConfig"),
        "sha256": ([["config", "extensions.objectFormat", "sha256"]], "SHA-256"),
        "sha256, version 1": (
            [["config", "core.repositoryformatversion", "1"],
             ["config", "extensions.objectFormat", "sha256"]], "SHA-256"),
        "reftable": ([["config", "extensions.refStorage", "reftable"]], "reftable"),
        "reftable, version 1": (
            [["config", "core.repositoryformatversion", "1"],
             ["config", "extensions.refStorage", "reftable"]], "reftable"),
        "unknown": (
            [["config", "core.repositoryformatversion", "1"],
             ["config", "extensions.novelty", "true"]], "not know"),
        "a worktree elsewhere": ([["config", "core.worktree", lab.root]], "name another folder"),
        "lfs": (None, "filter"),
    }
    for name, (commands, word) in cases.items():
        with Lab() as inner:
            a = Place(inner, "path").first({"n.md": "n\n", "x/y.md": "y\n"})
            if commands is None:
                a.write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs\n")
                a.write("big.bin", "big\n")
            for command in commands or []:
                a.git(*command)
            a.write("n.md", "n2\n")
            files = a.files()
            result = a.must("sync", codes=(8,))
            expect(word in result.text, f"{name}: {result}")
            expect(a.files() == files, f"{name}: files were changed")
    with Lab() as inner:
        place = Place(inner, "path")
        a = place.first({"n.md": "n\n"})
        a.write("n.md", "n2\n")
        a.must("sync", "-q")
        b = inner.device("b")
        git("clone", "-q", "--depth", "1", "file://" + inner.remote, b.root, at=inner.root)
        b.must("init", "-q", b.root, at=inner.root)
        expect("shallow" in b.must("sync", codes=(8,)).text, "shallow")
        c = inner.device("c")
        git("clone", "-q", "--bare", inner.remote, c.root, at=inner.root)
        os.makedirs(c.root + "/.folio")
        expect(c.folio("sync").code in (2, 8), "bare")


@scenario(13)
def repositories_that_are_understood_work(lab, kind):
    cases = {
        "index v4": [["update-index", "--index-version", "4"]],
        "packed": [["gc", "-q"], ["pack-refs", "--all"]],
        "commit graph": [["commit-graph", "write", "--reachable"]],
        "many packs": [["repack", "-q"], ["multi-pack-index", "write"]],
        "autocrlf": [["config", "core.autocrlf", "true"]],
        "autocrlf input": [["config", "core.autocrlf", "input"], ["config", "core.safecrlf", "true"]],
    }
    for name, commands in cases.items():
        with Lab() as inner:
            place = Place(inner, "path")
            a = place.first({"n.md": "n\n", "crlf.md": "one\r\ntwo\r\n"})
            for command in commands:
                a.git(*command)
            a.write("n.md", "n2\n")
            a.write("crlf.md", "one\r\ntwo\r\nthree\r\n")
            result = a.must("sync")
            b = place.clone("b")
            expect(b.read("crlf.md") == b"one\r\ntwo\r\nthree\r\n", f"{name}: line ends were changed")
            b.write("n.md", "n3\n")
            b.must("sync", "-q")
            a.must("sync", "-q")
            expect(a.read("n.md") == b"n3\n", name)
    with Lab() as inner:
        place = Place(inner, "path")
        a = place.first({"n.md": "n\n"})
        b = place.prepare(inner.device("b"))
        a.git("worktree", "add", "-q", "-b", "other", b.root)
        b.write("n.md", "in a linked worktree\n")
        b.must("sync", "-q")
        expect(git("show", "other:n.md", at=inner.remote, check=False) == "in a linked worktree"
               or git("show", "main:n.md", at=inner.remote) == "in a linked worktree", "worktree")


@scenario(13, ("path", "ssh", "http"))
def odd_files_travel_as_they_are(lab, kind):
    place = Place(lab, kind)
    files = {
        "bom.md": b"\xef\xbb\xbf# BOM\nno newline", "nul.md": b"a\0b", "bad.md": b"\xff\xfe bad\n",
        "empty.md": b"", "crlf.md": b"a\r\nb\r\n", "big.bin": os.urandom(3_000_000),
        "Übung – 日本.md": b"x\n", "-rf.md": b"x\n", "a b  c.md": b"x\n",
        "con.md": b"x\n", ".gitattributes": b"* text=auto eol=lf merge=union\n*.md ident\n",
    }
    a, b = place.pair(files)
    os.symlink("n.md", a.path("link.md"))
    os.symlink("/nowhere/at/all", a.path("dangling"))
    settle(a, b)
    for path, data in files.items():
        expect(b.read(path) == data, path)
    expect(os.readlink(b.path("dangling")) == "/nowhere/at/all", "a link was followed")


@scenario(13)
def nested_repositories_and_submodules_are_left_alone(lab, kind):
    place = Place(lab, kind)
    a = place.first({"n.md": "n\n"})
    a.write("inner/code.md", "c\n")
    git("init", "-q", a.path("inner"))
    result = a.must("sync")
    expect("inner" in result.text, f"the nested repository is not said: {result}")
    expect("inner/code.md" not in a.git("ls-tree", "-r", "--name-only", "HEAD"), "it was saved")


@scenario(13)
def a_vault_in_a_larger_repository_stays_in_its_folder(lab, kind):
    outer = lab.device("outer")
    os.makedirs(outer.root)
    git("init", "-q", "-b", "main", outer.root)
    outer.write("code.c", "int main;\n")
    outer.git("add", "-A"), outer.git("commit", "-qm", "code")
    outer.git("remote", "add", "origin", lab.remote)
    vault = lab.device("vault")
    vault.root = outer.root + "/notes"
    vault.write("n.md", "n\n")
    vault.must("init", "-q", vault.root, at=lab.root)
    outer.write("code.c", "int main; // not committed\n")
    vault.must("sync", "-q")
    expect(outer.git("status", "--porcelain") == " M code.c".lstrip() or
           outer.git("status", "--porcelain").strip() == "M code.c", "something else was committed")
    b = lab.device("b")
    result = b.must("clone", lab.remote, b.root, at=lab.root)
    expect("notes" in result.text, f"the vault in it is not named: {result}")
    expect(not os.path.exists(b.root + "/.folio"), "the top was made a vault")
    b.root += "/notes"
    b.write("n.md", "n2\n")
    b.must("sync", "-q")
    vault.must("sync", "-q")
    expect(vault.read("n.md") == b"n2\n", "the edit did not arrive")


# 14. Many.

@scenario(14)
def long_histories_and_many_renames_come_together(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({f"old/{n:04d}.md": f"# {n}\n\n{TEXT}" for n in range(1500)})
    os.rename(a.path("old"), a.path("new"))
    a.must("sync", "-q")
    for n in range(40):
        b.write(f"old/{n:04d}.md", f"# {n}\n\n{TEXT}end of b\n")
    begin = time.monotonic()
    settle(b, a)
    moved = sum(a.read(f"new/{n:04d}.md").endswith(b"end of b\n") for n in range(40))
    expect(moved == 40, f"{moved} of 40 edits followed the rename")
    script = []
    parent = a.git("rev-parse", "HEAD")
    for n in range(2000):
        text = f"{n}\n"
        script.append(
            f"commit refs/heads/long\ncommitter H <h@x> {1700000000 + n} +0000\ndata 2\nc\n"
            + (f"from {parent}\n" if n == 0 else "")
            + f"M 100644 inline long.md\ndata {len(text)}\n{text}\n")
    subprocess.run(
        ["git", "fast-import", "--quiet"], input="".join(script).encode(), cwd=lab.remote, check=True)
    git("update-ref", "refs/heads/main", "refs/heads/long", at=lab.remote)
    b.write("mine.md", "mine\n")
    settle(b, a)
    return f"{time.monotonic() - begin:.1f} s"


# 15. Damage.

@scenario(15)
def a_damaged_index_is_made_anew(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n", "m.md": "m\n"})
    whole = open(a.root + "/.git/index", "rb").read()
    random_numbers = random.Random(5)
    for case in range(12):
        data = bytearray(whole)
        if case < 6:
            data = data[: [0, 1, 12, 20, len(data) // 2, len(data) - 1][case]]
        else:
            data[random_numbers.randrange(len(data))] ^= 1 << random_numbers.randrange(8)
        with open(a.root + "/.git/index", "wb") as file:
            file.write(data)
        a.write("n.md", f"n {case}\n")
        before = oracle.Before(a)
        result = a.must("sync")
        oracle.after_sync(a, before, result.code, result.text)
    settle(a, b)


@scenario(15)
def a_branch_that_was_cut_short_is_put_back(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    tip = a.git("rev-parse", "HEAD")
    for data in (b"", b"\0" * 41):
        for with_log in (True, False):
            with open(a.root + "/.git/refs/heads/main", "wb") as file:
                file.write(data)
            if not with_log:
                shutil.rmtree(a.root + "/.git/logs", ignore_errors=True)
            result = a.must("sync")
            expect("cut short" in result.text, result)
            expect(a.git("rev-parse", "HEAD") == tip, "it is elsewhere")
    a.write("n.md", "n2\n")
    settle(a, b)


@scenario(15)
def damaged_objects_are_said_and_leftovers_ignored(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n", "m.md": "m\n"})
    os.makedirs(a.root + "/.git/objects/ab", exist_ok=True)
    with open(a.root + "/.git/objects/ab/tmp_object_git2_x", "w"):
        pass
    a.write("n.md", "n2\n")
    settle(a, b)
    identity = b.git("rev-parse", "HEAD^{tree}")
    path = f"{b.root}/.git/objects/{identity[:2]}/{identity[2:]}"
    if os.path.exists(path):
        os.chmod(path, 0o644)
        open(path, "w").close()
        b.write("n.md", "n3\n")
        files = b.files()
        result = b.folio("sync")
        expect(result.code not in (0, 70) and result.code > 0, result)
        expect(b.files() == files, "files were changed")
        expect(len(result.text) > 20, "nothing was said")


# 16. Clocks, owners and read-only places.

@scenario(16)
def clocks_that_are_wrong_do_no_harm(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": NOTE, "m.md": "m\n"})
    for device, year in ((a, 2036), (b, 2014)):
        device.write("n.md", NOTE.replace("line 2\n" if device is a else "line 9\n", f"of {year}\n"))
        device.write("m.md", f"of {year}\n")
        stamp = time.mktime((year, 1, 1, 0, 0, 0, 0, 0, 0))
        os.utime(device.path("n.md"), (stamp, stamp))
        os.utime(device.path("m.md"), (stamp, stamp))
        date = f"{year}-01-01T00:00:00Z"
        device.git("add", "-A")
        subprocess.run(
            ["git", "-c", "user.name=H", "-c", "user.email=h@x", "commit", "-qm", "clock"],
            cwd=device.root, check=True, env={
                **os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date})
    for device, zone in ((a, "Pacific/Kiritimati"), (b, "America/Adak")):
        device.environment["TZ"] = zone
    settle(a, b)
    text = b"".join(a.files().values())
    for year in (b"of 2036", b"of 2014"):
        expect(text.count(year) >= 2, f"{year} is lost")


@scenario(16)
def a_repository_of_another_user_is_refused(lab, kind):
    if os.geteuid() != 0:
        return "needs root"
    place = Place(lab, kind)
    a = place.first({"n.md": "n\n"})
    subprocess.run(["chown", "-R", "65534:65534", a.root], check=True)
    for verb in (["sync"], ["status"], ["remote", "list"]):
        result = a.folio(*verb)
        expect(result.code == 8 and "another user" in result.text, f"{verb}: {result}")
    subprocess.run(["chown", "-R", "0:0", a.root], check=True)
    subprocess.run(["chown", "-R", "65534:65534", lab.remote], check=True)
    result = a.must("sync", codes=(6, 8))
    expect("another user" in result.text, result)


@scenario(16)
def read_only_places_and_no_home_are_said(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    saved = dict(a.environment)
    for name in ("HOME", "USER", "TMPDIR"):
        a.environment.pop(name)
    a.write("n.md", "without a home\n")
    a.must("sync", "-q")
    a.environment.update(saved)
    settle(a, b)
    if os.geteuid() != 0:
        return
    small = lab.root + "/small"
    os.makedirs(small)
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", small]).returncode != 0:
        return "cannot mount"
    try:
        shutil.copytree(b.root, small + "/b", symlinks=True)
        b.root = small + "/b"
        subprocess.run(["mount", "-o", "remount,ro", small], check=True)
        result = b.folio("sync")
        expect(result.code not in (0, 70) and "ead-only" in result.text, result)
    finally:
        subprocess.run(["umount", "-l", small])


@scenario(16)
def the_environment_of_git_has_no_say(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    evil = lab.root + "/evil"
    git("init", "-q", evil)
    a.environment.update({
        "GIT_DIR": evil + "/.git", "GIT_WORK_TREE": evil, "GIT_INDEX_FILE": evil + "/index",
        "GIT_OBJECT_DIRECTORY": evil + "/objects", "GIT_NAMESPACE": "evil",
        "GIT_CONFIG_PARAMETERS": "'core.worktree=/'", "GIT_CEILING_DIRECTORIES": "/",
        "GIT_SSH_COMMAND": f"touch {lab.root}/ran", "GIT_PROXY_COMMAND": f"touch {lab.root}/ran",
    })
    a.write("n.md", "n2\n")
    a.must("sync", "-q")
    b.must("sync", "-q")
    expect(b.read("n.md") == b"n2\n", "it went elsewhere")
    expect(not os.path.exists(evil + "/index") and not os.path.exists(lab.root + "/ran"), "it ran")


# 17. Who may come in.

@scenario(17)
def keys_agents_and_hosts(lab, kind):
    server = lab.ssh()
    a = lab.device("a").make()
    ssh = a.home + "/.ssh"
    os.makedirs(ssh)
    a.must("remote", "add", f"ssh://{lab.user}@127.0.0.1:{server.port}{lab.remote}")

    def key(name, kind, passphrase=""):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", f"{ssh}/{name}"], check=True)
        return f"{ssh}/{name}"

    def known(text):
        with open(ssh + "/known_hosts", "w") as file:
            file.write(text)

    def config(text):
        with open(ssh + "/config", "w") as file:
            file.write(text)

    def test(codes, *words, more=None):
        result = a.must("remote", "test", "--timeout", "10", codes=codes, more=more)
        for word in words:
            expect(word in result.text, f"says nothing of {word!r}: {result}")

    good = key("id_ed25519", "ed25519")
    server.admit(good + ".pub")
    good_line = server.known_hosts()
    other = SSHServer(f"{lab.root}/other", kinds=("ed25519",))
    lab.servers.append(other)
    wrong = f"[127.0.0.1]:{server.port} {other.host_key('ed25519')}\n"
    test((6,), "not known yet", "SHA256:")
    known(wrong)
    test((6,), "another key", "ssh-keygen -R")
    known("@revoked * " + server.host_key("ed25519") + "\n" + good_line)
    test((6,), "revoked")
    known("@cert-authority * " + server.host_key("ed25519") + "\n")
    test((6,), "not supported")
    known("garbage\n\n# comment\nhost ssh-ed25519\n|1|x|y ssh-ed25519 AAAA\n" + good_line)
    test((0,))
    known(server.known_hosts(("rsa", "ecdsa", "ed25519")))
    test((0,))
    known(server.known_hosts(("ecdsa",)))
    test((0,))
    known(server.known_hosts(("rsa",)))
    test((6,), "of another kind")
    known(f"*.example.org,!127.0.0.2,[127.0.0.*]:* {server.host_key('ed25519')}\n")
    test((0,))
    known(f"[127.0.0.*]:*,![127.0.0.1]:{server.port} {server.host_key('ed25519')}\n")
    test((6,), "not known yet")
    known(good_line)
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", ssh + "/known_hosts"], capture_output=True)
    expect("127.0.0.1" not in open(ssh + "/known_hosts").read(), "not hashed")
    test((0,))
    os.unlink(ssh + "/known_hosts")
    config("Host *\n  StrictHostKeyChecking accept-new\n")
    test((0,))
    expect(f"[127.0.0.1]:{server.port} ssh-ed25519" in open(ssh + "/known_hosts").read(), "not pinned")
    known(wrong)
    test((6,), "another key")
    known(good_line)

    # Keys.
    config("")
    os.rename(good, ssh + "/hidden")
    os.rename(good + ".pub", ssh + "/hidden.pub")
    test((6,), "no key to show", "ssh-keygen -t ed25519")
    rsa = key("id_rsa", "rsa")
    server.admit(rsa + ".pub")
    test((6,), "is RSA", "ssh-keygen -t ed25519")
    ecdsa = key("id_ecdsa", "ecdsa")
    test((6,), "none of the keys")
    server.admit(ecdsa + ".pub")
    test((0,))
    os.unlink(ecdsa)
    locked = key("locked", "ed25519", "open sesame")
    server.admit(locked + ".pub")
    config(f"Host 127.0.0.1\n  IdentityFile {locked}\n")
    test((6,), "passphrase", "ssh-add")
    askpass = lab.root + "/askpass"
    for answer, codes, words in (("open sesame", (0,), ()), ("wrong", (6,), ("not right",))):
        with open(askpass, "w") as file:
            file.write(f"#!/bin/sh\necho '{answer}'\n")
        os.chmod(askpass, 0o755)
        test(codes, *words, more={"SSH_ASKPASS": askpass})
    config("Host 127.0.0.1\n  ProxyJump gate\n")
    test((8,), "ProxyJump", "not supported")
    config(f"Host *\n  IdentityFile {ssh}/none\n")
    test((6,), "no key in")

    # The agent.
    config("")
    socket_path = a.home + "/agent"
    agent = subprocess.Popen(
        ["ssh-agent", "-D", "-a", socket_path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if os.path.exists(socket_path):
                break
            time.sleep(0.02)
        use = {"SSH_AUTH_SOCK": socket_path}
        add = lambda *w: subprocess.run(
            ["ssh-add", "-q", *w], env={**os.environ, **use}, check=True, stderr=subprocess.DEVNULL)
        test((6,), more=use)
        add(rsa)
        test((6,), "is RSA", more=use)
        for number in range(6):
            add(key(f"wrong{number}", "ed25519"))
        add(ssh + "/hidden")
        test((0,), more=use)
        config(f"Host *\n  IdentitiesOnly yes\n  IdentityFile {ssh}/hidden.pub\n")
        test((0,), more=use)
        config(f"Host *\n  IdentitiesOnly yes\n  IdentityFile {ssh}/wrong1\n")
        test((6,), "none of the keys", more=use)
        config("")
        a.write("n.md", "n\n")
        a.must("sync", "-q", more=use)
        test((6,), more={"SSH_AUTH_SOCK": lab.root + "/no-agent"})
    finally:
        finish(agent)
    expect(os.listdir(a.home + "/tmp") == [], f"left: {os.listdir(a.home + '/tmp')}")


@scenario(17)
def names_of_ssh_config_are_read(lab, kind):
    place = Place(lab, "ssh")
    a = place.first({"n.md": "n\n"})
    b = place.prepare(lab.device("b"))
    with open(b.home + "/.ssh/config", "w") as file:
        file.write(
            f"Host notes !other\n\tHostName=127.0.0.1\n\tPort {place.server.port}\n"
            f"\tUser \"{lab.user}\"\n\tIdentityFile {place.key}\n\tUserKnownHostsFile ~/hosts\n"
            "\tHostKeyAlias vault\nHost *\n  Port 1\n")
    with open(b.home + "/hosts", "w") as file:
        file.write("vault " + place.server.host_key("ed25519") + "\n")
    b.must("clone", "-q", f"notes:{lab.remote}", b.root, at=lab.root)
    settle(a, b)


@scenario(17)
def tokens_stay_where_they_are(lab, kind):
    place = Place(lab, "http")
    a = place.first({"n.md": "n\n"})
    trace = lab.root + "/trace"
    process = a.start("sync", "--json")
    seen = []
    while process.poll() is None:
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    with open(f"/proc/{entry}/cmdline", "rb") as file:
                        line = file.read()
                    if b"sync-transport" in line:
                        seen.append(line)
                except OSError:
                    pass
    output = process.communicate()[0]
    expect(b"throwaway" not in output, "the token is in the output")
    expect(all(b"throwaway" not in line for line in seen), "the token is in the process list")
    for folder, _, names in os.walk(a.root):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:
                expect(b"throwaway" not in file.read(), f"the token is in {folder}/{name}")
    a.environment.pop("FOLIO_TOKEN")
    result = a.must("sync", codes=(6,))
    expect("token" in result.text, result)
    result = a.must("sync", codes=(6,), more={"FOLIO_TOKEN": "wrong"})
    expect("does not take the token" in result.text and "wrong" not in result.text, result)
    os.makedirs(a.home + "/.config/folio", exist_ok=True)
    path = a.home + "/.config/folio/tokens"
    with open(path, "w") as file:
        file.write(f"other throwaway\n127.0.0.1:{place.server.port} git throwaway\n")
    expect("chmod 600" in a.must("sync", codes=(6,)).text, "a file that others read is used")
    os.chmod(path, 0o600)
    a.must("sync", "-q")


@scenario(17)
def addresses_that_git_rewrites_are_asked_about(lab, kind):
    place = Place(lab, "path")
    a = place.first({"n.md": "n\n"})
    evil = lab.root + "/evil.git"
    git("init", "-q", "--bare", evil)
    a.git("config", f"url.{evil}.insteadOf", lab.remote)
    a.write("n.md", "n2\n")
    result = a.must("sync", codes=(8,))
    expect("evil.git" in result.text, result)
    expect(git("for-each-ref", at=evil) == "", "something was sent there")
    expect("evil.git" in a.must("remote", "list").text, "the list does not show it")
    a.git("config", "--unset", f"url.{evil}.insteadOf")
    a.git("config", "remote.origin.pushurl", evil)
    result = a.must("sync", codes=(8,))
    expect(git("for-each-ref", at=evil) == "", "something was sent there")


# 18. Stopping, and two at once.

@scenario(18, ("path", "ssh", "http"))
def control_c_at_any_moment_ends_within_a_second(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": NOTE})
    worst = 0.0
    count = 40 if kind == "path" else 15
    for number in range(count):
        a.write("n.md", NOTE.replace("line 2\n", f"line 2 of a {number}\n"))
        a.must("sync", "-q", codes=(0, 3))
        b.write(f"b{number}.md", "b\n")
        before = oracle.Before(b)
        process = b.start("sync")
        time.sleep(number * (0.2 if kind == "path" else 1.2) / count)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate()
        worst = max(worst, time.monotonic() - begin)
        oracle.after_kill(b, before)
        b.must("sync", "-q", codes=(0, 3))
    expect(worst < 1.0, f"took {worst:.2f} s")
    settle(a, b)
    for number in range(8):
        c = lab.device(f"c{number}")
        place.prepare(c)
        process = subprocess.Popen(
            [FOLIO, "clone", "-q", place.address, c.root], cwd=lab.root, env=c.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.02 + number * (0.02 if kind == "path" else 0.1))
        process.send_signal(signal.SIGINT)
        process.wait()
        left = [name for name in os.listdir(lab.root) if name.startswith(f"c{number}.")]
        expect(not left, f"left: {left}")
    time.sleep(0.3)
    for device in (a, b):
        left = os.listdir(device.home + "/tmp")
        expect(left == [], f"left: {left}")
    return f"at most {worst * 1000:.0f} ms"


@scenario(18, ("path", "ssh", "http"))
def two_syncs_at_once_and_two_senders_at_once(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    for number in range(6):
        a.write(f"a{number}.md", "a\n")
        b.write(f"b{number}.md", "b\n")
        processes = [device.start("sync") for device in (a, a, b)]
        codes = []
        for process in processes:
            process.communicate(timeout=60)
            codes.append(process.returncode)
        expect(all(code in (0, 3, 7, 9) for code in codes), f"{codes}")
        expect(0 in codes, f"{codes}")
    settle(a, b)
    expect(len([p for p in a.files() if p[:1] in "ab" and p[1:2].isdigit()]) == 12, "a note is lost")


@scenario(18)
def other_verbs_write_while_a_sync_runs(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    stop, made = threading.Event(), []

    def add():
        number = 0
        while not stop.is_set():
            number += 1
            result = b.folio("add", "snippet", f"Made {number}", "--lang", "text",
                             input=f"body {number}\n".encode())
            if result.code == 0:
                made.append(f"body {number}\n")

    thread = threading.Thread(target=add)
    thread.start()
    try:
        for number in range(20):
            a.write(f"a{number}.md", "a\n")
            a.must("sync", "-q")
            b.must("sync", "-q", codes=(0, 3, 8, 9))
    finally:
        stop.set()
        thread.join()
    settle(a, b)
    text = b"".join(a.files().values()).decode()
    lost = [body for body in made if body not in text]
    expect(made and not lost, f"{len(lost)} of {len(made)} notes are lost")
    return f"{len(made)} notes"


# 19. Undo.

@scenario(19)
def undo_takes_a_sync_back_as_a_new_commit(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": NOTE, "gone.md": "gone\n"})
    if a.folio("help", "undo").code != 0:
        return "there is no such verb yet"
    a.write("n.md", NOTE.replace("line 2\n", "line 2 of a\n"))
    os.unlink(a.path("gone.md"))
    a.write("new.md", "new\n")
    a.must("sync", "-q")
    before = b.files()
    tip = b.git("rev-parse", "HEAD")
    b.must("sync", "-q")
    b.must("undo")
    expect(b.files() == before, f"differs in {set(b.files().items()) ^ set(before.items())}")
    expect(b.git("merge-base", tip, "HEAD") == tip, "the history was rewritten")
    settle(b, a)
    expect(a.files() == b.files(), "the devices differ")


# Hostile input: what came with the vault or from the remote.

@scenario(4 + 100)
def settings_of_a_vault_run_no_program(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    ran = lab.root + "/ran"
    script = lab.root + "/evil.sh"
    with open(script, "w") as file:
        file.write(f"#!/bin/sh\necho $0 $* >> {ran}\ncat\n")
    os.chmod(script, 0o755)
    for name in (
            "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass",
            "filter.x.clean", "filter.x.smudge", "filter.x.process", "merge.x.driver",
            "diff.x.command", "diff.x.textconv", "credential.helper", "gpg.program",
            "core.gitProxy", "uploadpack.packObjectsHook", "core.hooksPath"):
        b.git("config", name, script if name != "core.hooksPath" else lab.root + "/hooks")
    b.git("config", "commit.gpgsign", "true")
    b.write(".gitattributes", "*.md merge=x diff=x\n")
    os.makedirs(lab.root + "/hooks")
    for name in ("pre-commit", "post-checkout", "post-merge", "pre-push", "post-commit",
                 "reference-transaction", "prepare-commit-msg"):
        for folder in (lab.root + "/hooks", b.root + "/.git/hooks"):
            os.makedirs(folder, exist_ok=True)
            shutil.copy(script, f"{folder}/{name}")
    a.write("n.md", "of a\n")
    a.must("sync", "-q")
    b.write("n.md", "of b\n")
    b.must("sync", codes=(0, 3))
    b.must("status")
    expect(not os.path.exists(ran), f"ran: {open(ran).read() if os.path.exists(ran) else ''}")


HOSTILE = [
    ".git/config", ".GIT/config", "git~1/config", ".git /x", ".git./x", ".git::$INDEX_ALLOCATION/x",
    ".gi\u200ct/x", "a\\b.md", "bell\a.md", "esc\x1b[2J.md", "line\nfeed.md", ".folio/local/x",
    ".folio/cache/x", "x/.git/hooks/pre-commit",
]


@scenario(4 + 100, ("path", "http"))
def names_that_could_do_harm_are_refused(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    head = git("rev-parse", "main", at=lab.remote)
    for path in HOSTILE + ["../outside.md"]:
        tree = hostile_tree(lab.remote, path)
        commit = git("commit-tree", "-p", head, "-m", "x", tree, at=lab.remote)
        git("update-ref", "refs/heads/main", commit, at=lab.remote)
        before = b.files()
        config = open(b.root + "/.git/config").read()
        result = b.folio("sync", "--timeout", "10")
        expect(result.code in (5, 7, 8, 74), f"{path!r}: {result}")
        expect(b.files() == before, f"{path!r}: files were changed")
        expect(open(b.root + "/.git/config").read() == config, f"{path!r}: settings were changed")
        expect("\x1b" not in result.text and "\a" not in result.text, f"{path!r}: raw characters")
        c = lab.device("c")
        place.prepare(c)
        result = c.folio("clone", place.address, c.root, at=lab.root)
        expect(result.code != 0 and not os.path.exists(c.root), f"{path!r}: cloned: {result}")
        git("update-ref", "refs/heads/main", head, at=lab.remote)
        for name in ("refs/folio/seen/origin/main", "refs/remotes/origin/main"):
            b.git("update-ref", name, head)
    expect(not os.path.exists(lab.root + "/outside.md"), "something outside was written")
    settle(a, b)


def hostile_tree(repository, path):
    """A tree with a path that git itself would not make, written as raw objects."""
    import hashlib
    import zlib

    def write(kind, data):
        whole = kind + b" %d\0" % len(data) + data
        identity = hashlib.sha1(whole).hexdigest()
        folder = f"{repository}/objects/{identity[:2]}"
        os.makedirs(folder, exist_ok=True)
        if not os.path.exists(f"{folder}/{identity[2:]}"):
            with open(f"{folder}/{identity[2:]}", "wb") as file:
                file.write(zlib.compress(whole))
        return bytes.fromhex(identity)

    names = path.encode().split(b"/")
    identity = write(b"blob", b"evil\n")
    mode = b"100644"
    for name in reversed(names):
        identity = write(b"tree", mode + b" " + name + b"\0" + identity)
        mode = b"40000"
    return identity.hex()


@scenario(4 + 100)
def links_out_of_the_vault_are_kept_and_never_followed(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    outside = lab.root + "/outside"
    os.makedirs(outside)
    with open(outside + "/secret.md", "w") as file:
        file.write("secret\n")
    os.symlink(outside, a.path("dir"))
    os.symlink(outside + "/secret.md", a.path("secret.md"))
    settle(a, b)
    expect(os.readlink(b.path("dir")) == outside, "the link did not arrive as a link")
    expect("secret.md" not in a.git("ls-tree", "-r", "--name-only", "HEAD", "dir/"), "followed")
    # A commit that has a link and a file below it cannot be made; one after the other can.
    os.unlink(a.path("dir"))
    a.write("dir/new.md", "new\n")
    settle(a, b)
    expect(sorted(os.listdir(outside)) == ["secret.md"], "something outside was written")


@scenario(4 + 100)
def submodules_are_never_fetched(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({"n.md": "n\n"})
    head = git("rev-parse", "main", at=lab.remote)
    blob = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=lab.remote, check=True, capture_output=True,
        input=b'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% ran\n\tupdate = !touch ran\n',
    ).stdout.decode().strip()
    listing = git("ls-tree", "main", at=lab.remote)
    listing += f"\n100644 blob {blob}\t.gitmodules\n160000 commit {head}\tx\n"
    tree = subprocess.run(
        ["git", "mktree", "--missing"], cwd=lab.remote, check=True, capture_output=True,
        input=listing.encode()).stdout.decode().strip()
    commit = git("commit-tree", "-p", head, "-m", "x", tree, at=lab.remote)
    git("update-ref", "refs/heads/main", commit, at=lab.remote)
    before = b.files()
    result = b.must("sync", codes=(0, 8))
    expect(not os.path.exists(lab.root + "/ran") and not os.path.exists(b.path("ran")), "it ran")
    if result.code == 8:
        expect("submodule" in result.text and b.files() == before, result)


@scenario(4 + 100)
def addresses_that_could_do_harm_are_refused(lab, kind):
    a = lab.device("a").make()
    for address in (
            "ext::sh -c touch% ran", "fd::3", "git://127.0.0.1/x", "ftp://127.0.0.1/x",
            "http://example.org/x", "https://u:p@127.0.0.1/x", "-oProxyCommand=x",
            "ssh://-oProxyCommand=x/y", "ssh://127.0.0.1/x';touch ran;'", "u@-h:x",
            "https://ghp_0123456789abcdefghij@github.com/x", "", "a\nb"):
        result = a.folio("remote", "add", address)
        expect(result.code == 64, f"{address!r}: {result}")
        expect("ghp_0123" not in result.text and ":p@" not in result.text, f"shown: {result}")
        a.git("config", "remote.origin.url", address or " ")
        a.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
        result = a.folio("sync", "--timeout", "3")
        expect(result.code not in (0, 70, 3), f"{address!r} in the settings: {result}")
        expect(":p@" not in result.text and "ghp_0123" not in result.text, f"shown: {result}")
        a.git("config", "--remove-section", "remote.origin")


@scenario(4 + 100)
def a_server_that_talks_nonsense_or_nothing_is_given_up(lab, kind):
    a = lab.device("a").make()
    answers = [
        b"", b"SSH-2.0-x\r\n", b"SSH-2.0-x\r\n" + os.urandom(3000), os.urandom(5000), b"\x1b[2J" * 50,
        b"HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
        b"Content-Length: 9999\r\n\r\n001e# service=git-upload-pack\n0000ffff",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nffffffffffffff\r\n",
        b"HTTP/1.1 301 x\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
    ]
    for number, answer in enumerate(answers):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        stop = threading.Event()

        def serve():
            listener.settimeout(0.2)
            while not stop.is_set():
                try:
                    client, _ = listener.accept()
                except OSError:
                    continue
                try:
                    client.sendall(answer)
                    client.settimeout(0.5)
                    client.recv(65536)
                except OSError:
                    pass
                client.close()

        thread = threading.Thread(target=serve)
        thread.start()
        for scheme in ("http", "ssh"):
            address = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/x"
            result = a.folio("clone", "--timeout", "3", address, a.root + "x", at=lab.root)
            expect(result.code in (5, 6, 7, 8), f"answer {number}, {scheme}: {result}")
            expect(result.seconds < 8, f"answer {number}, {scheme}: {result.seconds:.1f} s")
            expect("\x1b" not in result.text, f"answer {number}, {scheme}: raw characters")
            expect(not os.path.exists(a.root + "x"), "a folder was left")
        stop.set()
        thread.join()
        listener.close()


# What 'make test' runs: whatever can only be seen with a real server.
QUICK = {
    "first_sync_makes_the_branch_and_a_clone_has_it_all", "a_network_that_fails_is_said_and_loses_nothing",
    "a_redirect_to_another_host_gets_no_token", "a_rule_there_that_refuses_is_said_with_its_words",
    "keys_agents_and_hosts", "names_of_ssh_config_are_read", "tokens_stay_where_they_are",
    "addresses_that_git_rewrites_are_asked_about", "settings_of_a_vault_run_no_program",
    "names_that_could_do_harm_are_refused", "submodules_are_never_fetched",
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", help="group numbers, or part of a name")
    parser.add_argument("--remotes", default=",".join(ALL))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--quick", action="store_true", help="a minute's worth of them")
    options = parser.parse_args()
    remotes = options.remotes.split(",")
    end = time.monotonic() + options.minutes * 60
    broken = checks = 0
    for group, kinds, function in SCENARIOS:
        name = function.__name__.replace("_", " ")
        if options.quick and function.__name__ not in QUICK:
            continue
        if options.only:
            numbers = options.only.split(",")
            if str(group) not in numbers and not any(
                    word in function.__name__ for word in numbers if not word.isdigit()):
                continue
        for kind in kinds:
            if kind not in remotes and len(kinds) > 1:
                continue
            if time.monotonic() > end:
                print("the time is up", flush=True)
                break
            begin = time.monotonic()
            checks += 1
            title = "hostile" if group > 100 else f"{group:2}"
            try:
                with Lab() as lab:
                    remark = function(lab, kind)
                remark = f" ({remark})" if remark else ""
                print(f"ok {title} {kind}: {name}{remark} {time.monotonic() - begin:.1f} s", flush=True)
            except BaseException as error:
                broken += 1
                print(f"BROKEN {title} {kind}: {name}: {error}", flush=True)
                if not isinstance(error, AssertionError):
                    traceback.print_exc()
                if isinstance(error, KeyboardInterrupt):
                    raise
    print(f"scenarios: {checks} run, {broken} broken", flush=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
