/** Tells the journal why a call failed. */
import type { Call, Explanation } from '../protocol.ts';

export function explain(call: Call, ...explanations: readonly Explanation[]): void {
  call.explanations = [...(call.explanations ?? []), ...explanations];
}
