#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Opens the desktop on a fresh copy of a sample under Xvfb, plays a script, saves what is on the screen.
# usage: shot.sh CLAIMSMITH SAMPLE SCRIPT PNG [light|dark] [WIDTHxHEIGHT]
# A script is a file, or "-" for standard input, of one command a line: those of xdotool (mousemove X Y click 1; key ctrl+k;
# type TEXT), "sleep SECONDS", and "shot FILE" for a picture on the way. "#" begins a comment.
set -euo pipefail
[ $# -ge 4 ] || { sed -n '5,8p' "$0" >&2; exit 2; }
program=$(realpath "$1") sample=$2 script=$3 picture=$4 theme=${5:-light} size=${6:-1440x900}
# A home and an unlocked keychain of its own: nothing of the user's is shown or touched.
[ -n "${CLAIMSMITH_TEST_KEYRING:-}" ] || exec "$(dirname "$0")/keyring.sh" "$0" "$@"
work=$(mktemp -d)
server= client=
finish() {
    [ -z "$client" ] || { kill "$client" && wait "$client"; } 2>/dev/null || true # first: it needs the display
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
cat "$script" >"$work/script"

exec 6<> <(:)
Xvfb -displayfd 6 -screen 0 "${size}x24" -nolisten tcp >/dev/null 2>&1 &
server=$!
read -r -t 20 display <&6
export DISPLAY=:$display QT_QPA_PLATFORM=xcb
"$program" --sample "$sample" --theme "$theme" --geometry "$size" &
client=$!
window=$(timeout 60 xdotool search --sync --onlyvisible --name Claimsmith | head -1)
xdotool windowmove "$window" 0 0 windowsize --sync "$window" "${size%x*}" "${size#*x}" windowfocus "$window" 2>/dev/null || true
sleep 1
while IFS= read -r line; do
    case $line in
    "" | "#"*) ;;
    "sleep "*) sleep "${line#sleep }" ;;
    "shot "*) import -window root "${line#shot }" ;;
    *) eval "xdotool $line" ;;
    esac
done <"$work/script"
sleep 0.5
import -window root "$picture"
echo "saved $picture"
