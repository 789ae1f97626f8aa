// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway's plugin openid-connect before npm's certified oidc-provider: bob and suzy reach their banks by password, by
// browser and by bearer token, and nobody else does.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { Browser, isInstalled } from './browser.mjs';
import { configure, startGateway, startUpstream } from './gateway.mjs';
import { client, startProvider, users } from './provider.mjs';

let gateway, provider, upstream;

before(async () => {
    upstream = await startUpstream();
    gateway = await startGateway();
    provider = await startProvider(`${gateway.proxy}/browser`);
    await configure(gateway, provider.issuer, upstream);
});

after(async () => {
    gateway.run.kill('SIGTERM');
    const [status] = await once(gateway.run, 'exit');
    for (const { server } of [provider, { server: upstream }]) {
        server.closeAllConnections();
        server.close();
    }
    assert.equal(status, 0);
});

function basic(name, password) {
    return { Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
}

async function ask(path, headers = {}) {
    const response = await fetch(gateway.proxy + path, { headers, redirect: 'manual' });
    return { response, status: response.status, body: response.status === 302 ? {} : await response.json() };
}

/** An access token from the provider itself. */
async function tokenOf(form) {
    const body = new URLSearchParams(form);
    const response = await fetch(`${provider.issuer}/token`, { method: 'POST', body, headers: basic(encodeURIComponent(client.client_id), encodeURIComponent(client.client_secret)) });
    assert.equal(response.status, 200);
    return (await response.json()).access_token;
}

for (const [name, { password, bank }] of Object.entries(users)) {
    test(`${name} reaches ${bank} by password`, async () => {
        for (let i = 0; i < 2; ++i) {
            const { status, body } = await ask('/password', basic(name, password));
            assert.equal(status, 200);
            assert.equal(body.path, `/bank/${bank}`);
            assert.equal(body.headers['x-credential-identifier'], name);
            assert.match(body.headers.authorization, /^Bearer ey/);
        }
    });

    test(`${name} reaches ${bank} by a token of the provider`, async () => {
        const token = await tokenOf({ grant_type: 'password', username: name, password });
        const { status, body } = await ask('/bearer', { Authorization: `Bearer ${token}` });
        assert.equal(status, 200);
        assert.equal(body.path, `/bank/${bank}`);
        assert.equal((await ask('/strict', { Authorization: `Bearer ${token}` })).status, 403);
    });

    test(`${name} logs in and out without scripts`, async () => {
        const jar = new Jar();
        const page = await jar.logIn(`${gateway.proxy}/browser`, name);
        assert.equal(page.path, `/bank/${bank}`);
        assert.equal(page.headers['x-credential-identifier'], name);
        assert.doesNotMatch(page.headers.cookie ?? '', /(^|; )(session|authorization)=/);
        assert.equal((await jar.json(`${gateway.proxy}/browser`)).path, `/bank/${bank}`);
        const out = await jar.fetch(`${gateway.proxy}/browser?logout=1`);
        assert.equal(out.status, 302);
        assert.match(out.headers.get('location'), new RegExp(`^${provider.issuer}/session/end\\?id_token_hint=ey`));
        const again = await jar.fetch(`${gateway.proxy}/browser`);
        assert.match(again.headers.get('location'), new RegExp(`^${provider.issuer}/auth\\?`));
    });

    test(`${name} logs in with Chromium`, { skip: !isInstalled }, async () => {
        const browser = new Browser();
        try {
            await browser.open();
            await browser.go(`${gateway.proxy}/browser`);
            await browser.until("document.querySelector('input[name=login]')");
            await browser.evaluate(`document.querySelector('input[name=login]').value = '${name}'; document.querySelector('input[name=password]').value = 'x';
                document.querySelector('form').submit()`);
            await browser.until("document.querySelector('input[name=prompt][value=consent]')");
            await browser.evaluate("document.querySelector('form').submit()");
            await browser.until("document.body.innerText.startsWith('{')");
            const page = JSON.parse(await browser.evaluate('document.body.innerText'));
            assert.equal(page.path, `/bank/${bank}`);
            assert.equal(await browser.evaluate('location.href'), `${gateway.proxy}/browser`);
            assert.equal(await browser.evaluate('document.cookie'), '');
        } finally {
            await browser.close();
        }
    });
}

test('a service gets a token for itself', async () => {
    const { status, body } = await ask('/service', basic(encodeURIComponent(client.client_id), client.client_secret));
    assert.equal(status, 200);
    assert.equal(body.path, '/bank/nobody');
});

test('a wrong password is refused', async () => {
    const { status, body, response } = await ask('/password', basic('bob', 'suzy-pw'));
    assert.equal(status, 401);
    assert.deepEqual(body, { message: 'Unauthorized' });
    assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="127.0.0.1", error="invalid_token"');
});

test('a changed token is refused', async () => {
    const token = await tokenOf({ grant_type: 'password', username: 'bob', password: users.bob.password });
    const [header, payload, signature] = token.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url')), bank: 'low-interest' };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    assert.equal((await ask('/bearer', { Authorization: `Bearer ${forged}` })).status, 401);
});

test('a token that the provider does not know is not active', async () => {
    assert.equal((await ask('/opaque', { Authorization: 'Bearer unknown' })).status, 401);
});

/** Cookies by name: all servers here are on one host. */
class Jar {
    cookies = new Map();

    async fetch(url, options = {}) {
        const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(url, { redirect: 'manual', ...options, headers: { ...options.headers, ...(cookie && { cookie }) } });
        for (const line of response.headers.getSetCookie()) {
            const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
            /max-age=0|expires=Thu, 01 Jan 1970/i.test(line) ? this.cookies.delete(name) : this.cookies.set(name, value);
        }
        return response;
    }

    async json(url) {
        return (await this.fetch(url)).json();
    }

    /** Follows redirects and fills in the provider's forms until the upstream answers. */
    async logIn(url, login) {
        let response = await this.fetch(url);
        for (let i = 0; i < 20; ++i) {
            if (response.status >= 300 && response.status < 400) {
                url = new URL(response.headers.get('location'), url).href;
                response = await this.fetch(url);
                continue;
            }
            const body = await response.text();
            assert.equal(response.status, 200, body);
            if (body.startsWith('{'))
                return JSON.parse(body);
            const prompt = body.match(/name="prompt" value="(\w+)"/)[1];
            url = new URL(body.match(/action="([^"]+)"/)[1], url).href;
            response = await this.fetch(url, { method: 'POST', body: new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'x' } : { prompt }) });
        }
        throw new Error('the login never ends');
    }
}
