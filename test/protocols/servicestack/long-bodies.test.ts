import { afterEach, expect, test, vi } from 'vitest';
import { createMock } from '../../support/target.ts';

const path = '/v1/ContactConnections/1';
const COUNT = 3000;
const contacts = (first = 1_000_000) =>
  Array.from({ length: COUNT }, (_, i) => ({ ContactId: first + i, FirstName: `No. ${i}`, LastName: 'x'.repeat(40) }));
const sent = (method: string, Contact: object[]) => ({
  method,
  headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
  body: JSON.stringify({ Contact }),
});
const numbers = async (answer: Response) =>
  ((await answer.json()) as { Contact: { ContactId: number }[] }).Contact.map(({ ContactId }) => ContactId);

test('while a long list is written, other callers are answered; all of it is stored, with its answer', async () => {
  const world = createMock({ auth: 'off' }).world('long');
  const order: string[] = [];
  const [answer] = await Promise.all([
    world.fetch(path, sent('PUT', contacts())).finally(() => order.push('long')),
    world.fetch('/v1/ContactConnections/2.json').finally(() => order.push('short')),
  ]);
  expect([answer.status, order]).toEqual([200, ['short', 'long']]);
  const wanted = contacts().map(({ ContactId }) => ContactId);
  expect(await numbers(answer)).toEqual(wanted);
  expect(await numbers(await world.fetch(`${path}.json`))).toEqual(wanted);
  expect(await numbers(await world.fetch('/v1/ContactConnections/1000005.json'))).toEqual([1]);
  await world.fetch(path, sent('PUT', []));
  expect(await numbers(await world.fetch(`${path}.json`))).toEqual([]);
  expect(await numbers(await world.fetch('/v1/ContactConnections/1000005.json'))).toEqual([]);
});

test('a long list for a contact that is not there is a 404, and none of it is stored', async () => {
  const world = createMock({ auth: 'off' }).world('gone');
  const answer = await world.fetch('/v1/ContactConnections/7777777', sent('POST', contacts()));
  expect(answer.status).toBe(404);
  expect((await world.fetch('/v1/ContactConnections/1000005.json')).status).toBe(404);
});

const batch = '/json/reply/ContactConnectionRequest[]';
afterEach(() => vi.restoreAllMocks());

/** Rounds of the event loop while a call is answered, of a clock that moves whenever it is read. */
async function roundsDuring(work: () => Promise<Response>): Promise<number> {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now++);
  let rounds = 0;
  let isDone = false;
  const count = (): void => {
    rounds++;
    if (!isDone) setImmediate(count);
  };
  count();
  expect((await work()).status).toBe(200);
  isDone = true;
  vi.restoreAllMocks();
  return rounds;
}

test('a batch of few messages with long lists lets others in as one message with the same lists does', async () => {
  const world = createMock({ auth: 'off' }).world('batch');
  const one = { ContactId: 1, Contact: [...contacts(), ...contacts(2_000_000)] };
  const whole = await roundsDuring(() =>
    world.fetch('/json/reply/ContactConnectionRequest', { ...sent('POST', []), body: JSON.stringify(one) }),
  );
  const two = [
    { ContactId: 2, Contact: contacts(3_000_000) },
    { ContactId: 3, Contact: contacts(4_000_000) },
  ];
  const each = await roundsDuring(() => world.fetch(batch, { ...sent('POST', []), body: JSON.stringify(two) }));
  expect(each).toBeGreaterThan(whole / 2);
  expect((await numbers(await world.fetch('/v1/ContactConnections/3.json'))).includes(4_000_000)).toBe(true);
});

test('of a long batch that stops what was done before stays, and nothing of the message that stopped it', async () => {
  const world = createMock({ auth: 'off' }).world('stopped');
  const messages = [
    { ContactId: 2, Contact: contacts() },
    { ContactId: 7_777_777, Contact: contacts(2_000_000) },
    { ContactId: 3, Contact: contacts(3_000_000) },
  ];
  const answer = await world.fetch(batch, { ...sent('POST', []), body: JSON.stringify(messages) });
  expect([answer.status, answer.headers.get('x-autobatch-completed')]).toEqual([404, '1']);
  const statuses = [1_000_000, 2_000_000, 3_000_000].map(async (id) => (await world.fetch(`/v1/ContactConnections/${id}.json`)).status);
  expect(await Promise.all(statuses)).toEqual([200, 404, 404]);
});
