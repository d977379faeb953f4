import { createMock, remoteWorld } from 'contacts-mock';

const mock = createMock({ apis: ['logisense'] });
let world;
beforeAll(async () => {
  const server = await mock.listen(); // or one that runs already: http://127.0.0.1:4010
  world = remoteWorld(server.url, 'jest');
});
afterEach(() => world.reset());
afterAll(() => mock.close());

test('deletes a contact type', async () => {
  expect((await world.fetch('/ContactType/26', { method: 'DELETE' })).status).toBe(200);
});

test('fails twice, then goes on', async () => {
  await world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }, { code: 503 }] }]);
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await fetch(`${world.url}/Contact/1`)).status);
  expect(statuses).toEqual([503, 503, 200]);
});
