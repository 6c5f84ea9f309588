"""Who may come in: hosts, keys, agents, tokens."""

import os
import subprocess

from lab import Place, SSHServer, finish, git, until
from oracle import expect
from scenario import scenario, settle

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
        result = a.must("remote", "test", "--timeout", "60", codes=codes, more=more)
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
        expect(until(lambda: os.path.exists(socket_path)), "ssh-agent does not start")
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
