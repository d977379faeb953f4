/**
 * For vitest: a test with a world of its own. Tests of one file share a mock in process; with `server` all workers share one
 * server that runs beside them.
 *
 * @example
 * import { mockTest } from 'contacts-mock/vitest';
 * const test = mockTest({ apis: ['logisense'] });
 *
 * test('finds a contact', async ({ world, expect }) => {
 *   expect((await world.fetch('/Contact/1')).status).toBe(200);
 * });
 */
import { type TestAPI, test } from 'vitest';
import { createMock, type Mock, type MockOptions, type MockWorld, type RemoteWorld, remoteWorld } from '../index.ts';
import { journalText } from './journal-text.ts';

export interface InProcess {
  /** The mock that the tests of this file share. */
  readonly mock: Mock;
  /** A fresh world for this test alone. */
  readonly world: MockWorld;
  /** The world on a port, for clients that need an address; listens when first asked for. */
  readonly url: string;
}
export interface OnServer {
  /** A fresh world for this test alone. */
  readonly world: RemoteWorld;
  /** Its base URL. */
  readonly url: string;
}
export interface RunningServer {
  /** Address of a server that runs already: `http://127.0.0.1:4010`. */
  readonly server: string;
  readonly adminToken?: string;
  /** The scenario that each test's world starts from: `empty`. */
  readonly scenario?: string;
}

/** A name that no other test has, in this process or another. */
const nameOf = (task: { readonly id: string }): string => `vitest-${process.pid}-${task.id}`.replace(/[^A-Za-z0-9._-]/g, '-').slice(-64);

export function mockTest(options: RunningServer): TestAPI<OnServer>;
export function mockTest(options?: MockOptions): TestAPI<InProcess>;
export function mockTest(options: MockOptions | RunningServer = {}): TestAPI<OnServer> | TestAPI<InProcess> {
  return 'server' in options ? onServer(options) : inProcess(options);
}

/** Beside the failure, where vitest shows what a test has printed. */
const tell = (journal: string): void => console.error(`contacts-mock was asked:\n${journal || '(nothing)'}`);

const inProcess = (options: MockOptions): TestAPI<InProcess> =>
  test.extend<InProcess>({
    mock: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are needed
      async ({}, use) => {
        const mock = createMock(options);
        await use(mock);
        await mock.close();
      },
      { scope: 'file' },
    ],
    world: async ({ mock, task, onTestFailed }, use) => {
      const world = mock.world(nameOf(task));
      onTestFailed(() => tell(journalText(world.requests())));
      await use(world);
      world.drop();
    },
    url: async ({ mock, world }, use) => {
      const server = await mock.listen();
      await use(`${server.url}/__worlds/${world.name}`);
      await server.close();
    },
  });

const onServer = (options: RunningServer): TestAPI<OnServer> =>
  test.extend<OnServer>({
    world: async ({ task, onTestFailed }, use) => {
      const name = options.scenario === undefined ? nameOf(task) : `${nameOf(task)}~${options.scenario}`;
      const world = remoteWorld(options.server, name, options.adminToken);
      onTestFailed(async () => tell(journalText(await world.requests())));
      await use(world);
      await world.drop();
    },
    url: async ({ world }, use) => use(world.url),
  });
