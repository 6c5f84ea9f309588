"""What must hold after every sync, whatever came before: the invariants I1 to I11."""

import os
import re

from lab import blob_id, git

MARKERS = re.compile(rb"^(<<<<<<< |>>>>>>> |\|\|\|\|\|\|\| )", re.M)


class Broken(AssertionError):
    pass


def expect(holds, words):
    if not holds:
        raise Broken(words)


def head(device):
    return read_reference(f"{device.root}/.git", "refs/heads/main")


def read_reference(folder, name):
    try:
        with open(f"{folder}/{name}") as file:
            return file.read().strip()
    except OSError:
        return git("rev-parse", "-q", "--verify", name, at=folder, check=False) or None


def objects(device, identities):
    """Those of the objects that the repository of a device has."""
    if not identities:
        return set()
    import subprocess

    done = subprocess.run(
        ["git", "cat-file", "--batch-check=%(objectname) %(objecttype)"], cwd=device.root,
        input="\n".join(identities).encode(), capture_output=True)
    return {
        line.split()[0] for line in done.stdout.decode().splitlines() if line.endswith(" blob")}


def version(data):
    """The id that git has for a file, or for the target of a link."""
    return blob_id(data[5:] if data.startswith(b"link ") else data)


class Before:
    """A device as it was when a sync began."""

    def __init__(self, device):
        self.files = device.files()
        self.blobs = {version(data) for data in self.files.values()}
        self.head = head(device)
        self.remote = read_reference(device.lab.remote, "refs/heads/main")


def front_matter_parses(data):
    """Whether the front matter is closed and has each key once; notes without any pass."""
    if not data.startswith(b"---\n"):
        return True
    end = data.find(b"\n---\n", 3)
    if end < 0:
        return False
    keys = [
        line.split(b":")[0] for line in data[4:end].split(b"\n")
        if line and not line.startswith((b" ", b"-", b"#"))]
    return len(keys) == len(set(keys)) and all(
        b":" in line for line in data[4:end].split(b"\n")
        if line and not line.startswith((b" ", b"-", b"#")))


def after_sync(device, before, code, text):
    """After a sync that ended by itself. `code` is its exit code."""
    lab = device.lab
    files = device.files()
    now = {version(data) for data in files.values()}
    gone = before.blobs - now
    missing = gone - objects(device, gone)
    expect(not missing, f"I1: {len(missing)} versions are nowhere")
    for path, data in files.items():
        if path.endswith(".md"):
            expect(not MARKERS.search(data), f"I4: conflict markers in {path}")
            if before.files.get(path) != data:
                expect(front_matter_parses(data), f"I11: front matter of {path}: {data[:300]}")
    tip = head(device)
    if before.head and before.head != tip:
        expect(
            git("merge-base", before.head, tip, at=device.root) == before.head,
            f"I7: the branch left {before.head}")
    remote = read_reference(lab.remote, "refs/heads/main")
    if before.remote and before.remote != remote:
        expect(
            git("merge-base", before.remote, remote, at=lab.remote) == before.remote,
            f"I7: the remote left {before.remote}")
    if code in (0, 3):
        expect(remote == tip, f"I10: success, but the remote is at {remote} and not {tip}")
        status = device.git("status", "--porcelain")
        expect(status == "", f"I10: success, but not clean:\n{status}")
        expect(
            not os.path.exists(f"{device.root}/.folio/local/sync-journal"), "a journal was left")
    leftovers = [path for path in files if "/.folio-" in "/" + path]
    expect(not leftovers, f"left behind: {leftovers}")


def after_kill(device, before):
    """After a sync that was killed: every file is old or new, and nothing is gone."""
    files = device.files()
    files = {path: data for path, data in files.items() if "/.folio-" not in "/" + path}
    now = {path: version(data) for path, data in files.items()}
    changed = {
        identity for path, identity in now.items() if before.files.get(path) != files[path]}
    gone = before.blobs - set(now.values())
    have = objects(device, changed | gone)
    expect(not changed - have, "I5: a file is neither old nor new")
    expect(not gone - have, "I1: a version is nowhere after a kill")


def at_rest(devices, must):
    """When nothing is edited any more and all have synced: they agree, and no line is lost."""
    first = devices[0]
    files = first.files()
    tree = first.git("rev-parse", "HEAD^{tree}")
    for device in devices[1:]:
        expect(device.git("rev-parse", "HEAD^{tree}") == tree, f"I9: {device.name} has another tree")
        other = device.files()
        different = [p for p in {*files, *other} if files.get(p) != other.get(p)]
        expect(not different, f"I9: {device.name} differs in {different[:5]}")
    text = b"\n".join(files.values())
    lost = sorted(mark for mark in must if mark.encode() not in text)
    expect(not lost, f"lines are lost: {lost[:10]}")


def after_collection(device, versions):
    """Every version that was there when a sync began outlives git's own cleaning."""
    device.git("reflog", "expire", "--expire=now", "--all")
    device.git("gc", "-q", "--prune=now")
    now = {version(data) for data in device.files().values()}
    missing = versions - now
    missing -= objects(device, missing)
    expect(not missing, f"I1: {len(missing)} versions are gone after gc --prune=now")
    problems = [
        line for line in git("fsck", "--strict", at=device.root).splitlines()
        if "dangling" not in line and "notice" not in line]
    expect(not problems, f"fsck: {problems}")
