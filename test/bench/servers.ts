/** Starts a server as a process, on a core of its own where the machine can pin one, and times it to the first answer. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Running {
  readonly url: string;
  /** Milliseconds from the fork to the first answer. */
  readonly started: number;
  readonly child: ChildProcess;
}

const canPin = ((): boolean => {
  try {
    execFileSync('taskset', ['-c', '1', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** The command line that runs `command` on one core: servers on 0, load on 1. */
export const onCore = (core: 0 | 1, command: readonly string[]): [string, string[]] => {
  const [file, ...args] = canPin ? ['taskset', '-c', String(core), ...command] : command;
  return [file as string, args];
};

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

export async function start(
  command: (port: number) => readonly string[],
  path: string,
  headers: Record<string, string> = {},
): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [file, args] = onCore(0, command(port));
  const begin = performance.now();
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } });
  for (;;) {
    try {
      const answer = await fetch(url + path, { headers });
      await answer.arrayBuffer();
      if (answer.ok) return { url, child, started: performance.now() - begin };
      throw new Error(`${url}${path} answered ${answer.status}`);
    } catch (error) {
      if (performance.now() - begin > 30_000 || child.exitCode !== null) {
        child.kill('SIGKILL');
        throw error;
      }
      await pause(2);
    }
  }
}

export const stop = (server: Running): Promise<void> =>
  new Promise((resolve) => {
    server.child.once('exit', () => resolve());
    server.child.kill('SIGKILL');
  });

/** Resident memory in MB; NaN where the system does not tell. */
export function residentMemory(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

export interface Load {
  readonly rps: number;
  readonly p99: number;
  readonly errors: number;
}
export interface LoadRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export function load(url: string, requests: readonly LoadRequest[], seconds: number, connections = 32): Load {
  const [file, args] = onCore(1, [process.execPath, 'test/bench/load.mjs']);
  const input = JSON.stringify({ url, seconds, connections, requests });
  return JSON.parse(execFileSync(file, args, { encoding: 'utf8', input, maxBuffer: 1 << 24 })) as Load;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
