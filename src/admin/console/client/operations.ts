/** Every documented call, out of the OpenAPI documents that the server makes from its contract: described, prefilled, sent. */
import type { Route } from '../../../protocols/protocol.ts';
import { act, lasting } from './api.ts';
import { bodyView } from './body.ts';
import { code, h, row, select, show, table } from './dom.ts';
import { place } from './router.ts';
import { sender } from './send.ts';

// biome-ignore lint/suspicious/noExplicitAny: a part of an OpenAPI document
type Schema = Record<string, any>;
/** By media type. */
type Media = Readonly<Record<string, Schema>>;

export function operationsView(main: HTMLElement) {
  const list = h('div');
  const filter = h('input', {
    type: 'search',
    placeholder: 'Find an operation',
    label: 'Find an operation',
    oninput: () => drawList(),
  });
  const content = h('div.content');
  show(main, h('div.withside', h('nav.side', { label: 'Operations' }, filter, list), content));
  let routes: readonly Route[] = [];
  const chosen = () => place().parts[1] ?? routes[0]?.operation;

  const drawList = () => {
    const wanted = filter.value.trim().toLowerCase();
    const groups = new Map<string, Map<string, string[]>>();
    for (const { operation, method, path } of routes) {
      if (!`${operation} ${path}`.toLowerCase().includes(wanted)) continue;
      const group = operation.split('.').slice(0, -1).join(' ');
      const names = groups.get(group) ?? new Map<string, string[]>();
      groups.set(group, names.set(operation, [...(names.get(operation) ?? []), method]));
    }
    const link = ([name, verbs]: readonly [string, readonly string[]]) => {
      const verb = verbs.length > 2 ? `${verbs.length} verbs` : verbs.join(' ');
      return h(
        'li',
        h(
          'a',
          { href: `#/operations/${name}`, 'aria-current': name === chosen() && 'page' },
          name.split('.').at(-1),
          ' ',
          h('small', verb),
        ),
      );
    };
    show(
      list,
      [...groups].map(([group, names]) => [h('h2', group), h('ul', [...names].map(link))]),
    );
  };

  const update = () =>
    act(async () => {
      ({ routes } = await lasting<{ routes: Route[] }>('routes'));
      drawList();
      const name = chosen();
      const own = routes.filter(({ operation }) => operation === name);
      if (name === undefined || own.length === 0) return show(content, h('p.callout', `There is no operation ${name}.`));
      const document: Schema = await lasting(`openapi.json?api=${name.split('.')[0]}`);
      show(content, operationView(own, document));
    });
  void update();
  return update;
}

/** What a part of a document says, a reference followed. */
function resolved(document: Schema, part: Schema | undefined): Schema {
  const names = part?.['$ref']?.split('/').slice(1);
  return names === undefined ? (part ?? {}) : names.reduce((at: Schema, name: string) => at[name] ?? {}, document);
}

/** `routes`: the verbs of one operation. */
function operationView(routes: readonly Route[], document: Schema) {
  const [first] = routes;
  if (first === undefined) return undefined;
  const item: Schema = document['paths'][first.path.replace(/\/$/, '')] ?? document['paths'][first.path] ?? {};
  const parts = h('div');
  const draw = (route: Route) => {
    const { summary = '', description = '', parameters = [], requestBody, responses = {} }: Schema = item[route.method.toLowerCase()] ?? {};
    const all: Schema[] = [...(item['parameters'] ?? []), ...parameters].map((part) => resolved(document, part));
    const request: Media = resolved(document, requestBody)['content'] ?? {};
    const answer: Media = resolved(document, responses['200'])['content'] ?? {};
    show(
      parts,
      h('p', description || summary || item['summary']),
      h('section.card', { label: 'Try it' }, editorView(route, request, Object.keys(answer))),
      all.length > 0 &&
        membersTable(
          'Parameters',
          document,
          all.map(({ name, in: where, required, schema, description: doc }) => [name, schema, doc, required, where]),
        ),
      messageView('Request', document, request),
      messageView('Answer', document, answer),
    );
  };
  const verbs = routes.map(({ method }) => method);
  const preferred = routes.find(({ method }) => method === 'POST') ?? first;
  const choose = (verb: string) => draw(routes.find(({ method }) => method === verb) ?? first);
  draw(preferred);
  return [
    h('h1', first.operation),
    h('p.tools', verbs.length > 1 ? select('Verb', verbs, preferred.method, choose) : h('b', first.method), code(first.path)),
    parts,
  ];
}

