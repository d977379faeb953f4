/**
 * For Playwright: a world of its own for each test, and every call that the page or the test's `request` makes goes to it.
 * Each worker starts a server, or all of them share one that runs already (`webServer` in the configuration).
 *
 * @example
 * import { test as base, expect } from '@playwright/test';
 * import { mockTest } from 'contacts-mock/playwright';
 * const test = mockTest(base, { apis: ['logisense'] });
 *
 * test('shows a contact', async ({ page, world }) => {
 *   await page.goto(`http://localhost:5173/?api=${world.url}`);
 * });
 */
import type { PlaywrightTestArgs, PlaywrightTestOptions, PlaywrightWorkerArgs, PlaywrightWorkerOptions, TestType } from '@playwright/test';
import { createMock, type RemoteWorld, remoteWorld } from '../index.ts';
import type { MockOptions } from '../index.ts';

export interface TestFixtures {
  /** A fresh world for this test alone; `world.url` is its base URL. */
  readonly world: RemoteWorld;
}
export interface WorkerFixtures {
  /** Address of the server. */
  readonly mockServer: string;
}
export interface RunningServer {
  /** Address of a server that runs already: `http://127.0.0.1:4010`. */
  readonly server: string;
  readonly adminToken?: string;
}

type Args = PlaywrightTestArgs & PlaywrightTestOptions;
type WorkerArgs = PlaywrightWorkerArgs & PlaywrightWorkerOptions;

/** Playwright's `test`, or one that was extended before, with a `world` and the `mockServer` it is on. */
export function mockTest<T extends Args, W extends WorkerArgs>(
  base: TestType<T, W>,
  options: MockOptions | RunningServer = {},
): TestType<T & TestFixtures, W & WorkerFixtures> {
  const extended = (base as unknown as TestType<Args, WorkerArgs>).extend<TestFixtures, WorkerFixtures>({
    mockServer: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed
      async ({}, use) => {
        if ('server' in options) {
          await use(options.server);
          return;
        }
        const mock = createMock(options);
        const server = await mock.listen();
        await use(server.url);
        await mock.close();
      },
      { scope: 'worker' },
    ],
    world: async ({ mockServer }, use, { testId, repeatEachIndex, retry }) => {
      const name = `playwright-${testId}-${repeatEachIndex}-${retry}`.replace(/[^A-Za-z0-9._-]/g, '-').slice(-64);
      const world = remoteWorld(mockServer, name, 'server' in options ? options.adminToken : undefined);
      await use(world);
      await world.drop();
    },
    extraHTTPHeaders: async ({ extraHTTPHeaders, world }, use) => {
      await use({ ...extraHTTPHeaders, 'X-Mock-World': world.name });
    },
  });
  return extended as unknown as TestType<T & TestFixtures, W & WorkerFixtures>;
}
