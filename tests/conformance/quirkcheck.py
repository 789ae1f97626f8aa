#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the table in QUIRKS.md to the cases (a row for every step marked as a quirk, no other) and to a gateway: it has to give the
recorded answer exactly where the table says that the quirk is copied. Usage: quirkcheck.py GATEWAY-TEMPLATE, as for kongcheck.py."""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def table():
    """(group, step name) -> whether it is copied"""
    rows = {}
    with open(os.path.join(HERE, "QUIRKS.md"), encoding="utf-8") as file:
        for line in file:
            cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
            if line.startswith("| ") and len(cells) == 5 and cells[2] in ("yes", "no"):
                rows[cells[0], cells[1]] = cells[2] == "yes"
    return rows


def marked():
    """(group, step name) -> number of the step"""
    steps = {}
    folder = os.path.join(HERE, "cases")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for number, step in enumerate(json.load(file)["steps"], 1):
                if step.get("quirk"):
                    steps[name[:-len(".json")], step["name"]] = number
    return steps


def failures(group, gateway):
    """Numbers of the steps of a group in which the gateway differs."""
    with tempfile.TemporaryDirectory() as folder:
        result = os.path.join(folder, "result.json")
        subprocess.run([sys.executable, os.path.join(HERE, "kongcheck.py"), "check", "--only", group, "--json", result,
                        "--gateway", gateway], stdout=subprocess.DEVNULL, check=False)
        with open(result, encoding="utf-8") as file:
            told = json.load(file)["groups"][0]
    failed = {step["step"] for step in told["failed"]}
    if told["passed"] + len(failed) != told["total"]:
        sys.exit(f"quirkcheck: {group} did not run to its end")
    return failed


def main():
    rows, steps = table(), marked()
    problems = [f"QUIRKS.md lacks {group}: {name}" for group, name in steps.keys() - rows.keys()]
    problems += [f"QUIRKS.md has {group}: {name}, which is no quirk" for group, name in rows.keys() - steps.keys()]
    for group in sorted({group for group, _ in steps}):
        failed = failures(group, sys.argv[1])
        for (of, name), number in steps.items():
            if of == group and rows.get((of, name)) != (number not in failed):
                problems.append(f"{group}: {name} is {'not ' if number in failed else ''}copied, QUIRKS.md says otherwise")
    print("\n".join(problems + [f"quirkcheck: {len(steps)} quirks, {sum(rows.values())} copied"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
