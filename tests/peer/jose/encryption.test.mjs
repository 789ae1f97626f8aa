// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What claimctl encrypts is decrypted by npm's jose and the other way round, for every pair of algorithms that both have.
// Version 5 is here for those that version 6 dropped.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as jose6 from 'jose';
import * as jose5 from 'jose5';
import { claimctl, decrypt, decryptAll, file } from './claimctl.mjs';

const encryptions = ['A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512', 'A128GCM', 'A192GCM', 'A256GCM'];
const wraps = ['A128KW', 'A192KW', 'A256KW', 'A128GCMKW', 'A192GCMKW', 'A256GCMKW'];
const passwords = ['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW'];
const oaeps = ['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'];
const agreements = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'];
const peers = [
    { name: 'jose 6', jose: jose6, curves: ['P-256', 'P-384', 'P-521', 'X25519'] },
    { name: 'jose 5', jose: jose5, curves: ['P-256', 'P-384', 'P-521', 'X25519', 'X448'] },
];
const text = 'zo\u00eb \u{1f511}';
const octets = new TextEncoder().encode(text);

/** A JWK that claimctl made, bound to nothing but its numbers, with its public half. */
function keyPair(...words) {
    const { kid, use, alg, ...jwk } = JSON.parse(claimctl('jwk', 'generate', ...words));
    const open = { ...jwk };
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'])
        delete open[member];
    return { jwk, open: jwk.kty === 'oct' ? jwk : open };
}

const rsa = keyPair('--kty', 'RSA', '--bits', '2048');
const password = { jwk: { kty: 'oct', k: Buffer.from('correct horse').toString('base64url') } };
password.open = password.jwk;

/** The keys to try an algorithm with: one for each curve of a key agreement. */
function keysFor(algorithm, encryption, curves) {
    if (oaeps.includes(algorithm))
        return [{ label: '', ...rsa }];
    if (passwords.includes(algorithm))
        return [{ label: '', ...password }];
    if (agreements.includes(algorithm))
        return curves.map((curve) => ({ label: ` on ${curve}`, ...keyPair('--kty', curve.startsWith('X') ? 'OKP' : 'EC', '--crv', curve) }));
    return [{ label: '', ...keyPair('--alg', algorithm, '--enc', encryption) }];
}

/** As jose wants it; a password is no key object there. */
function imported(jose, jwk, algorithm) {
    return passwords.includes(algorithm) ? Buffer.from(jwk.k, 'base64url') : jose.importJWK(jwk, algorithm === 'dir' ? undefined : algorithm);
}

const keyManagementAlgorithms = [...oaeps, ...agreements, ...wraps, 'dir', ...passwords];

for (const { name, jose, curves } of peers) {
    for (const algorithm of keyManagementAlgorithms) {
        test(`${algorithm}: ${name} decrypts what claimctl encrypts, with every encryption`, async () => {
            for (const encryption of encryptions) {
                for (const { label, jwk, open } of keysFor(algorithm, encryption, curves)) {
                    const header = { alg: algorithm, enc: encryption, ...(passwords.includes(algorithm) ? { p2c: 2048 } : {}) };
                    const token = claimctl('jwt', 'encrypt', '--key', file(open), '--header', JSON.stringify(header), '--payload', text);
                    const opened = await jose.compactDecrypt(token, await imported(jose, jwk, algorithm),
                                                             { keyManagementAlgorithms: [algorithm], maxPBES2Count: 10000 });
                    assert.equal(new TextDecoder().decode(opened.plaintext), text, encryption + label);
                    assert.equal(opened.protectedHeader.enc, encryption);
                }
            }
        });

        test(`${algorithm}: claimctl decrypts what ${name} encrypts, with every encryption`, async () => {
            const lines = [];
            for (const encryption of encryptions) {
                for (const { label, jwk, open } of keysFor(algorithm, encryption, curves)) {
                    const token = await new jose.CompactEncrypt(octets).setProtectedHeader({ alg: algorithm, enc: encryption })
                        .encrypt(await imported(jose, open, algorithm));
                    lines.push({ id: encryption + label, token, jwk });
                    const parts = token.split('.');
                    const tag = Buffer.from(parts[4], 'base64url');
                    tag[0] ^= 1;
                    parts[4] = tag.toString('base64url');
                    lines.push({ id: encryption + label + ', changed', token: parts.join('.'), jwk });
                }
            }
            for (const answer of decryptAll(lines)) {
                const isChanged = answer.id.endsWith(', changed');
                assert.equal(answer.valid, !isChanged, answer.id);
                assert.equal(answer.error, isChanged ? 'decryption-failed' : null, answer.id);
                if (!isChanged)
                    assert.equal(Buffer.from(answer.plaintext_b64u, 'base64url').toString(), text);
            }
        });
    }
}

