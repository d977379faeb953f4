/** The program: a command line with the real terminal. */
import type { Io } from './args.ts';
import { run } from './run.ts';

/** From the package's folder, as only the executable itself can import. */
type Load = NonNullable<Io['load']>;

/** A write answers false when the pipe is full; `drain` is then awaited by commands that print a lot. */
function terminal(load: Load): Io {
  let stopped: Promise<void> | undefined;
  const write = (stream: NodeJS.WriteStream) => (text: string) =>
    stream.write(text) ? undefined : new Promise<void>((resolve) => stream.once('drain', resolve));
  return {
    stdout: write(process.stdout),
    stderr: write(process.stderr),
    stdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    isTerminal: process.stdout.isTTY ?? false,
    env: process.env,
    load,
    // Asked for by commands that wait; the others keep the default of Ctrl-C.
    get stopped() {
      stopped ??= new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      });
      return stopped;
    },
  };
}

/** Runs the command line of this process. */
export async function main(load: Load): Promise<void> {
  // A reader that went away (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  process.exitCode = await run(process.argv.slice(2), terminal(load));
}
