/** An answer as it was parsed: the raw text of every value, before anything is read into it. */

export interface ParsedValue {
  /** What the bytes themselves say a value is. `bare` and `element` leave it to the contract (JSV, CSV, XML). */
  readonly is: 'null' | 'string' | 'number' | 'boolean' | 'bare' | 'object' | 'list' | 'element';
  /** Of a scalar, and of an element: its own text. A number keeps its digits. */
  readonly text: string;
  /** Members of an object, items of a list (without names), children of an element. */
  readonly children: readonly ParsedMember[];
}

export interface ParsedMember {
  readonly name: string;
  /** XML namespace; undefined in formats that have none. */
  readonly ns?: string;
  readonly value: ParsedValue;
}

/** An answer that is not in the format it should be in. */
export class Unreadable extends Error {}

const NO_CHILDREN: readonly ParsedMember[] = Object.freeze([]);

export const scalar = (is: 'string' | 'number' | 'boolean' | 'bare', text: string): ParsedValue => ({ is, text, children: NO_CHILDREN });
export const compound = (is: 'object' | 'list', children: readonly ParsedMember[]): ParsedValue => ({ is, text: '', children });
export const NULL: ParsedValue = Object.freeze({ is: 'null', text: 'null', children: NO_CHILDREN });

const MAX_CHARACTERS = 60;
const cut = (text: string): string => (text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}…`);

/** A value in a few words, for findings. */
export function show(value: ParsedValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value.is === 'null') return 'null';
  if (value.is === 'string') return cut(JSON.stringify(value.text));
  if (value.is === 'list') return `a list of ${value.children.length}`;
  if (value.is === 'object' || value.children.length > 0)
    return cut(`an object of ${value.children.map(({ name }) => name).join(', ') || 'no members'}`);
  return value.text === '' ? 'an empty text' : cut(value.text);
}
