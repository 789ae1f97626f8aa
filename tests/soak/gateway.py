# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""`claimctl gateway` and `claimctl echo` as children of a script, on free ports of the loopback address."""
import atexit
import ctypes
import os
import pathlib
import re
import signal
import subprocess
import threading


def end_with_parent():
    """Also when the parent is killed, by ctest's time limit for one."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Program:
    """A child that prints a line beginning with "ready" when it serves. Ends with SIGTERM."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent)
        atexit.register(self.process.kill)  # does nothing once it has ended
        line = self.process.stdout.readline()
        if not line.startswith("ready"):
            self.process.kill()
            raise SystemExit(f"{arguments[1]} did not start: {line!r}")
        self.ports = {name: int(port) for name, port in re.findall(r"([a-z-]+)=\S+?:(\d+)(?=\s|$)", line)}
        self.lines = []
        self._reader = threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True)
        self._reader.start()

    def hang_up(self):
        self.process.send_signal(signal.SIGHUP)

    def resident_bytes(self):
        pages = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE")

    def is_running(self):
        return self.process.poll() is None

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=30)
