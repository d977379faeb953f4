/** A mistake in the use of the mock itself (never an answer of an API): what failed, on what, and what to do. */
export class MockError extends Error {
  readonly code: string;
  readonly fix: string;

  constructor(code: string, message: string, fix: string) {
    super(fix === '' ? message : `${message} ${fix}`);
    this.name = 'MockError';
    this.code = code;
    this.fix = fix;
  }
}

/** Names are shorter; a longer text is near none, and costs nothing. */
const MAX_NAME = 200;

/** What a mistake answers over HTTP where it is not 400. */
const STATUSES: Readonly<Record<string, number>> = {
  'unknown-snapshot': 404,
  'unknown-request': 404,
  'unknown-scenario': 404,
  'unknown-entity': 404,
  'unknown-record': 404,
  'no-such-route': 404,
  'record-in-use': 409,
  'wrong-verb': 405,
  'world-gone': 409,
  'too-large': 413,
  'unwritable-file': 500,
  'worlds-full': 507,
};

export const statusOf = ({ code }: MockError): number => STATUSES[code] ?? 400;

/** The candidate nearest to what was typed, by edit distance; undefined where none is near. */
export function nearest(typed: string, candidates: Iterable<string>): string | undefined {
  if (typed.length > MAX_NAME) return undefined;
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(typed.length / 2)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** `Did you mean "name"?` of the nearest candidate; where none is near, what to do otherwise. */
export function suggest(
  typed: string | undefined,
  candidates: Iterable<string>,
  otherwise: string,
  written: (name: string) => string = (name) => `"${name}"`,
): string {
  const near = typed === undefined ? undefined : nearest(typed, candidates);
  return near === undefined ? otherwise : `Did you mean ${written(near)}?`;
}

/** Letters to change, add or take away. */
export function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[right.length]!;
}
