import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { CHROMIUM, launch, NO_CHROMIUM } from '../support/browser/chromium.ts';

let bundle = '';
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../src/index.ts')],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'contactsMock',
    write: false,
    // The server is loaded by `listen` alone.
    external: ['node:*', '@hono/node-server'],
  });
  bundle = outputFiles[0]?.text ?? '';
});

/** Calls whose bytes are to be the same with and without Node. */
const CALLS: readonly (readonly [string, RequestInit?])[] = [
  ['/Contact/3'],
  ['/Contact/Paged', { headers: { Pagination: '{"pageNumber":2,"pageSize":3}' } }],
  ['/ContactType', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"name":"é"}' }],
  ['/ContactType/30', { method: 'DELETE' }],
  ['/Contact/99999'],
  ['/v1/ContactConnections/1', { headers: { Authorization: 'Bearer worker', Accept: 'application/xml' } }],
  ['/v1/ContactConnections/1', { headers: { Authorization: 'Bearer worker', Accept: 'application/jsonl' } }],
  ['/v1/ContactConnections/1'],
  [
    '/v1/ContactConnections/1',
    {
      method: 'PUT',
      headers: { Authorization: `Basic ${btoa('worker:worker')}`, 'Content-Type': 'application/xml', Accept: 'application/json' },
      body: '<ContactConnectionRequest xmlns="http://schemas.datacontract.org/2004/07/x"><AgentId>é</AgentId></ContactConnectionRequest>',
    },
  ],
  ['/nothing', { headers: { Prefer: 'code=503' } }],
  ['/__admin/state'],
  ['/__admin/state/hash'],
];

/** Runs in the page as well: uses nothing of this file. A browser shows no `Set-Cookie` to a script. */
async function told(createMockHere: typeof createMock, calls: typeof CALLS): Promise<unknown[]> {
  const mock = createMockHere({ seed: 'browser' });
  const answers: unknown[] = [];
  for (const [path, init] of calls) {
    const response = await mock.fetch(new Request(`http://mock${path}`, init));
    answers.push([
      path,
      response.status,
      response.statusText,
      [...response.headers].filter(([name]) => name !== 'set-cookie').sort(),
      await response.text(),
    ]);
  }
  await mock.close();
  return answers;
}

test('a browser runs mock.fetch, with the bytes that Node gives', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const mistakes: string[] = [];
    page.on('pageerror', ({ message }) => mistakes.push(message));
    await page.addScriptTag({ content: bundle });
    expect(mistakes).toEqual([]);
    const there = await page.evaluate(`(${told.toString()})(contactsMock.createMock, ${JSON.stringify(CALLS)})`);
    expect(there).toEqual(await told(createMock, CALLS));
  } finally {
    await browser.close();
  }
});

test('the bundle needs nothing of Node: no import of it runs, and files are refused in one sentence', async () => {
  const { createContext, Script } = await import('node:vm');
  const globals = {
    Headers,
    Request,
    Response,
    ReadableStream,
    TextEncoder,
    TextDecoder,
    URL,
    URLSearchParams,
    AbortController,
    crypto,
    performance,
    setTimeout,
    clearTimeout,
    atob,
    btoa,
  };
  const context = createContext({ ...globals });
  new Script(`${bundle}; globalThis.made = contactsMock.createMock({ seed: 'browser' });`).runInContext(context);
  expect(new Script('typeof process + typeof Buffer + typeof require').runInContext(context)).toBe('undefinedundefinedundefined');
  const answer = (await new Script("made.fetch('/Contact/3')").runInContext(context)) as Response;
  expect(await answer.text()).toBe(await (await createMock({ seed: 'browser' }).fetch('/Contact/3')).text());
  expect(() => new Script("contactsMock.createMock({ state: 'x.json' })").runInContext(context)).toThrow('There are no files here.');
});
