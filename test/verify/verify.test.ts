/** `verify` against ourselves, in process and on a port, and the files and exit codes that CI reads. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createMock, type Mock, type MockOptions } from '../../src/index.ts';
import { findingsOf, resultOf } from '../../src/verify/report/report.ts';
import { type VerifyOptions, verify } from '../../src/verify/verify.ts';
import { shows } from '../support/evidence.ts';
import { inText, mutant } from '../support/mutant.ts';

const sender =
  (mock: Mock): typeof fetch =>
  (input, init) =>
    mock.fetch(new Request(input as string, init));

const hashOf = async (mock: Mock): Promise<string> => (await mock.fetch('http://mock/__admin/state/hash')).text();

/** The report, and whether the mock's records are what they were. */
async function verified(options: MockOptions, how: Partial<VerifyOptions> = {}) {
  await using mock = createMock(options);
  const before = await hashOf(mock);
  const report = await verify({ url: 'http://mock', fetch: sender(mock), ...how });
  return { ...report, isUntouched: (await hashOf(mock)) === before };
}

const clean: [title: string, options: MockOptions, how: Partial<VerifyOptions>][] = [
  ['as it starts', {}, {}],
  ['when it writes', {}, { write: true }],
  ['when everybody has to sign in', { auth: 'strict' }, { bearer: 'worker', write: true }],
  ['when nobody has to', { auth: 'off' }, {}],
  ['with nulls as on the wire', { nulls: 'wire' }, { nulls: 'wire', write: true }],
  [
    'with another seed and few records',
    { seed: 'other', scale: { 'trendsic.contacts': 3, 'canvara.contacts': 3, 'logisense.contacts': 1 } },
    {},
  ],
  ['where the default answer is HTML and items are wrapped', { defaultFormat: 'html', outputFormat: 'result' }, { write: true }],
];

test.each(clean)('finds nothing to say of the mock itself %s', async (_, options, how) => {
  const { outcomes, isUntouched } = await verified(options, how);
  expect(isUntouched).toBe(true);
  expect(outcomes.flatMap(findingsOf)).toEqual([]);
  expect(outcomes).toHaveLength(23);
  const asked = outcomes.filter((outcome) => resultOf(outcome) === 'true').map(({ operation }) => operation);
  expect(asked).toHaveLength(how.write ? 23 : 16);
  for (const operation of asked) if (!operation.startsWith('logisense')) shows(operation, 'formats');
});

test('needs a caller where one is asked for, and says so', async () => {
  await using mock = createMock({ auth: 'strict' });
  const send = sender(mock);
  // A real service has no list of examples to take credentials from.
  const real: typeof fetch = async (input, init) =>
    String(input).includes('/__admin') ? new Response('', { status: 404 }) : send(input, init);
  const without = await verify({ url: 'http://mock', fetch: real, apis: ['logisense'] });
  expect(without.outcomes.map(resultOf)).toEqual(without.outcomes.map(() => 'could not ask'));
  expect(without.outcomes[0]?.notAsked).toEqual(['the server asks for a sign-in (401); give a token with --bearer']);
  const signedIn = await verify({ url: 'http://mock', fetch: real, apis: ['logisense'], bearer: 'worker' });
  expect(signedIn.outcomes.flatMap(findingsOf)).toEqual([]);
});

test('asks what a real service names no id for only when one is given', async () => {
  await using mock = createMock();
  const send = sender(mock);
  const real: typeof fetch = async (input, init) =>
    String(input).includes('/__admin') ? new Response('<html>', { status: 200 }) : send(input, init);
  const without = await verify({ url: 'http://mock', fetch: real, apis: ['canvara'] });
  expect(without.outcomes.map(resultOf)).toEqual(['could not ask', 'could not ask']);
  expect(without.outcomes[0]?.notAsked[0]).toContain('--id canvara.ContactId=');
  const { routes } = (await (await mock.fetch('http://mock/__admin/routes')).json()) as {
    routes: { operation: string; example: { path: string } }[];
  };
  const path = routes.find(({ operation }) => operation === 'canvara.ContactConnectedLinks')?.example.path ?? '';
  const id = /contacts\/([^/]+)/.exec(path)?.[1] ?? '';
  const given = await verify({ url: 'http://mock', fetch: real, apis: ['canvara'], ids: new Map([['canvara.ContactId', id]]) });
  expect(given.outcomes.map(resultOf)).toEqual(['true', 'true']);
  // What one operation shows serves the others, whatever their order.
  for (const operation of ['GetConnectionsToContact', 'ContactConnectedLinks']) {
    const shown = await verify({
      url: 'http://mock',
      fetch: real,
      apis: ['canvara'],
      ids: new Map([[`canvara.${operation}.ContactId`, id]]),
    });
    expect(shown.outcomes.map(resultOf)).toEqual(['true', 'true']);
  }
});

