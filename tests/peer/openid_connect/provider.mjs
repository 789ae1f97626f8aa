// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// npm's certified oidc-provider with the two users of the bank, who have a claim each that says where they belong.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';

export const users = { bob: { password: 'bob-pw', bank: 'great-discount' }, suzy: { password: 'suzy-pw', bank: 'low-interest' } };
export const client = { client_id: 'gateway', client_secret: 'a secret of the gateway at its provider' };
const resource = 'urn:bank';

async function findAccount(ctx, id) {
    const claims = () => ({ sub: id, bank: users[id]?.bank });
    return id in users ? { accountId: id, claims } : undefined;
}

function keys() {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'op-1', use: 'sig', alg: 'RS256' }] };
}

/** RFC 6749 §4.3, which the library leaves to whoever wants it. */
async function passwordGrant(ctx, next) {
    const { provider, params, client: asking } = ctx.oidc;
    if (users[params.username]?.password !== params.password)
        throw new errors.InvalidGrant('wrong name or password');
    const grant = new provider.Grant({ clientId: asking.clientId, accountId: params.username });
    grant.addOIDCScope('openid');
    grant.addResourceScope(resource, 'bank');
    const token = new provider.AccessToken({ accountId: params.username, client: asking, grantId: await grant.save(), gty: 'password', scope: 'bank' });
    token.resourceServer = new provider.ResourceServer(resource, { scope: 'bank', accessTokenFormat: 'jwt' });
    ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration, scope: 'bank' };
    await next();
}

/** A provider on a port of its own, for redirects to `redirect`. */
export async function startProvider(redirect) {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
        clients: [{ ...client, redirect_uris: [redirect], response_types: ['code'],
            grant_types: ['authorization_code', 'refresh_token', 'client_credentials', 'password'] }],
        jwks: keys(),
        cookies: { keys: ['of this test'] },
        findAccount,
        claims: { openid: ['sub'], bank: ['bank'] },
        scopes: ['openid', 'offline_access', 'bank'],
        conformIdTokenClaims: false,
        extraTokenClaims: (ctx, token) => ({ bank: users[token.accountId]?.bank ?? 'nobody' }),
        features: {
            clientCredentials: { enabled: true },
            introspection: { enabled: true },
            revocation: { enabled: true },
            resourceIndicators: {
                enabled: true,
                defaultResource: () => resource,
                useGrantedResource: () => true,
                getResourceServerInfo: () => ({ scope: 'bank', accessTokenFormat: 'jwt', audience: resource }),
            },
        },
    });
    provider.registerGrantType('password', passwordGrant, ['username', 'password']);
    server.on('request', provider.callback());
    return { issuer, server };
}
