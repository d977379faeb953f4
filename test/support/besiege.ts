/** Sends hostile requests to a mock and tells what went wrong: a throw, no answer, a mistake of the mock's own, a broken world. */
import { connect } from 'node:net';
import { createMock, type Mock, type MockWorld } from '../../src/index.ts';
import { type HostileRequest, hostileRequests, numbers } from './hostile.ts';

/** Milliseconds for an answer; what takes longer hangs. */
const PATIENCE = 20_000;
/** Says that it was us. */
const OWN_MISTAKE = /mock-failed|The mock itself failed/;

export async function besiege(seed: number, count: number, target: 'fetch' | 'port'): Promise<readonly string[]> {
  const wrong = new Set<string>();
  await using mock = createMock({ log: (event) => event.event === 'mistake' && wrong.add(event.message) });
  const send = target === 'fetch' ? inProcess(mock) : await byPort(mock, seed);
  let sent = 0;
  for (const request of hostileRequests(seed, mock.routes())) {
    if (sent++ === count) break;
    const shown = `${request.method} ${request.path.slice(0, 200)} ${JSON.stringify(request.headers)} ${request.body?.slice(0, 300)}`;
    let patience: ReturnType<typeof setTimeout> | undefined;
    const hanging = new Promise<string>((resolve) => {
      patience = setTimeout(resolve, PATIENCE, 'no answer');
    });
    const answer = await Promise.race([send(request), hanging]).catch((error: unknown) => `threw ${String(error)}`);
    clearTimeout(patience);
    if (answer === 'no answer' || answer.startsWith('threw') || OWN_MISTAKE.test(answer)) wrong.add(`${shown}: ${answer.slice(0, 300)}`);
  }
  for (const world of [mock, ...['w1', 'w2~empty'].map((name) => mock.world(name))]) for (const one of await broken(world)) wrong.add(one);
  return [...wrong];
}

/** Gives what was answered as one text; empty where the request is none that `fetch` can send. */
const inProcess =
  (mock: Mock) =>
  async ({ method, path, headers, body }: HostileRequest): Promise<string> => {
    let request: Request;
    try {
      const init = { method, headers: new Headers(headers as [string, string][]) };
      request = new Request(`http://localhost${path}`, body === undefined || /^(get|head)$/i.test(method) ? init : { ...init, body });
    } catch {
      return '';
    }
    const answer = await mock.fetch(request);
    return `${answer.status} ${answer.headers.get('x-mock-explanation')} ${await answer.text()}`;
  };

const BROKEN_LINES = [
  ...[
    'Host: other',
    'Content-Length: -1',
    'Content-Length: 5, 5',
    'Content-Length: 99999999999',
    'Transfer-Encoding: chunked',
    'Expect: x',
  ],
  ...['Transfer-Encoding: gzip, chunked', 'Upgrade: websocket', 'Expect: 100-continue', 'X\u0000: y', ': y', 'A b: c', ' folded'],
  ...[`X: ${'y'.repeat(40_000)}`, 'Prefer: fault=EMPTY_RESPONSE', 'Prefer: fault=CONNECTION_RESET_BY_PEER', 'X: \u00ff'],
];

/** The same on a socket, several on one, some of them no HTTP; what comes back, until the server or we hang up. */
async function byPort(mock: Mock, seed: number): Promise<(request: HostileRequest) => Promise<string>> {
  const { port } = new URL((await mock.listen()).url);
  const next = numbers(seed + 1000);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)]!;
  const written = ({ method, path, headers, body = '' }: HostileRequest): string => {
    const lines = ['Host: localhost', ...headers.map(([name, value]) => `${name}: ${value}`)];
    if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
    if (next() < 0.3) lines.push(pick(BROKEN_LINES));
    const text = `${method} ${path} HTTP/${pick(['1.1', '1.1', '1.1', '1.0', '2.0'])}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
    return next() < 0.9 ? text : text.slice(0, Math.floor(next() * text.length));
  };
  return async (request) => {
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.write(written(request) + (next() < 0.2 ? `${pick(['X\u0000', ''])}${written(request)}` : ''));
    // A request behind the others that ends the connection, unless one of them has broken it.
    socket.end('\r\n\r\nGET /__admin/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    if (next() < 0.1) socket.destroy();
    if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    return answer;
  };
}

/** What does not hold in a world: its integrity, its state and the way back. */
async function broken(world: Mock | MockWorld): Promise<string[]> {
  const wrong: string[] = [];
  const state = await (await world.fetch('/__admin/state')).text();
  const again = await createMock().fetch('/__admin/state', { method: 'PUT', body: state });
  if (again.status !== 200) wrong.push(`the state of "${world.name}" does not come in again: ${(await again.text()).slice(0, 300)}`);
  if (!world.integrity().ok) wrong.push(`"${world.name}" has records that lead nowhere`);
  return wrong;
}
