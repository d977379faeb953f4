/** The log, one stream: a line for each request with its reasons below it, as text for people, as JSON for machines. */
import type { Log, LogEvent } from '../journal/log.ts';
import type { Explanation } from '../http/message.ts';
import { isoTime, machineTime } from '../store/clock.ts';
import type { Io } from './args.ts';

/** Every line carries the machine's time; the world's may stand still. */
export function logTo(io: Io, format: 'text' | 'json'): Log {
  let dropped = 0;
  const print = (line: string): boolean => io.stdout(`${printable(line)}\n`) !== false;
  const write = (line: string): void => {
    if (dropped > 0 && print(of({ event: 'note', message: `${dropped} lines were left out here, since nobody read them.` }))) dropped = 0;
    if (dropped > 0 || !print(line)) dropped++;
  };
  const of = (event: LogEvent): string =>
    format === 'json' ? jsonLine(event) : `${isoTime(machineTime())} ${event.event === 'request' ? requestLine(event) : event.message}`;
  return (event) => {
    write(of(event));
    if (format === 'json' || event.event !== 'request' || event.explanation === undefined) return;
    for (const one of [event.explanation, ...(event.explanation.more ?? [])]) write(`  ${reason(one)}`);
  };
}

/** Kinds of mistakes that are remembered as told. */
const MAX_KINDS = 100;

/** With the log off: the mock's own mistakes alone, on standard error, and each kind once. */
export function mistakesTo(io: Io): Log {
  const told = new Set<string>();
  const tell = (event: LogEvent): void => {
    if (event.event !== 'mistake' || told.size >= MAX_KINDS) return;
    // Where it was thrown tells what kind it is: messages carry the call.
    const kind = /^\s+at .*$/m.exec(event.stack ?? '')?.[0] ?? event.message;
    if (told.has(kind)) return;
    told.add(kind);
    io.stderr(`${printable(event.message)} (told once)\n`);
  };
  return Object.assign(tell, { skipsRequests: true });
}

/** An event, or what a start says, as one line. */
export const jsonLine = (event: object): string => JSON.stringify({ time: isoTime(machineTime()), ...event });

/** Controls, terminal escapes and marks that change the order of text are shown, as JSON escapes them. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
const escaped = (sign: string): string =>
  sign
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

function requestLine({ method, target, status, operation, ms, world, servedBy }: Extract<LogEvent, { event: 'request' }>): string {
  const place = world === '' ? '' : ` @${world}`;
  const giver = servedBy === 'upstream' ? ' (upstream)' : '';
  return `${method} ${target} → ${status ?? 'connection broken'} ${operation ?? 'unmatched'}${giver}${place} ${ms.toFixed(1)} ms`;
}

/** `Title: …` — the member first, the valid name and the place in the contract after the sentence. */
const reason = ({ message, member, nearest, contract }: Explanation): string =>
  [
    member === undefined || message.includes(member) ? '' : `${member}: `,
    message,
    nearest === undefined || message.includes(nearest) ? '' : ` Did you mean ${nearest}?`,
    contract === undefined ? '' : ` (${contract})`,
  ].join('');
