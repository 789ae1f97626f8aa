#!/bin/sh
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the benches in a build folder and runs those whose name holds FILTER.
# "soak" is one of them that takes SECONDS, 60 unless given, and runs only when it is asked for.
# usage: run.sh BUILD_FOLDER [FILTER [SECONDS]]
set -eu
folder=$1
filter=${2:-}
cmake -S "$(dirname "$0")/../.." -B "$folder" -DCLAIMSMITH_BENCH=ON >"$folder/bench.log" || { cat "$folder/bench.log"; exit 1; }
if [ "$filter" = soak ]; then
    cmake --build "$folder" --target claimctl >"$folder/bench.log" || { cat "$folder/bench.log"; exit 1; }
    exec python3 "$(dirname "$0")/../soak/soak.py" "$folder/bin/claimctl" "${3:-60}"
fi
for source in "$(dirname "$0")"/*.cpp; do
    name=bench.$(basename "$source" .cpp)
    case $name in
    *"$filter"*)
        cmake --build "$folder" --target "$name" >"$folder/bench.log" || { cat "$folder/bench.log"; exit 1; }
        echo "== $name"
        "$folder/bench/$name"
        ;;
    esac
done
