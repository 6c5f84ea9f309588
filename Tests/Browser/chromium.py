"""Drives a headless Chromium through its debugging pipe, with nothing but the standard library.

Commands and events of the DevTools protocol are JSON texts, each ended by a zero byte, on the file
descriptors 3 (to the browser) and 4 (from it).
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


def program():
    """The path of a Chromium, or None."""
    for name in ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"]:
        if found := shutil.which(name):
            return found
    return None


class BrowserError(Exception):
    pass


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="folio-browser-")
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()

        def take():
            # 3 and 4 may be taken by what is to stand there.
            first, second = os.dup(to_browser), os.dup(from_browser)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [program(), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--force-color-profile=srgb", "--font-render-hinting=none", "--lang=en-GB",
             "--user-data-dir=" + self.profile, "about:blank"],
            preexec_fn=take, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._left = b""
        self._number = 0
        self.events = []
        self._answers = {}

    def close(self):
        try:
            self.send("Browser.close")
        except (BrowserError, OSError):
            pass
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _pump(self, deadline):
        rest = max(0, deadline - time.monotonic())
        ready, _, _ = select.select([self._read], [], [], rest)
        if not ready:
            return False
        data = os.read(self._read, 1 << 20)
        if not data:
            raise BrowserError("the browser is gone")
        *whole, self._left = (self._left + data).split(b"\0")
        for text in whole:
            message = json.loads(text)
            if "id" in message:
                self._answers[message["id"]] = message
            else:
                self.events.append(message)
        return True

    def send(self, method, session=None, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + 30
        while self._number not in self._answers:
            if time.monotonic() > deadline:
                raise BrowserError(method + " got no answer")
            self._pump(deadline)
        answer = self._answers.pop(self._number)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def wait(self, test, seconds=15):
        """Waits until `test` of the events so far gives something."""
        deadline = time.monotonic() + seconds
        while True:
            if found := test(self.events):
                return found
            if time.monotonic() > deadline or not self._pump(deadline):
                raise BrowserError("nothing happened in time")

    def tab(self):
        return Tab(self)


class Tab:
    """A page; what it says on the console and asks for on the network is kept."""

    def __init__(self, browser):
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.send(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log", "DOM"]:
            self.send(domain + ".enable")

    def send(self, method, **parameters):
        return self.browser.send(method, self.session, **parameters)

    def open(self, url):
        self.browser.events.clear()
        answer = self.send("Page.navigate", url=url)
        if answer.get("errorText"):
            raise BrowserError(f"{url}: {answer['errorText']}")
        self.browser.wait(lambda events: any(
            e["method"] == "Page.loadEventFired" and e.get("sessionId") == self.session
            for e in events))

    def happened(self, method):
        return [e["params"] for e in self.browser.events
                if e["method"] == method and e.get("sessionId") == self.session]

    def complaints(self):
        """What the page said or failed in since it was opened."""
        said = [" ".join(str(a.get("value", a.get("description", ""))) for a in e["args"])
                for e in self.happened("Runtime.consoleAPICalled")
                if e["type"] in ("error", "warning", "assert")]
        said += [e["entry"]["text"] for e in self.happened("Log.entryAdded")
                 if e["entry"]["level"] in ("error", "warning")]
        said += [e["exceptionDetails"]["text"] for e in self.happened("Runtime.exceptionThrown")]
        said += [e["errorText"] for e in self.happened("Network.loadingFailed")]
        return said

    def requests(self):
        return [e["request"]["url"] for e in self.happened("Network.requestWillBeSent")]

    def weight(self):
        """Bytes of the bodies that were loaded."""
        return sum(e["encodedDataLength"] for e in self.happened("Network.loadingFinished"))

    def run(self, expression):
        """The value of an expression, which may be a promise."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def key(self, key, code=None, number=0, text=None):
        for kind in ["keyDown", "keyUp"]:
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=code or key,
                      windowsVirtualKeyCode=number, **extra)

    def type(self, text):
        for letter in text:
            self.key(letter, text=letter)

    def size(self, width, height, scale=1):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=width < 500)

    def prefer(self, scheme="light", motion="no-preference", media=""):
        self.send("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": motion}])

    def scripts(self, are_on):
        self.send("Emulation.setScriptExecutionDisabled", value=not are_on)

    def picture(self, path, whole=False):
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(answer["data"]))
