"""Devices, remotes and servers for proving sync on one machine.

Everything lies in one temporary folder. Servers listen on 127.0.0.1 on ports that were free, with
keys that are thrown away, and are ended by their own process id.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))


# A test runner may have blocked signals, which every program started here would inherit.
signal.pthread_sigmask(signal.SIG_SETMASK, [])


def program():
    """The program with every verb: of the staged installation, else of the debug build."""
    stage = os.environ.get("FOLIO_STAGE")
    places = [os.environ["FOLIO_PROGRAM"]] if "FOLIO_PROGRAM" in os.environ else []
    places += [f"{stage}/libexec/folio/folio-full"] if stage else []
    places.append(f"{REPOSITORY}/build/stage/libexec/folio/folio-full")
    places.append(f"{REPOSITORY}/.build/debug/folio-full")
    for place in places:
        if os.access(place, os.X_OK):
            return place
    sys.exit("folio is not built; run 'make build' first")


FOLIO = program()


def git(*arguments, at=None, check=True, raw=False):
    environment = {
        "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Hand", "GIT_AUTHOR_EMAIL": "hand@example.org",
        "GIT_COMMITTER_NAME": "Hand", "GIT_COMMITTER_EMAIL": "hand@example.org",
    }
    done = subprocess.run(["git", *arguments], cwd=at, env=environment, capture_output=True)
    if check and done.returncode != 0:
        raise AssertionError(f"git {arguments} in {at}: {done.stderr.decode()}")
    return done.stdout if raw else done.stdout.decode(errors="replace").rstrip("\n")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(holds, seconds=60):
    """Whether something comes to hold within that time, which only a machine that is stuck takes."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def blob_id(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def finish(process):
    """Ends a program that was started here, by its own number."""
    process.terminate()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class SSHServer:
    """A real sshd with one host key a kind and one person's keys."""

    def __init__(self, folder, kinds=("ed25519", "ecdsa", "rsa"), extra=""):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        for kind in kinds:
            path = f"{folder}/host_{kind}"
            if not os.path.exists(path):
                subprocess.run(
                    ["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", path], check=True)
        self.authorized = f"{folder}/authorized_keys"
        if not os.path.exists(self.authorized):
            open(self.authorized, "w").close()
        keys = "".join(f"HostKey {folder}/host_{kind}\n" for kind in kinds)
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        # A port that was free may be somebody else's when sshd asks for it; then it ends at once.
        for _ in range(20):
            self.port = free_port()
            with open(f"{folder}/sshd_config", "w") as file:
                file.write(
                    f"Port {self.port}\nListenAddress 127.0.0.1\n{keys}PidFile {folder}/pid\n"
                    f"AuthorizedKeysFile {self.authorized}\nStrictModes no\nUsePAM no\n"
                    "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                    f"PermitRootLogin prohibit-password\nLogLevel VERBOSE\n{extra}\n")
            self.process = subprocess.Popen(
                [shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-f", f"{folder}/sshd_config",
                 "-E", f"{folder}/log"])
            if until(lambda: f"port {self.port}." in self.log() or self.process.poll() is not None) \
                    and self.process.poll() is None:
                return
            finish(self.process)
        raise AssertionError(f"sshd does not start:\n{self.log()}")

    def host_key(self, kind):
        with open(f"{self.folder}/host_{kind}.pub") as file:
            return " ".join(file.read().split()[:2])

    def known_hosts(self, kinds=("ed25519",)):
        return "".join(
            f"[127.0.0.1]:{self.port} {self.host_key(kind)}\n" for kind in kinds)

    def admit(self, public_key_file):
        with open(public_key_file) as source, open(self.authorized, "a") as target:
            target.write(source.read())

    def log(self):
        if not os.path.exists(f"{self.folder}/log"):
            return ""
        with open(f"{self.folder}/log", errors="replace") as file:
            return file.read()

    def end(self):
        finish(self.process)


class WebServer:
    def __init__(self, root, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, f"{HERE}/git_http.py", root, *arguments], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        finish(self.process)


def certificates(folder):
    """A throwaway authority, and a certificate of it for 127.0.0.1; paths of authority, cert, key."""
    os.makedirs(folder, exist_ok=True)
    run = lambda *words: subprocess.run(words, check=True, capture_output=True)
    authority, key = f"{folder}/ca.pem", f"{folder}/ca.key"
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=Throwaway authority", "-keyout", key, "-out", authority)
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-keyout",
        f"{folder}/server.key", "-out", f"{folder}/server.csr")
    with open(f"{folder}/names", "w") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    run("openssl", "x509", "-req", "-days", "2", "-in", f"{folder}/server.csr", "-CA", authority,
        "-CAkey", key, "-CAcreateserial", "-extfile", f"{folder}/names", "-out",
        f"{folder}/server.pem")
    return authority, f"{folder}/server.pem", f"{folder}/server.key"


class Result:
    def __init__(self, code, output, errors, seconds):
        self.code, self.output, self.errors, self.seconds = code, output, errors, seconds

    @property
    def text(self):
        return self.output + self.errors

    def __repr__(self):
        return f"code {self.code} after {self.seconds:.1f} s\n{self.text}"


