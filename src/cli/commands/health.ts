/** `contacts-mock health`: does a server answer? For containers and scripts that wait for one. */
import { type Command, type Io, type Parsed, usageError } from '../args.ts';

const TIMEOUT_MS = 5000;

export const command: Command = {
  name: 'health',
  summary: 'Asks a running server whether it is there. Exit 0: it answers. 1: it does not.',
  operands: '[URL]',
  options: {},
  example: 'contacts-mock health http://127.0.0.1:4010',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  const [url = `http://127.0.0.1:${io.env?.['PORT'] || 4010}`] = parsed.operands;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw usageError(`"${url}" is not a valid address.`, 'Write it as in http://127.0.0.1:4010.');
  try {
    const answer = await (io.fetch ?? fetch)(`${url.replace(/\/+$/, '')}/__admin/health`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { status } = (await answer.json()) as { status?: string };
    if (answer.ok && status === 'ok') {
      io.stdout(`${url} answers\n`);
      return 0;
    }
    io.stderr(`contacts-mock: ${url} answers ${answer.status}, but not as a contacts-mock does.\n`);
  } catch (error) {
    const { cause = error } = error as { cause?: { code?: string; message: string } };
    const { code, message } = cause as { code?: string; message: string };
    io.stderr(`contacts-mock: ${url} does not answer (${code ?? message}).\n`);
  }
  return 1;
}
