/** Percent-encoding: as .NET undoes it, and as a whole. */

const HEX = '[0-9A-Fa-f]';
/** A byte that continues a character. */
const NEXT = `%[89ABab]${HEX}`;
// Marked as pure: the console, which decodes as the server does, has no use for it and a limit on its weight.
const VALID = /* @__PURE__ */ new RegExp(
  /* @__PURE__ */ [
    `%[0-7]${HEX}`,
    `%(?:[Cc][2-9A-Fa-f]|[Dd]${HEX})${NEXT}`,
    `%[Ee]0%[ABab]${HEX}${NEXT}`,
    `%[Ee][1-9A-Ca-cEeFf]${NEXT}${NEXT}`,
    `%[Ee][Dd]%[89]${HEX}${NEXT}`,
    `%[Ff]0%[9ABab]${HEX}${NEXT}${NEXT}`,
    `%[Ff][1-3]${NEXT}${NEXT}${NEXT}`,
    `%[Ff]4%8${HEX}${NEXT}${NEXT}`,
  ].join('|'),
  'g',
);

/** What is valid UTF-8 (RFC 3629) is decoded, every other percent sign stays as it was sent: so does .NET. */
export const percentDecoded = (text: string): string => (text.includes('%') ? text.replace(VALID, decodeURIComponent) : text);

/** Decoded whole, or as it was sent where its encoding is not valid. */
export function decodedOrAsSent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
