/** OpenAPI 3.1: what the documents state is in it, and what the mock answers is true to it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { openapi } from '../../src/derive/openapi.ts';
import { createMock } from '../../src/index.ts';
import { settingsOf } from '../../src/options.ts';
import { xmlMembers } from '../../src/wire/xml/writer.ts';
import { problems, resolve } from '../support/schema.ts';

// biome-ignore lint/suspicious/noExplicitAny: the documents are read as JSON, as their users do
type Json = any;
const NAMES = catalogue.map(({ name }) => name);
const documentOf = (name: string, options = {}): Promise<Json> =>
  openapi(catalogue.find((api) => api.name === name)!, settingsOf(options)) as Promise<Json>;
const documents: Record<string, Json> = Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await documentOf(name)])));
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const callsOf = (document: Json) =>
  Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({ path, method, call: item[method], item })),
  );
const follow = (node: Json, document: Json): Json => (node?.$ref === undefined ? node : resolve(node.$ref, document));
const fixture = (path: string): string => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');

test('every documented operation and verb is there, once, under a path without a trailing slash', () => {
  for (const api of catalogue) {
    const calls = callsOf(documents[api.name]);
    const there = calls.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    for (const operation of Object.values(api.operations)) {
      for (const method of operation.methods) expect(there).toContain(`${method} ${operation.path.replace(/(.)\/$/, '$1')}`);
    }
    for (const { path } of calls) expect(path).not.toMatch(/.\/$/);
    const ids = calls.map(({ call }) => call.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test.each(NAMES)('%s: every reference leads somewhere, and every component is used', (name) => {
  const document = documents[name];
  const references = new Set([...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!));
  for (const reference of references) expect(resolve(reference, document)).toBeTypeOf('object');
  const components = Object.entries<Json>(document.components ?? {})
    .filter(([kind]) => kind !== 'securitySchemes')
    .flatMap(([kind, entries]) => Object.keys(entries).map((entry) => `#/components/${kind}/${entry}`));
  expect(components.filter((component) => !references.has(component))).toEqual([]);
});

test.each(NAMES)('%s: linters find a license, a server, tags, a summary, a security, a success and a refusal', (name) => {
  const { info, servers, tags, components, ...document } = documents[name];
  expect(info.license.identifier).toBe('MIT');
  expect(servers[0].url).toMatch(/^http:\/\/127\.0\.0\.1/);
  for (const { call, path, item } of callsOf(document)) {
    expect(tags.map((tag: Json) => tag.name)).toEqual(expect.arrayContaining(call.tags));
    expect(call.summary).not.toBe('');
    expect(Object.keys(call.responses).some((status) => status.startsWith('2'))).toBe(true);
    expect(Object.keys(call.responses).some((status) => status.startsWith('4'))).toBe(true);
    for (const scheme of call.security.flatMap(Object.keys)) expect(components.securitySchemes).toHaveProperty(scheme);
    const inPath = [...(item.parameters ?? []), ...(call.parameters ?? [])].filter((parameter: Json) => parameter.in === 'path');
    expect(inPath.map((parameter: Json) => parameter.name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter));
  }
});

test('nobody is asked where the documents ask nobody; with strict sign-in everybody is', async () => {
  const asked = (document: Json) => callsOf(document).filter(({ call, method }) => method !== 'options' && call.security.length > 0).length;
  const all = (document: Json) => callsOf(document).filter(({ method }) => method !== 'options').length;
  expect(asked(documents['canvara'])).toBe(0);
  expect(asked(documents['logisense'])).toBe(0);
  expect(asked(documents['trendsic'])).toBe(all(documents['trendsic']));
  for (const name of NAMES) {
    const strict = await documentOf(name, { auth: 'strict' });
    expect(asked(strict)).toBe(all(strict));
    const off = await documentOf(name, { auth: 'off' });
    expect(asked(off)).toBe(0);
    expect(off.components).not.toHaveProperty('securitySchemes');
  }
});

test.each(NAMES)('%s: every example is true to its schema', (name) => {
  const document = documents[name];
  let count = 0;
  const check = (node: Json): void => {
    if (node === null || typeof node !== 'object') return;
    if (node.schema !== undefined && node.examples !== undefined) {
      for (const example of Object.values<Json>(node.examples)) {
        expect(problems(example.value, node.schema, document)).toEqual([]);
        count++;
      }
    }
    Object.values(node).forEach(check);
  };
  check(document);
  expect(count).toBeGreaterThan(10);
});

test('all LogiSense bodies of the documents are examples', () => {
  const VERBS: Readonly<Record<string, string>> = { 'get-detail': 'getDetail', 'paged-detail': 'pagedDetail' };
  let count = 0;
  for (const resource of ['Contact', 'ContactType']) {
    for (const file of readdirSync(new URL(`../../fixtures/logisense/${resource}`, import.meta.url))) {
      const [verb, direction] = file.split('.') as [string, string];
      const { call } = callsOf(documents['logisense']).find((one) => one.call.operationId === `${resource}.${VERBS[verb] ?? verb}`)!;
      const content = direction === 'request' ? call.requestBody.content : call.responses[200].content;
      expect(content['application/json'].examples.documented.value, file).toEqual(JSON.parse(fixture(`logisense/${resource}/${file}`)));
      count++;
    }
  }
  expect(count).toBe(23);
});

test.each([
  ['trendsic', 'ContactConnectionRequest', 'text/jsonl', 'jsonl'],
  ['canvara', 'GetConnectionsToContact', 'application/xml', 'xml'],
  ['canvara', 'ContactConnectedLinks', 'application/xml', 'xml'],
])('%s: the documented bodies of %s stand beside their values', (name, operation, type, format) => {
  const document = documents[name];
  const { call } = callsOf(document).find((one) => one.call.operationId === `${operation}.post`)!;
  for (const [content, direction] of [
    [follow(call.requestBody, document).content, 'request'],
    [follow(call.responses[200], document).content, 'response'],
  ] as const) {
    expect(content[type].examples.documented.description).toBe(
      `\`\`\`${format}\n${fixture(`${name}/${operation}.${direction}.${format}`).trimEnd()}\n\`\`\``,
    );
    expect(Object.keys(content)).toEqual(
      expect.arrayContaining(['application/json', 'application/xml', 'application/jsv', 'text/csv', 'text/jsonl']),
    );
  }
});

test('XML has the root, the namespaces and the item names that the service writes', () => {
  for (const api of catalogue.filter(({ name }) => name !== 'logisense')) {
    const { schemas } = documents[api.name].components;
    for (const operation of Object.values<Json>(api.operations)) {
      const { response } = operation;
      expect(schemas[response.name].xml).toEqual({ name: response.name, namespace: response.ns });
      for (const member of xmlMembers(response)) {
        const property = schemas[response.name].properties[member.name];
        expect(property.xml.namespace).toBe(member.owner.ns);
        const item = member.field.facts.item?.facts.of?.();
        if (item !== undefined) expect([property.xml.wrapped, property.items.xml]).toEqual([true, { name: item.name, namespace: item.ns }]);
      }
    }
  }
  const { GetConnectionsToContact } = documents['canvara'].components.schemas;
  expect(GetConnectionsToContact.properties.PageNumber.xml.namespace).not.toBe(GetConnectionsToContact.properties.ContactId.xml.namespace);
});

test('parameters say where their document puts them, and that nothing is enforced', () => {
  const { call, item } = callsOf(documents['canvara']).find((one) => one.call.operationId === 'GetConnectionsToContact.get')!;
  expect(item.parameters).toEqual([expect.objectContaining({ name: 'ContactId', in: 'path', required: true })]);
  const query = Object.fromEntries(call.parameters.map((parameter: Json) => [parameter.name, parameter]));
  expect(Object.keys(query)).toEqual(
    expect.arrayContaining([
      'ContactTypeId',
      'RequestorContactId',
      'IsPagedMode',
      'IncludeRemoved',
      'PageNumber',
      'PageSize',
      'SortIndex',
      'SortOrder',
    ]),
  );
  expect(query['ContactTypeId']).toMatchObject({ in: 'query', required: false });
  expect(query['ContactTypeId'].description).toContain('documented as required, not enforced');
  expect(query['PageSize'].description).toContain('documented in: form');
});

test('LogiSense takes its paging and formats in headers whose text is JSON', () => {
  const headers = Object.fromEntries(
    callsOf(documents['logisense']).map(({ call }) => [call.operationId, (call.parameters ?? []).map((parameter: Json) => parameter.name)]),
  );
  expect(headers['Contact.paged']).toEqual(['Pagination']);
  expect(headers['Contact.create']).toEqual(['OutputFormat']);
  expect(headers['Contact.update']).toEqual(expect.arrayContaining(['OutputFormat', 'UpdateRequest']));
});

interface Route {
  readonly operation: string;
  readonly example: { readonly method: string; readonly path: string; readonly headers?: Record<string, string>; readonly body?: unknown };
}

/** Every example call of the mock, with what callers may wish, against the description: what a validating proxy does. */
test.each(NAMES)('%s: what the mock answers is true to the description, whatever is asked', async (name) => {
  await using mock = createMock();
  const { routes } = (await (await mock.fetch('http://mock/__admin/routes')).json()) as { routes: Route[] };
  const document = documents[name];
  const wishes = ['', 'nulls=wire', 'example', 'code=400', 'code=404', 'code=500'];
  let asked = 0;
  for (const { operation, example } of routes.filter((route) => route.operation.startsWith(`${name}.`))) {
    const method = example.method.toLowerCase();
    if (method === 'options' || method === 'head') continue;
    const [path] = example.path.split('?');
    const known = callsOf(document).filter(
      (one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path!),
    );
    const { call } = known.find((one) => !one.path.includes('{')) ?? known[0]!;
    const body = example.body === undefined ? undefined : JSON.stringify(example.body);
    if (example.body !== undefined) {
      expect(problems(example.body, follow(call.requestBody, document).content['application/json'].schema, document)).toEqual([]);
    }
    for (const wish of wishes) {
      const headers = { ...example.headers, 'X-Mock-World': `${asked}`, ...(wish === '' ? {} : { Prefer: wish }) };
      const answer = await mock.fetch(`http://mock${example.path}`, {
        method: example.method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      const described = follow(call.responses[answer.status] ?? call.responses.default, document);
      const text = await answer.text();
      const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
      expect(described, `${operation} ${answer.status}`).toBeDefined();
      expect(described.content, `${operation} ${wish} ${answer.status}`).toHaveProperty([type]);
      expect(problems(JSON.parse(text), described.content[type].schema, document), `${operation} ${wish}`).toEqual([]);
      asked++;
    }
  }
  expect(asked).toBeGreaterThan(10);
});

test('GET /__admin/openapi.json gives the description of the mock that is asked', async () => {
  await using mock = createMock({ auth: 'strict' });
  const served = (await (
    await mock.fetch('http://mock:8080/__admin/openapi.json?api=canvara', { headers: { Host: 'localhost:8080' } })
  ).json()) as Json;
  expect(served.openapi).toBe('3.1.0');
  expect(served.components.securitySchemes).toHaveProperty('bearer');
  expect(Object.keys(served.paths)).toEqual(Object.keys(documents['canvara'].paths));
});
