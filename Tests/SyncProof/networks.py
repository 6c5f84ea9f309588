"""Bad networks, what others do to a remote, stopping, and two at once."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time

import oracle
from lab import FOLIO, Place, git
from oracle import expect
from scenario import NOTE, scenario, settle

# 5. Bad networks.

def reachable_again(device, address):
    device.git("config", "remote.origin.url", address)
    device.must("sync", "-q")


def offline(device, address, codes, *words, patience=30):
    """A sync that cannot reach its remote saves what is here and says why.

    Whoever answers may take a while on a busy machine; who is silent is given up after `patience`
    seconds, and only then.
    """
    device.git("config", "remote.origin.url", address)
    device.write("offline.md", f"{time.monotonic()}\n")
    before = oracle.Before(device)
    result = device.must("sync", "--timeout", str(patience), codes=codes)
    expect(result.seconds < patience + 20, f"took {result.seconds:.1f} s")
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
            offline(a, f"{scheme}://127.0.0.1:{hole}/x", (5,), "no answer for 1 s", patience=1)
    # The name has no address; where nobody can say so, the question for it is given up.
    offline(a, "https://no-such-host.invalid/x", (5,), "cannot be reached", patience=5)
    for fault, codes, word in (
            ("401", (6,), "401"), ("403", (6,), "403"), ("404", (7,), "no such repository"),
            ("500", (5,), "500"), ("html", (5,), "web page"), ("garbage", (5,), "cannot be"),
            ("hang", (5,), "no answer"), ("escapes", (5, 6, 7), "")):
        server = lab.web("--fault", fault)
        offline(a, f"http://127.0.0.1:{server.port}/remote.git", codes, word if fault != "401" else "",
                patience=1 if fault == "hang" else 30)
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
    a.must("sync", codes=(5, 6, 8))
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
    b.must("sync", codes=(8,))
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
