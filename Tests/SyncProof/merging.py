"""First meetings, edits of two devices, and merges that cross."""

import os
import shutil
import time

from lab import Place, git
from oracle import expect
from scenario import ALL, NOTE, TEXT, scenario, settle

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
