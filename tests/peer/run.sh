#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs a peer's packages, at the versions of its lock file, into the build folder and runs its tests there.
# usage: run.sh SOURCE-FOLDER BUILD-FOLDER ARGUMENT...
set -euo pipefail
source=$1 build=$2
shift 2
command -v npm >/dev/null && command -v node >/dev/null || { echo "skipped: npm and node are needed for tests against their packages"; exit 77; }

mkdir -p "$build"
if ! cmp -s "$source/package-lock.json" "$build/installed-lock.json"; then
    cp "$source/package.json" "$source/package-lock.json" "$build/"
    (cd "$build" && npm ci --ignore-scripts --no-audit --no-fund)
    cp "$source/package-lock.json" "$build/installed-lock.json"
fi
rm -f "$build"/*.mjs
cp "$source"/*.mjs "$build/"
cd "$build"
# jose 6 wants Web Cryptography where browsers have it; Node 18, which Debian 12 has, shows it there only when asked.
export NODE_OPTIONS="${NODE_OPTIONS:-} --experimental-global-webcrypto"
PEER_ARGUMENTS=$(printf '%s\n' "$@") exec node --test .
