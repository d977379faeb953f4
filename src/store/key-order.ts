/** The keys of a table in the order of one text member: in lower case, by code units, then by key. */
import type { Key, StoredRecord } from '../contract/entity.ts';

export class KeyOrder {
  readonly member: string;
  readonly #texts: string[];
  readonly #keys: Key[];

  constructor(member: string, texts: string[] = [], keys: Key[] = []) {
    this.member = member;
    this.#texts = texts;
    this.#keys = keys;
  }
  static of(member: string, records: Iterable<readonly [Key, StoredRecord]>): KeyOrder {
    const rows = [...records].map(([key, record]) => ({ key, text: folded(record[member]) }));
    rows.sort((left, right) => compare(left.text, left.key, right.text, right.key));
    return new KeyOrder(
      member,
      rows.map(({ text }) => text),
      rows.map(({ key }) => key),
    );
  }
  copy(): KeyOrder {
    return new KeyOrder(this.member, this.#texts.slice(), this.#keys.slice());
  }

  get keys(): readonly Key[] {
    return this.#keys;
  }
  /** The first key with this text, case aside. */
  find(text: string): Key | undefined {
    const wanted = folded(text);
    const at = this.#place(wanted, Number.NEGATIVE_INFINITY);
    return this.#texts[at] === wanted ? this.#keys[at] : undefined;
  }
  /** Moves a key from where one record has it to where another has it; `undefined` stands for no record. */
  move(key: Key, before: StoredRecord | undefined, after: StoredRecord | undefined): void {
    if (before !== undefined) {
      const at = this.#place(folded(before[this.member]), key);
      this.#texts.splice(at, 1);
      this.#keys.splice(at, 1);
    }
    if (after !== undefined) {
      const text = folded(after[this.member]);
      const at = this.#place(text, key);
      this.#texts.splice(at, 0, text);
      this.#keys.splice(at, 0, key);
    }
  }
  #place(text: string, key: Key): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#texts[middle]!, this.#keys[middle]!, text, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A text as it is compared: the same under every locale. */
export const folded = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

const compare = (leftText: string, leftKey: Key, rightText: string, rightKey: Key): number =>
  leftText < rightText ? -1 : leftText > rightText ? 1 : leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0;
