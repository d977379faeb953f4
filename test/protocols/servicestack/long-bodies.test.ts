import { expect, test } from 'vitest';
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
