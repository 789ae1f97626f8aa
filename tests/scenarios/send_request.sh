#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Sends requests of the login-server sample by their files: variables, recipes, secrets, and what is said when one of them
# is not there. Ends with 0 when every step went as it should, else with 1.
# usage: send_request.sh CLAIMCTL
set -uo pipefail
claimctl=$(realpath "${1:?usage: send_request.sh CLAIMCTL}")
work=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cp -r "$(dirname "$0")/../../resources/samples/login_server" "$work/sample"
requests=$work/sample/requests/my-api-service
unset DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR # no keychain of whoever runs this
export DECK_LOGIN_SERVER_ISSUER=a-secret-of-this-test-and-no-other CLAIMSMITH_SECRET_LOGIN_PASSWORD=open-sesame

"$claimctl" gateway --config "$work/sample/gateway/kong.yml" --proxy 127.0.0.1:0 --echo localhost:3000 >"$work/ready" 2>"$work/log" &
gateway=$!
for _ in $(seq 200); do
    grep -q '^ready' "$work/ready" && break
    kill -0 "$gateway" 2>/dev/null || { cat "$work/log" >&2; exit 3; }
    sleep 0.05
done
proxy=$(sed -n 's/^ready.*proxy=\([^ ]*\).*/\1/p' "$work/ready")

failed=0
# step TITLE STATUS TEXT ARGUMENT...: sends and compares exit status and what is written, standard error included.
step() {
    local title=$1 status=$2 text=$3 out code
    shift 3
    out=$("$claimctl" send --gateway "$proxy" "$@" 2>&1)
    code=$?
    if [ "$code" = "$status" ] && grep -qF -- "$text" <<<"$out"; then
        printf '  ok    %s\n' "$title"
    else
        printf '  FAIL  %s: expected exit status %s with %s, got %s:\n%s\n' "$title" "$status" "$text" "$code" "$out"
        failed=1
    fi
}

step "a recipe signs with the consumer's credential" 0 X-Consumer-Username "$requests/call-api.json"
step "the key in the header" 0 X-Credential-Identifier "$requests/call-api-kid.json"
step "an answer of 401 is a negative one" 1 "HTTP/1.1 401" "$requests/call-api-without-token.json"
step "as JSON" 1 '"status":401' --json "$requests/call-api-without-token.json"
step "a variable and a secret in the body" 0 '\"username\": \"bob\"' "$requests/log-in.json"
step "the secret itself" 0 open-sesame "$requests/log-in.json"
step "another body and header" 0 X-Extra "$requests/log-in.json" --data '{"a":1}' --header "X-Extra: 1"
step "an environment by name" 2 "no environment" --environment none "$requests/call-api.json"
step "no such file" 3 none.json "$requests/none.json"
echo '{"name": 7}' >"$requests/wrong.json"
step "a file of the wrong type, with its place" 2 "wrong.json:1:10: expected string, found number (/name)" "$requests/wrong.json"
unset DECK_LOGIN_SERVER_ISSUER CLAIMSMITH_SECRET_LOGIN_PASSWORD
step "a secret that is not there" 3 "{{secret:login-password}} has no value" "$requests/log-in.json"
step "a credential's secret that is not there" 3 DECK_LOGIN_SERVER_ISSUER "$requests/call-api.json"
kill -TERM "$gateway" && wait "$gateway"
gateway=
step "no gateway" 3 "connect" "$requests/call-api-without-token.json"
exit "$failed"
