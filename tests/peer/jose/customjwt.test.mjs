// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The custom-JWT scenario: the gateway's plugin x-custom-jwt signs a token for an upstream, which fetches the key from the
// gateway's own route (jku) and verifies the token with npm's jose; the introspection route takes it too.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request as secureRequest } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import * as jose from 'jose';
import { certificates, claimctl, file, program } from './claimctl.mjs';

const authority = '0c000000-0000-4000-8000-00000000000a';
let gateway, upstream, proxy, secureProxy;

function pem(name) {
    return readFileSync(join(certificates, name), 'utf8');
}

/** What the upstream makes of a request: the claims, or why it does not trust them. */
async function trust(request) {
    const token = request.headers['x-custom-jwt'];
    const { jku } = jose.decodeProtectedHeader(token);
    const keys = jose.createRemoteJWKSet(new URL(jku));
    return jose.jwtVerify(token, keys, { issuer: `${proxy}/x-custom-jwt`, audience: `${address(upstream)}/anything`, algorithms: ['RS256'] });
}

function address(server) {
    return `http://127.0.0.1:${server.address().port}`;
}

async function startUpstream() {
    const server = createServer(async (request, response) => {
        const { payload, protectedHeader } = await trust(request).catch((error) => ({ payload: { error: error.message } }));
        response.writeHead(payload.error ? 401 : 200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ payload, protectedHeader }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
}

async function startGateway() {
    const run = spawn(program, ['gateway', '--config', file('_format_version: "3.0"\n'), '--proxy', '127.0.0.1:0', '--proxy-ssl', '127.0.0.1:0',
        '--admin', '127.0.0.1:0'],
        { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    while (!/^ready.*\n/m.test(output))
        output += await Promise.race([once(run.stdout, 'data'), once(run, 'exit').then(() => { throw new Error('the gateway ended'); })]);
    run.stdout.resume();
    const at = (name) => `http://${output.match(new RegExp(`\\b${name}=(\\S+)`))[1]}`;
    return { run, proxy: at('proxy'), secure: at('proxy-ssl').replace('http:', 'https:'), admin: at('admin') };
}

function configuration(jwk, open) {
    const termination = (body) => ({ name: 'request-termination', config: { status_code: 200, content_type: 'application/json', body } });
    const route = (name, ...plugins) => ({ name, paths: [`/${name}`], plugins });
    return {
        _format_version: '3.0',
        consumers: [{
            username: 'contact', custom_id: 'contact-ID1',
            keyauth_credentials: [{ key: '012345AZERTY!' }],
            basicauth_credentials: [{ username: 'my-user', password: 'My p@ssword!' }],
            mtls_auth_credentials: [{ subject_name: 'bob', ca_certificate: { id: authority } }],
            jwt_secrets: [
                { key: '012345AZERTY!', algorithm: 'RS256', rsa_public_key: createPublicKey({ key: open, format: 'jwk' }).export({ type: 'spki', format: 'pem' }) },
                { key: 'idp', secret: 'a secret of the identity provider' },
            ],
        }],
        services: [{
            name: 'httpbin', url: `${address(upstream)}/anything`,
            plugins: [{ name: 'x-custom-jwt', config: {
                verbose: true, private_jwk: JSON.stringify(jwk), iss: `${proxy}/x-custom-jwt`, jku: `${proxy}/jwks`,
                downstream_custom_jwt_header: 'X-Custom-Jwt',
            } }],
            routes: [
                route('apiKey', { name: 'key-auth' }), route('basicAuth', { name: 'basic-auth' }), route('oidc', { name: 'jwt' }), route('bare'),
                route('mtlsAuth', { name: 'mtls-auth', config: { ca_certificates: [authority] } }),
            ],
        }],
        ca_certificates: [{ id: authority, cert: pem('root.crt') }],
        routes: [
            route('jwks', { name: 'cors', config: { origins: ['*'] } }, termination(JSON.stringify({ keys: [open] }))),
            route('introspect', { name: 'jwt', config: { key_claim_name: 'client_id', claims_to_verify: ['exp'] } }, termination('{"message": "Ok"}')),
        ],
    };
}

before(async () => {
    upstream = await startUpstream();
    const started = await startGateway();
    gateway = started.run;
    proxy = started.proxy;
    secureProxy = started.secure;
    const jwk = { ...JSON.parse(claimctl('jwk', 'generate', '--alg', 'RS256')), kid: 'kong' };
    const open = JSON.parse(claimctl('jwk', 'public', '--key', file(jwk)));
    const answer = await fetch(`${started.admin}/config`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(configuration(jwk, open)) });
    assert.equal(answer.status, 201, await answer.text());
});

after(() => {
    gateway?.kill();
    upstream?.close();
});

async function get(path, headers = {}) {
    const response = await fetch(`${proxy}${path}`, { headers: { ...headers, Connection: 'close' } });
    return { status: response.status, token: response.headers.get('x-custom-jwt'), body: await response.json() };
}

/** The same under TLS, with the certificate that the client shows. */
async function getSecurely(path, identity = {}) {
    const request = secureRequest(`${secureProxy}${path}`, { ...identity, rejectUnauthorized: false, agent: false }).end();
    const [response] = await once(request, 'response');
    return { status: response.statusCode, token: response.headers['x-custom-jwt'] ?? null, body: JSON.parse(await text(response)) };
}

/** Holds an answer of the upstream to what the plugin writes for a caller without claims of its own. */
function holdsTokenFor(client, { status, token, body }) {
    assert.equal(status, 200, JSON.stringify(body));
    const { iat, exp, jti, ...rest } = body.payload;
    assert.equal(exp, iat + 1800);
    assert.match(jti, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(rest, {
        client_id: client, act: { client_id: 'contact-ID1' }, iss: `${proxy}/x-custom-jwt`, aud: `${address(upstream)}/anything` });
    assert.deepEqual(body.protectedHeader, { typ: 'JWT', alg: 'RS256', kid: 'kong', jku: `${proxy}/jwks` });
    assert.deepEqual(jose.decodeJwt(token), body.payload);
}

function basic(user, password) {
    return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

test('an API key becomes a token that the upstream verifies by the gateway\'s own key set', async () => {
    holdsTokenFor('012345AZERTY!', await get('/apiKey', { apikey: '012345AZERTY!' }));
});

test('so do a user name and its password', async () => {
    holdsTokenFor('my-user', await get('/basicAuth', basic('my-user', 'My p@ssword!')));
    assert.equal((await get('/basicAuth', basic('my-user', 'another'))).status, 401);
});

test('so does a client certificate', async () => {
    const identity = { cert: pem('client.crt') + pem('mid.crt'), key: pem('client.key') };
    holdsTokenFor('CN=bob', await getSecurely('/mtlsAuth', identity));
    const refused = await getSecurely('/mtlsAuth');
    assert.equal(refused.status, 401);
    assert.equal(refused.body.message, 'No required TLS certificate was sent');
});

test('the key set may be read from a page of another origin', async () => {
    const response = await fetch(`${proxy}/jwks`, { headers: { Origin: 'https://app.test', Connection: 'close' } });
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    const { keys } = await response.json();
    assert.deepEqual(keys.map((key) => [key.kid, key.d]), [['kong', undefined]]);
});

test('the introspection route takes the new token, and no other', async () => {
    const { token } = await get('/apiKey', { apikey: '012345AZERTY!' });
    assert.deepEqual(await get('/introspect', { Authorization: `Bearer ${token}` }), { status: 200, token: null, body: { message: 'Ok' } });
    const broken = `${token.slice(0, -5)}${token.at(-5) === 'A' ? 'B' : 'A'}${token.slice(-4)}`;
    const refused = await get('/introspect', { Authorization: `Bearer ${broken}` });
    assert.deepEqual(refused, { status: 401, token: null, body: { message: 'Invalid signature' } });
});

test('claims of a Bearer token are handed on', async () => {
    const secret = new TextEncoder().encode('a secret of the identity provider');
    const incoming = await new jose.SignJWT({ iss: 'idp', clientId: 'service-1', sub: 'someone', scope: 'read' })
        .setProtectedHeader({ alg: 'HS256' }).sign(secret);
    const { status, body } = await get('/oidc', { Authorization: `Bearer ${incoming}` });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.payload.sub, 'someone');
    assert.equal(body.payload.scope, 'read');
    assert.equal(body.payload.clientId, 'service-1');
    assert.equal(body.payload.client_id, 'service-1');
    assert.equal(body.payload.iss, `${proxy}/x-custom-jwt`);
});

test('without a consumer there is no token', async () => {
    const { status, body } = await get('/bare', { apikey: '012345AZERTY!' });
    assert.equal(status, 401);
    assert.equal(body.VerboseMessage, "Issue with 'client_id' claim retrieval or Kong Consumer. There is no Kong consumer credential");
});
