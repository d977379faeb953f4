/** JSON as the vendor's framework takes it: objects, lists and scalars nested no deeper than its reader's limit. */

/** `MaxDepth` of ASP.NET Web API's formatters. */
const MAX_DEPTH = 256;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws a SyntaxError on anything else. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Each level takes two characters at least: a short text need not be walked.
  if (text.length > 2 * MAX_DEPTH && isDeeper(value, MAX_DEPTH)) throw new SyntaxError(`it is nested deeper than ${MAX_DEPTH} levels`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) if (isDeeper((value as JsonObject)[name], levels - 1)) return true;
  return false;
}

/** Names as they are written, found whatever the case in which they came. */
export class KnownNames {
  readonly names: readonly string[];
  readonly #byLowerCase: ReadonlyMap<string, string>;

  constructor(names: Iterable<string>) {
    this.names = [...names];
    this.#byLowerCase = new Map(this.names.map((name) => [name.toLowerCase(), name]));
  }
  find(sent: string): string | undefined {
    return this.#byLowerCase.get(sent.toLowerCase());
  }
  /** The object with the known names as they are written: the vendor's framework binds them in any case (logisense.md §1). */
  restore(object: JsonObject): JsonObject {
    const keys = Object.keys(object);
    const known = keys.map((key) => this.find(key) ?? key);
    return known.every((name, i) => name === keys[i]) ? object : Object.fromEntries(known.map((name, i) => [name, object[keys[i]!]]));
  }
}
