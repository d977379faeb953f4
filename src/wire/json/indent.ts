/** JSON spread over lines of four blanks, as ServiceStack.Text's `Indent` does it: an empty list has a line of its own, too (recording more-jsconfig). */
const BLANKS = '    ';

export function indented(json: string): string {
  let text = '';
  let depth = 0;
  const line = (): string => `\n${BLANKS.repeat(depth)}`;
  // Strings are taken whole; between them stand single characters.
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[^"{}[\],:]+|./gs)) {
    if (token === '{' || token === '[') {
      depth++;
      text += token + line();
    } else if (token === '}' || token === ']') {
      depth--;
      text += line() + token;
    } else if (token === ',') text += token + line();
    else text += token === ':' ? ': ' : token;
  }
  return text;
}
