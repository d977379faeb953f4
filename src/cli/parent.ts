/** Whether npm, which started this process, is still there; a shell may stand between the two. */
import { readFileSync } from 'node:fs';

const INTERVAL = 500;
const SHELL = /^(sh|bash|dash|ash|zsh|ksh|busybox)$/;

interface Process {
  readonly name: string;
  readonly isRunning: boolean;
  readonly parent: number;
  readonly session: number;
  /** Tells it from a later process of the same number. */
  readonly startedAt: string;
}

/**
 * Calls `then` when npm, npx, yarn or pnpm ends, if one of them started this process. It would be left behind where a shell
 * keeps the signal to itself, and whoever killed npm could not know. What `setsid` made independent stays so, and so does
 * whatever was started without npm: `contacts-mock &`, `nohup contacts-mock &`.
 */
export function whenNpmEnds(then: () => void): void {
  if (process.env['npm_execpath'] === undefined) return;
  const self = processOf(process.pid);
  if (self?.session === process.pid) return;
  const parent = process.ppid;
  let pid = parent;
  let starter = processOf(pid);
  // A script such as `contacts-mock & wait-on …` ends before those that need the mock do.
  while (starter !== undefined && SHELL.test(starter.name)) {
    pid = starter.parent;
    starter = processOf(pid);
  }
  const isThere = (): boolean => {
    if (starter === undefined) return process.ppid === parent;
    const now = processOf(pid);
    return now?.isRunning === true && now.startedAt === starter.startedAt;
  };
  setInterval(() => isThere() || then(), INTERVAL).unref();
}

/** As Linux tells it; undefined elsewhere, and where there is none. */
function processOf(pid: number): Process | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may have anything in it, parentheses too (proc(5)).
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    return {
      name: text.slice(text.indexOf('(') + 1, end),
      isRunning: fields[0] !== 'Z' && fields[0] !== 'X',
      parent: Number(fields[1]),
      session: Number(fields[3]),
      startedAt: fields[19]!,
    };
  } catch {
    return undefined;
  }
}
