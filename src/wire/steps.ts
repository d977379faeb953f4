/** Reading in steps, so that a long body may be read in turns; whoever cannot wait goes through them at once. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Characters, or bytes, that are read in one step. */
export const STEP = 16_384;

/** What each item counts beside its text. */
const ITEM = 128;

/** Counts what was read since the last step: small items are read together, for a step costs more than they do. */
export class Pace {
  #left = STEP;

  /** Whether an item ends a step. */
  isOver(length = 0): boolean {
    this.#left -= length + ITEM;
    if (this.#left > 0) return false;
    this.#left = STEP;
    return true;
  }
}

/** All steps in one go. */
export function whole<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
