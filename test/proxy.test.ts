import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../src/cli/run.ts';
import { createMock, type Mock } from '../src/mock.ts';

let folder: string;
const mocks: Mock[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all(mocks.splice(0).map((mock) => mock.close()));
});

/** A service that is true to the contract, but for what `spoil` does to a body. */
async function service(spoil: (body: string) => string = (body) => body): Promise<string> {
  const mock = createMock({
    auth: 'off',
    nulls: 'wire',
    middleware: [
      async (c, next) => {
        await next();
        if (new URL(c.req.url).pathname !== '/Contact/2') return;
        c.res = new Response(spoil(await c.res.text()), c.res);
        c.res.headers.delete('content-length');
      },
    ],
  });
  mocks.push(mock);
  return (await mock.listen()).url;
}

/** Runs the command, makes the calls through it, stops it. */
async function proxied(args: string[], calls: (url: string) => Promise<void>): Promise<{ code: number; out: string }> {
  let out = '';
  let stop: () => void = () => undefined;
  let ready: (url: string) => void = () => undefined;
  const url = new Promise<string>((resolve) => {
    ready = resolve;
  });
  const running = run(['proxy', ...args, '--port', '0'], {
    stdout(text) {
      out += text;
      const [, address] = /listening on (\S+)/.exec(out) ?? [];
      if (address !== undefined) ready(address);
    },
    stderr: (text) => {
      out += text;
    },
    stopped: new Promise<void>((resolve) => {
      stop = resolve;
    }),
  });
  await calls(await url);
  stop();
  return { code: await running, out };
}

test('answers pass untouched, and where all are as documented the end is exit 0', async () => {
  const upstream = await service();
  const { code, out } = await proxied([upstream, '--api', 'logisense'], async (url) => {
    const answer = await fetch(`${url}/Contact/2`);
    expect(answer.headers.get('x-mock-served-by')).toBe('upstream');
    expect(await answer.json()).toMatchObject({ instance: { identity: 2 } });
    expect((await fetch(`${url}/somewhere/else`)).status).toBe(404);
  });
  expect(out).toContain('true to the contract');
  expect(code).toBe(0);
});

test('what differs is told once with operation, member and rule, stands in the journal and in the report, and is exit 1', async () => {
  const upstream = await service((body) => body.replace('"identity":2', '"identity":"two"'));
  const report = join(folder, 'report.json');
  const { code, out } = await proxied([upstream, '--api', 'logisense', '--report', report], async (url) => {
    for (let i = 0; i < 2; i++) await (await fetch(`${url}/Contact/2`)).text();
    const { requests } = (await (await fetch(`${url}/__admin/requests?urlPath=/Contact/2`)).json()) as {
      requests: { explanation?: { message: string } }[];
    };
    expect(requests.at(-1)?.explanation?.message).toContain('identity');
  });
  expect(code).toBe(1);
  expect(out.split('\n').filter((line) => line.startsWith('GET /Contact/2'))).toHaveLength(1);
  expect(out).toMatch(/wanted .*, seen "two"/);
  expect(readFileSync(report, 'utf8')).toContain('logisense.Contact.get');
});

test('the traffic is written as HAR, which verify --har judges alike', async () => {
  const upstream = await service((body) => body.replace('"identity":2', '"identity":"two"'));
  const har = join(folder, 'traffic.har');
  await proxied([upstream, '--api', 'logisense', '--har', har], async (url) => {
    await (await fetch(`${url}/Contact/2`)).text();
    await (await fetch(`${url}/Contact/3`, { headers: { Authorization: 'Bearer secret-token' } })).text();
  });
  const { log } = JSON.parse(readFileSync(har, 'utf8'));
  expect([log.version, log.entries.length]).toEqual(['1.2', 2]);
  expect(JSON.stringify(log)).not.toContain('secret-token');
  let out = '';
  const io = { stdout: (text: string) => (out += text), stderr: (text: string) => (out += text) };
  expect(await run(['verify', '--har', har, '--api', 'logisense'], io)).not.toBe(0);
  expect(out).toContain('seen "two"');
});

test('GET /__admin/requests?format=har gives the journal as HAR 1.2, oldest first, secrets masked', async () => {
  const mock = createMock();
  await mock.fetch('/Contact/2?a=1', { headers: { Cookie: 'ss-id=secret-cookie' } });
  await mock.fetch('/Contact/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"contactTypeId":2,"lastName":"Doe"}',
  });
  const { log } = (await (await mock.fetch('/__admin/requests?format=har')).json()) as {
    log: { entries: { request: object; response: object }[] };
  };
  expect(log.entries).toHaveLength(2);
  expect(log.entries[0]).toMatchObject({
    request: { method: 'GET', url: 'http://mock/Contact/2?a=1', queryString: [{ name: 'a', value: '1' }] },
    response: {
      status: 200,
      content: { mimeType: expect.stringContaining('application/json'), text: expect.stringContaining('"identity":2') },
    },
  });
  expect(log.entries[1]?.request).toMatchObject({ postData: { text: '{"contactTypeId":2,"lastName":"Doe"}' } });
  expect(JSON.stringify(log)).not.toContain('secret-cookie');
  expect((await mock.fetch('/__admin/requests?format=xml')).status).toBe(400);
});

test.each([
  [[], 'proxy needs the address of the real service.'],
  [['nonsense'], '"nonsense" is not a valid address.'],
  [['http://localhost', 'x'], '"x" was not expected'],
])('a command line that cannot be is one line and exit 2: %j', async (args, message) => {
  let err = '';
  expect(await run(['proxy', ...args], { stdout: () => undefined, stderr: (text) => (err += text) })).toBe(2);
  expect(err).toContain(message);
});
