/** The objects in a list of a large JSON document, as their bytes: the document as one value would fill the memory. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
/** In the object that the root holds: `{"log":{"entries":[…]}}`. */
const LIST_DEPTH = 2;

/** Answers at its end whether the list was there and was closed. */
export function* elementsOf(document: Buffer, list: string): Generator<Buffer, boolean> {
  let depth = 0;
  let start = 0;
  let isInside = false;
  for (let at = 0; at < document.length; at++) {
    const byte = document[at];
    if (byte === QUOTE) {
      const end = endOfText(document, at + 1);
      if (end < 0) return false;
      const isList = depth === LIST_DEPTH && !isInside && document.toString('latin1', at + 1, end) === list;
      at = end;
      if (isList) isInside = /^\s*:\s*\[/.test(document.toString('latin1', end + 1, end + 20));
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (depth === LIST_DEPTH + 1) start = at;
      depth++;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth--;
      if (!isInside) continue;
      if (depth === LIST_DEPTH) return true;
      if (depth === LIST_DEPTH + 1) yield document.subarray(start, at + 1);
    }
  }
  return false;
}

/** Where the closing quote is; -1 where there is none. */
function endOfText(document: Buffer, from: number): number {
  for (let end = document.indexOf(QUOTE, from); end >= 0; end = document.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (end - 1 - backslashes >= from && document[end - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}