class Device:
    """A person's machine: a home of its own and a vault in it."""

    def __init__(self, lab, name):
        self.lab, self.name = lab, name
        self.home = f"{lab.root}/{name}-home"
        self.root = f"{lab.root}/{name}"
        os.makedirs(self.home + "/tmp", exist_ok=True)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": self.home, "USER": lab.user,
            "TMPDIR": self.home + "/tmp", "SWIFT_BACKTRACE": "enable=no",
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        with open(self.home + "/.gitconfig", "w") as file:
            file.write(f"[user]\n\tname = {name}\n\temail = {name}@example.org\n")

    def folio(self, *arguments, timeout=120, more=None, at=None, prefix=(), input=None):
        begin = time.monotonic()
        process = subprocess.Popen(
            [*prefix, FOLIO, *arguments], cwd=at or self.root,
            env={**self.environment, **(more or {})},
            stdin=subprocess.PIPE if input is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            output, errors = process.communicate(input, timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError(f"HANG: folio {arguments} on {self.name} after {timeout} s")
        return Result(
            process.returncode, output.decode(errors="replace"), errors.decode(errors="replace"),
            time.monotonic() - begin)

    def start(self, *arguments, more=None):
        return subprocess.Popen(
            [FOLIO, *arguments], cwd=self.root, env={**self.environment, **(more or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def make(self):
        # A folder with a note of its own gets no starter notes.
        self.write("first.md", "# First\n")
        self.must("init", "-q", self.root, at=self.lab.root)
        return self

    def must(self, *arguments, codes=(0,), **more):
        result = self.folio(*arguments, **more)
        if result.code not in codes:
            raise AssertionError(f"folio {arguments} on {self.name}: {result}")
        return result

    def path(self, path):
        return f"{self.root}/{path}"

    def write(self, path, data):
        path = self.path(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb" if isinstance(data, bytes) else "w") as file:
            file.write(data)

    def read(self, path):
        with open(self.path(path), "rb") as file:
            return file.read()

    def files(self):
        """Every file that travels: its path, and its bytes or the target of a link."""
        found = {}
        for folder, folders, names in os.walk(self.root):
            base = os.path.relpath(folder, self.root)
            if base == ".":
                folders[:] = [name for name in folders if name != ".git"]
            if base == ".folio":
                folders[:] = [n for n in folders if n not in ("cache", "local", "trash")]
            for name in names + [n for n in folders if os.path.islink(f"{folder}/{n}")]:
                path = os.path.normpath(f"{base}/{name}")
                whole = f"{folder}/{name}"
                try:
                    if os.path.islink(whole):
                        found[path] = b"link " + os.readlink(whole).encode()
                    else:
                        with open(whole, "rb") as file:
                            found[path] = file.read()
                except OSError:
                    pass
        return found

    def git(self, *arguments, **more):
        return git(*arguments, at=self.root, **more)

    def has_object(self, identity):
        return git("cat-file", "-e", identity, at=self.root, check=False, raw=True) is not None


class Lab:
    def __init__(self, keep=False, place=None):
        base = place or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.root = tempfile.mkdtemp(prefix="folio-proof-", dir=base)
        self.keep = keep
        self.user = subprocess.run(
            ["id", "-un"], capture_output=True, check=True).stdout.decode().strip()
        self.servers = []
        self.remote = f"{self.root}/remote.git"
        git("init", "-q", "--bare", "-b", "main", self.remote)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        for server in self.servers:
            server.end()
        if not self.keep and problem[0] is None:
            shutil.rmtree(self.root, ignore_errors=True)
        elif problem[0] is not None:
            print(f"  left for a look: {self.root}", file=sys.stderr)

    def device(self, name):
        return Device(self, name)

    def ssh(self, **more):
        server = SSHServer(f"{self.root}/sshd", **more)
        self.servers.append(server)
        return server

    def web(self, *arguments, root=None):
        server = WebServer(root or self.root, *arguments)
        self.servers.append(server)
        return server


class Place:
    """Where the devices of a lab meet: over a folder, ssh, http or https."""

    KINDS = ("path", "ssh", "http", "https")

    def __init__(self, lab, kind, remote=None):
        self.lab, self.kind = lab, kind
        remote = remote or lab.remote
        self.more, self.options = {}, []
        name = os.path.relpath(remote, lab.root)
        if kind == "ssh":
            self.server = lab.ssh(kinds=("ed25519",))
            self.key = f"{lab.root}/key"
            if not os.path.exists(self.key):
                subprocess.run(
                    ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)
            self.server.admit(self.key + ".pub")
            self.address = f"ssh://{lab.user}@127.0.0.1:{self.server.port}{remote}"
        elif kind == "http":
            self.more = {"FOLIO_TOKEN": "throwaway"}
            self.server = lab.web("--token", "throwaway")
            self.address = f"http://127.0.0.1:{self.server.port}/{name}"
        elif kind == "https":
            authority, certificate, key = certificates(f"{lab.root}/tls")
            self.more = {"FOLIO_TOKEN": "throwaway", "FOLIO_CA_FILE": authority}
            self.server = lab.web("--token", "throwaway", "--tls", certificate, key)
            self.address = f"https://localhost:{self.server.port}/{name}"
        else:
            self.address = remote

    def prepare(self, device):
        device.environment.update(self.more)
        if self.kind == "ssh":
            os.makedirs(device.home + "/.ssh", exist_ok=True)
            with open(device.home + "/.ssh/known_hosts", "w") as file:
                file.write(self.server.known_hosts())
            with open(device.home + "/.ssh/config", "w") as file:
                file.write(f"Host *\n  IdentityFile {self.key}\n")
        return device

    def first(self, notes=None, name="a"):
        """A device whose notes are the first that are sent."""
        device = self.prepare(self.lab.device(name).make())
        for path, data in (notes or {}).items():
            device.write(path, data)
        device.must("remote", "add", self.address)
        device.must("sync", "-q")
        return device

    def clone(self, name):
        device = self.prepare(self.lab.device(name))
        device.must("clone", "-q", self.address, device.root, at=self.lab.root)
        return device

    def pair(self, notes):
        return self.first(notes), self.clone("b")
