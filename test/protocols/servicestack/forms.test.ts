import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';

const mock = createMock({ nulls: 'wire' });
const PATH = '/v1/ContactConnections/5';
const MULTIPART = 'multipart/form-data; boundary=x';

interface Outcome {
  readonly status: number;
  readonly body: { readonly ResponseStatus?: { readonly ErrorCode: string; readonly Message: string } };
  readonly entry: {
    readonly bound?: Record<string, unknown>;
    readonly explanation?: { readonly message: string; readonly value?: unknown };
  };
}

async function post(body: string | Uint8Array<ArrayBuffer>, contentType: string, path = PATH): Promise<Outcome> {
  const answer = await mock.fetch(path, {
    method: 'POST',
    headers: { Authorization: 'Bearer worker', 'Content-Type': contentType, Accept: 'application/json' },
    body,
  });
  const entry = await mock.fetch(`/__admin/requests/${answer.headers.get('x-mock-request-id')}`);
  return { status: answer.status, body: (await answer.json()) as Outcome['body'], entry: (await entry.json()) as Outcome['entry'] };
}

const part = (head: string, value: string): string => `--x\r\n${head}\r\n\r\n${value}\r\n`;
const field = (name: string, value: string): string => part(`Content-Disposition: form-data; name="${name}"`, value);
const END = '--x--\r\n';

test('a Content-Type set by hand, without boundary, is an error, and the journal says what to do', async () => {
  const { status, body, entry } = await post(field('AgentId', '8') + END, 'multipart/form-data');
  expect([status, body.ResponseStatus]).toMatchObject([
    500,
    { ErrorCode: 'InvalidDataException', Message: 'Missing content-type boundary.' },
  ]);
  expect(entry.explanation?.message).toContain('Do not set it by hand: fetch, axios and XMLHttpRequest set it');
  expect(entry.explanation?.value).toBe('multipart/form-data');
});

test.each([
  ['a part without disposition', part('X: y', '1') + END, 'InvalidDataException', 'Form section has invalid Content-Disposition value: '],
  [
    'a disposition that is none',
    part('Content-Disposition: form-d[ata; name="AgentId"', '1') + END,
    'InvalidDataException',
    'Form section has invalid Content-Disposition value: form-d[ata; name="AgentId"',
  ],
  [
    'lines that end in LF alone',
    '--x\nContent-Disposition: form-data; name="AgentId"\n\n5\n--x--\n',
    'InvalidDataException',
    'Form section has invalid Content-Disposition value: ',
  ],
  [
    'a long first line',
    `--x\nContent-Disposition: form-data; name="AgentId"\n\n${'5'.repeat(60)}\n--x--\n`,
    'InvalidDataException',
    'Line length limit 100 exceeded.',
  ],
  ['a header without colon', '--x\r\nContent-D', 'InvalidDataException', 'Invalid header line: Content-D'],
  [
    'no last boundary',
    field('AgentId', '5'),
    'IOException',
    'Unexpected end of Stream, the content may have already been read by another component. ',
  ],
  ['no boundary at all', 'hello', 'IOException', 'Unexpected end of Stream, the content may have already been read by another component. '],
])('%s is the framework’s own error', async (_, body, ErrorCode, Message) => {
  const outcome = await post(body, MULTIPART);
  expect([outcome.status, outcome.body.ResponseStatus]).toMatchObject([500, { ErrorCode, Message }]);
  expect(outcome.entry.explanation?.message).toContain('Send it as FormData does');
  expect(outcome.entry.bound).toBeNull();
});

test.each([
  ['a header line', `--x\r\nX: ${'y'.repeat(16_384)}\r\n`, 'Line length limit 16384 exceeded.'],
  [
    'many headers',
    `--x\r\n${Array.from({ length: 17 }, (_, i) => `X${i}: y\r\n`).join('')}\r\n`,
    'Multipart headers count limit 16 exceeded.',
  ],
  ['many parts', field('AgentId', '1').repeat(1025) + END, 'Form value count limit 1024 exceeded.'],
  [
    'what stands before the first part',
    `${' '.repeat(16_385)}${field('AgentId', '1')}${END}`,
    'Multipart body length limit 16384 exceeded.',
  ],
])('%s is bounded as in the framework', async (_, body, Message) => {
  expect((await post(body, MULTIPART)).body.ResponseStatus).toMatchObject({ ErrorCode: 'InvalidDataException', Message });
});

test('only form-data with a name is a field, quoted or not, in any case', async () => {
  const body =
    part('content-disposition: Form-Data; name=AgentId', '8') +
    part('Content-Disposition: attachment; name="ContactId"', '7') +
    part('Content-Disposition: form-data', '6') +
    END;
  expect((await post(body, MULTIPART)).entry.bound).toMatchObject({ AgentId: 8, ContactId: 5 });
});

test.each(['multipart/form-data; boundary=a b', "multipart/form-data; boundary=b'(x)"])(
  'a boundary that wants quotes and has none is not read: %s',
  async (type) => {
    const boundary = type.slice(type.indexOf('=') + 1);
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="AgentId"\r\n\r\n8\r\n--${boundary}--\r\n`;
    expect((await post(body, type)).entry.bound).toMatchObject({ AgentId: 0 });
    expect((await post(body, `multipart/form-data; boundary="${boundary}"`)).entry.bound).toMatchObject({ AgentId: 8 });
  },
);

test('before and behind its parts a body may hold anything', async () => {
  expect((await post(`preamble\r\n${field('AgentId', '8')}${END}epilogue`, MULTIPART)).entry.bound).toMatchObject({ AgentId: 8 });
});

test('a form is read as its charset says, but for what is percent-encoded', async () => {
  const type = 'application/x-www-form-urlencoded; charset=iso-8859-1';
  const body = new Uint8Array(
    [...'AgentId='].map((letter) => letter.charCodeAt(0)).concat(0xd4, ...[...'%E2%82%AC'].map((letter) => letter.charCodeAt(0))),
  );
  expect(JSON.stringify((await post(body, type)).body)).toContain("'Ô€' is an Invalid value");
});

test('a byte order mark belongs to the first name, which no member has then', async () => {
  expect((await post('\uFEFFAgentId=8', 'application/x-www-form-urlencoded')).entry.bound).toMatchObject({ AgentId: 0 });
});

test('more than 1024 fields are refused', async () => {
  const { status, body } = await post('a=1&'.repeat(1025), 'application/x-www-form-urlencoded');
  expect([status, body.ResponseStatus?.Message]).toEqual([500, 'Form value count limit 1024 exceeded.']);
});

test('a form that cannot be read is an error on every path, in the asked format', async () => {
  for (const path of ['/json/reply/ContactConnectionRequest', '/api/contacts/x/links', '/auth/credentials'])
    expect((await post('--x', 'multipart/form-data', path)).body.ResponseStatus?.Message).toBe('Missing content-type boundary.');
});
