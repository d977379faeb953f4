/** Tells the journal why a call failed. */
import type { Explanation } from '../../http/message.ts';
import type { Call } from '../protocol.ts';
import { excerpt } from './problem.ts';

/** The journal keeps a thousand of these: a value of any size has no place there. */
const MAX_KEPT = 1000;

export function explain(call: Call, ...explanations: readonly Explanation[]): void {
  call.explanations = [...(call.explanations ?? []), ...explanations.map(shortened)];
}

function shortened(explanation: Explanation): Explanation {
  const { value } = explanation;
  const isShort = value === undefined || (JSON.stringify(value)?.length ?? 0) <= MAX_KEPT;
  return isShort ? explanation : { ...explanation, value: excerpt(value) };
}
