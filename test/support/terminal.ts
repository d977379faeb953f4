/** A terminal that keeps what was printed. */
import type { Io } from '../../src/cli/args.ts';
import { run } from '../../src/cli/run.ts';

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function command(args: readonly string[], io: Partial<Io> & { readonly input?: string } = {}): Promise<Printed> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    stdin: async () => new TextEncoder().encode(io.input ?? ''),
    env: {},
    load: (module) => import(module),
    ...io,
  });
  return { code, out, err };
}
