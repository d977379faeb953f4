/** A few thousand of the requests of `hostile.slow.test.ts`: nothing throws, hangs, or is a mistake of the mock's own. */
import { expect, test } from 'vitest';
import { besiege } from './support/besiege.ts';

test.each([1, 2])(
  'seed %i: whatever is sent to APIs and control plane is answered, and leaves a world that holds together',
  async (seed) => {
    expect(await besiege(seed, 400, 'fetch')).toEqual([]);
  },
);

test('the same by port, where HTTP itself is broken too', async () => {
  expect(await besiege(3, 150, 'port')).toEqual([]);
});
