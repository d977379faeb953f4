/** A reader at a terminal: runs commands as they are printed, against servers of this process and a real service of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { createMock, type Mock } from '../../src/index.ts';
import { command as programOf } from '../support/terminal.ts';

const TSX = join(import.meta.dirname, '../../node_modules/tsx/dist/loader.mjs');
const PROGRAM = join(import.meta.dirname, 'program.ts');
/** What readers have: `curl` prints no progress, and `npx` finds the program. */
const PRELUDE = `
curl() { command curl -sS "$@"; }
npx() { shift; '${process.execPath}' --import '${TSX}' '${PROGRAM}' "$@"; }
`;

/** The address that the texts have for the service that is mocked. */
export const REAL_SERVICE = 'https://billing.example.com';

export class Shell {
  readonly #folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  /** Addresses as they are printed, and as they are here. */
  readonly #addresses = new Map<string, string>();
  /** How the servers stop that commands have started, in this order; and the real service. */
  readonly #jobs: (() => Promise<unknown>)[] = [];
  #stopRealService = async (): Promise<unknown> => undefined;
  /** What the servers have printed. */
  log = '';

  /** What a command prints, on both streams. One that ends with `&` starts a server; it prints into the log. */
  async run(command: string): Promise<string> {
    if (command.includes(REAL_SERVICE) && !this.#addresses.has(REAL_SERVICE)) await this.#startRealService();
    const [, server] = /^npx contacts-mock (.+) &$/.exec(command) ?? [];
    if (server !== undefined) return this.#start(server.split(/ +/));
    const [, ended] = /^kill %(\d)$/.exec(command) ?? [];
    if (ended !== undefined) return this.#stop(Number(ended));
    // Without a pipe it needs no process of its own.
    const [, args] = /^npx contacts-mock ([^|>]+)$/.exec(command) ?? [];
    if (args !== undefined) {
      const { out, err } = await programOf(this.#own(args.split(/ +/)));
      return this.#said(out + err).trimEnd();
    }
    return this.#said(await sh(this.#here(command), this.#folder));
  }

  async close(): Promise<void> {
    for (const stop of this.#jobs) await stop();
    await this.#stopRealService();
    rmSync(this.#folder, { recursive: true });
  }

  /** Answers with what the server has printed when it is ready. */
  async #start(args: readonly string[]): Promise<string> {
    const address = `http://127.0.0.1:${args[0] === 'proxy' ? 4011 : 4010}`;
    const own = this.#own(args);
    return new Promise((ready, failed) => {
      let stop = (): void => undefined;
      const stopped = new Promise<void>((resolve) => (stop = resolve));
      const print = (text: string): void => {
        const [, url] = /^contacts-mock listening on (\S+)$/m.exec(text) ?? [];
        if (url === undefined) {
          this.log += this.#said(text);
          return;
        }
        this.#addresses.set(address, url);
        ready(this.#said(text).trimEnd());
      };
      const ended = run([...own, '--port', '0'], { stdout: print, stderr: print, env: {}, stopped });
      ended.then((code) => failed(new Error(`exit ${code}: ${this.log}`)), failed);
      this.#jobs.push(() => {
        stop();
        return ended;
      });
    });
  }

  /** Answers with what the server printed at its end. */
  async #stop(number: number): Promise<string> {
    const before = this.log.length;
    await this.#jobs[number - 1]?.();
    return this.log.slice(before).trimEnd();
  }

  async #startRealService(): Promise<void> {
    const { url, close } = await realService();
    this.#addresses.set(REAL_SERVICE, url);
    this.#stopRealService = close;
  }

  /** Files that are read and written are the reader's. */
  #own(args: readonly string[]): string[] {
    return args.map((arg) => (/^([\w-]+\.\w+|\.)$/.test(arg) ? join(this.#folder, arg) : this.#here(arg)));
  }
  #here(text: string): string {
    for (const [printed, here] of this.#addresses) text = text.replaceAll(printed, here);
    return text;
  }
  #said(text: string): string {
    for (const [printed, here] of this.#addresses) text = text.replaceAll(here, printed);
    return text.replaceAll(`${this.#folder}/`, '');
  }
}

const sh = (command: string, cwd: string): Promise<string> =>
  new Promise((resolve) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|npm_)/.test(name)));
    execFile('sh', ['-c', PRELUDE + command], { cwd, env: { ...env, NO_COLOR: '1' } }, (_, stdout, stderr) =>
      resolve((stdout + stderr).replaceAll('\r', '').trimEnd()),
    );
  });

/** LogiSense as it might be: more resources than the mock has, other data, and a Boolean that is a text. */
async function realService(): Promise<{ readonly url: string; readonly close: () => Promise<unknown> }> {
  const mock: Mock = createMock({ apis: ['logisense'], seed: 'the real service', explain: 'off' });
  const server: Server = createServer(async (request, response) => {
    const answer = (body: string): void => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
    };
    if (request.url?.startsWith('/Invoice/')) return answer('{"instance":{"identity":7,"total":120.50}}');
    if (request.url !== '/Contact/3') return mock.handler(request, response);
    answer((await (await mock.fetch('/Contact/3')).text()).replace(/"isUsedForTax":\w+/, '"isUsedForTax":"yes"'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await mock.close();
    },
  };
}
