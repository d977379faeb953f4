/** Texts of the wire made easier on the eye, token by token, so that nothing but white space is added. */
const INDENT = '  ';

export function spreadJson(json: string): string {
  let text = '';
  let depth = 0;
  const line = (): string => `\n${INDENT.repeat(depth)}`;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[[\]{}:,]|[^\s"[\]{}:,]+/g)) {
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

/** For XML that has each tag, or each element with text, on a line of its own. */
export function indentXml(xml: string): string {
  let depth = 0;
  return xml
    .split('\n')
    .map((line) => {
      const tag = line.trim();
      if (tag.startsWith('</')) depth--;
      const text = INDENT.repeat(Math.max(depth, 0)) + tag;
      if (!/^<[?/!]|\/>$|<\/[^>]*>$/.test(tag)) depth++;
      return text;
    })
    .join('\n');
}
