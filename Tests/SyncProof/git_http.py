"""A smart-HTTP git server on 127.0.0.1 for tests: git http-backend behind basic authentication.

    git_http.py ROOT [--token TOKEN] [--tls CERT KEY] [--fault NAME] [--cut BYTES]

Prints the port it listens on, and ends when its standard input does. Faults answer every request in
the way that a bad network or a bad server would: 401 403 404 500 html garbage hang redirect:URL
escapes. --cut ends each answer after so many bytes.
"""

import argparse
import base64
import http.server
import os
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

parser = argparse.ArgumentParser()
parser.add_argument("root")
parser.add_argument("--token")
parser.add_argument("--tls", nargs=2)
parser.add_argument("--fault")
parser.add_argument("--cut", type=int)
parser.add_argument("--log")
options = parser.parse_args()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def note(self):
        if options.log:
            with open(options.log, "a") as log:
                log.write(f"{self.command} {self.path} {self.headers.get('Authorization')}\n")

    def answer(self, status, body=b"", kind="text/plain", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def faulty(self):
        fault = options.fault
        if fault is None:
            return False
        if fault.isdigit():
            self.answer(int(fault), b"no\n")
        elif fault == "html":
            self.answer(200, b"<html>Sign in first</html>", "text/html")
        elif fault == "garbage":
            self.wfile.write(bytes(range(256)) * 8)
            self.close_connection = True
        elif fault == "hang":
            time.sleep(3600)
        elif fault == "escapes":
            line = b"ERR \x1b]0;evil\x07\x1b[31mno\x9b2J\r\nnotes\n"
            body = b"001e# service=git-upload-pack\n0000" + b"%04x" % (len(line) + 4) + line
            self.answer(200, body, "application/x-git-upload-pack-advertisement")
        elif fault.startswith("redirect:"):
            self.answer(301, headers=[("Location", fault[9:] + self.path)])
        else:
            return False
        return True

    def do_GET(self):
        self.serve()

    def do_POST(self):
        self.serve()

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            parts = []
            while True:
                size = int(self.rfile.readline().split(b";")[0], 16)
                parts.append(self.rfile.read(size))
                self.rfile.readline()
                if size == 0:
                    return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def serve(self):
        self.note()
        body = self.body()
        if self.faulty():
            return
        if options.token:
            wanted = base64.b64encode(f"git:{options.token}".encode()).decode()
            if self.headers.get("Authorization") != "Basic " + wanted:
                self.answer(401, headers=[("WWW-Authenticate", 'Basic realm="notes"')])
                return
        url = urlsplit(self.path)
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": options.root,
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "http.receivepack",
            "GIT_CONFIG_VALUE_0": "true",
            "GIT_CONFIG_KEY_1": "safe.directory",
            "GIT_CONFIG_VALUE_1": "*",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": url.path,
            "QUERY_STRING": url.query,
            "REMOTE_USER": "git",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
        }
        if self.headers.get("Content-Encoding"):
            environment["HTTP_CONTENT_ENCODING"] = self.headers["Content-Encoding"]
        done = subprocess.run(
            ["git", "http-backend"], input=body, env=environment, capture_output=True)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        status, kind = 200, "text/plain"
        for line in head.decode(errors="replace").split("\r\n"):
            name, _, value = line.partition(":")
            if name.lower() == "status":
                status = int(value.split()[0])
            if name.lower() == "content-type":
                kind = value.strip()
        if options.cut is not None and len(content) > options.cut:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: options.cut])
            self.close_connection = True
            return
        self.answer(status, content, kind)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that went away is no news here."""


server = Server(("127.0.0.1", 0), Handler)
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