test('only reads, unless it is told to write', async () => {
  await using mock = createMock();
  const methods = new Set<string>();
  const send: typeof fetch = (input, init) => {
    methods.add(init?.method ?? 'GET');
    return mock.fetch(new Request(input as string, init));
  };
  await verify({ url: 'http://mock', fetch: send });
  expect([...methods].sort()).toEqual(['GET', 'HEAD', 'OPTIONS']);
});

test('leaves a mock as it found it when it has written', async () => {
  await using mock = createMock();
  const state = async (): Promise<string> => (await mock.fetch('http://mock/__admin/state')).text();
  await mock.fetch('http://mock/Contact/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"contactTypeId":3,"lastName":"Kept"}',
  });
  const before = await state();
  await verify({ url: 'http://mock', fetch: sender(mock), write: true });
  expect(await state()).toBe(before);
});

test('cleans up after itself through the API where there is no snapshot to go back to', async () => {
  await using mock = createMock();
  const send = sender(mock);
  const types = async (): Promise<object> => {
    const { totalCount, items } = (await (await mock.fetch('http://mock/ContactType/')).json()) as Record<string, object>;
    return { totalCount, items };
  };
  const before = await types();
  const real: typeof fetch = async (input, init) =>
    String(input).includes('/__admin') ? new Response('', { status: 404 }) : send(input, init);
  const { outcomes } = await verify({
    url: 'http://mock',
    fetch: real,
    write: true,
    bearer: 'worker',
    ids: new Map([['trendsic.ContactId', '5']]),
  });
  expect(outcomes.flatMap(findingsOf)).toEqual([]);
  // What no documented call can delete is told instead.
  const notes = outcomes.flatMap(({ operation, notes }) => notes.map((note) => `${operation} ${note}`));
  expect(notes).toEqual([
    expect.stringMatching(/^trendsic\.ContactConnectionRequest left behind: ContactId \d+/),
    expect.stringMatching(/^logisense\.Contact\.create left behind: Contact 201/),
  ]);
  expect(await types()).toEqual(before);
});

test('an API that a mock does not serve is not asked, unless it is named', async () => {
  await using mock = createMock({ apis: ['canvara'] });
  const { outcomes } = await verify({ url: 'http://mock', fetch: sender(mock) });
  expect(outcomes.flatMap(findingsOf)).toEqual([]);
  expect(outcomes.find(({ operation }) => operation === 'logisense.Contact.list')?.notAsked).toEqual([
    'this mock does not serve logisense',
  ]);
  const named = await verify({ url: 'http://mock', fetch: sender(mock), apis: ['logisense'] });
  expect(named.outcomes.flatMap(findingsOf)[0]).toMatchObject({ operation: 'logisense.Contact.list', rule: 'status' });
});

