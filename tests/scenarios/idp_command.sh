#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds `claimctl idp` to its contract: the ready line, secrets from outside, reload, shutdown, and what bad input gets.
# usage: idp_command.sh CLAIMCTL
set -uo pipefail
claimctl=$(realpath "${1:?usage: idp_command.sh CLAIMCTL}")
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
config() { # config PATH: one issuer there, with one client
    printf '{\n  "issuers": [{\n    "path": "%s", "algorithm": "ES256",\n    "clients": [{"id": "batch", "secret": "{{secret:oidc/batch}}", "grants": ["client_credentials"]}]\n  }]\n}\n' "$1"
}
ask() { "$claimctl" send "$@" 2>&1; }

config /realms/demo >provider.json
"$claimctl" idp --config provider.json --listen localhost:0 >out 2>err
check "a missing secret ends with 3" test $? = 3
check "  and names its variable" holds err CLAIMSMITH_SECRET_OIDC_BATCH
check "  and nothing is ready" test ! -s out

export CLAIMSMITH_SECRET_OIDC_BATCH=not-a-real-secret
"$claimctl" idp --config provider.json --listen localhost:0 >out 2>err &
idp=$!
running+=("$idp")
check "a ready line names the address" waitFor out "ready listen=localhost:"
issuer=$(sed -n 's/^ready.*issuer=\([^ ]*\).*/\1/p' out)
check "  and the issuer" grep -q '^http://localhost:[0-9]*/realms/demo$' <<<"$issuer"
check "discovery names the issuer" grep -qF "\"issuer\":\"$issuer\"" <<<"$(ask GET "$issuer/.well-known/openid-configuration")"
check "a foreign Host is refused" grep -q 403 <<<"$(ask GET "$issuer/jwks" --header 'Host: evil.example')"

config /second >provider.json
kill -HUP "$idp"
check "SIGHUP reads the file again" waitFor out reloaded
check "  and serves it" grep -q 200 <<<"$(ask GET "${issuer%/realms/demo}/second/jwks" | head -1)"
check "  and no longer the old one" grep -q 404 <<<"$(ask GET "$issuer/jwks" | head -1)"
printf '{\n  "issuers": [{"path": "second"}]\n}\n' >provider.json
kill -HUP "$idp"
check "a bad file is told with its line" waitFor err "provider.json:2:24"
check "  and its field" holds err "/issuers/0/path"
check "  and changes nothing" grep -q 200 <<<"$(ask GET "${issuer%/realms/demo}/second/jwks" | head -1)"
"$claimctl" idp --config provider.json --listen localhost:0 >out2 2>err2
check "a bad file at the start ends with 2" test $? = 2
config /realms/demo >good.json
"$claimctl" idp --config good.json --listen "$(sed -n 's/^ready listen=\([^ ]*\).*/\1/p' out)" >out2 2>err2
check "a port in use ends with 3" test $? = 3
"$claimctl" idp --config absent.json >out2 2>err2
check "a file that is not there ends with 3" test $? = 3
kill -TERM "$idp"
wait "$idp"
check "SIGTERM ends it with 0" test $? = 0
exit "$failed"
