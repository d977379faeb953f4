/** Reading in pieces, so that a long body may be read in turns: how much is read between two interruptions. */

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