test('both read the JSON serialisations of the other', async () => {
    const one = keyPair('--kty', 'EC', '--crv', 'P-384');
    const other = keyPair('--alg', 'A192KW');
    const general = await new jose6.GeneralEncrypt(octets)
        .setProtectedHeader({ enc: 'A256GCM' }).setSharedUnprotectedHeader({ jku: 'https://example.com' }).setAdditionalAuthenticatedData(octets)
        .addRecipient(await jose6.importJWK(one.open, 'ECDH-ES+A128KW')).setUnprotectedHeader({ alg: 'ECDH-ES+A128KW' })
        .addRecipient(await jose6.importJWK(other.jwk, 'A192KW')).setUnprotectedHeader({ alg: 'A192KW' })
        .encrypt();
    for (const { jwk } of [one, other])
        assert.equal(decrypt(JSON.stringify(general), jwk).plaintext, text);

    const mine = JSON.parse(claimctl('jwt', 'encrypt', '--key', file(one.open), '--also-for', file(other.jwk), '--payload', text, '--aad', 'more'));
    assert.equal(mine.recipients.length, 2);
    for (const [{ jwk }, algorithm] of [[one, 'ECDH-ES+A128KW'], [other, 'A192KW']]) {
        const opened = await jose6.generalDecrypt(mine, await jose6.importJWK(jwk, algorithm));
        assert.equal(new TextDecoder().decode(opened.plaintext), text);
        assert.equal(new TextDecoder().decode(opened.additionalAuthenticatedData), 'more');
    }

    const flattened = JSON.parse(claimctl('jwt', 'encrypt', '--form', 'flattened', '--key', file(one.open), '--payload', text));
    const opened = await jose6.flattenedDecrypt(flattened, await jose6.importJWK(one.jwk, 'ECDH-ES'));
    assert.equal(new TextDecoder().decode(opened.plaintext), text);
});

test('a nested token goes through both', async () => {
    const signing = JSON.parse(claimctl('jwk', 'generate', '--alg', 'ES256'));
    const encrypting = keyPair('--kty', 'OKP', '--crv', 'X25519');
    const token = claimctl('jwt', 'encrypt', '--key', file(encrypting.open), '--sign-key', file(signing), '--payload', '{"sub":"a"}');
    const outer = await jose6.compactDecrypt(token, await jose6.importJWK(encrypting.jwk, 'ECDH-ES'));
    assert.equal(outer.protectedHeader.cty, 'JWT');
    const inner = await jose6.jwtVerify(new TextDecoder().decode(outer.plaintext), await jose6.importJWK(JSON.parse(claimctl('jwk', 'public', '--key', file(signing))), 'ES256'));
    assert.equal(inner.payload.sub, 'a');
    assert.equal(claimctl('jwt', 'decrypt', '--key', file(encrypting.jwk), '--verify-key', file(signing), token), '{"sub":"a"}');
});

test('compressed contents', async () => {
    const { jwk } = keyPair('--alg', 'A128KW');
    const long = 'a'.repeat(3000);
    const token = claimctl('jwt', 'encrypt', '--key', file(jwk), '--zip', '--payload', long);
    assert.ok(token.length < 400);
    assert.equal(decrypt(token, jwk).plaintext, long);
});

test('what jose refuses, claimctl refuses', async () => {
    const { jwk } = keyPair('--alg', 'A128KW');
    const key = await jose6.importJWK(jwk, 'A128KW');
    const token = await new jose6.CompactEncrypt(octets).setProtectedHeader({ alg: 'A128KW', enc: 'A128GCM' }).encrypt(key);
    const parts = token.split('.');
    const header = (value) => [Buffer.from(JSON.stringify(value)).toString('base64url'), ...parts.slice(1)].join('.');
    const forgeries = {
        'four parts': parts.slice(0, 4).join('.'),
        'no encrypted key': [parts[0], '', ...parts.slice(2)].join('.'),
        'a short tag': [...parts.slice(0, 4), parts[4].slice(0, 16)].join('.'),
        'a short iv': [parts[0], parts[1], parts[2].slice(0, 8), parts[3], parts[4]].join('.'),
        'unknown crit': header({ alg: 'A128KW', enc: 'A128GCM', crit: ['x'], x: 1 }),
        'another enc': header({ alg: 'A128KW', enc: 'A256GCM' }),
        'no enc': header({ alg: 'A128KW' }),
        'RSA1_5': header({ alg: 'RSA1_5', enc: 'A128GCM' }),
    };
    for (const [name, forgery] of Object.entries(forgeries)) {
        await assert.rejects(jose6.compactDecrypt(forgery, key), name);
        assert.equal(decrypt(forgery, jwk).valid, false, name);
    }
});
