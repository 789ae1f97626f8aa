// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens and keys that claimctl makes are read by npm's jose and the other way round, for every algorithm that it supports.
// Version 5 is here for the algorithms that version 6 dropped.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as jose6 from 'jose';
import * as jose5 from 'jose5';
import { claimctl, file, verify } from './claimctl.mjs';

const common = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const peers = [
    { name: 'jose 6', jose: jose6, algorithms: [...common, 'Ed25519'] },
    { name: 'jose 5', jose: jose5, algorithms: [...common, 'ES256K'] },
];
const now = Math.floor(Date.now() / 1000);
const payload = { iss: 'claimsmith', sub: 'zo\u00eb \u{1f511}', iat: now, exp: now + 600, n: 1.5 };

/** The same token with one bit of one part changed. */
function tampered(token, part) {
    const parts = token.split('.');
    const bytes = Buffer.from(parts[part], 'base64url');
    bytes[bytes.length >> 1] ^= 1;
    parts[part] = bytes.toString('base64url');
    return parts.join('.');
}

function isSecret(algorithm) {
    return algorithm.startsWith('HS');
}

for (const { name, jose, algorithms } of peers) {
    for (const algorithm of algorithms) {
        test(`${algorithm}: ${name} verifies what claimctl signs`, async () => {
            const jwk = JSON.parse(claimctl('jwk', 'generate', '--alg', algorithm));
            const token = claimctl('jwt', 'sign', '--key', file(jwk), '--payload', JSON.stringify(payload));
            const open = isSecret(algorithm) ? jwk : JSON.parse(claimctl('jwk', 'public', '--key', file(jwk)));
            assert.equal(open.d, undefined);
            const key = await jose.importJWK(open, algorithm);

            const verified = await jose.jwtVerify(token, key, { algorithms: [algorithm] });
            assert.deepEqual(verified.payload, payload);
            assert.deepEqual(verified.protectedHeader, { alg: algorithm, typ: 'JWT', kid: jwk.kid });
            for (const part of [0, 1, 2])
                await assert.rejects(jose.jwtVerify(tampered(token, part), key), `part ${part}`);
        });

        test(`${algorithm}: claimctl verifies what ${name} signs`, async () => {
            const pair = isSecret(algorithm)
                ? await jose.generateSecret(algorithm, { extractable: true }).then((key) => ({ privateKey: key, publicKey: key }))
                : await jose.generateKeyPair(algorithm, { extractable: true });
            const open = await jose.exportJWK(pair.publicKey);
            const token = await new jose.SignJWT(payload).setProtectedHeader({ alg: algorithm }).sign(pair.privateKey);

            assert.equal(verify(token, open).error, null);
            assert.equal(verify(token, { ...open, alg: algorithm, use: 'sig', key_ops: ['verify'] }).error, null);
            assert.equal(verify(token, { ...open, use: 'enc' }).error, 'key-for-other-use');
            assert.equal(verify(token, open, '--now', String(now + 601)).error, 'token-expired');
            assert.equal(verify(tampered(token, 1), open).error, 'signature-mismatch');
            assert.equal(verify(tampered(token, 2), open).error, 'signature-mismatch');
            assert.equal(verify(tampered(token, 0), open).valid, false);
        });

        if (isSecret(algorithm))
            continue;

        test(`${algorithm}: keys of ${name} and claimctl are the same in every form`, async () => {
            const { privateKey, publicKey } = await jose.generateKeyPair(algorithm, { extractable: true });
            const jwk = await jose.exportJWK(privateKey);
            const pkcs8 = await jose.exportPKCS8(privateKey);
            assert.deepEqual(JSON.parse(claimctl('jwk', 'convert', '--key', file(pkcs8))), jwk);
            assert.equal(claimctl('jwk', 'convert', '--to', 'pem', '--key', file(jwk)), pkcs8.trimEnd());
            const spki = await jose.exportSPKI(publicKey);
            assert.equal(claimctl('jwk', 'public', '--to', 'pem', '--key', file(jwk)), spki.trimEnd());
            for (const digest of ['sha256', 'sha384', 'sha512'])
                assert.equal(claimctl('jwk', 'thumbprint', '--digest', digest, '--key', file(spki)),
                             await jose.calculateJwkThumbprint(jwk, digest));
        });
    }
}

