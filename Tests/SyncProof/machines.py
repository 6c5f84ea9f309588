"""Full disks, locks, editors, files in the way, clocks and owners."""

import os
import random
import shutil
import subprocess
import threading
import time

import oracle
from lab import Place, git
from oracle import expect
from scenario import NOTE, TEXT, scenario, settle

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
