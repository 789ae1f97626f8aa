// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A browser without a screen: Debian's Chromium over its debugging pipe, or nothing where it is not installed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = '/usr/bin/chromium';

export const isInstalled = existsSync(program);

export class Browser {
    #next = 1;
    #waiting = new Map();
    #rest = '';
    #profile = mkdtempSync(join(tmpdir(), 'claimsmith-chromium-'));

    constructor() {
        this.run = spawn(program, ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
            '--remote-debugging-pipe', `--user-data-dir=${this.#profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
        this.run.stdio[4].setEncoding('utf8').on('data', (piece) => this.#receive(piece));
    }

    #receive(piece) {
        const messages = (this.#rest + piece).split('\0');
        this.#rest = messages.pop();
        for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
            const waiting = this.#waiting.get(id);
            this.#waiting.delete(id);
            error ? waiting?.reject(new Error(error.message)) : waiting?.resolve(result);
        }
    }

    send(method, params = {}) {
        const id = this.#next++;
        this.run.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
        return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    }

    /** Opens a page of its own. */
    async open() {
        const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
        this.session = (await this.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
    }

    async go(url) {
        await this.send('Page.navigate', { url });
    }

    /** The value of an expression in the page; undefined while there is none. */
    async evaluate(expression) {
        const { result } = await this.send('Runtime.evaluate', { expression }).catch(() => ({ result: {} }));
        return result.value;
    }

    /** Waits until an expression is true. Pages come and go meanwhile. */
    async until(expression) {
        const end = Date.now() + 30_000;
        while (!(await this.evaluate(`document.readyState === 'complete' && Boolean(${expression})`))) {
            if (Date.now() > end)
                throw new Error(`never true: ${expression}; the page is ${await this.evaluate('location.href + " " + document.body?.innerText')}`);
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    async close() {
        const ended = new Promise((resolve) => this.run.once('exit', resolve));
        this.session = undefined;
        this.send('Browser.close').catch(() => {});
        await ended;
        rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
}
