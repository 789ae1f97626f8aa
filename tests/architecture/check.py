#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every #include and every link line to the arrows of the design.

The arrows are written once, as USES in core/*/CMakeLists.txt and in ARROWS below for app/. A module may include itself and
what it uses, also through others (claimsmith_module links publicly). Prints "file:line: reason" for each breach.
"""
import pathlib
import re
import sys

# What design.md draws: each core module and the modules it may reach, directly or through others.
DESIGN = {
    "base": set(),
    "crypto": {"base"},
    "document": {"base"},
    "jose": {"crypto", "document", "base"},
    "http": {"crypto", "base"},
    "gateway": {"jose", "http", "document", "crypto", "base"},
    "identity": {"gateway", "http", "jose", "document", "crypto", "base"},
    "formats": {"document", "base"},
    "workspace": {"formats", "document", "base"},
    "runner": {"workspace", "identity", "gateway", "jose", "http", "formats", "document", "crypto", "base"},
}
CORE = set(DESIGN)
ARROWS = {
    "platform": {"platform"} | CORE,
    "cli": {"cli", "platform"} | CORE,
    "theme": {"theme"},
    "text": {"text"} | CORE,
    "widgets": {"widgets", "theme", "text"} | CORE,
    "bridge": {"bridge", "platform"} | CORE,
    "shell": {"shell", "bridge", "widgets", "theme", "text", "platform"} | CORE,
    "panels": {"shell", "bridge", "widgets", "theme", "text", "platform"} | CORE,
}
OPENSSL = re.compile(r"openssl/")
QT = re.compile(r"^(Q[A-Z]|Qt|qt|Qsci)")
GUI = re.compile(r"^(QWidget|QApplication|QGui|QPainter|QPixmap|QImage|QIcon|QtWidgets|QtGui|Qsci)")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def link_lines(root):
    """module → modules on its USES line."""
    uses = {}
    for path in sorted((root / "core").glob("*/CMakeLists.txt")):
        match = re.search(r"claimsmith_module\((\w+)(.*?)\)\s*$", path.read_text(encoding="utf-8"), re.S | re.M)
        if match:
            words = re.search(r"\bUSES\s+((?:(?!LINKS|PRIVATE_LINKS|PCH)\w+\s*)*)", match.group(2))
            uses[match.group(1)] = set(words.group(1).split()) if words else set()
    return uses


def check_core(root, problems):
    uses = link_lines(root)
    for module, allowed in DESIGN.items():
        for extra in sorted(uses.get(module, set()) - allowed):
            problems.append(f"core/{module}/CMakeLists.txt: links {extra}, which the design does not allow")
        for path in sorted((root / "core" / module).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            for number, quoted, name in includes(path):
                where = f"{path.relative_to(root)}:{number}"
                if QT.match(name):
                    problems.append(f"{where}: core includes no Qt ({name})")
                if OPENSSL.match(name) and module != "crypto":
                    problems.append(f"{where}: only core/crypto includes OpenSSL ({name})")
                if not quoted:
                    continue
                target = name.split("/")[0]
                if target not in CORE:
                    problems.append(f"{where}: {name} is not written from the root of core")
                elif target != module and target not in uses.get(module, set()):
                    problems.append(f"{where}: {module} may not include {target} ({name})")


def check_app(root, problems):
    for path in sorted((root / "app").rglob("*")):
        if path.suffix not in (".h", ".cpp") or path.parent == root / "app":
            continue
        parts = path.relative_to(root / "app").parts
        for number, quoted, name in includes(path):
            where = f"{path.relative_to(root)}:{number}"
            if OPENSSL.match(name):
                problems.append(f"{where}: only core/crypto includes OpenSSL ({name})")
            if parts[0] in ("platform", "cli") and GUI.match(name):
                problems.append(f"{where}: app/{parts[0]} uses no Qt Gui ({name})")
            if not quoted or name.endswith((".moc",)) or "/" not in name:
                continue
            target = name.split("/")
            if target[0] == "panels":
                if parts[0] == "panels" and parts[:-1] and len(parts) > 2 and target[1] != parts[1]:
                    problems.append(f"{where}: panels do not include each other ({name})")
                elif parts[0] not in ("panels", "shell"):
                    problems.append(f"{where}: app/{parts[0]} may not include a panel ({name})")
            elif target[0] not in ARROWS.get(parts[0], set()):
                problems.append(f"{where}: app/{parts[0]} may not include {target[0]} ({name})")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    problems = []
    check_core(root, problems)
    check_app(root, problems)
    for path in sorted(root.glob("core/**/*")) + sorted(root.glob("app/**/*")) + sorted(root.glob("tests/**/*.cpp")):
        if path.suffix in (".h", ".cpp") and "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text(encoding="utf-8")[:300]:
            problems.append(f"{path.relative_to(root)}: the SPDX header is missing")
    print("\n".join(problems) or f"architecture: {len(DESIGN)} core modules and {len(ARROWS)} parts of the application keep to the arrows")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
