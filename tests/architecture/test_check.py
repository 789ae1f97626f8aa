#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the arrows in a copy of the tree's shape and demands that check.py names each breach."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check.py")
HEADER = "// SPDX-License-Identifier: GPL-3.0-or-later\n"


class Breaches(unittest.TestCase):
    def run_with(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "app").mkdir()
            for name, text in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            done = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True, check=False)
            return done.returncode, done.stdout

    def test_a_tree_that_keeps_to_the_arrows_passes(self):
        status, _ = self.run_with({
            "core/jose/CMakeLists.txt": "claimsmith_module(jose USES crypto document base)\n",
            "core/jose/jws.cpp": HEADER + '#include "jose/jws.h"\n#include "crypto/mac.h"\n',
        })
        self.assertEqual(status, 0)

    def test_an_include_against_an_arrow_is_named(self):
        status, out = self.run_with({
            "core/jose/CMakeLists.txt": "claimsmith_module(jose USES crypto document base)\n",
            "core/jose/jws.cpp": HEADER + '#include "gateway/engine.h"\n',
        })
        self.assertEqual(status, 1)
        self.assertIn("core/jose/jws.cpp:2: jose may not include gateway", out)

    def test_a_link_line_against_an_arrow_is_named(self):
        status, out = self.run_with({"core/http/CMakeLists.txt": "claimsmith_module(http USES jose base LINKS x)\n"})
        self.assertEqual(status, 1)
        self.assertIn("core/http/CMakeLists.txt: links jose", out)

    def test_qt_in_core_and_openssl_outside_crypto_are_named(self):
        status, out = self.run_with({
            "core/http/CMakeLists.txt": "claimsmith_module(http USES crypto base)\n",
            "core/http/a.cpp": HEADER + "#include <QString>\n#include <openssl/evp.h>\n",
        })
        self.assertEqual(status, 1)
        self.assertIn("core includes no Qt", out)
        self.assertIn("only core/crypto includes OpenSSL", out)

    def test_one_panel_including_another_is_named(self):
        status, out = self.run_with({"app/panels/tokens/a.cpp": HEADER + '#include "panels/gateway/b.h"\n'})
        self.assertEqual(status, 1)
        self.assertIn("panels do not include each other", out)

    def test_a_missing_licence_header_is_named(self):
        status, out = self.run_with({"app/theme/a.cpp": "int x;\n"})
        self.assertEqual(status, 1)
        self.assertIn("the SPDX header is missing", out)


if __name__ == "__main__":
    unittest.main()
