/**
 * For Playwright: a world of its own for each test, and the calls that the page or the test's `request` makes to the mock go to
 * it. The journal of a test that failed is attached to it.
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
import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  Route,
  TestType,
} from '@playwright/test';
import { createMock, type MockOptions, type RemoteWorld, remoteWorld } from '../index.ts';
import { journalText } from './journal-text.ts';

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
  /** The scenario that each test's world starts from: `empty`. */
  readonly scenario?: string;
}
export interface MarkedCalls {
  /**
   * Addresses whose calls reach the mock by way of another server (a dev server that passes `/api` on), as `page.route` takes
   * them. Calls to the mock itself need none; no other call is touched.
   */
  readonly routes?: readonly (string | RegExp)[];
}

type Args = PlaywrightTestArgs & PlaywrightTestOptions;
type WorkerArgs = PlaywrightWorkerArgs & PlaywrightWorkerOptions;

/** Playwright's `test`, or one that was extended before, with a `world` and the `mockServer` it is on. */
export function mockTest<T extends Args, W extends WorkerArgs>(
  base: TestType<T, W>,
  { routes = [], ...options }: (MockOptions | RunningServer) & MarkedCalls = {},
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
    world: async ({ mockServer }, use, testInfo) => {
      const { testId, repeatEachIndex, retry } = testInfo;
      const test = `playwright-${testId}-${repeatEachIndex}-${retry}`.replace(/[^A-Za-z0-9._-]/g, '-').slice(-64);
      const scenario = 'server' in options ? options.scenario : undefined;
      const name = scenario === undefined ? test : `${test}~${scenario}`;
      const world = remoteWorld(mockServer, name, 'server' in options ? options.adminToken : undefined);
      await use(world);
      if (testInfo.status !== testInfo.expectedStatus) {
        const body = journalText(await world.requests());
        await testInfo.attach('contacts-mock journal', { body: body || '(nothing was asked)', contentType: 'text/plain' });
      }
      await world.drop();
    },
    context: async ({ context, mockServer, world }, use) => {
      const { origin } = new URL(mockServer);
      const mark = (route: Route): Promise<void> =>
        route.continue({ headers: { ...route.request().headers(), 'x-mock-world': world.name } });
      await context.route((url) => url.origin === origin, mark);
      for (const address of routes) await context.route(address, mark);
      await use(context);
    },
    // Playwright reads the names of fixtures from the pattern, which therefore has no default values.
    request: async ({ playwright, mockServer, world, baseURL: given, extraHTTPHeaders }, use) => {
      const baseURL = given ?? world.url;
      const isMock = new URL(baseURL).origin === new URL(mockServer).origin;
      const headers = { ...extraHTTPHeaders, ...(isMock && { 'X-Mock-World': world.name }) };
      const request = await playwright.request.newContext({ baseURL, extraHTTPHeaders: headers });
      await use(request);
      await request.dispose();
    },
  });
  return extended as unknown as TestType<T & TestFixtures, W & WorkerFixtures>;
}
