/** Why a call failed, or what of it was not read: what the protocol said, or the best that can be said without it. */
import type { Explanation } from '../http/message.ts';
import type { Fault, Outcome } from '../http/outcome.ts';
import type { Route } from '../protocols/protocol.ts';
import { nearOperations } from './nearest-operations.ts';
import { shortenText } from './redaction.ts';

/** The part of a call that an explanation follows from. */
export interface Explained {
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly explanations: readonly Explanation[] | undefined;
  readonly outcome: Outcome | undefined;
  readonly isPreflight: boolean;
  readonly status: number | undefined;
  readonly fault: Fault | undefined;
}

export type FullExplanation = Explanation & { readonly more?: readonly Explanation[] };

export function explanationOf(context: { routes(): readonly Route[] }, call: Explained): FullExplanation | undefined {
  const [first, ...more] = call.explanations ?? [];
  if (first !== undefined) return more.length === 0 ? first : { ...first, more };
  const status = call.status ?? 0;
  if (call.outcome?.code !== undefined || call.outcome?.answer !== undefined)
    return { message: `The status ${status} was asked for by a preference or a fault rule.`, rule: 'forced' };
  if (call.fault !== undefined) return { message: `The connection was broken on purpose: ${call.fault}.`, rule: 'forced' };
  if (status < 400) return undefined;
  return isUnmatched(call)
    ? noOperation(context.routes(), call)
    : { message: `The service answered ${status}; the reason stands in the body.` };
}

/** True for a call that reached no operation. A browser's preflight asks for none. */
export const isUnmatched = ({ operation, status, isPreflight }: Pick<Explained, 'operation' | 'status' | 'isPreflight'>): boolean =>
  operation === undefined && !isPreflight && (status === 404 || status === 405);

function noOperation(routes: readonly Route[], { method, path }: Explained): Explanation {
  const message = `No operation has ${method} ${path}.`;
  const [near] = nearOperations(routes, method, path);
  if (near === undefined) return { message, rule: 'route' };
  return {
    message: `${message} The nearest is ${near.operation}, ${near.method} ${near.path}: ${near.differs.join(', ')}.`,
    rule: 'route',
    value: path,
    nearest: near.path,
    contract: near.operation,
  };
}

/** Characters of an `X-Mock-Explanation` header. */
const MAX_HEADER = 300;

/** An explanation as a header's value: printable ASCII, at most 300 characters, no credential. */
export function explanationHeader({ message }: Explanation): string {
  const text = shortenText(message.slice(0, 2 * MAX_HEADER))
    .replaceAll('…', '...')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[^\x20-\x7e]+/g, '?');
  return text.length <= MAX_HEADER ? text : `${text.slice(0, MAX_HEADER - 3)}...`;
}
