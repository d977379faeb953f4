/** JSV, ServiceStack's own notation: JSON's structure, CSV's quotes (servicestack.md §3.2). */
import { ZERO_GUID } from '../../contract/field.ts';
import { CLR, jsvText } from '../values/clr.ts';
import { compact } from '../compact-writer.ts';

const isZeroGuid = (value: unknown): boolean => value === ZERO_GUID;

export const jsv = compact({
  textOf: (type) => CLR[type].jsv,
  name: (name) => `${name}:`,
  key: jsvText,
  string: jsvText,
  nothing: () => '',
  noItem: '',
  // A custom function for Guid loses the default where nulls are not written; with placeholders every scalar is there.
  isLeftOut: (field, { profile, nulls }) =>
    profile.isZeroGuidLeftOut && nulls === 'wire' && field.facts.type === 'guid' && !field.facts.isNullable ? isZeroGuid : undefined,
});

const OPENING = /[{[]/;
const CLOSING = /[}\]]/;

/** JSV spread over lines, as metadata pages and `?debug=true` show it (recording negotiate/…/debug-jsv). */
export function spread(compactText: string): string {
  let text = '';
  let tabs = 0;
  let isNameAhead = true;
  let isInString = false;
  const line = () => `\n${'\t'.repeat(Math.max(tabs, 0))}`;
  for (let i = 0; i < compactText.length; i++) {
    const char = compactText.charAt(i);
    if (OPENING.test(char)) {
      if (compactText[i - 1] === ':') {
        if (CLOSING.test(compactText.charAt(i + 1))) {
          text += char + compactText.charAt(++i);
          continue;
        }
        text += line();
      }
      tabs++;
      text += char + line();
      isNameAhead = true;
    } else if (CLOSING.test(char)) {
      tabs--;
      text += line() + char;
      isNameAhead = true;
    } else if (char === '"') {
      text += char;
      isInString = !isInString;
    } else if (char === ',' && !isInString) {
      text += char + line();
      isNameAhead = true;
    } else {
      text += char;
      if (char === ':' && isNameAhead) {
        text += ' ';
        isNameAhead = false;
      }
    }
  }
  return text;
}
