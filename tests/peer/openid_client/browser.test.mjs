// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The provider's pages in a real browser: cookies, redirects, forms and the Content-Security-Policy are judged by Chromium.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { Chromium, isInstalled } from './chromium.mjs';
import { serve } from './idp.mjs';

const secrets = { 'oidc/app': 'app-secret-of-32-octets-or-more', bob: 'p&ssword<bob>' };
const skip = isInstalled ? false : 'no chromium on this machine';
let application, callback, provider, browser;

/** An application on another origin: it shows what it gets, and sends people on from its callback, as gateways do. */
async function startApplication() {
    application = createServer((request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' });
        request.resume().on('end', () => response.end('<title>application</title>'));
        if (request.url.startsWith('/callback'))
            application.seen = request;
    });
    application.listen(0, '127.0.0.1');
    await once(application, 'listening');
    callback = `http://127.0.0.1:${application.address().port}/callback`;
}

if (isInstalled) {
    before(async () => {
        await startApplication();
        provider = await serve({
            issuers: [{
                path: '/realms/demo', name: 'Bank <demo>', algorithm: 'ES256',
                clients: [{ id: 'app', name: 'The "app"', secret: '{{secret:oidc/app}}', redirectUris: [callback], consent: true, grants: ['authorization_code'] }],
                users: [{ username: 'bob', password: '{{secret:bob}}' }],
            }],
        }, secrets);
        browser = await Chromium.start();
    });
    after(async () => {
        await browser?.stop();
        await provider?.stop();
        application.close();
    });
}

async function begin(parameters = {}) {
    const config = await client.discovery(new URL(provider.url), 'app', secrets['oidc/app'], undefined, { execute: [client.allowInsecureRequests] });
    const state = client.randomState();
    await browser.open(client.buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid profile', state, ...parameters }));
    return { config, state };
}

test('bob signs in, agrees and comes back with a code', { skip }, async () => {
    const { config, state } = await begin();
    assert.equal(await browser.evaluate('document.title'), 'Sign in');
    assert.match(await browser.evaluate('document.body.innerText'), /Bank <demo> for The "app"/);
    assert.equal(await browser.evaluate('document.activeElement.name'), 'username');
    assert.equal(await browser.evaluate(`getComputedStyle(document.querySelector('main')).borderRadius`), '12px', 'the style is let through');
    assert.equal(await browser.evaluate('document.cookie'), '', 'no script sees the cookie');

    await browser.type({ username: 'bob', password: 'guess' });
    await browser.press();
    await browser.until(`document.querySelector('[role=alert]')`);
    await browser.type({ password: secrets.bob });
    await browser.press();
    await browser.until(`document.title === 'Allow access'`);
    await browser.evaluate(`document.querySelector('button[value=allow]').click()`);
    await browser.until(`document.title === 'application'`);
    const tokens = await client.authorizationCodeGrant(config, new URL(await browser.evaluate('location.href')), { expectedState: state, idTokenExpected: true });
    assert.equal(tokens.claims().preferred_username, 'bob');
    assert.deepEqual(browser.complaints.filter((text) => /Content.Security.Policy/.test(text)), []);
});

test('signed in, a form takes the answer along', { skip }, async () => {
    await begin({ response_mode: 'form_post' });
    assert.equal(await browser.evaluate('document.title'), 'Continue');
    await browser.evaluate(`document.querySelector('button').click()`);
    await browser.until(`document.title === 'application'`);
    assert.equal(application.seen.method, 'POST');
    assert.deepEqual(browser.complaints.filter((text) => /Content.Security.Policy/.test(text)), []);
});

test('a page of another site can neither frame the login page nor send its form', { skip }, async () => {
    await browser.open(callback);
    await browser.evaluate(`document.body.innerHTML = '<iframe src="${provider.url}/authorize?client_id=app&redirect_uri=${encodeURIComponent(callback)}&response_type=code&scope=openid&prompt=login"></iframe>'`);
    const end = Date.now() + 10_000;
    while (!browser.complaints.some((text) => /frame-ancestors|X-Frame-Options|frame/i.test(text)) && Date.now() < end)
        await new Promise((resolve) => { setTimeout(resolve, 50); });
    assert.ok(browser.complaints.some((text) => /frame/i.test(text)), `nobody refused the frame: ${browser.complaints}`);
    await browser.evaluate(`document.body.innerHTML = '<form method="post" action="${provider.url}/login"><input name="username" value="bob"></form>'; document.forms[0].submit()`);
    await browser.until(`location.href.endsWith('/login') && document.readyState === 'complete'`);
    assert.match(await browser.evaluate('document.body.innerText'), /may come from another site/);
});
