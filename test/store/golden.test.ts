import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Digests, digests } from './golden/records.ts';

// When data was changed on purpose: npx tsx test/store/golden/write.ts, and a line under "Changes" in the README.
test('a seed gives the data that it always gave', () => {
  expect(digests()).toEqual(JSON.parse(readFileSync(join(import.meta.dirname, 'golden/digests.json'), 'utf8')) as Digests);
});

test('three seeds give three different sets of data', () => {
  const [one, two, three] = Object.values(digests());
  for (const entity of ['trendsic.contacts', 'canvara.contacts', 'canvara.connections', 'logisense.contacts']) {
    expect(new Set([one?.[entity], two?.[entity], three?.[entity]]).size, entity).toBe(3);
  }
});
