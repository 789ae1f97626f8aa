#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Walks the login-server sample in the terminal: gateway and echo upstream in one process, tokens by claimctl, requests
# through real sockets. Prints each step with what came out; ends with 0 when every step went as it should, else with 1.
# usage: login_server.sh CLAIMCTL
set -uo pipefail
claimctl=$(realpath "${1:?usage: login_server.sh CLAIMCTL}")
sample=$(realpath "$(dirname "$0")/../../resources/samples/login_server")
key=1nzcMG9Xg7n1lLgmltHnkAmkt7yp4fjZ
work=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

# The sample names its secret, the environment holds it: kong.yml stays fit for git.
DECK_LOGIN_SERVER_ISSUER=$(head -c 24 /dev/urandom | base64 | tr -d '/+=')
export DECK_LOGIN_SERVER_ISSUER
printf %s "$DECK_LOGIN_SERVER_ISSUER" >"$work/secret"
printf %s "another-secret-that-nobody-knows" >"$work/wrong"

"$claimctl" gateway --config "$sample/gateway/kong.yml" --proxy 127.0.0.1:0 --admin 127.0.0.1:0 --echo localhost:3000 \
    >"$work/ready" 2>"$work/log" &
gateway=$!
for _ in $(seq 200); do
    grep -q '^ready' "$work/ready" && break
    kill -0 "$gateway" 2>/dev/null || { cat "$work/log" >&2; exit 3; }
    sleep 0.05
done
proxy=$(sed -n 's/^ready.*proxy=\([^ ]*\).*/\1/p' "$work/ready")
[ -n "$proxy" ] || { echo "the gateway did not get ready"; cat "$work/log" >&2; exit 3; }
echo "The gateway listens on $proxy, the echo upstream stands in for http://localhost:3000."
echo

failed=0
# step TITLE PATH TOKEN STATUS TEXT: sends and compares; TEXT has to stand in the answer.
step() {
    local title=$1 path=$2 token=$3 status=$4 text=$5 headers=() out
    [ -z "$token" ] || headers=(--header "Authorization: Bearer $token")
    out=$("$claimctl" send GET "http://$proxy$path" "${headers[@]}" 2>&1)
    if grep -q "$status" <<<"$(head -1 <<<"$out")" && grep -qiF -- "$text" <<<"$out"; then
        printf '  ok    %-46s %s, %s\n' "$title" "$status" "$text"
    else
        printf '  FAIL  %-46s expected %s with %s, got:\n%s\n' "$title" "$status" "$text" "$out"
        failed=1
    fi
}
sign() { # sign SECRET-FILE PAYLOAD [HEADER]
    "$claimctl" jwt sign --secret-file "$1" --header "${3:-{\"alg\":\"HS256\",\"typ\":\"JWT\"\}}" --payload "$2"
}
now=$(date +%s)
good=$(sign "$work/secret" "{\"iss\":\"$key\",\"exp\":$((now + 600))}")

step "no token" /api "" 401 '"message":"Unauthorized"'
step "a token for login_server_issuer" /api "$good" 200 "X-Consumer-Username"
step "  and the credential it was found by" /api "$good" 200 "X-Credential-Identifier"
step "another secret" /api "$(sign "$work/wrong" "{\"iss\":\"$key\",\"exp\":$((now + 600))}")" 401 "Invalid signature"
step "another key" /api "$(sign "$work/secret" "{\"iss\":\"nobody\",\"exp\":$((now + 600))}")" 401 "No credentials found for given 'iss'"
step "exp in the past" /api "$(sign "$work/secret" "{\"iss\":\"$key\",\"exp\":$((now - 60))}")" 401 "token expired"
step "the key in the header, as kid" /api-kid \
    "$(sign "$work/secret" "{\"exp\":$((now + 600))}" "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"$key\"}")" 200 "X-Consumer-Username"
step "no kid on the route that asks for it" /api-kid "$good" 401 "No mandatory 'kid' in claims"

kill -TERM "$gateway"
wait "$gateway"
status=$?
gateway=
[ "$status" = 0 ] || { echo "  FAIL  the gateway ended with $status on SIGTERM"; failed=1; }
echo
[ "$failed" = 0 ] && echo "All steps went as they should." || echo "Some steps did not go as they should."
exit "$failed"
