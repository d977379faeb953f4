/** Long work in pieces: whoever cannot wait does it at once, all others in turns (`store/turns.ts`). */

/** Work that may be interrupted wherever it yields. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Does the work in one go, for callers that cannot wait. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
