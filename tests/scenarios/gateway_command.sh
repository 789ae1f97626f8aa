#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds `claimctl gateway` and `claimctl echo` to their contract: ready lines, reload, shutdown, and what bad input gets.
# usage: gateway_command.sh CLAIMCTL
set -uo pipefail
claimctl=$(realpath "${1:?usage: gateway_command.sh CLAIMCTL}")
work=$(mktemp -d)
running=()
trap 'kill "${running[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 3

failed=0
check() { # check TITLE CONDITION...
    local title=$1
    shift
    if "$@"; then echo "  ok    $title"; else echo "  FAIL  $title"; failed=1; fi
}
holds() { grep -qF -- "$2" "$1"; }
waitFor() { # waitFor FILE TEXT
    for _ in $(seq 600); do
        holds "$1" "$2" && return 0
        sleep 0.05
    done
    return 1
}
config() { # config PATH: a configuration whose route answers there
    printf '_format_version: "3.0"\nservices:\n- name: s\n  url: http://localhost:3000\n  routes:\n  - name: r\n    paths: [%s]\n' "$1"
}
status() { "$claimctl" send GET "http://$proxy$1" 2>&1 | head -1; }

config /one >kong.yml
"$claimctl" gateway --config kong.yml --proxy 127.0.0.1:0 --admin 127.0.0.1:0 --echo localhost:3000 --log log >out 2>err &
gateway=$!
running+=("$gateway")
check "a ready line names both ports" waitFor out "ready proxy=127.0.0.1:"
proxy=$(sed -n 's/^ready.*proxy=\([^ ]*\).*/\1/p' out)
check "  the Admin API's too" holds out " admin=127.0.0.1:"
check "it serves the file" grep -q 200 <<<"$(status /one)"

config /two >kong.yml
kill -HUP "$gateway"
check "SIGHUP reads the file again" waitFor out reloaded
check "  and serves it" grep -q 200 <<<"$(status /two)"
check "  and no longer the old one" grep -q 404 <<<"$(status /one)"

printf '_format_version: "3.0"\nservices:\n- name: s\n  host: a\n  port: eighty\n' >kong.yml
kill -HUP "$gateway"
check "a bad file is told with its line" waitFor err "kong.yml:5:"
check "  and its field" holds err "/services/0/port: expected an integer"
check "  and changes nothing" grep -q 200 <<<"$(status /two)"

"$claimctl" gateway --config kong.yml --proxy 127.0.0.1:0 >out2 2>err2
check "a bad file at the start ends with 2" test $? = 2
check "  and names field and line" holds err2 "kong.yml:5:3: /services/0/port: expected an integer"
check "  and nothing is ready" test ! -s out2

config /one >good.yml
"$claimctl" gateway --config good.yml --proxy "$proxy" >out2 2>err2
check "a port in use ends with 3" test $? = 3
check "  and names the address" holds err2 "$proxy"
"$claimctl" gateway --config missing.yml >out2 2>err2
check "a missing file ends with 3" test $? = 3
"$claimctl" gateway --config good.yml --threads none >out2 2>err2
check "a wrong value ends with 2" test $? = 2
check "  and names the option" holds err2 "--threads"

kill -TERM "$gateway"
wait "$gateway"
check "SIGTERM ends it with 0" test $? = 0
check "the log has a line for each request" test "$(grep -c '"method":"GET"' log)" = 4

{ config /one; printf 'plugins:\n- name: cors\n  ordering: {before: {access: [acl]}}\n'; } >noted.yml
KONG_ADMIN_LISTEN="127.0.0.1:0 ssl" "$claimctl" gateway --config noted.yml --proxy 127.0.0.1:0 >out4 2>err4 &
secure=$!
running+=("$secure")
check "an Admin API under TLS is in the ready line" waitFor out4 " admin-ssl=127.0.0.1:"
check "  and answers" grep -q 200 <<<"$("$claimctl" send GET --insecure \
    "https://$(sed -n 's/.* admin-ssl=\([^ ]*\).*/\1/p' out4)/status" 2>&1 | head -1)"
check "what has no effect is noted with its place" holds err4 "noted.yml:10:3: note: /plugins/0/ordering:"
kill -TERM "$secure"
wait "$secure"

"$claimctl" echo --listen 127.0.0.1:0 >out3 &
echo=$!
running+=("$echo")
check "echo tells when it is ready" waitFor out3 "ready listen="
kill -TERM "$echo"
wait "$echo"
check "SIGTERM ends it with 0" test $? = 0

exit "$failed"
