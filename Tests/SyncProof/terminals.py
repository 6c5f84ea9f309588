"""What is asked on a terminal, typed by a test through a pseudo-terminal."""

import os
import pty
import select
import signal
import subprocess
import time

from lab import FOLIO, Place
from oracle import expect
from scenario import TEXT, scenario, settle


class Terminal:
    """folio with a terminal of its own; what it shows is read, and keys are typed."""

    def __init__(self, device, *arguments, more=None):
        environment = {**device.environment, **(more or {}), "TERM": "xterm"}
        self.shown = ""
        self.process, self.screen = pty.fork()
        if self.process == 0:
            try:
                os.chdir(device.root if os.path.isdir(device.root) else device.lab.root)
                os.execve(FOLIO, [FOLIO, *arguments], environment)
            finally:
                os._exit(127)

    def read(self, seconds):
        """Takes what is shown within that time; false at the end."""
        ready, _, _ = select.select([self.screen], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.screen, 65536)
        except OSError:
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)

    def wait(self, words, seconds=60):
        end = time.monotonic() + seconds
        while words not in self.shown:
            if time.monotonic() > end or not self.read(0.2):
                raise AssertionError(f"{words!r} is not shown:\n{self.shown}")
        self.shown = self.shown[self.shown.index(words) + len(words):]

    def type(self, keys):
        os.write(self.screen, keys.encode())

    def end(self, code, *words, seconds=60):
        """Waits for the program to end with this code, and gives the seconds it took."""
        begin = time.monotonic()
        while self.read(0.2):
            if time.monotonic() - begin > seconds:
                os.kill(self.process, signal.SIGKILL)
                raise AssertionError(f"HANG:\n{self.shown}")
        _, status = os.waitpid(self.process, 0)
        took = time.monotonic() - begin
        os.close(self.screen)
        ended = os.waitstatus_to_exitcode(status)
        expect(ended == code, f"code {ended} and not {code}:\n{self.shown}")
        for word in words:
            expect(word in self.shown, f"says nothing of {word!r}:\n{self.shown}")
        return took


@scenario(17)
def a_new_host_is_asked_about_on_a_terminal(lab, kind):
    place = Place(lab, "ssh")
    a = place.first({"n.md": "n\n"})
    hosts = a.home + "/.ssh/known_hosts"
    os.unlink(hosts)
    for answer in ("no\n", "\n", "\x04"):
        terminal = Terminal(a, "sync")
        terminal.wait("is not known yet. Its key is")
        terminal.wait("SHA256:")
        terminal.wait("[yes/no]")
        terminal.type(answer)
        terminal.end(6)
        expect(not os.path.exists(hosts) or not open(hosts).read(), f"pinned after {answer!r}")
    terminal = Terminal(a, "sync")
    terminal.wait("[yes/no]")
    terminal.type("yes\n")
    terminal.end(0)
    expect("ssh-ed25519" in open(hosts).read(), "not pinned")
    a.must("sync", "-q")


@scenario(17)
def a_passphrase_is_asked_for_on_a_terminal(lab, kind):
    place = Place(lab, "ssh")
    a = place.first({"n.md": "n\n"})
    locked = a.home + "/.ssh/locked"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "open sesame", "-f", locked], check=True)
    place.server.admit(locked + ".pub")
    with open(a.home + "/.ssh/config", "w") as file:
        file.write(f"Host *\n  IdentityFile {locked}\n")
    a.write("m.md", "m\n")
    terminal = Terminal(a, "sync")
    terminal.wait("Passphrase of")
    terminal.type("not this\n")
    terminal.wait("That was not it. Passphrase of")
    terminal.type("open sesame\n")
    while terminal.read(3) and "Passphrase of" not in terminal.shown:
        pass
    if "Passphrase of" in terminal.shown:
        raise AssertionError(f"asked again in one sync:\n{terminal.shown}")
    terminal.end(0)
    expect("sesame" not in terminal.shown and "not this" not in terminal.shown, "it is shown")
    terminal = Terminal(a, "sync")
    for _ in range(3):
        terminal.wait("Passphrase of")
        terminal.type("wrong\n")
    terminal.end(6)


@scenario(17)
def a_token_is_asked_for_on_a_terminal(lab, kind):
    place = Place(lab, "http")
    a = place.first({"n.md": "n\n"})
    a.environment.pop("FOLIO_TOKEN")
    a.write("m.md", "m\n")
    terminal = Terminal(a, "sync")
    terminal.wait(f"Token for 127.0.0.1:{place.server.port}")
    terminal.type("wrong\n")
    terminal.end(6, "does not take the token")
    expect("wrong\r" not in terminal.shown, "it is shown")
    terminal = Terminal(a, "sync")
    questions = 0
    while True:
        terminal.shown = ""
        while "Token for" not in terminal.shown and terminal.read(5):
            pass
        if "Token for" not in terminal.shown:
            break
        questions += 1
        terminal.type("throwaway\n")
    terminal.end(0)
    expect(questions == 1, f"asked {questions} times in one sync")
    for folder, _, names in os.walk(lab.root + "/a"):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:
                expect(b"throwaway" not in file.read(), f"the token is in {folder}/{name}")


@scenario(18, ("path", "http"))
def control_c_typed_at_each_stage_ends_within_a_second(lab, kind):
    place = Place(lab, kind)
    a, b = place.pair({f"f{n % 9}/n{n}.md": TEXT for n in range(600)})
    worst, seen = 0.0, set()
    for stage in ("looking for changes", "asking", "receiving", "merging", "writing", "sending"):
        for turn in range(2):
            for n in range(300):
                a.write(f"f{n % 9}/n{n}.md", TEXT + f"of a {stage} {turn}\n")
                b.write(f"f{n % 9}/n{n + 300}.md", TEXT + f"of b {stage} {turn}\n")
            a.must("sync", "-q", codes=(0, 3))
            terminal = Terminal(b, "sync")
            try:
                terminal.wait(stage, 10)
                seen.add(stage)
            except AssertionError:
                pass
            try:
                terminal.type("\x03")
            except OSError:
                pass
            begin = time.monotonic()
            while terminal.read(0.05) and time.monotonic() - begin < 5:
                pass
            _, status = os.waitpid(terminal.process, 0)
            worst = max(worst, time.monotonic() - begin)
            os.close(terminal.screen)
            code = os.waitstatus_to_exitcode(status)
            expect(code in (0, 3, 130, -2), f"code {code} in {stage}:\n{terminal.shown}")
            b.must("sync", "-q", codes=(0, 3))
    expect(worst < 1.0, f"took {worst:.2f} s")
    expect(len(seen) >= 5, f"only {seen} were seen")
    settle(a, b)
    return f"{len(seen)} stages, at most {worst * 1000:.0f} ms"
