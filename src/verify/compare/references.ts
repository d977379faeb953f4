/** Ids under numbers in the order in which they were met: runs against two servers read alike, and a wrong link still shows. */

export class References {
  readonly #numbers = new Map<string, number>();

  /** `#3`: the third id of this run, whatever its text and form. */
  name(id: string): string {
    const key = id.toLowerCase().replace(/[-{}]/g, '');
    let number = this.#numbers.get(key);
    if (number === undefined) this.#numbers.set(key, (number = this.#numbers.size + 1));
    return `#${number} (${id})`;
  }
}