/** The text of a documented sample: as it is where it is JSON, else out of the fence of its description. */
function sampleText({ examples = {} }: Schema): string {
  const [example] = Object.values<Schema>(examples);
  const [, fenced] = /^```\w*\n([\s\S]*)\n```$/.exec(example?.['description'] ?? '') ?? [];
  const value = fenced ?? example?.['value'] ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

const WORKS = 'works';
/** Prefilled with the documented placeholder in a format of one's choice, or with a call that works. */
function editorView({ example }: Route, media: Media, accepts: readonly string[]) {
  const { method, path: url, headers = {}, body } = example;
  const types = Object.keys(media).filter((type) => sampleText(media[type] ?? {}) !== '');
  const place = h('div');
  const fill = (source: string) => {
    const lines = Object.entries(headers).filter(([name]) => source === WORKS || !/^(content-type|accept)$/i.test(name));
    if (source !== WORKS) lines.push(['Content-Type', source], ...(types.length > 1 ? [['Accept', source] as [string, string]] : []));
    const works = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body, null, 2);
    show(place, sender({ method, url, lines, accepts, body: source === WORKS ? works : sampleText(media[source] ?? {}) }).element);
  };
  const options = [...types.map((type) => [type, `the documented placeholder as ${type}`] as const), [WORKS, 'a call that works'] as const];
  fill(types[0] ?? WORKS);
  return [types.length > 0 && h('p.tools', 'Prefilled with', select('Prefilled with', options, types[0] ?? WORKS, fill)), place];
}

function typeName(schema: Schema = {}): string {
  const { $ref, anyOf, type, format, items } = schema;
  if ($ref !== undefined) return $ref.split('/').at(-1);
  if (anyOf !== undefined) return anyOf.map(typeName).join(' or ');
  const names = [type].flat().map((name) => (name === 'array' ? `list of ${typeName(items)}` : name));
  return `${names.join(' or ')}${format === undefined ? '' : ` (${format})`}`;
}

type MemberRow = readonly [name: string, schema: Schema, doc: string | undefined, isRequired: boolean | undefined, where?: string];
const membersTable = (title: string, document: Schema, members: readonly MemberRow[]) => {
  const rows = members.map(([name, schema, doc, isRequired, where]) =>
    row(
      h('th', { scope: 'row' }, name, isRequired && [' ', h('span.tag', 'required')]),
      [
        code(typeName(schema)),
        where !== undefined && h('span.soft', ` in ${where}`),
        h('div.soft', resolved(document, schema)['enum']?.join(', ')),
      ],
      doc,
    ),
  );
  return h('details', { open: members.length < 30 }, h('summary', title), table(title, ['Member', 'Type', 'Meaning'], rows));
};

/** A message: the types that it is made of, a table each, and its sample in each format. */
function messageView(title: string, document: Schema, media: Media) {
  const found = new Map<string, Schema>();
  const walk = (schema: Schema | undefined): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { $ref, properties = {}, items, anyOf = [] } = schema;
    const name = $ref?.split('/').at(-1);
    if (found.has(name)) return;
    const target = resolved(document, schema);
    if (name !== undefined) found.set(name, target);
    for (const part of name === undefined ? [items, ...anyOf, ...Object.values<Schema>(properties)] : [target]) walk(part);
  };
  const types = Object.keys(media);
  walk(media[types[0] ?? '']?.['schema']);
  if (types.length === 0) return false;
  const samples = h('div');
  const draw = (type: string) => show(samples, bodyView(`${title} as ${type}`, sampleText(media[type] ?? {}), type));
  draw(types[0] ?? '');
  return h(
    'section',
    { label: title },
    h('h2', title),
    h('details', h('summary', 'Sample in each format'), types.length > 1 && select('Format', types, types[0] ?? '', draw), samples),
    [...found]
      .filter(([, { properties }]) => properties !== undefined)
      .map(([name, { properties, required }]) =>
        membersTable(
          name,
          document,
          Object.entries<Schema>(properties).map(([member, part]) => [member, part, part['description'], required?.includes(member)]),
        ),
      ),
  );
}
