#!/bin/sh
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the benches in a build folder and runs those whose name holds FILTER.
# usage: run.sh BUILD_FOLDER [FILTER]
set -eu
folder=$1
filter=${2:-}
cmake -S "$(dirname "$0")/../.." -B "$folder" -DCLAIMSMITH_BENCH=ON >"$folder/bench.log" || { cat "$folder/bench.log"; exit 1; }
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