test('claimctl verifies every serialisation of jose', async () => {
    const { privateKey, publicKey } = await jose6.generateKeyPair('ES256', { extractable: true });
    const other = await jose6.generateKeyPair('RS256', { extractable: true });
    const open = await jose6.exportJWK(publicKey);
    const bytes = new TextEncoder().encode('{"a":1}');

    const flattened = await new jose6.FlattenedSign(bytes).setProtectedHeader({ alg: 'ES256' }).setUnprotectedHeader({ kid: 'x' }).sign(privateKey);
    assert.equal(verify(JSON.stringify(flattened), open).error, null);

    const general = await new jose6.GeneralSign(bytes)
        .addSignature(other.privateKey).setProtectedHeader({ alg: 'RS256' }).done()
        .addSignature(privateKey).setProtectedHeader({ alg: 'ES256' }).done()
        .sign();
    assert.equal(verify(JSON.stringify(general), open).error, null);
    assert.equal(verify(JSON.stringify(general), await jose6.exportJWK(other.publicKey)).error, null);

    const unencoded = await new jose6.FlattenedSign(bytes).setProtectedHeader({ alg: 'ES256', b64: false, crit: ['b64'] }).sign(privateKey);
    const detached = `${unencoded.protected}..${unencoded.signature}`;
    assert.equal(verify(detached, open, '--detached-payload', file('{"a":1}')).error, null);
    assert.equal(verify(detached, open, '--detached-payload', file('{"a":2}')).error, 'signature-mismatch');
});

test('a set of keys is searched by kid as jose does', async () => {
    const first = JSON.parse(claimctl('jwk', 'generate', '--alg', 'ES256', '--kid', 'first'));
    const second = JSON.parse(claimctl('jwk', 'generate', '--alg', 'ES256', '--kid', 'second'));
    const set = JSON.parse(claimctl('jwk', 'set', file(first), file(second)));
    assert.equal(set.keys.length, 2);
    assert.ok(set.keys.every((key) => key.d === undefined));
    const token = claimctl('jwt', 'sign', '--key', file(second), '--payload', JSON.stringify(payload));
    const verified = await jose6.jwtVerify(token, jose6.createLocalJWKSet(set));
    assert.equal(verified.protectedHeader.kid, 'second');
    assert.equal(verify(token, set).error, null);
    assert.equal(verify(token, { keys: [set.keys[0]] }).error, 'key-of-other-id');
    await assert.rejects(jose6.jwtVerify(token, jose6.createLocalJWKSet({ keys: [set.keys[0]] })));
});

test('what jose refuses, claimctl refuses', async () => {
    const { privateKey, publicKey } = await jose6.generateKeyPair('ES256', { extractable: true });
    const open = await jose6.exportJWK(publicKey);
    const token = await new jose6.SignJWT(payload).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
    const [header, body, signature] = token.split('.');
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const pem = await jose6.exportSPKI(publicKey);
    const confused = await new jose6.SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(pem));
    const forgeries = {
        'none': `${encode({ alg: 'none' })}.${body}.`,
        'no signature': `${header}.${body}.`,
        'the public key as secret': confused,
        'zeros': `${header}.${body}.${Buffer.alloc(64).toString('base64url')}`,
        'unknown crit': `${encode({ alg: 'ES256', crit: ['x'], x: 1 })}.${body}.${signature}`,
        'a part too many': `${token}.${signature}`,
        'an empty token': '',
    };
    for (const [name, forgery] of Object.entries(forgeries)) {
        await assert.rejects(jose6.jwtVerify(forgery, publicKey), name);
        assert.equal(verify(forgery, open).valid, false, name);
    }
});
