// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// npm's openid-client, which is OpenID-certified, against `claimctl idp`: it checks every answer as a relying party has to.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { Browser, serve } from './idp.mjs';

const secrets = { 'oidc/kong-bank': 'kong-bank secret: with+odd%chars and 32 octets', 'oidc/batch': 'batch-secret-of-32-octets-or-more', bob: 'p&ssword<bob>', suzy: 'suzy-password' };
const insecure = { execute: [client.allowInsecureRequests] }; // the provider speaks http on loopback
const callback = 'http://localhost:8000/bank';
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const publicJwk = { ...await crypto.subtle.exportKey('jwk', pair.publicKey), kid: 'batch-1', use: 'sig', alg: 'ES256' };
delete publicJwk.key_ops;
delete publicJwk.ext;

function configuration(algorithm) {
    return {
        issuers: [{
            path: '/realms/demo', algorithm, scopes: { bank: ['bank'] },
            clients: [
                { id: 'kong-bank', secret: '{{secret:oidc/kong-bank}}', grants: ['authorization_code', 'refresh_token', 'password'],
                    redirectUris: [callback], postLogoutRedirectUris: ['http://localhost:8000/bye'], audience: ['kong-bank', 'batch'] },
                { id: 'claimsmith', redirectUris: [callback], consent: true,
                    grants: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'] },
                { id: 'batch', secret: '{{secret:oidc/batch}}', keys: { keys: [publicJwk] },
                    authentication: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
                    grants: ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'], targets: ['ledger'] },
            ],
            users: [
                { username: 'bob', password: '{{secret:bob}}', claims: { name: 'Bob', email: 'bob@bank.demo', bank: 'great-discount' } },
                { username: 'suzy', password: '{{secret:suzy}}', claims: { bank: 'low-interest' } },
            ],
        }],
    };
}

/** The tokens of a whole login with PKCE, state and nonce. */
async function logIn(config, browser, username, password, parameters = {}) {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const expectedNonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
        redirect_uri: callback, scope: 'openid profile email bank', state: expectedState, nonce: expectedNonce,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256', ...parameters,
    });
    let page = await browser.open(url);
    if (page.text?.includes('name="password"'))
        page = await browser.submit(page, { username, password });
    if (page.text?.includes('value="allow"'))
        page = await browser.submit(page, { decision: 'allow' });
    return client.authorizationCodeGrant(config, page.leftFor, { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true });
}

for (const algorithm of ['RS256', 'PS256', 'ES256', 'EdDSA']) {
    test(`${algorithm}: code with PKCE, user info, refresh, introspection, revocation`, async (t) => {
        const provider = await serve(configuration(algorithm), secrets);
        t.after(() => provider.stop());
        const config = await client.discovery(new URL(provider.url), 'kong-bank',
            { client_secret: secrets['oidc/kong-bank'], id_token_signed_response_alg: algorithm }, client.ClientSecretBasic(), insecure);
        client.enableNonRepudiationChecks(config); // verifies the signature with the JWKS
        const browser = new Browser();
        const tokens = await logIn(config, browser, 'bob', secrets.bob);
        const claims = tokens.claims();
        assert.equal(claims.bank, 'great-discount');
        assert.equal(claims.aud, 'kong-bank');

        const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
        assert.deepEqual(info, { sub: claims.sub, preferred_username: 'bob', name: 'Bob', email: 'bob@bank.demo', bank: 'great-discount' });

        const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
        assert.equal(refreshed.claims().sub, claims.sub);
        assert.notEqual(refreshed.refresh_token, tokens.refresh_token);

        const state = await client.tokenIntrospection(config, refreshed.access_token);
        assert.equal(state.active, true);
        assert.equal(state.username, 'bob');
        await client.tokenRevocation(config, refreshed.refresh_token);
        assert.equal((await client.tokenIntrospection(config, refreshed.access_token)).active, false);
        await assert.rejects(client.fetchUserInfo(config, refreshed.access_token, claims.sub), (error) => error.cause?.[0]?.parameters?.error === 'invalid_token');
        await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' });
    });
}

let provider;
before(async () => { provider = await serve(configuration('ES256'), secrets); });
after(() => provider.stop());

