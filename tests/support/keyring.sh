#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program in a session of its own with a real, unlocked gnome-keyring; nothing of it is left behind.
# usage: keyring.sh PROGRAM [ARGUMENT...]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache XDG_RUNTIME_DIR=$work/run
mkdir -p -m 700 "$work/run" "$work/data/keyrings"
export CLAIMSMITH_TEST_KEYRING=1 XDG_CURRENT_DESKTOP=GNOME
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
dbus-run-session -- bash -c '
    printf throw-away | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>"$HOME/keyring.log" &
    daemon=$!
    owned() { dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets; }
    for _ in $(seq 100); do
        owned 2>/dev/null | grep -q "boolean true" && break
        kill -0 $daemon 2>/dev/null || { cat "$HOME/keyring.log" >&2; exit 3; }
        sleep 0.05
    done
    "$@"
    status=$?
    kill $daemon
    wait $daemon
    exit $status' bash "$@" 2> >(grep -v "Failed to set fd limit" >&2)
