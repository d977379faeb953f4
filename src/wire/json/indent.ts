/** JSON spread over lines, token by token, so that nothing but white space is added. */

/** Strings are taken whole; between them stand single characters. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^"{}[\],:]+|./gs;

/** With four blanks, as ServiceStack.Text's `Indent` does it: an empty list has a line of its own, too (recording more-jsconfig). */
export const indented = (json: string): string => spread(json, '    ', TOKEN);

export function spread(json: string, blanks: string, tokens: RegExp): string {
  let text = '';
  let depth = 0;
  const line = (): string => `\n${blanks.repeat(depth)}`;
  for (const [token] of json.matchAll(tokens)) {
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
