// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// claimctl as a function, with a folder for the files that it reads keys from.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where claimctl is, and the folder of the test certificates. */
export const [program, certificates] = process.env.PEER_ARGUMENTS.trim().split('\n');
const folder = mkdtempSync(join(tmpdir(), 'claimsmith-peer-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** The path of a new file with this content; objects become JSON. */
export function file(content) {
    const path = join(folder, `${++files}`);
    writeFileSync(path, typeof content === 'object' && !(content instanceof Uint8Array) ? JSON.stringify(content) : content);
    return path;
}

/** Standard output of a run that has to end with 0. */
export function claimctl(...words) {
    return execFileSync(program, words, { encoding: 'utf8' }).trimEnd();
}

/** The report of `jwt verify --json`, whatever the verdict. */
export function verify(token, key, ...words) {
    const run = spawnSync(program, ['jwt', 'verify', '--json', '--key', file(key), ...words, '-'], { input: token, encoding: 'utf8' });
    if (run.status !== 0 && run.status !== 1)
        throw new Error(run.stderr);
    const report = JSON.parse(run.stdout);
    if (report.valid !== (run.status === 0))
        throw new Error('verdict and exit status differ');
    return report;
}

/** The report of `jwt decrypt --json`, whatever became of it. */
export function decrypt(token, key, ...words) {
    const run = spawnSync(program, ['jwt', 'decrypt', '--json', '--key', file(key), ...words, '-'], { input: token, encoding: 'utf8' });
    if (run.status !== 0 && run.status !== 1)
        throw new Error(run.stderr);
    return JSON.parse(run.stdout);
}

/** The answers of `jwt decrypt --batch`, one for each line. */
export function decryptAll(lines) {
    const input = lines.map((line) => JSON.stringify(line)).join('\n');
    const run = spawnSync(program, ['jwt', 'decrypt', '--batch', '-', '--json'], { input, encoding: 'utf8' });
    if (run.status !== 0 && run.status !== 1)
        throw new Error(run.stderr);
    return run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
}
