/** How deep a JSON text is nested: told before it is parsed, since a parser takes far longer for brackets than for anything else. */

/** Whether a text is nested deeper than a number of levels; looks at each character once. */
export function isDeeper(json: string, max: number): boolean {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (isText) {
      if (code === 0x5c) i++;
      else if (code === 0x22) isText = false;
    } else if (code === 0x22) isText = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > max) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