test('asks below the path that a vendor puts before its API', async () => {
  await using mock = createMock();
  const url = 'http://mock/__worlds/mine/ResourceServer/api/v6';
  const { outcomes } = await verify({ url, fetch: sender(mock), apis: ['logisense'], write: true });
  expect(outcomes.map((outcome) => [outcome.operation, resultOf(outcome), outcome.notes])).toEqual(
    outcomes.map(({ operation }) => [operation, 'true', []]),
  );
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
async function cli(args: readonly string[], send?: typeof fetch, isTerminal = false): Promise<Ran> {
  let out = '';
  let err = '';
  const io = { stdout: (text: string) => void (out += text), stderr: (text: string) => void (err += text), isTerminal, env: {} };
  const code = await run(['verify', ...args], send === undefined ? io : { ...io, fetch: send });
  return { code, out, err };
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('exits 0 for a server on a port that is true, with every operation that was asked in the text', async () => {
  await using mock = createMock();
  const { url } = await mock.listen({ port: 0 });
  const { code, out, err } = await cli([url]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('✓ canvara.ContactConnectedLinks\n');
  expect(out).toContain('- 7 not asked: verify only reads unless told --write\n');
  expect(out).toContain(`${url} is true to the contract`);
  expect(out).not.toContain('\u001b');
});

test('a world in the address is the world that is asked', async () => {
  await using mock = createMock();
  await mock.fetch('http://mock/__worlds/mine/Contact/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"contactTypeId":3}',
  });
  const { code, out } = await cli(['http://mock/__worlds/mine/', '--api', 'logisense'], sender(mock));
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('✓ logisense.Contact.list') });
});

test('exits 1 for a server that differs, and writes what differs for people, JUnit and JSON', async () => {
  await using mock = createMock();
  const { fetch: send } = mutant(mock, { of: /GET .Contact.1$/, change: inText('"John', '"J') });
  const wrong = mutant(mock, { of: /GET .Contact.\d+$/, change: inText(/"lastName":"[^"]*"/, '"lastName":7') }).fetch;
  expect((await cli(['http://mock', '--api', 'logisense'], send)).code).toBe(0);
  const junit = join(folder, 'report.xml');
  const json = join(folder, 'report.json');
  const first = await cli(['http://mock', '--api', 'logisense', '--report', junit], wrong);
  expect(first.code).toBe(1);
  expect(first.out).toContain('type instance.lastName: wanted a text (string), seen 7');
  await cli(['http://mock', '--api', 'logisense', '--report', json], wrong);

  const xml = await readFile(junit, 'utf8');
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name.startsWith('test') }).parse(xml) as {
    testsuites: { testsuite: Record<string, string>[] }[];
  };
  const suite = testsuites[0]?.testsuite.find((candidate) => candidate['@_name'] === 'logisense.Contact.get');
  expect(suite).toMatchObject({
    '@_tests': '3',
    '@_failures': '1',
    testcase: [{ '@_name': 'GET /Contact/{id}', failure: { '@_type': 'type' } }, {}, {}],
  });
  const skipped = testsuites[0]?.testsuite.find((candidate) => candidate['@_name'] === 'logisense.Contact.create');
  expect(skipped).toMatchObject({ '@_tests': '1', '@_skipped': '1', '@_failures': '0' });

  const report = JSON.parse(await readFile(json, 'utf8')) as {
    result: string;
    findings: object[];
    operations: { operation: string; result: string }[];
  };
  expect(report.result).toBe('differs');
  expect(report.findings).toEqual([
    {
      operation: 'logisense.Contact.get',
      call: 'GET /Contact/1',
      member: 'lastName',
      path: 'instance.lastName',
      rule: 'type',
      wanted: 'a text (string)',
      seen: '7',
    },
  ]);
  expect(report.operations.find(({ operation }) => operation === 'logisense.Contact.list')?.result).toBe('true');
});

test('shows colour and progress on a terminal', async () => {
  await using mock = createMock();
  const { out, err } = await cli(['http://mock', '--api', 'canvara'], sender(mock), true);
  expect(out).toContain('\u001b[32m✓\u001b[0m');
  expect(err).toContain('canvara.ContactConnectedLinks: GET /api/contacts/');
});

test('an answer that cannot be read, and one that never came, are differences', async () => {
  await using mock = createMock();
  const noise = mutant(mock, { of: /GET .Contact.1$/, change: () => ({ text: '\u0000\u0001' }) }).fetch;
  const cut = await verify({ url: 'http://mock', fetch: noise, apis: ['logisense'] });
  expect(cut.outcomes.flatMap(findingsOf)).toEqual([
    expect.objectContaining({ operation: 'logisense.Contact.get', member: 'body', rule: 'envelope' }),
  ]);

  const { url } = await mock.listen({ port: 0 });
  await mock.fetch('http://mock/__admin/faults', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      rules: [{ operation: 'logisense.Contact.get', outcomes: [{ fault: 'CONNECTION_RESET_BY_PEER' }], repeat: true }],
    }),
  });
  const { code, out } = await cli([url, '--api', 'logisense']);
  expect(code).toBe(1);
  expect(out).toMatch(/status: wanted 200, seen no answer/);
});

