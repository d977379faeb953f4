/** One line a request on standard output, what went wrong on standard error: as text for people, as JSON for machines. */
import type { Log, LogEvent } from '../journal/log.ts';
import type { Explanation } from '../http/message.ts';
import type { Io } from './args.ts';

export function logTo(io: Io, form: 'text' | 'json'): Log {
  if (form === 'json') return (event) => io.stdout(`${JSON.stringify(event)}\n`);
  return (event) => {
    if (event.event !== 'request') {
      io.stderr(`contacts-mock: ${event.message}\n`);
      return;
    }
    io.stdout(`${requestLine(event)}\n`);
    const { explanation } = event;
    if (explanation === undefined) return;
    for (const one of [explanation, ...(explanation.more ?? [])]) io.stderr(`  ${reason(one)}\n`);
  };
}

function requestLine({ method, target, status, operation, ms, world }: Extract<LogEvent, { event: 'request' }>): string {
  const place = world === '' ? '' : ` @${world}`;
  return `${method} ${target} → ${status ?? 'connection broken'} ${operation ?? 'unmatched'}${place} ${ms.toFixed(1)} ms`;
}

/** `Title: …` — the member first, the valid name and the place in the contract after the sentence. */
const reason = ({ message, member, nearest, contract }: Explanation): string =>
  [
    member === undefined || message.includes(member) ? '' : `${member}: `,
    message,
    nearest === undefined || message.includes(nearest) ? '' : ` Did you mean ${nearest}?`,
    contract === undefined ? '' : ` (${contract})`,
  ].join('');
