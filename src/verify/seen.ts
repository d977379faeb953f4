/** An answer as it was seen: the raw text of every value, before anything is read into it. */

export interface Seen {
  /** What the bytes themselves say a value is. `bare` and `element` leave it to the contract (JSV, CSV, XML). */
  readonly is: 'null' | 'string' | 'number' | 'boolean' | 'bare' | 'object' | 'list' | 'element';
  /** Of a scalar, and of an element: its own text. A number keeps its digits. */
  readonly text: string;
  /** Members of an object, items of a list (without names), children of an element. */
  readonly children: readonly SeenChild[];
}

export interface SeenChild {
  readonly name: string;
  /** XML namespace; undefined in formats that have none. */
  readonly ns?: string;
  readonly value: Seen;
}

/** An answer that is not in the format it should be in. */
export class Unreadable extends Error {}

const NO_CHILDREN: readonly SeenChild[] = Object.freeze([]);

export const scalar = (is: 'string' | 'number' | 'boolean' | 'bare', text: string): Seen => ({ is, text, children: NO_CHILDREN });
export const compound = (is: 'object' | 'list', children: readonly SeenChild[]): Seen => ({ is, text: '', children });
export const NULL: Seen = Object.freeze({ is: 'null', text: 'null', children: NO_CHILDREN });

const MAX_CHARACTERS = 60;
const cut = (text: string): string => (text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}…`);

/** A value in a few words, for findings. */
export function show(seen: Seen | undefined): string {
  if (seen === undefined) return 'nothing';
  if (seen.is === 'null') return 'null';
  if (seen.is === 'string') return cut(JSON.stringify(seen.text));
  if (seen.is === 'list') return seen.children.length === 1 ? 'a list of 1' : `a list of ${seen.children.length}`;
  if (seen.is === 'object' || seen.children.length > 0)
    return cut(`an object of ${seen.children.map(({ name }) => name).join(', ') || 'no members'}`);
  return seen.text === '' ? 'an empty text' : cut(seen.text);
}
