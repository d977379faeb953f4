/** A digest of the first records of every entity: what a seed means, so that a change of data never goes unnoticed. */
import { createHash } from 'node:crypto';
import { catalogue } from '../../../src/apis/catalogue.ts';
import { Base } from '../../../src/store/base.ts';

/** As in faker's own suite. */
export const SEEDS = ['42', '1337', '1211'] as const;
const FIRST = 40;

export type Digests = Record<string, Record<string, string>>;

export function digests(): Digests {
  const apis = Object.fromEntries(catalogue.map((api) => [api.name, api.entities]));
  return Object.fromEntries(
    SEEDS.map((seed) => {
      const base = new Base(seed, apis);
      const tables = [...base.tables].map(([id, table]) => {
        const hash = createHash('sha256');
        for (let n = 1; n <= Math.min(FIRST, table.size); n++)
          if (table.has(n)) hash.update(`${JSON.stringify([table.keyOf(n), table.record(n)])}\n`);
        return [id, hash.digest('hex').slice(0, 16)] as const;
      });
      return [seed, Object.fromEntries(tables)];
    }),
  );
}
