#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles every header alone: each has to include what it uses. usage: headers.py SOURCE-TREE BUILD-TREE"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def flags_of(command):
    """The flags of a compile command that decide what a header means: language, include paths, definitions."""
    words = shlex.split(command)
    kept = []
    for index, word in enumerate(words):
        if word.startswith(("-I", "-D", "-std=")):
            kept.append(word)
        elif word == "-isystem":
            kept += [word, words[index + 1]]
    return kept


def main():
    source, build = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    units = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    by_folder = {}
    for unit in units:
        by_folder.setdefault(pathlib.Path(unit["file"]).parent, unit["command"])

    def command_for(header):
        for folder in header.parents:
            if folder in by_folder:
                return flags_of(by_folder[folder])
            below = [c for f, c in by_folder.items() if folder in f.parents]
            if below:
                return flags_of(below[0])
        return []

    def check(header):
        run = ["c++", *command_for(header), "-fPIC", "-fsyntax-only", "-Wall", "-Wextra", "-x", "c++", "-include", str(header), os.devnull]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        return header.relative_to(source), done.returncode, done.stderr

    headers = [h for part in ("core", "app") for h in sorted((source / part).rglob("*.h"))]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for header, status, errors in pool.map(check, headers):
            if status != 0:
                failed += 1
                print(f"{header} does not compile alone:\n{errors[:1500]}")
    print(f"headers: {len(headers) - failed} of {len(headers)} compile alone")
    return 1 if failed or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