test('OAuth 2.0 metadata (RFC 8414) too', async () => {
    const config = await client.discovery(new URL(provider.url), 'claimsmith', undefined, client.None(), { ...insecure, algorithm: 'oauth2' });
    assert.equal(config.serverMetadata().issuer, provider.url);
    assert.ok(config.serverMetadata().supportsPKCE());
});

test('a public client is asked for consent', async () => {
    const config = await client.discovery(new URL(provider.url), 'claimsmith', undefined, client.None(), insecure);
    const tokens = await logIn(config, new Browser(), 'suzy', secrets.suzy);
    assert.equal(tokens.claims().bank, 'low-interest');
});

test('a wrong password leads nowhere', async () => {
    const config = await client.discovery(new URL(provider.url), 'kong-bank', secrets['oidc/kong-bank'], undefined, insecure);
    const browser = new Browser();
    const page = await browser.open(client.buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid' }));
    const again = await browser.submit(page, { username: 'bob', password: 'guess' });
    assert.equal(again.status, 400);
    assert.match(again.text, /role="alert"/);
});

test('errors of the authorization endpoint', async () => {
    const config = await client.discovery(new URL(provider.url), 'kong-bank', secrets['oidc/kong-bank'], undefined, insecure);
    const answer = await new Browser().open(client.buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid', prompt: 'none', state: 'x' }));
    await assert.rejects(client.authorizationCodeGrant(config, answer.leftFor, { expectedState: 'x' }), { error: 'login_required' });
});

for (const [name, method] of Object.entries({
    client_secret_basic: () => client.ClientSecretBasic(secrets['oidc/batch']),
    client_secret_post: () => client.ClientSecretPost(secrets['oidc/batch']),
    client_secret_jwt: () => client.ClientSecretJwt(secrets['oidc/batch']),
    private_key_jwt: () => client.PrivateKeyJwt({ key: pair.privateKey, kid: 'batch-1' }),
})) {
    test(`client credentials by ${name}`, async () => {
        const config = await client.discovery(new URL(provider.url), 'batch', undefined, method(), insecure);
        const tokens = await client.clientCredentialsGrant(config, { scope: 'bank' });
        assert.equal(tokens.token_type, 'bearer');
        assert.equal(tokens.scope, 'bank');
        assert.equal((await client.tokenIntrospection(config, tokens.access_token)).sub, 'batch');
    });
}

test('a device', async () => {
    const config = await client.discovery(new URL(provider.url), 'claimsmith', undefined, client.None(), insecure);
    const started = await client.initiateDeviceAuthorization(config, { scope: 'openid bank' });
    const browser = new Browser();
    let page = await browser.open(started.verification_uri_complete);
    page = await browser.submit(page, { user_code: started.user_code });
    page = await browser.submit(page, { username: 'bob', password: secrets.bob });
    await browser.submit(page, { decision: 'allow' });
    const tokens = await client.pollDeviceAuthorizationGrant(config, { ...started, interval: 1 });
    assert.equal(tokens.claims().bank, 'great-discount');
});

test('password and token exchange', async () => {
    const bank = await client.discovery(new URL(provider.url), 'kong-bank', secrets['oidc/kong-bank'], undefined, insecure);
    const tokens = await client.genericGrantRequest(bank, 'password', { username: 'suzy', password: secrets.suzy });
    const batch = await client.discovery(new URL(provider.url), 'batch', secrets['oidc/batch'], undefined, insecure);
    const exchanged = await client.genericGrantRequest(batch, 'urn:ietf:params:oauth:grant-type:token-exchange', {
        subject_token: tokens.access_token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token', audience: 'ledger', scope: 'bank',
    });
    const state = await client.tokenIntrospection(batch, exchanged.access_token);
    assert.equal(state.aud, 'ledger');
    assert.equal(state.bank, 'low-interest');
});

test('signing out', async () => {
    const config = await client.discovery(new URL(provider.url), 'kong-bank', secrets['oidc/kong-bank'], undefined, insecure);
    const browser = new Browser();
    const tokens = await logIn(config, browser, 'bob', secrets.bob);
    const left = await browser.open(client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: 'http://localhost:8000/bye', state: 'bye' }));
    assert.equal(String(left.leftFor), 'http://localhost:8000/bye?state=bye');
    const page = await browser.open(client.buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid' }));
    assert.match(page.text, /name="password"/);
});
