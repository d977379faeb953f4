/** Servers that are none of the APIs: never "true", and always words that say what to do. */
import { createServer as createSecureServer } from 'node:https';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createMock } from '../../src/index.ts';
import { certificate } from '../support/certificate.ts';

interface Listening extends AsyncDisposable {
  readonly url: string;
}
interface Server {
  listen(port: number, host: string, done: () => void): unknown;
  address(): AddressInfo | string | null;
  close(done: () => void): unknown;
  closeAllConnections?(): void;
}
async function listening(server: Server, scheme = 'http'): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections?.();
      }),
  };
}

async function verified(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const write = (part: string) => void (text += part);
  const code = await run(['verify', ...args], { stdout: write, stderr: write, env: {} });
  return { code, text };
}

const answering =
  (status: number, type: string, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, answer) =>
    void answer.writeHead(status, { 'content-type': type, ...headers }).end(body);

const others: readonly (readonly [title: string, listener: RequestListener, words: RegExp])[] = [
  ['asks everybody to sign in', answering(401, 'application/json', '{}'), /asks for a sign-in \(401\); give a token with --bearer/],
  ['fails always', answering(500, 'text/plain', 'Internal Server Error'), /status: wanted 200, seen 500: Internal Server Error/],
  [
    'shows a page for signing in',
    answering(200, 'text/html', '<html><form>Sign in</form></html>'),
    /if it is one for signing in, give a token with --bearer/,
  ],
  [
    'redirects to https',
    answering(301, 'text/html', '', { location: 'https://example.com/' }),
    /redirects to https:\/\/example.com\/ \(301\); verify that address/,
  ],
  ['answers nothing', answering(200, 'application/json', ''), /envelope body: wanted a \w+ in JSON, seen nothing/],
  ['knows nothing', answering(404, 'text/html', '<h1>Not Found</h1>'), /status: wanted 200, seen 404: <h1>Not Found<\/h1>/],
  [
    'is slow',
    () => undefined,
    /gave no answer to 3 calls in a row; the last: no answer within 100ms\. Give it longer with --timeout 300ms/,
  ],
  [
    'closes the connection',
    ({ socket }) => void socket.destroy(),
    /gave no answer to 3 calls in a row; the last: no answer: the connection was closed \((UND_ERR_SOCKET|ECONNRESET)\)/,
  ],
  ['speaks plain text', answering(200, 'text/plain', 'OK'), /content type Content-Type: wanted application\/json, seen text\/plain/],
  ['is an API of another shape', answering(200, 'application/json; charset=utf-8', '{"data":[{"id":1}],"meta":{"page":1}}'), /envelope/],
];

const ids = ['--id', 'trendsic.ContactId=1', '--id', 'canvara.ContactId=0f8fad5b-d9cb-469f-a165-70867728950e'];
const chosen: readonly (readonly string[])[] = [[], ['--api', 'trendsic', '--api', 'canvara'], ['--api', 'logisense'], ['--write', ...ids]];

test.each(others)('a server that %s is not true, whatever is chosen', async (title, listener, words) => {
  const patience = title === 'is slow' ? ['--timeout', '100ms'] : [];
  await using server = await listening(createServer(listener));
  for (const args of chosen) {
    const { code, text } = await verified(server.url, ...patience, ...args);
    expect(code, text).toBeGreaterThan(0);
    expect(text).not.toContain('is true to the contract');
  }
  const { text } = await verified(server.url, ...patience, ...ids);
  expect(text).toMatch(words);
});

test('a mock of none of the APIs that are chosen is not true', async () => {
  await using mock = createMock({ apis: ['canvara'] });
  const { url } = await mock.listen({ port: 0 });
  expect((await verified(url, '--api', 'logisense')).code).toBeGreaterThan(0);
});

test('without an id an operation that needs one could not be asked: exit 2 and the option', async () => {
  await using server = await listening(createServer(answering(500, 'text/plain', 'broken')));
  const { code, text } = await verified(server.url, '--api', 'trendsic');
  expect(code).toBe(2);
  expect(text).toContain('! trendsic.ContactConnectionRequest could not be asked\n');
  expect(text).toContain('no ContactId is known; give one with --id trendsic.ContactId=…');
});

test('an id that the server does not know is no difference: exit 2 and the option', async () => {
  await using mock = createMock();
  const { url } = await mock.listen({ port: 0 });
  const { code, text } = await verified(url, '--api', 'trendsic', '--id', 'trendsic.ContactId=77777777');
  expect(code).toBe(2);
  expect(text).toContain(
    'the server knows no ContactId 77777777; give one that it knows with --id trendsic.ContactConnectionRequest.ContactId=…',
  );
});

