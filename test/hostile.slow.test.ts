/** 100,000 hostile requests in five seeds, in process and by port. */
import { expect, test } from 'vitest';
import { besiege } from './support/besiege.ts';

test.each([1, 2, 3, 4, 5])('seed %i: 19,000 in process and 1,000 by port', { timeout: 600_000 }, async (seed) => {
  expect(await besiege(seed, 19_000, 'fetch')).toEqual([]);
  expect(await besiege(seed, 1000, 'port')).toEqual([]);
});
