/**
 * The text of a message with long lists, piece by piece: their items are left out while it is written, each list a mark in
 * its place, and written afterwards, one by one.
 */

interface LeftOut {
  readonly items: readonly unknown[];
  readonly write: (item: unknown) => string;
  readonly separator: string;
}

/** Longer lists are left out. */
export const LONG = 100;

let leftOut: LeftOut[] | undefined;
let mark = '';

/** Whether long lists are being left out: what is written now is not what stands in the answer. */
export const isLeavingOut = (): boolean => leftOut !== undefined;

/** Leaves a list's items out and gives the mark in their place; undefined where they are to be written. */
export function leaveOut(items: readonly unknown[], write: (item: unknown) => string, separator: string): string | undefined {
  if (leftOut === undefined || items.length <= LONG) return undefined;
  leftOut.push({ items, write, separator });
  return mark;
}

/** What `write` writes; `within` is what becomes of an item's text where the list stands. */
export function* inParts(write: () => string, within: (text: string) => string): Generator<string> {
  let lists: LeftOut[];
  let texts: string[];
  // A value may hold the mark: then it is another one.
  for (mark = '\ud800'; ; mark += '\ud800') {
    lists = leftOut = [];
    try {
      texts = write().split(mark);
    } finally {
      leftOut = undefined;
    }
    if (texts.length === lists.length + 1) break;
  }
  yield texts[0]!;
  for (const [index, { items, write: writeItem, separator }] of lists.entries()) {
    let before = '';
    for (const item of items) {
      yield before + within(writeItem(item));
      before = separator;
    }
    yield texts[index + 1]!;
  }
}
