/** `--port`, or the environment's `PORT`. */
import { type Io, type Parsed, usageError } from './args.ts';

export function portOf(parsed: Parsed, io: Io, otherwise: number): number {
  const [name, text] = parsed.has('port') ? ['--port', parsed.text('port')] : ['PORT', io.env?.['PORT'] || String(otherwise)];
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw usageError(`${name} takes a whole number from 0 to 65535, not "${text}".`, 'Take 0 for any free port.');
}
