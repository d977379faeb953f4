/** Texts of the wire made easier on the eye: nothing but white space is added. */
import { spread } from '../../../wire/json/indent.ts';

const INDENT = '  ';

/** What is empty stays together. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[[\]{}:,]|[^\s"[\]{}:,]+/g;

export const spreadJson = (json: string): string => spread(json, INDENT, TOKEN);

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
