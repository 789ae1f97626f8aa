// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// `claimctl idp` as a server for a test, and a browser that knows just enough: cookies, redirects, forms.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program] = process.env.PEER_ARGUMENTS.trim().split('\n');
const folder = mkdtempSync(join(tmpdir(), 'claimsmith-peer-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Serves the configuration with these secrets; { url, stop }. */
export async function serve(configuration, secrets) {
    const file = join(folder, `${++files}.json`);
    writeFileSync(file, JSON.stringify(configuration));
    const variables = Object.entries(secrets).map(([name, secret]) => [`CLAIMSMITH_SECRET_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`, secret]);
    const run = spawn(program, ['idp', '--config', file, '--listen', 'localhost:0'],
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...Object.fromEntries(variables) } });
    process.on('exit', () => run.kill()); // also when a test fails before it stops it
    let output = '';
    while (!/^ready.*\n/m.test(output))
        output += await Promise.race([once(run.stdout, 'data'), once(run, 'exit').then(() => { throw new Error('the provider ended'); })]);
    run.stdout.resume();
    return {
        url: output.match(/\bissuer=(\S+)/)[1],
        stop: async () => {
            const ended = once(run, 'exit');
            run.kill('SIGTERM');
            const [status] = await ended;
            if (status !== 0)
                throw new Error(`the provider ended with ${status}`);
        },
    };
}

function unescape(text) {
    return text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

export class Browser {
    #cookies = new Map();

    /** The last answer within the provider: { url, status, headers, text }, or { leftFor } when a redirect leads elsewhere. */
    async open(url, form) {
        const origin = new URL(url).origin;
        for (let hops = 0; hops < 10; ++hops) {
            const headers = { Cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') };
            const body = form && new URLSearchParams(form);
            const response = await fetch(url, { method: form ? 'POST' : 'GET', headers: form ? { ...headers, Origin: origin } : headers, body, redirect: 'manual' });
            for (const line of response.headers.getSetCookie())
                this.#cookies.set(...line.split(';')[0].split('='));
            const location = response.headers.get('location');
            if (!location)
                return { url: String(url), status: response.status, headers: response.headers, text: await response.text() };
            if (!location.startsWith(origin))
                return { leftFor: new URL(location) };
            [url, form] = [location, undefined];
        }
        throw new Error('redirects without end');
    }

    /** Sends the page's form with its hidden fields and these. */
    async submit(page, fields) {
        const action = unescape(page.text.match(/<form method="post" action="([^"]*)"/)[1]);
        const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [unescape(name), unescape(value)]);
        return this.open(new URL(action, page.url), { ...Object.fromEntries(hidden), ...fields });
    }
}
