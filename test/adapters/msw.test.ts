/** The examples of `contacts-mock/msw`: the code that calls the API knows nothing of the mock. */
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mockApi, mockHandlers } from '../../src/adapters/msw.ts';

const api = mockApi('https://billing.example.com', { apis: ['logisense'] });
const server = setupServer(...api.handlers);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  api.freshWorld();
});
afterAll(async () => {
  server.close();
  await api.mock.close();
});

const getContact = (id: number): Promise<Response> => fetch(`https://billing.example.com/Contact/${id}`);
const deleteType = (id: number): Promise<Response> => fetch(`https://billing.example.com/ContactType/${id}`, { method: 'DELETE' });

test.each(['first', 'second'])('each test has an untouched world (%s)', async () => {
  expect((await getContact(1)).status).toBe(200);
  expect((await deleteType(30)).status).toBe(200);
  expect((await deleteType(30)).status).toBe(404);
  expect(api.world.requests.count({ method: 'DELETE' })).toBe(2);
});

test('bodies and headers reach the mock', async () => {
  const created = await fetch('https://billing.example.com/ContactType', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Billing' }),
  });
  expect(api.world.requests.get(created.headers.get('x-mock-request-id') ?? '')?.bound).toMatchObject({ name: 'Billing' });
});

test('a connection that breaks is a network error, also while the mock listens on a port', async () => {
  // node-server would put a `Response` of its own in the place of the process's, which MSW does not know for a failure.
  await api.mock.listen();
  api.world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ fault: 'CONNECTION_RESET_BY_PEER' }] }]);
  await expect(getContact(1)).rejects.toThrow(TypeError);
  expect((await getContact(1)).status).toBe(200);
});

test('tests that run beside each other have a world each, within a boundary', async () => {
  const inWorld = (name: string, work: () => Promise<unknown>): Promise<unknown> =>
    server.boundary(async () => {
      server.use(...mockHandlers('https://billing.example.com', api.mock.world(name)));
      return work();
    })();
  const statuses = await Promise.all([
    inWorld('left', async () => [(await deleteType(30)).status, (await deleteType(30)).status]),
    inWorld('right', async () => (await fetch('https://billing.example.com/ContactType/30')).status),
  ]);
  expect(statuses).toEqual([[200, 404], 200]);
});

test('an address with a path of its own is cut off', async () => {
  server.use(...mockHandlers('https://gateway.example.com/billing/', api.world));
  expect((await fetch('https://gateway.example.com/billing/Contact/1')).status).toBe(200);
  server.resetHandlers();
});

test('links and redirects keep the path of the address', async () => {
  const all = mockApi('https://gateway.example.com/billing', { apis: ['trendsic'] });
  server.use(...all.handlers);
  const refused = await fetch('https://gateway.example.com/billing/v1/ContactConnections/1', {
    headers: { Accept: 'text/html' },
    redirect: 'manual',
  });
  expect(refused.headers.get('location')).toContain('https://gateway.example.com/billing/login');
  server.resetHandlers();
  await all.mock.close();
});
