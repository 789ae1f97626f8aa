// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's mod_auth_openidc, which is OpenID-certified, trusts the provider: bob gets to the page, suzy does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as apache from './apache.mjs';
import { Browser, serve } from './idp.mjs';

const secrets = { 'oidc/apache': 'apache-secret-of-32-octets-or-more', bob: 'bob-password', suzy: 'suzy-password' };

test('mod_auth_openidc logs in with PKCE and reads the claim', { skip: apache.isInstalled ? false : 'no mod_auth_openidc on this machine' }, async (t) => {
    const port = await apache.freePort();
    const root = `http://localhost:${port}/secured/`;
    const provider = await serve({
        issuers: [{
            path: '/realms/demo', scopes: { bank: ['bank'] },
            clients: [{ id: 'apache', secret: '{{secret:oidc/apache}}', redirectUris: [`${root}callback`] }],
            users: [
                { username: 'bob', password: '{{secret:bob}}', claims: { bank: 'great-discount' } },
                { username: 'suzy', password: '{{secret:suzy}}', claims: { bank: 'low-interest' } },
            ],
        }],
    }, secrets);
    t.after(() => provider.stop());
    const server = await apache.start(port, `OIDCProviderMetadataURL ${provider.url}/.well-known/openid-configuration
OIDCClientID apache
OIDCClientSecret ${secrets['oidc/apache']}
OIDCRedirectURI ${root}callback
OIDCCryptoPassphrase for-this-test-alone
OIDCScope "openid profile bank"
OIDCPKCEMethod S256
# Node says Sec-Fetch-Mode: cors, which the module takes for a script.
OIDCUnAuthAction auth true
<Location /secured>
    AuthType openid-connect
    Require claim bank:great-discount
    Header always set X-Bank "%{OIDC_CLAIM_bank}e"
</Location>`);
    t.after(() => server.stop());

    /** What a person sees who asks for the page and signs in. */
    const visit = async (username) => {
        const [outside, inside] = [new Browser(), new Browser()]; // cookies of the application, cookies of the provider
        const start = await outside.open(`${root}page.html`);
        assert.ok(start.leftFor, `apache sends nobody to the provider: ${start.status} ${server.log()}`);
        const login = await inside.open(start.leftFor);
        const back = await inside.submit(login, { username, password: secrets[username] });
        return outside.open(back.leftFor);
    };
    const bob = await visit('bob');
    assert.equal(bob.text, 'behind the login', server.log());
    assert.equal(bob.headers.get('x-bank'), 'great-discount');
    const suzy = await visit('suzy');
    assert.equal(suzy.status, 401, server.log());
});