test('a list without records, and one that is too long to read, are told and are no difference', async () => {
  await using mock = createMock();
  const send: typeof fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    if (pathname === '/Contact/') return new Response(' '.repeat(40_000_000), { headers });
    if (pathname.startsWith('/v1/')) return new Response('{"Contact":[]}', { headers });
    return sender(mock)(input, init);
  };
  const { outcomes } = await verify({ url: 'http://mock', fetch: send });
  const notes = (operation: string) => outcomes.find((outcome) => outcome.operation === operation)?.notes;
  expect(notes('logisense.Contact.list')).toEqual(['the answer to GET /Contact/ is too long to be compared']);
  expect(notes('trendsic.ContactConnectionRequest')).toContain('Contact is empty: there was nothing in it to compare');
  expect(outcomes.filter(({ operation }) => operation.startsWith('logisense')).flatMap(findingsOf)).toEqual([]);
});

test('null is said as null, what is not there as nothing', async () => {
  await using mock = createMock();
  const seen = async (from: RegExp, to: string) => {
    const { fetch } = mutant(mock, { of: /GET .Contact.$/, change: inText(from, to) });
    const { outcomes } = await verify({ url: 'http://mock', fetch, apis: ['logisense'] });
    return outcomes.flatMap(findingsOf).map(({ path, seen }) => `${path}: ${seen}`);
  };
  expect(await seen(/"lastName":"[^"]*"/g, '"lastName":null')).toContain('items[].lastName: null in Contact.list');
  expect(await seen(/"lastName":"[^"]*",/, '')).toContain('items[].lastName: nothing in Contact.list');
  expect(await seen(/"isUsedForTax":true/, '"isUsedForTax":null')).toContain('items[].isUsedForTax: null in Contact.list');
});

test('bytes that are not valid UTF-8 are a difference', async () => {
  await using mock = createMock();
  const send: typeof fetch = async (input, init) =>
    String(input).endsWith('/Contact/1')
      ? new Response(new Uint8Array([0x7b, 0xff, 0x7d]), { headers: { 'content-type': 'application/json' } })
      : sender(mock)(input, init);
  const { outcomes } = await verify({ url: 'http://mock', fetch: send, apis: ['logisense'] });
  expect(outcomes.flatMap(findingsOf)).toEqual([
    expect.objectContaining({ member: 'body', rule: 'envelope', seen: 'bytes that are not valid UTF-8' }),
  ]);
});

test('exits 2 where nobody takes the call, and the report says so', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const file = join(folder, 'unreachable.xml');
  const { code, out, err } = await cli([`http://127.0.0.1:${port}`, '--report', file]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(
    /^contacts-mock: No connection to http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Start the server, or check the address\.\n$/,
  );
  const xml = await readFile(file, 'utf8');
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml).toContain('errors="1"');
});

test.each([
  [[], 'verify needs the base URL of a server.'],
  [['ftp://x'], '"ftp://x" is not a valid base URL.'],
  [['localhost:4010'], '"localhost:4010" is not a valid base URL.'],
  [['http://mock', 'http://other'], '"http://other" was not expected'],
  [['http://mock', '--api', 'canvera'], 'There is no API "canvera". Did you mean "canvara"?'],
  [['http://mock', '--id', 'ContactId'], '--id ContactId is not NAME=VALUE.'],
  [['http://mock', '--bearer', 'a\nb'], '--bearer takes a token without blanks.'],
  [['http://mock', '--nulls', 'none'], '--nulls is one of placeholder, wire, not "none".'],
  [['http://mock', '--report', 'report.html'], 'ends neither in .xml nor in .json'],
  [['http://mock', '--report', '/no/such/folder/report.xml'], 'cannot be written (ENOENT)'],
  [['http://mock', '--wirte'], 'There is no option --wirte. Did you mean --write?'],
])('exits 2 for the command line %j', async (args, words) => {
  const asked: string[] = [];
  const send: typeof fetch = async (input) => {
    asked.push(String(input));
    return new Response('');
  };
  const { code, err } = await cli(args, send);
  expect({ code, asked }).toEqual({ code: 2, asked: [] });
  expect(err).toContain(words);
  expect(err.trimEnd()).not.toContain('\n');
});

test('explains itself', async () => {
  const { code, out } = await cli(['--help']);
  expect(code).toBe(0);
  for (const words of ['Usage: contacts-mock verify URL', '--api', '--bearer', '--id', '--nulls', '--write', '--report', 'Example:'])
    expect(out).toContain(words);
});
