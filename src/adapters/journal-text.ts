/** What a world was asked and answered, as lines for somebody whose test has failed: oldest first, each failure with its reason. */
import type { JournalEntry } from '../index.ts';

/** Calls shown; a test that makes more has failed near its end. */
const MAX_SHOWN = 50;

export function journalText(entries: readonly JournalEntry[]): string {
  const shown = entries.slice(0, MAX_SHOWN).reverse();
  const left = entries.length - shown.length;
  return [...(left > 0 ? [`(${left} earlier calls)`] : []), ...shown.map(lines)].join('\n');
}

function lines({ method, request, response, operation, explanation }: JournalEntry): string {
  const outcome = 'status' in response ? response.status : response.fault;
  const call = `${method} ${request.url} → ${outcome} ${operation ?? 'no operation'}`;
  return explanation === undefined ? call : `${call}\n  ${explanation.message}`;
}
