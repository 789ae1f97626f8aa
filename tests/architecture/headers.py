#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles every header alone: each has to include what it uses. usage: headers.py SOURCE-TREE BUILD-TREE

A source that includes nothing but the header is compiled in BUILD-TREE/headers, by ccache where there is one, so that
headers that have not changed cost next to nothing."""
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
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

    work = build / "headers"
    compiler = [shutil.which("ccache"), "c++"] if shutil.which("ccache") else ["c++"]
    environment = {**os.environ, "CCACHE_BASEDIR": str(source), "CCACHE_NOHASHDIR": "true"}

    def check(header):
        name = header.relative_to(source)
        unit = work / name.with_suffix(".cpp")
        text = f'#include "{os.path.relpath(header, unit.parent)}"\n'
        unit.parent.mkdir(parents=True, exist_ok=True)
        if not unit.exists() or unit.read_text(encoding="utf-8") != text:
            unit.write_text(text, encoding="utf-8")
        run = [*compiler, *command_for(header), "-fPIC", "-Wall", "-Wextra", "-c", str(unit), "-o", str(unit.with_suffix(".o"))]
        done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=build, env=environment)
        return name, done.returncode, done.stderr

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
