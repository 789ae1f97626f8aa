// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway with the configuration of the claim-routing scenario: a claim becomes a header, the header a path.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client } from './provider.mjs';

const [program] = process.env.PEER_ARGUMENTS.trim().split('\n');
const folder = mkdtempSync(join(tmpdir(), 'claimsmith-peer-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** An upstream that tells what it was asked. */
export async function startUpstream() {
    const server = createServer((request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ path: request.url, headers: request.headers }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
}

export async function startGateway() {
    const empty = join(folder, 'empty.yml');
    writeFileSync(empty, '_format_version: "3.0"\n');
    const run = spawn(program, ['gateway', '--config', empty, '--proxy', '127.0.0.1:0', '--admin', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    while (!/^ready.*\n/m.test(output))
        output += await Promise.race([once(run.stdout, 'data'), once(run, 'exit').then(() => { throw new Error('the gateway ended'); })]);
    run.stdout.resume();
    const at = (name) => `http://${output.match(new RegExp(`\\b${name}=(\\S+)`))[1]}`;
    return { run, proxy: at('proxy'), admin: at('admin') };
}

function route(name, upstream, config) {
    return { name, url: `http://127.0.0.1:${upstream.address().port}`, routes: [{ name, paths: [`/${name}`], plugins: [
        { name: 'openid-connect', config: { client_id: [client.client_id], client_secret: [client.client_secret],
            upstream_headers_claims: ['bank'], upstream_headers_names: ['bank'], ...config } },
        { name: 'request-transformer-advanced', config: { replace: { uri: "/bank/$(headers['bank'])" } } },
    ] }] };
}

export async function configure(gateway, issuer, upstream) {
    const scopes = ['openid', 'offline_access', 'bank'];
    const document = { _format_version: '3.0', services: [
        route('browser', upstream, { issuer, scopes, auth_methods: ['authorization_code', 'session'], redirect_uri: [`${gateway.proxy}/browser`],
            authorization_query_args_names: ['prompt'], authorization_query_args_values: ['consent'],
            logout_methods: ['GET'], logout_query_arg: 'logout', logout_revoke: true, login_action: 'redirect', login_tokens: [] }),
        route('password', upstream, { issuer, scopes: ['bank'], auth_methods: ['password'] }),
        route('service', upstream, { issuer, scopes: ['bank'], auth_methods: ['client_credentials'] }),
        route('bearer', upstream, { issuer, auth_methods: ['bearer'], audience_required: ['urn:bank'], scopes_required: ['bank'] }),
        route('strict', upstream, { issuer, auth_methods: ['bearer'], scopes_required: ['admin'] }),
        route('opaque', upstream, { issuer, auth_methods: ['introspection'] }),
    ] };
    const response = await fetch(`${gateway.admin}/config`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(document) });
    if (response.status !== 201)
        throw new Error(await response.text());
}
