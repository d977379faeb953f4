/** JSON as the vendor's framework takes it: objects, lists and scalars nested no deeper than its reader's limit. */
import type { JsonObject } from '../../json-object.ts';
import { atOnce, type Work } from '../../work.ts';
import { exceededLimit } from '../../wire/json/limits.ts';

/** `MaxDepth` of ASP.NET Web API's formatters; the others are ours, so that no body takes seconds to be parsed. */
const LIMITS = { depth: 256, objects: 100_000, members: 700_000 } as const;
const EXCEEDED = {
  depth: 'it is nested deeper than',
  objects: 'it holds more objects than',
  members: 'it holds more members than',
} as const;

/** Throws a SyntaxError on anything else. */
export function parseJson(text: string): unknown {
  const exceeded = exceededLimit(text, LIMITS);
  if (exceeded !== undefined) throw new SyntaxError(`${EXCEEDED[exceeded]} ${LIMITS[exceeded]}`);
  return JSON.parse(text);
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
    return atOnce(this.restoring(object));
  }
  /** The same in steps, for an object of any size. */
  *restoring(object: JsonObject): Work<JsonObject> {
    const renamed: [string, unknown][] = [];
    let isSame = true;
    for (const sent in object) {
      const name = this.find(sent) ?? sent;
      isSame &&= name === sent;
      if (renamed.push([name, object[sent]]) % STEP === 0) yield;
    }
    return isSame ? object : Object.fromEntries(renamed);
  }
}

/** Names between two places where work may be interrupted. */
export const STEP = 1000;
