/** What a validating proxy does: every answer, of every status and format, is one that the API's own OpenAPI describes. */
import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { openapi } from '../../src/derive/openapi.ts';
import { createMock, type MockOptions } from '../../src/index.ts';
import { settingsOf } from '../../src/options.ts';
import { problems, resolve } from '../support/schema.ts';

// biome-ignore lint/suspicious/noExplicitAny: the documents are read as JSON, as their users do
type Json = any;

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Examined {
  readonly status: number;
  readonly wrong: readonly string[];
}

/** The described call of a path: one without parameters goes first. */
function describedCall(document: Json, { method, path }: Ask): Json {
  const [bare] = path.split('?');
  const found = Object.entries<Json>(document.paths)
    .filter(([pattern]) => new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}/?$`).test(bare!))
    .sort(([left], [right]) => left.split('{').length - right.split('{').length);
  return found[0]?.[1][method.toLowerCase()];
}

async function examine(document: Json, ask: Ask, answer: Response): Promise<Examined> {
  const { status } = answer;
  const about = `${ask.method} ${ask.path} ${JSON.stringify(ask.headers ?? {})} ${status}`;
  const call = describedCall(document, ask);
  const described = call?.responses[status] ?? call?.responses['default'];
  if (described === undefined) return { status, wrong: [`${about}: not described`] };
  const { content = {} } = described.$ref === undefined ? described : (resolve(described.$ref, document) as Json);
  const text = await answer.text();
  if (text === '') return { status, wrong: [] };
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  if (content[type] === undefined) return { status, wrong: [`${about}: ${type} is not described`] };
  const value = type === 'application/json' ? JSON.parse(text) : type === 'text/plain' ? text : undefined;
  return {
    status,
    wrong: value === undefined ? [] : problems(value, content[type].schema, document).map((problem) => `${about}: ${problem}`),
  };
}

const CODES = [400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504];
const TYPES = ['application/json', 'application/xml', 'text/html', 'text/csv', 'text/jsonl', 'application/jsv'];

/** Ways to go wrong with a call that would go well. */
function mistakes({ method, path, headers = {}, body }: Ask): Ask[] {
  const [bare = '', query] = path.split('?');
  const end = query === undefined ? '' : `?${query}`;
  const ids = ['abc', '0', '-1', '1.5', '2147483647', '2147483648', '99999999999999999999', 'ffffffff-0000-4000-8000-000000000404', '%20'];
  const withId = /\/(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=\/|$)/;
  const sent = body === undefined ? {} : { body };
  const { Authorization: _, ...anonymous } = headers;
  return [
    ...(withId.test(bare) ? ids.map((id) => ({ method, path: bare.replace(withId, `/${id}`) + end, headers, ...sent })) : []),
    ...['', 'Bearer nobody', 'Bearer a.b.c', 'Basic bm9ib2R5Om5vcGU=', 'Basic !!!', 'Bearer visitor'].map((Authorization) => ({
      method,
      path,
      headers: Authorization === '' ? anonymous : { ...headers, Authorization },
      ...sent,
    })),
    ...(body === undefined
      ? []
      : ['', '{', '[]', '"x"', '{"patchType":"nothing"}', '{"ContactId":"x","Contact":5}'].map((broken) => ({
          method,
          path,
          headers,
          body: broken,
        }))),
    ...(body === undefined ? [] : [{ method, path, headers: { ...headers, 'Content-Type': 'text/plain' }, body }]),
    { method, path: `${bare}?SortOrder=Sideways&PageSize=x&AgentId=x`, headers, ...sent },
    { method, path, headers: { ...headers, Pagination: '{"pageIndex":-1}', SearchRequest: '{', OutputFormat: 'dataFlow' }, ...sent },
  ];
}

test.each<[string, MockOptions]>(
  catalogue.flatMap(({ name }) => [
    [name, { auth: 'strict' }],
    [name, { nulls: 'wire', defaultFormat: 'html' }],
  ]),
)('%s, %j: every answer is described', async (name, options) => {
  const api = catalogue.find((candidate) => candidate.name === name)!;
  const document = (await openapi(api, settingsOf(options))) as Json;
  await using mock = createMock({ apis: [api.name], ...options });
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  let world = 0;
  for (const { example } of mock.routes()) {
    const ask: Ask = {
      ...example,
      ...(example.body === undefined ? {} : { body: typeof example.body === 'string' ? example.body : JSON.stringify(example.body) }),
    } as Ask;
    const preferring = (Prefer: string, Accept = 'application/json'): Ask => ({ ...ask, headers: { ...ask.headers, Accept, Prefer } });
    const asks: Ask[] = [
      ...TYPES.map((Accept) => ({ ...ask, headers: { ...ask.headers, Accept } })),
      ...CODES.map((code) => preferring(`code=${code}`)),
      ...[400, 401, 403, 404, 500].flatMap((code) => ['text/html', 'application/xml'].map((type) => preferring(`code=${code}`, type))),
      preferring('example'),
      preferring('nulls=wire'),
      preferring('code=204'),
      ...mistakes(ask),
    ];
    for (const one of asks) {
      const { method, path, headers, body } = one;
      const answer = await mock.fetch(path, {
        method,
        redirect: 'manual',
        headers: { ...headers, 'X-Mock-World': `w${world++}` },
        ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
      });
      const examined = await examine(document, one, answer);
      statuses.set(examined.status, (statuses.get(examined.status) ?? 0) + 1);
      wrong.push(...examined.wrong);
    }
  }
  expect(wrong).toEqual([]);
  expect([...statuses.values()].reduce((left, right) => left + right)).toBeGreaterThan(150);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, ...CODES]));
});
