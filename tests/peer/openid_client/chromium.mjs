// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Headless Chromium over its debugging pipe (Chrome DevTools Protocol): enough to open pages and press buttons.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const patience = 30_000;

/** Whether there is a browser on this machine. */
export const isInstalled = spawnSync('chromium', ['--version']).status === 0;

export class Chromium {
    #run;
    #folder = mkdtempSync(join(tmpdir(), 'claimsmith-chromium-'));
    #waiting = new Map();
    #serial = 0;
    #session;
    /** What the page complains about: violations of its Content-Security-Policy among them. */
    complaints = [];

    static async start() {
        const browser = new Chromium();
        browser.#run = spawn('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-pipe', '--no-first-run',
            `--user-data-dir=${browser.#folder}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
        let text = '';
        browser.#run.stdio[4].on('data', (piece) => {
            text += piece;
            const messages = text.split('\0');
            text = messages.pop();
            messages.forEach((message) => browser.#receive(JSON.parse(message)));
        });
        const { targetInfos } = await browser.#ask('Target.getTargets');
        const { targetId } = targetInfos.find(({ type }) => type === 'page');
        browser.#session = (await browser.#ask('Target.attachToTarget', { targetId, flatten: true })).sessionId;
        for (const domain of ['Page', 'Log', 'Runtime'])
            await browser.#ask(`${domain}.enable`);
        return browser;
    }

    #receive({ id, result, error, method, params }) {
        if (method === 'Log.entryAdded')
            this.complaints.push(params.entry.text);
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        error ? waiting?.reject(new Error(error.message)) : waiting?.resolve(result);
    }

    #ask(method, params = {}) {
        const id = ++this.#serial;
        const answer = new Promise((resolve, reject) => { this.#waiting.set(id, { resolve, reject }); });
        this.#run.stdio[3].write(JSON.stringify({ id, method, params, sessionId: this.#session }) + '\0');
        return answer;
    }

    /** The value of an expression in the page. */
    async evaluate(expression) {
        const { result, exceptionDetails } = await this.#ask('Runtime.evaluate', { expression, returnByValue: true });
        if (exceptionDetails)
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    }

    /** Waits until the expression is true in whatever page is shown by then. */
    async until(expression) {
        const end = Date.now() + patience;
        while (!await this.evaluate(expression).catch(() => false)) {
            if (Date.now() > end)
                throw new Error(`waited in vain for ${expression} at ${await this.evaluate('location.href')}; ${this.complaints.join('; ')}`);
            await new Promise((resolve) => { setTimeout(resolve, 50); });
        }
    }

    async open(url) {
        await this.#ask('Page.navigate', { url: String(url) });
        await this.until(`document.readyState === 'complete' && location.href !== 'about:blank'`);
    }

    /** Types into fields by their names, as a person does: the values are there, and no script of the page ran. */
    async type(fields) {
        for (const [name, value] of Object.entries(fields)) {
            await this.until(`document.getElementsByName(${JSON.stringify(name)}).length > 0`);
            await this.evaluate(`document.getElementsByName(${JSON.stringify(name)})[0].focus(); document.getElementsByName(${JSON.stringify(name)})[0].select()`);
            await this.#ask('Input.insertText', { text: value });
        }
    }

    async press(key = 'Enter') {
        const event = { key, code: key, windowsVirtualKeyCode: 13, text: '\r' };
        await this.#ask('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
        await this.#ask('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    }

    async screenshot(file) {
        const { data } = await this.#ask('Page.captureScreenshot');
        writeFileSync(file, Buffer.from(data, 'base64'));
    }

    async stop() {
        const ended = once(this.#run, 'exit');
        this.#session = undefined; // of the page; the browser has none
        this.#ask('Browser.close');
        await ended;
        for (let tries = 0; tries < 50; ++tries) { // its helpers write to the folder until they have noticed
            try {
                return rmSync(this.#folder, { recursive: true, force: true });
            } catch {
                await new Promise((resolve) => { setTimeout(resolve, 100); });
            }
        }
    }
}
