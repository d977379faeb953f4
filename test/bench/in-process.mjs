/**
 * What can be measured without a socket, in one process of its own (`node --expose-gc in-process.mjs`): reset and snapshot at
 * two sizes, memory over reads and creates.
 */
import { createMock } from '../../dist/index.js';

const median = (values) => values.sort((left, right) => left - right)[values.length >> 1];
const heap = () => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
};

/** Microseconds of reset and snapshot after as many writes on a world of as many contacts. */
async function planes(contacts) {
  const sized = createMock({ scale: { 'logisense.contacts': contacts } });
  const world = sized.world('bench');
  const body = JSON.stringify({ contactTypeId: 1, title: 'Mr.', firstName: 'John', lastName: 'Doe', isUsedForTax: true });
  const times = { reset: [], snapshot: [], restore: [], world: [] };
  const timed = async (name, work) => {
    const begin = performance.now();
    await work();
    times[name].push((performance.now() - begin) * 1000);
  };
  for (let i = 0; i < 200; i++) {
    await world.fetch(new Request('http://mock/Contact', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }));
    await timed('snapshot', () => world.snapshot('bench'));
    await timed('restore', () => world.restore('bench'));
    await timed('reset', () => world.reset());
    await timed('world', () => sized.world(`w${i}`));
  }
  await sized.close();
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}
const small = await planes(10);
const large = await planes(1_000_000);

const wide = createMock({ scale: { 'logisense.contacts': 1_000_000 } });
for (let i = 0; i < 20_000; i++) await (await wide.fetch(new Request(`http://mock/Contact/${1 + i * 50}`))).text();
const beforeReads = heap();
const reads = 1_000_000;
for (let i = 0; i < reads; i++) await (await wide.fetch(new Request(`http://mock/Contact/${1 + ((i * 4999) % 1_000_000)}`))).text();
const afterReads = heap();
const body = JSON.stringify({ contactTypeId: 1, title: 'Mr.', firstName: 'John', lastName: 'Doe', isUsedForTax: true });
const create = () =>
  wide.fetch(new Request('http://mock/Contact', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }));
for (let i = 0; i < 2000; i++) await (await create()).text();
const beforeCreates = heap();
const creates = 50_000;
for (let i = 0; i < creates; i++) await (await create()).text();
const afterCreates = heap();

console.log(
  JSON.stringify({
    small,
    large,
    readsGrowth: (afterReads - beforeReads) / 1e6,
    reads,
    bytesPerCreated: (afterCreates - beforeCreates) / creates,
  }),
);
await wide.close();
