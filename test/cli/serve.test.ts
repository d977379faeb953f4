import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shortest } from '../../src/cli/banner.ts';
import { logTo, mistakesTo } from '../../src/cli/log.ts';
import { run } from '../../src/cli/run.ts';
import { certificate } from '../support/certificate.ts';
import { command } from '../support/terminal.ts';
import { send, toyMock } from '../support/toy.ts';

/** Runs serve until `use` is done, and gives what was printed. */
async function served(
  args: readonly string[],
  use: (url: string, err: () => string) => Promise<void>,
): Promise<{ out: string; err: string; code: number }> {
  let [out, err] = ['', ''];
  let ready: (url: string) => void = () => undefined;
  let stop: () => void = () => undefined;
  const url = new Promise<string>((resolve) => {
    ready = resolve;
  });
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const running = run(['serve', '--port', '0', ...args], {
    stdout(text) {
      out += text;
      const found = /contacts-mock listening on (\S+)/.exec(text)?.[1];
      if (found !== undefined) ready(found);
    },
    stderr: (text) => void (err += text),
    env: {},
    stopped,
  });
  try {
    await use(await url, () => err);
  } finally {
    stop();
  }
  return { code: await running, out, err };
}

test('the first line names the address, whatever --log says', async () => {
  for (const log of ['off', 'text', 'json']) {
    const { out, err, code } = await served(['--log', log], async (url) => {
      expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
    });
    const first = /^contacts-mock listening on http:\/\/127\.0\.0\.1:\d+$/m;
    if (log === 'json') {
      expect(JSON.parse(out.split('\n')[0]!)).toMatchObject({ event: 'listening', url: expect.stringMatching(/^http:\/\/127/) });
      expect(err).toMatch(first);
    } else expect(out.split('\n')[0]).toMatch(first);
    expect(code).toBe(0);
  }
});

test('the banner has an address of each API that works when pasted', async () => {
  const { out } = await served([], async () => undefined);
  const addresses = [...out.matchAll(/^ {2}(trendsic|canvara|logisense) +(http\S+)$/gm)].map(([, , address]) => address as string);
  expect(addresses).toHaveLength(3);
  await served([], async (url) => {
    for (const address of addresses) {
      const pasted = new URL(address);
      const headers: Record<string, string> =
        pasted.username === '' ? {} : { Authorization: `Basic ${btoa(`${pasted.username}:${pasted.password}`)}` };
      const answer = await fetch(new URL(pasted.pathname + pasted.search, url), { headers });
      expect(answer.status, address).toBe(200);
    }
  });
});

test('a request is one line with the machine’s time, and the reasons of an error stand below it in the same stream', async () => {
  const { out, err } = await served([], async (url) => {
    await fetch(`${url}/Contact/1`);
    await fetch(`${url}/v1/ContactConnections/abc`, { headers: { Authorization: 'Bearer worker' } });
  });
  expect(out).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z GET \/Contact\/1 → 200 logisense\.Contact\.get \d+\.\d ms$/m);
  expect(out).toMatch(/^\S+Z GET \/v1\/ContactConnections\/abc → 400 trendsic\.ContactConnectionRequest .*ms\n {2}ContactId/m);
  const [, time] = /^(\S+Z) GET/m.exec(out) as unknown as [string, string];
  expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(600_000);
  expect(err).toBe('');
});

test('--log json prints one JSON object a request', async () => {
  const { out } = await served(['--log', 'json'], async (url) => {
    await fetch(`${url}/Contact/1`);
  });
  // `--log json | jq`: every line, the first included.
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { time: string; ms?: number });
  for (const { time } of lines) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const ms = lines[1]?.ms ?? Number.NaN;
  expect(Math.round(ms * 1000) / 1000).toBe(ms);
  expect(lines[1]).toMatchObject({
    event: 'request',
    method: 'GET',
    status: 200,
    operation: 'logisense.Contact.get',
  });
});

