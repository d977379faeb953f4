/** What 10,000 worlds weigh without their journals, read from and written to, and what is left when they are dropped. */
import { createMock } from '../../src/mock.ts';

const WORLDS = 10_000;
const mock = createMock({ journal: 0, maxWorlds: 30_000 });
const weight = (): number => {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
};
const read = async (name: string): Promise<void> => {
  await (await mock.world(name).fetch('/Contact/3')).text();
};
const write = async (name: string): Promise<void> => {
  await (await mock.world(name).fetch('/ContactType/30', { method: 'DELETE' })).text();
};
for (let i = 0; i < 2000; i++) await read('warm-up').then(() => write('warm-up'));
await read('warm-up~edges');
const before = weight();
for (let i = 0; i < WORLDS; i++) await read(`world-${i}`);
const held = weight() - before;
for (let i = 0; i < WORLDS; i++) await read(`world-${i}~edges`);
const edges = weight() - before - held;
for (let i = 0; i < WORLDS; i++) mock.world(`world-${i}~edges`).drop();
for (let i = 0; i < WORLDS; i++) await write(`world-${i}`);
const written = weight() - before;
const { worlds } = (await (await mock.fetch('/__admin/worlds')).json()) as { worlds: { name: string }[] };
for (const { name } of worlds) mock.world(name).drop();
console.log(JSON.stringify({ held, edges, written, dropped: weight() - before, worlds: worlds.length - 2 }));
await mock.close();
