/** JSON as the vendor's framework takes it: objects, lists and scalars nested no deeper than its reader's limit. */

/** `MaxDepth` of ASP.NET Web API's formatters. */
const DEEPEST = 256;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws a SyntaxError on anything else. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Each level takes two characters at least: a short text need not be walked.
  if (text.length > 2 * DEEPEST && isDeeper(value, DEEPEST)) throw new SyntaxError(`it is nested deeper than ${DEEPEST} levels`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) if (isDeeper((value as JsonObject)[name], levels - 1)) return true;
  return false;
}

/** The object with these names withKnownNames so, whatever the case in which they came: the vendor's framework binds any (logisense.md §1). */
export function withKnownNames(object: JsonObject, names: readonly string[]): JsonObject {
  const spell = (key: string): string =>
    names.includes(key) ? key : (names.find((name) => name.toLowerCase() === key.toLowerCase()) ?? key);
  const keys = Object.keys(object);
  if (keys.every((key) => spell(key) === key)) return object;
  return Object.fromEntries(keys.map((key) => [spell(key), object[key]]));
}
