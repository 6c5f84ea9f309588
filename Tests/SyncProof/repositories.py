"""States and kinds of repositories, damage, many commits, and undo."""

import os
import random
import shutil
import subprocess
import time

import oracle
from lab import Lab, Place, git
from oracle import expect
from scenario import NOTE, TEXT, scenario, settle

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
            a.must("sync")
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
