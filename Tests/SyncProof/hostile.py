"""What came with a vault or from a remote to do harm."""

import os
import shutil
import socket
import subprocess
import threading

from lab import Place, git
from oracle import expect
from scenario import scenario, settle

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
        result = b.folio("sync", "--timeout", "60")
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
