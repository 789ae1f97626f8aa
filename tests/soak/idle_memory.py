#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures what a connection of `claimctl gateway` costs while nothing happens on it, and holds it to a limit. Each has
had one request answered, so what a request needs has been there once.

usage: idle_memory.py CLAIMCTL [CONNECTIONS]
"""
import pathlib
import resource
import socket
import ssl
import sys
import tempfile

from gateway import Program

KIB = 1024


class Http1:
    request = b"GET /echo HTTP/1.1\r\nHost: a\r\nX-Filling: " + b"x" * 500 + b"\r\n\r\n"
    protocol = "http/1.1"

    @staticmethod
    def is_answered(received):
        return received.startswith(b"HTTP/1.1 200") and b"\r\n\r\n" in received


class Http2:
    """Preface, settings, and GET / of "a" by the static table (RFC 9113 §3.4, RFC 7541 appendix A)."""

    request = (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]) +
               bytes([0, 0, 6, 1, 5, 0, 0, 0, 1]) + b"\x82\x87\x84\x41\x01a")
    protocol = "h2"

    @staticmethod
    def is_answered(received):
        while len(received) >= 9:
            size, kind, flags = int.from_bytes(received[:3], "big"), received[3], received[4]
            if kind == 0 and flags & 1 and len(received) >= 9 + size:
                return True
            received = received[9 + size:]
        return False


def open_clients(port, count, context, protocol):
    clients = []
    for _ in range(count):
        client = socket.create_connection(("127.0.0.1", port), timeout=20)
        if context:
            client = context.wrap_socket(client)
        client.sendall(protocol.request)
        answer = b""
        while not protocol.is_answered(answer):
            piece = client.recv(65536)
            if not piece:
                raise SystemExit(f"unexpected answer: {answer[:200]}")
            answer += piece
        clients.append(client)
    return clients


def secure(protocol):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols([protocol.protocol])
    return context


def measure(gateway, port, count, context, protocol):
    """Bytes for one connection, the first ones, which fill the allocator's pools, aside."""
    kept = open_clients(port, count // 10, context, protocol)
    before = gateway.resident_bytes()
    kept += open_clients(port, count, context, protocol)
    size = (gateway.resident_bytes() - before) / count
    for client in kept:
        client.close()
    return size


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    claimctl, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard != resource.RLIM_INFINITY:
        count = min(count, hard // 4)  # the gateway keeps half of its descriptors for upstreams
    cases = (("in the clear", "proxy", 16 * KIB, None, Http1),
             ("under TLS", "proxy-ssl", 32 * KIB, secure(Http1), Http1),
             ("of HTTP/2", "proxy-ssl", 56 * KIB, secure(Http2), Http2))
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "kong.yml"
        file.write_text('_format_version: "3.0"\nservices:\n- name: s\n  url: http://localhost:3000\n'
                        "  routes:\n  - name: r\n    paths: [/]\n")
        for name, port, limit, context, protocol in cases:
            # A gateway of its own: connections would else be made of what the former ones have left.
            gateway = Program(claimctl, "gateway", "--config", str(file), "--proxy", "127.0.0.1:0", "--proxy-ssl",
                              "127.0.0.1:0", "--echo", "localhost:3000", "--threads", "1")
            size = measure(gateway, gateway.ports[port], count, context, protocol)
            print(f"an idle connection {name}: {size:.0f} bytes, at most {limit}")
            failed = failed or size > limit
            gateway.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
