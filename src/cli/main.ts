/** The program: a command line with the real terminal. */
import { monotonic } from '../store/clock.ts';
import type { Io } from './args.ts';
import { whenNpmEnds } from './parent.ts';
import { run } from './run.ts';

/** What a reader that does not read may leave behind, in bytes; lines of the log beyond that are dropped. */
const MAX_UNREAD = 1_000_000;
/** Milliseconds that a server which has stopped waits for whoever reads its output. */
const MAX_FLUSH = 300;

/** From the package's folder, as only the executable itself can import. */
type Load = NonNullable<Io['load']>;

/** Runs the command line of this process. */
export async function main(load: Load): Promise<void> {
  const terminal = new Terminal(load);
  // Never a stack: the program is one file, and its lines tell nobody anything.
  const onMistake = (error: unknown): void => {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    terminal.stderr(`contacts-mock: A mistake of the mock itself: ${said.split('\n')[0]}. Please report it.\n`);
    if (!terminal.isWaiting) process.exit(70);
  };
  process.on('uncaughtException', onMistake).on('unhandledRejection', onMistake);
  process.exitCode = await run(process.argv.slice(2), terminal);
  if (!terminal.isWaiting) return;
  await terminal.flush();
  process.exit();
}

class Terminal implements Io {
  readonly isTerminal = process.stdout.isTTY ?? false;
  readonly env = process.env;
  readonly stdout = this.#writer(process.stdout);
  readonly stderr = this.#writer(process.stderr);
  readonly load: Load;
  #stopped: Promise<void> | undefined;

  constructor(load: Load) {
    this.load = load;
  }

  /** A full pipe gives a promise, awaited by commands that print a lot; `false`: dropped, since a server waits for nobody. */
  #writer(stream: NodeJS.WriteStream): (text: string) => unknown {
    let isClosed = false;
    /** One listener for all who wait: a server whose reader is slow prints on. */
    let drained: Promise<void> | undefined;
    // A reader that went away (`| head`) is no error of ours, and a server serves on without it.
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (isClosed) return;
      isClosed = true;
      if (code !== 'EPIPE' && stream === process.stdout)
        this.stderr(`contacts-mock: The output cannot be written (${code}). Make room, or write it elsewhere.\n`);
      if (!this.isWaiting) process.exit(code === 'EPIPE' ? 0 : 2);
    });
    return (text) => {
      if (isClosed) return undefined;
      if (this.isWaiting && stream.writableLength > MAX_UNREAD) return false;
      if (stream.write(text)) return undefined;
      drained ??= new Promise<void>((resolve) => stream.once('drain', resolve)).then(() => {
        drained = undefined;
      });
      return drained;
    };
  }
  /** Waits a moment for whoever reads the end of the output; who does not read keeps nobody. */
  async flush(): Promise<void> {
    const end = monotonic() + MAX_FLUSH;
    const isPending = (): boolean => process.stdout.writableLength + process.stderr.writableLength > 0;
    while (isPending() && monotonic() < end) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  async stdin(): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
  get isWaiting(): boolean {
    return this.#stopped !== undefined;
  }
  /** Asked for by commands that wait; the others keep the default of Ctrl-C. */
  get stopped(): Promise<void> {
    this.#stopped ??= new Promise((resolve) => {
      // Node writes to a pipe until it is taken; whoever does not read would stop the server.
      for (const { _handle } of [process.stdout, process.stderr] as unknown as Pipe[]) _handle?.setBlocking?.(false);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      whenNpmEnds(resolve);
    });
    return this.#stopped;
  }
}

interface Pipe {
  readonly _handle?: { setBlocking?(isBlocking: boolean): void };
}
