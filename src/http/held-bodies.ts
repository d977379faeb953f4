/** Bytes of bodies whose calls have no answer yet, of all connections together: what callers send at once has a bound. */

/** Enough for eight bodies of the longest kind. */
const MAX_HELD = 256_000_000;

let held = 0;

/** False where no more may be held; `bytes` are then not counted. */
export function hold(bytes: number): boolean {
  if (held + bytes > MAX_HELD) return false;
  held += bytes;
  return true;
}
export function release(bytes: number): void {
  held -= bytes;
}
