/** A header's value with parameters, `form-data; name="x"`, as strictly as .NET's own header classes read it (RFC 9110 §5.6.6). */

export interface HeaderValue {
  /** In lower case. */
  readonly value: string;
  /** By name in lower case, without quotes; of a repeated one the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const BLANK = '[ \\t]*';
const PARAMETER = `(${TOKEN})${BLANK}(?:=${BLANK}(?:(${TOKEN}|"(?:\\\\[\\s\\S]|[^"\\\\])*")${BLANK})?)?`;
const VALUE = new RegExp(`^${BLANK}(${TOKEN}(?:/${TOKEN})?)${BLANK}((?:;${BLANK}${PARAMETER})*)(?:;${BLANK})?$`);
const EACH = new RegExp(`;${BLANK}${PARAMETER}`, 'g');

/** Undefined where .NET finds no value: nothing is read then at all. */
export function parseHeaderValue(text: string): HeaderValue | undefined {
  const found = VALUE.exec(text);
  if (found === null) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name = '', value = ''] of (found[2] ?? '').matchAll(EACH)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, value.startsWith('"') ? value.slice(1, -1) : value);
  }
  return { value: (found[1] ?? '').toLowerCase(), parameters };
}