test('a token that the server does not take, and a caller who may not call, could not ask', async () => {
  await using mock = createMock({ auth: 'strict' });
  const { url } = await mock.listen({ port: 0 });
  expect(await verified(url, '--api', 'logisense', '--bearer', 'nobody')).toEqual({
    code: 2,
    text: expect.stringContaining('the server does not take the token (401); give another one with --bearer'),
  });
  expect(await verified(url, '--api', 'trendsic', '--bearer', 'visitor')).toEqual({
    code: 2,
    text: expect.stringContaining('the server refuses the caller (403); give the token of one who may call it with --bearer'),
  });
});

test('a server that falls silent in the middle: what was found is told, and what was not asked', async () => {
  await using mock = createMock();
  let calls = 0;
  const silentAfter: RequestListener = (request, answer) => {
    if (++calls > 12) return void request.socket.destroy();
    void mock.fetch(`http://mock${request.url}`, { headers: { accept: request.headers.accept ?? '' } }).then(async (found) => {
      answer.writeHead(found.status, { 'content-type': found.headers.get('content-type') ?? '' }).end(await found.text());
    });
  };
  await using server = await listening(createServer(silentAfter));
  const { code, text } = await verified(server.url, '--api', 'logisense');
  expect(code).toBe(2);
  expect(text).toContain('! logisense.ContactType.get could not be asked');
  expect(text).toContain('gave no answer to 3 calls in a row');
});

test('a certificate that is not trusted: exit 2 and --insecure, with which it is asked', async () => {
  await using mock = createMock();
  const relay: RequestListener = (request, answer) => {
    void mock
      .fetch(`http://mock${request.url}`, { headers: request.headers as Record<string, string>, method: request.method ?? 'GET' })
      .then(async (found) => {
        answer.writeHead(found.status, Object.fromEntries(found.headers)).end(Buffer.from(await found.arrayBuffer()));
      });
  };
  await using server = await listening(createSecureServer(certificate, relay), 'https');
  expect(await verified(server.url)).toEqual({
    code: 2,
    text: `contacts-mock: The certificate of ${server.url} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). Accept it with --insecure, or name its issuer in NODE_EXTRA_CA_CERTS.\n`,
  });
  expect((await verified(server.url, '--insecure')).code).toBe(0);
});

test('http against https, and https against http: exit 2 and the address to write', async () => {
  await using secure = await listening(createSecureServer(certificate, answering(200, 'text/plain', '')), 'https');
  const plain = secure.url.replace('https', 'http');
  expect(await verified(plain)).toEqual({ code: 2, text: `contacts-mock: ${plain} speaks https. Write ${secure.url}.\n` });
  await using server = await listening(createServer(answering(200, 'text/plain', '')));
  const wrong = server.url.replace('http', 'https');
  expect(await verified(wrong)).toEqual({
    code: 2,
    text: expect.stringMatching(new RegExp(`^contacts-mock: ${wrong} does not speak https \\(\\w+\\). Write ${server.url}.\n$`)),
  });
});

test('what is no HTTP at all', async () => {
  const server = createSocketServer(
    (socket) =>
      void socket
        .resume()
        .on('error', () => undefined)
        .end('SSH-2.0-OpenSSH_9.6\r\n'),
  );
  await using noise = await listening(server);
  const { code, text } = await verified(noise.url);
  expect(code).toBe(2);
  expect(text).toMatch(
    /gave no answer to 3 calls in a row; the last: an answer that is not HTTP \((HPE_INVALID_CONSTANT|HTTPParserError)\)\. Check the port\./,
  );
});

test.each([
  ['trendsic.ContactIdd=1', 'No operation of trendsic, canvara, logisense takes "trendsic.ContactIdd". Did you mean "trendsic.ContactId"?'],
  ['canvara.GetConnectionToContact.ContactId=1', 'Did you mean "canvara.GetConnectionsToContact.ContactId"?'],
  ['nobody.knows=1', 'after the name of an API or an operation.'],
])('an id that no API knows is refused with the nearest: %s', async (id, words) => {
  const { code, text } = await verified('http://127.0.0.1:1', '--id', id);
  expect(code).toBe(2);
  expect(text).toContain(words);
  expect(text.trimEnd()).not.toContain('\n');
});

test.each(['0', '0s', 'soon', '-1s'])('--timeout %s is refused', async (timeout) => {
  const { code, text } = await verified('http://127.0.0.1:1', `--timeout=${timeout}`);
  expect(code).toBe(2);
  expect(text.trimEnd()).not.toContain('\n');
});