test('what a caller sends is shown with its controls and terminal escapes escaped, in both forms of the log', async () => {
  const lines: string[] = [];
  const io = { stdout: (text: string) => void lines.push(text), stderr: () => undefined };
  const message = 'a\u001b[2Jb\r\nc\u009bd\u202ee\u2028f\u007f';
  const event = {
    event: 'request',
    id: '1',
    world: '',
    method: 'GET',
    target: '/\u001b]0;x\u0007',
    ms: 1,
    explanation: { message },
  } as const;
  for (const form of ['text', 'json'] as const) logTo(io, form)(event);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  for (const line of lines) expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
  expect(lines.join('')).toContain('a\\u001b[2Jb\\u000d\\u000ac');
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ explanation: { message } });
});

test("with the log off the mock's own mistakes stand on standard error, each kind once, and nothing else is told", async () => {
  const lines: string[] = [];
  const mock = toyMock({ log: mistakesTo({ stdout: (text) => void lines.push(`out: ${text}`), stderr: (text) => void lines.push(text) }) });
  await send(mock, 'GET', '/pets/1');
  for (const path of ['/crash', '/crash?again', '/__worlds/a/crash']) expect((await send(mock, 'GET', path)).status).toBe(500);
  await send(mock, 'POST', '/pets', '{');
  expect(lines).toEqual([
    'contacts-mock itself failed while it answered GET /crash: a wire came loose (told once)\n',
    expect.stringMatching(/^contacts-mock itself failed while it answered POST \/pets: .* \(told once\)\n$/),
  ]);
});

test('lines that nobody read are counted in the log, in its own form', () => {
  for (const form of ['text', 'json'] as const) {
    const lines: string[] = [];
    let isFull = true;
    const log = logTo({ stdout: (text) => (isFull ? false : void lines.push(text)), stderr: () => undefined }, form);
    log({ event: 'note', message: 'one' });
    log({ event: 'note', message: 'two' });
    isFull = false;
    log({ event: 'note', message: 'three' });
    expect(lines.map((line) => (form === 'json' ? (JSON.parse(line) as { message: string }).message : line.slice(25, -1)))).toEqual([
      '2 lines were left out here, since nobody read them.',
      'three',
    ]);
  }
});

test('the banner prints localhost where that leads to the server, since a page there sends cookies nowhere else', async () => {
  const { out } = await served([], async () => undefined);
  expect(out).toMatch(/^ {2}logisense +http:\/\/localhost:\d+\/Contact/m);
  expect(out).toMatch(/^ {2}console +http:\/\/localhost:\d+\/__admin$/m);
  const server = createServer().listen(0, '127.0.0.2');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  expect(await shortest(url)).toBe(url);
  expect(await shortest('http://10.0.0.1:80')).toBe('http://10.0.0.1:80');
  server.close();
});

test('options reach the mock: seed, scale, api, auth', async () => {
  await served(['--seed', '7', '--scale', 'logisense.contacts=3', '--api', 'logisense', '--auth', 'strict'], async (url) => {
    expect((await fetch(`${url}/Contact/1`)).status).toBe(401);
    const list = await (await fetch(`${url}/Contact/`, { headers: { Authorization: 'Bearer worker' } })).json();
    expect((list as { totalCount: number }).totalCount).toBe(3);
    expect((await fetch(`${url}/v1/ContactConnections/1`, { headers: { Authorization: 'Bearer worker' } })).status).toBe(404);
  });
});

test('a taken port is one line that says what to do, exit 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const { code, out, err } = await command(['serve', '--port', String(port)]);
  taken.close();
  expect([code, out]).toEqual([2, '']);
  expect(err).toBe(
    `contacts-mock: Port ${port} on 127.0.0.1 is taken. Stop what listens there, or take another: --port 0 finds a free one.\n`,
  );
});

