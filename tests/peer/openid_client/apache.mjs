// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's Apache with mod_auth_openidc in front of one page.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const modules = '/usr/lib/apache2/modules';
const program = '/usr/sbin/apache2';

export const isInstalled = existsSync(program) && existsSync(join(modules, 'mod_auth_openidc.so'));

/** A port that is free now: Apache can't choose one by itself. */
export async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}

const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'alias', 'headers', 'auth_openidc'];

function configuration(folder, port, directives) {
    return `ServerRoot ${folder}
PidFile ${folder}/pid
ServerName localhost
Listen 127.0.0.1:${port}
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
User www-data
Group www-data
ErrorLog ${folder}/error.log
LogLevel auth_openidc:info
DocumentRoot ${folder}/pages
${directives}
`;
}

/** { stop, log } once it answers. */
export async function start(port, directives) {
    const folder = mkdtempSync(join(tmpdir(), 'claimsmith-apache-'));
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'pages', 'secured'), { recursive: true });
    writeFileSync(join(folder, 'pages', 'secured', 'page.html'), 'behind the login');
    writeFileSync(join(folder, 'apache.conf'), configuration(folder, port, directives));
    const run = spawn(program, ['-D', 'FOREGROUND', '-f', join(folder, 'apache.conf')], { stdio: ['ignore', 'inherit', 'inherit'] });
    process.on('exit', () => run.kill());
    const log = () => existsSync(join(folder, 'error.log')) ? readFileSync(join(folder, 'error.log'), 'utf8') : '';
    while (await fetch(`http://localhost:${port}/`, { redirect: 'manual' }).then(() => false, () => true)) {
        if (run.exitCode !== null)
            throw new Error(`apache ended with ${run.exitCode}: ${log()}`);
        await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    return {
        log,
        stop: async () => {
            const ended = once(run, 'exit');
            run.kill('SIGTERM');
            await ended;
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
