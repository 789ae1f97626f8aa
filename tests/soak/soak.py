#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serves through `claimctl gateway` while the configuration changes, clients leave and upstreams fail: whoever stays gets
an answer, the right one, and memory stays flat.

usage: soak.py CLAIMCTL [SECONDS]
"""
import http.client
import json
import os
import pathlib
import random
import socket
import ssl
import struct
import sys
import tempfile
import threading
import time

from gateway import Program

STEADY_CLIENTS = 4
WARM_UP = 0.3  # share of the time after which memory is compared
MEASURED = 20  # seconds: shorter runs do not look at memory
ALLOWED_GROWTH = 6 << 20


class FailingUpstream:
    """Answers each request in another wrong way, and now and then in the right one."""

    ANSWERS = [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        None,  # a reset
        "late",
    ]

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        turn = 0
        while True:
            connection, _ = self.listener.accept()
            turn += 1
            threading.Thread(target=self.answer, args=(connection, turn), daemon=True).start()

    def answer(self, connection, turn):
        answer = self.ANSWERS[turn % len(self.ANSWERS)]
        try:
            connection.recv(65536)
            if answer is None:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif answer == "late":
                time.sleep(0.5)
            else:
                connection.sendall(answer)
        except OSError:
            pass
        connection.close()


def configuration(variant, steady, failing):
    routes = [{"name": "steady", "paths": ["/steady"], "strip_path": False}, {"name": f"v{variant}", "paths": [f"/v{variant}"]}]
    return json.dumps({
        "_format_version": "3.0",
        "services": [
            {"name": "echo", "url": f"http://127.0.0.1:{steady}", "routes": routes},
            {"name": "failing", "url": f"http://127.0.0.1:{failing}", "retries": 1, "read_timeout": 200,
             "routes": [{"name": "failing", "paths": ["/failing"]}]},
        ],
        "plugins": [{"name": "correlation-id", "config": {"header_name": f"X-Id-{variant}"}}],
    })


class Soak:
    def __init__(self, claimctl, folder):
        self.echo = Program(claimctl, "echo", "--listen", "127.0.0.1:0")
        self.failing = FailingUpstream()
        self.file = folder / "kong.json"
        self.write(0)
        self.gateway = Program(claimctl, "gateway", "--config", str(self.file), "--proxy", "127.0.0.1:0", "--proxy-ssl",
                               "127.0.0.1:0", "--admin", "127.0.0.1:0")
        self.tls = ssl._create_unverified_context()
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.counts = {"answered": 0, "failing": 0, "aborted": 0, "reloads": 0}
        self.lost = []
        # A task that ends by an exception would judge nothing more.
        threading.excepthook = lambda failure: self.lose(f"{failure.exc_type.__name__}: {failure.exc_value}")

    def configuration(self, variant):
        return configuration(variant, self.echo.ports["listen"], self.failing.port)

    def write(self, variant):
        fresh = self.file.with_suffix(".new")
        fresh.write_text(self.configuration(variant))
        os.replace(fresh, self.file)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def lose(self, what):
        with self.lock:
            self.lost.append(what)

    def connect(self, secure):
        if secure:
            return http.client.HTTPSConnection("127.0.0.1", self.gateway.ports["proxy-ssl"], timeout=20, context=self.tls)
        return http.client.HTTPConnection("127.0.0.1", self.gateway.ports["proxy"], timeout=20)

    def stay(self, number):
        """A client that keeps its connection and must get every answer, and its own."""
        choice = random.Random(number)
        connection = self.connect(secure=number % 2 == 1)
        turn = 0
        while not self.over.is_set():
            turn += 1
            target = f"/steady/{number}/{turn}"
            body = b"b" * choice.choice([0, 1, 1000, 100_000])
            try:
                connection.request("POST", target, body, {"X-Turn": str(turn)})
                response = connection.getresponse()
                seen = json.loads(response.read())
                if response.status != 200 or seen["target"] != target or seen["bodySize"] != len(body):
                    self.lose(f"{target}: {response.status} {seen}")
                self.count("answered")
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.lose(f"{target}: {error!r}")
                connection.close()
        connection.close()

    def leave(self):
        """Clients that go away at every moment of a request."""
        choice = random.Random(1)
        head = b"POST /steady/left HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n"
        whole = b"GET /steady/left HTTP/1.1\r\nHost: a\r\n\r\n"
        while not self.over.is_set():
            bytes_sent = choice.choice([b"", b"GE", head[:30], head, head + b"x" * 70_000, whole, whole * 3])
            try:
                with socket.create_connection(("127.0.0.1", self.gateway.ports["proxy"]), timeout=20) as client:
                    client.sendall(bytes_sent)
                    if choice.random() < 0.5:
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.count("aborted")
            except OSError as error:
                self.lose(f"could not connect: {error!r}")
            time.sleep(0.005)

    def call_failing(self):
        """Every request ends: with a status that says what happened, or cut where the upstream cut it."""
        while not self.over.is_set():
            connection = self.connect(secure=False)
            try:
                connection.request("GET", "/failing")
                response = connection.getresponse()
                response.read()
                if response.status not in (200, 500, 502, 504):
                    self.lose(f"/failing: {response.status}")
            except (http.client.IncompleteRead, http.client.RemoteDisconnected, ConnectionResetError):
                pass
            except OSError as error:
                self.lose(f"/failing: {error!r}")
            self.count("failing")
            connection.close()

    def reload(self):
        variant = 0
        while not self.over.is_set():
            variant += 1
            if variant % 2:
                self.write(variant)
                self.gateway.hang_up()
            else:
                self.post(variant)
            self.count("reloads")
            time.sleep(0.05)

    def post(self, variant):
        admin = http.client.HTTPConnection("127.0.0.1", self.gateway.ports["admin"], timeout=20)
        try:
            admin.request("POST", "/config", json.dumps({"config": self.configuration(variant)}),
                          {"Content-Type": "application/json"})
            response = admin.getresponse()
            response.read()
            if response.status != 201:
                self.lose(f"/config: {response.status}")
        except (OSError, http.client.HTTPException) as error:
            self.lose(f"/config: {error!r}")
        finally:
            admin.close()

    def run(self, seconds):
        tasks = [lambda n=n: self.stay(n) for n in range(STEADY_CLIENTS)]
        tasks += [self.leave, self.call_failing, self.call_failing, self.reload]
        threads = [threading.Thread(target=task) for task in tasks]
        for thread in threads:
            thread.start()
        try:
            time.sleep(seconds * WARM_UP)
            before = self.gateway.resident_bytes()
            time.sleep(seconds * (1 - WARM_UP))
            after = self.gateway.resident_bytes()
        finally:
            self.over.set()
            for thread in threads:
                thread.join()
        return self.judge(seconds, before, after)

    def judge(self, seconds, before, after):
        reloaded = sum(line.startswith("reloaded") for line in self.gateway.lines)
        is_running = self.gateway.is_running()
        status = self.gateway.stop() if is_running else self.gateway.process.returncode
        self.echo.stop()
        print(", ".join(f"{count} {what}" for what, count in self.counts.items()),
              f"({reloaded} by signal), memory {before >> 10} kB, then {after >> 10} kB")
        for line in self.lost[:20]:
            print("lost:", line)
        checks = {
            "no request was lost": not self.lost,
            "requests were answered": self.counts["answered"] > 0 and self.counts["failing"] > 0,
            "configurations were read again": reloaded > 0,
            "the gateway ended when it was told to": is_running and status == 0,
            "memory is flat": seconds < MEASURED or after - before <= ALLOWED_GROWTH,
        }
        for what, holds in checks.items():
            print("  ok   " if holds else "  FAIL ", what)
        return 0 if all(checks.values()) else 1


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        return Soak(sys.argv[1], pathlib.Path(folder)).run(float(sys.argv[2]) if len(sys.argv) > 2 else 60)


if __name__ == "__main__":
    sys.exit(main())