test.each([
  [['--prot', '1'], 'There is no option --prot. Did you mean --port?'],
  [['--port', 'x'], '--port takes a whole number'],
  [['--port'], '--port needs a value'],
  [['--port', '70000'], '--port takes a whole number from 0 to 65535'],
  [['--auth', 'stric'], 'Did you mean strict?'],
  [['--scale', 'logisense.contacts'], '--scale logisense.contacts=1000'],
  [['--scale', 'logisense.contacts=10000001'], '0 to 10,000,000'],
  [['--scale', 'logisense.contact=5'], 'logisense.contacts'],
  [['--api', 'logisens'], 'Did you mean "logisense"?'],
  [['--clock', 'noon'], 'ISO 8601'],
  [['--clock', '2026-02-30'], '--clock takes a time in ISO 8601'],
  [['--clock', '0000-01-01'], '"0000-01-01"'],
  [['--world-idle', '0'], '--world-idle takes a time from 1 ms, not "0"'],
  [['--max-worlds', '0'], '--max-worlds takes a whole number from 1'],
  [['--journal', '-1'], '--journal takes a whole number from 0'],
  [['--journal-body', '1g'], '16k'],
  [['--state', ''], '--state needs a value (FILE)'],
  [['--state='], '--state needs a value (FILE)'],
  [['--seed', ''], '--seed needs a value (S)'],
  [['--host', ''], '--host needs a value (H)'],
  [['--admin-token', ''], '--admin-token needs a value (T)'],
  [['--admin-token', 'é'], '--admin-token takes a token of visible ASCII characters. Leave out'],
  [['--upstream', 'logisense'], 'API=URL'],
  [['--tls-cert', 'cert.pem'], '--tls-cert and --tls-key belong together'],
  [['--watch=yes'], '--watch takes no value'],
  [['--world-idle', 'soon'], '500ms'],
  [['--token-lifetime', 'long'], '--token-lifetime'],
  [['--data', '/no/such/file.json'], '/no/such/file.json'],
  [['extra'], 'extra'],
])('%j is one line on standard error, exit 2', async (args, said) => {
  const { code, out, err } = await command(['serve', '--port', '0', ...args], { stopped: Promise.resolve() });
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(said);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test('PORT that is no number is quoted as it is', async () => {
  const { code, err } = await command(['serve'], { env: { PORT: 'abc' } });
  expect([code, err]).toEqual([2, 'contacts-mock: PORT takes a whole number from 0 to 65535, not "abc". Take 0 for any free port.\n']);
});

test('a token that was made is printed, one that was given never is', async () => {
  const made = await served(['--host', '0.0.0.0'], async () => undefined);
  expect(made.out).toMatch(/asks for the token \S+/);
  for (const log of ['text', 'json']) {
    const given = await served(['--host', '0.0.0.0', '--admin-token', 's3cret', '--log', log], async (url) => {
      const health = await fetch(`${url.replace('0.0.0.0', '127.0.0.1')}/__admin/worlds`, { headers: { 'X-Mock-Admin-Token': 's3cret' } });
      expect(health.status).toBe(200);
    });
    expect(given.out + given.err).not.toContain('s3cret');
  }
});

test('--tls-cert and --tls-key: the addresses are https, cookies Secure, links follow', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(cert, certificate.cert);
  writeFileSync(key, certificate.key);
  const ask = (url: string, method: string, headers: Record<string, string> = {}, body = '') =>
    new Promise<IncomingMessage & { text: string }>((resolve, reject) => {
      const sent = request(url, { method, headers, ca: certificate.cert }, (answer) => {
        let text = '';
        answer.on('data', (part) => (text += part)).on('end', () => resolve(Object.assign(answer, { text })));
      });
      sent.on('error', reject).end(body);
    });
  const { out } = await served(['--tls-cert', cert, '--tls-key', key], async (url) => {
    expect(url).toMatch(/^https:/);
    expect((await ask(`${url}/Contact/1`, 'GET')).statusCode).toBe(200);
    const form = { 'Content-Type': 'application/json', Accept: 'application/json' };
    const signedIn = await ask(`${url}/auth/credentials`, 'POST', form, '{"UserName":"worker","Password":"worker","RememberMe":true}');
    expect(signedIn.headers['set-cookie']?.length).toBeGreaterThan(0);
    for (const cookie of signedIn.headers['set-cookie'] ?? []) expect(cookie.toLowerCase()).toContain('secure');
    expect((await ask(`${url}/metadata`, 'GET', { Accept: 'text/html' })).text).not.toContain(url.replace('https', 'http'));
  });
  expect(out).toMatch(/^ {2}console +https:\/\/localhost:\d+\/__admin$/m);
  rmSync(folder, { recursive: true });
});
