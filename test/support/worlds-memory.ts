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
const dropped = weight() - before;
// A record of a few bytes out of a large body.
for (let i = 0; i < 30; i++) {
  const body = JSON.stringify({ Contact: [{ FirstName: `First name number ${i}` }], Unknown: 'x'.repeat(1e6) });
  const init = { method: 'PUT', body, headers: { 'Content-Type': 'application/json', Authorization: 'Bearer worker' } };
  const answer = await mock.world(`large-${i}`).fetch('/v1/ContactConnections/3', init);
  if (!(await answer.text()).includes(`First name number ${i}`)) throw new Error(`nothing was written: ${answer.status}`);
}
const padded = weight() - before - dropped;
console.log(JSON.stringify({ held, edges, written, dropped, padded, worlds: worlds.length - 2 }));
await mock.close();
