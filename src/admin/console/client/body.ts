/** Shows a body: spread over lines and coloured, as it was sent, or as a tree. */
import { copy } from './api.ts';
import { button, type Child, digits, h, select, show } from './dom.ts';

type Format = 'json' | 'jsonl' | 'jsv' | 'csv' | 'xml' | 'text';

/** Characters that are coloured; a longer text is shown as it is, and a part at a time. */
const MAX_COLOURED = 60_000;
const MAX_SHOWN = 200_000;

export function formatOf(type: string, text: string): Format {
  const named = /jsonl|jsv|csv|xml|json/.exec(type)?.[0];
  if (named !== undefined) return named as Format;
  const start = text.trimStart().charAt(0);
  if (start === '<') return 'xml';
  return start === '{' || start === '[' ? 'json' : 'text';
}

const JSON_TOKEN = /("(?:[^"\\]|\\.)*"?)(\s*:)?|([{}[\],])|(-?\d[\d.eE+-]*|true|false|null)|(\s+)|([^\s"{}[\],]+)/g;

const span = (kind: string, text: string) => h(`span.${kind}`, text);

/** A member a line, every number and text as it was sent. */
function spreadJson(text: string) {
  const out = document.createDocumentFragment();
  let depth = 0;
  let last = '';
  const newLine = () => out.append(`\n${'  '.repeat(Math.max(depth, 0))}`);
  for (const match of text.matchAll(JSON_TOKEN)) {
    const [, word, colon, mark, literal, space, rest] = match;
    if (space !== undefined) continue;
    if (mark === '}' || mark === ']') {
      depth--;
      if (last !== '{' && last !== '[') newLine();
    } else if (last === '{' || last === '[' || last === ',') newLine();
    if (mark !== undefined) out.append(mark);
    else if (colon !== undefined) out.append(span('name', word as string), ': ');
    else if (word !== undefined) out.append(span('text', word));
    else if (literal !== undefined) out.append(span('literal', literal));
    else out.append(rest ?? '');
    if (mark === '{' || mark === '[') depth++;
    last = mark ?? ' ';
  }
  return out;
}

function spreadJsv(value: unknown, indent = ''): Child {
  if (typeof value !== 'object' || value === null) return span('text', String(value));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const members = Object.entries(value);
  if (members.length === 0) return `${open}${close}`;
  const inner = `${indent}  `;
  const lines = members.map(([name, member], i) => [
    i === 0 ? '\n' : ',\n',
    inner,
    !Array.isArray(value) && [span('name', name), ': '],
    spreadJsv(member, inner),
  ]);
  return [open, lines, `\n${indent}`, close];
}

function spreadXml(text: string) {
  const out = document.createDocumentFragment();
  let depth = 0;
  let isAfterText = true;
  for (const [part] of text.matchAll(/<[^>]*>?|[^<]+/g)) {
    if (!part.startsWith('<')) {
      if (part.trim() === '') continue;
      out.append(span('text', part));
      isAfterText = true;
      continue;
    }
    const isEnd = part.startsWith('</');
    if (isEnd) depth--;
    if (!isAfterText || (!isEnd && out.hasChildNodes())) out.append(`\n${'  '.repeat(Math.max(depth, 0))}`);
    isAfterText = !isEnd && !part.endsWith('/>') && !part.startsWith('<?');
    if (isAfterText) depth++;
    for (const [piece] of part.matchAll(/<[/?]?[^\s>/]+|\s+[^\s=>]+(?==)|"[^"]*"?|[^"<]+?/g)) {
      out.append(
        piece.startsWith('<')
          ? span('name', piece)
          : piece.startsWith('"')
            ? span('text', piece)
            : /=|^.$/.test(piece)
              ? piece
              : span('attribute', piece),
      );
    }
  }
  return out;
}

/** The records of a CSV; cells in quotation marks may hold commas and lines. */
export function readCsv(text: string) {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}

/** JSV: `{Name:value,List:[a,b]}`, texts in quotation marks where they need them. */
function readJsv(text: string) {
  let at = 0;
  const word = (ends: string) => {
    if (text[at] === '"') {
      const [all, inner = ''] = /^"((?:[^"]|"")*)"?/.exec(text.slice(at)) ?? [''];
      at += all.length;
      return inner.replaceAll('""', '"');
    }
    const start = at;
    while (at < text.length && !ends.includes(text[at] as string)) at++;
    return text.slice(start, at);
  };
  const value = (): unknown => {
    if (text[at] === '[') {
      const items = [];
      for (at++; at < text.length && text[at] !== ']'; text[at] === ',' && at++) items.push(value());
      at++;
      return items;
    }
    if (text[at] !== '{') return word(',}]');
    // Without a prototype, `__proto__` is a name like others.
    const members: Record<string, unknown> = Object.create(null);
    for (at++; at < text.length && text[at] !== '}'; text[at] === ',' && at++) {
      const name = word(':,}');
      at++;
      members[name] = value();
    }
    at++;
    return members;
  };
  return value();
}

const readXml = (element: Element): unknown =>
  element.childElementCount === 0 ? element.textContent : [...element.children].map((child) => [child.localName, readXml(child)]);

/** The value that a tree shows; pairs stand for elements of XML. */
function valueIn(text: string, format: Format) {
  if (format === 'jsv') return readJsv(text);
  if (format === 'jsonl')
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  if (format === 'csv') {
    const [names = [], ...rows] = readCsv(text);
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
  }
  if (format !== 'xml') return JSON.parse(text);
  const { documentElement } = new DOMParser().parseFromString(text, 'application/xml');
  if (documentElement.querySelector('parsererror') !== null) throw new SyntaxError('This is not well-formed XML.');
  return [[documentElement.localName, readXml(documentElement)]];
}

/** A tree of nested members; branches are drawn when they are opened. */
function tree(value: object): HTMLElement {
  const isPairs = Array.isArray(value) && value.every((item) => Array.isArray(item) && item.length === 2 && typeof item[0] === 'string');
  const entries: readonly (readonly [string, unknown])[] = isPairs ? value : Object.entries(value);
  const items = entries.slice(0, 500).map(([name, member]) => {
    if (typeof member !== 'object' || member === null)
      return h('li', span('name', name), ' ', span(typeof member === 'string' ? 'text' : 'literal', String(member)));
    const size = Object.keys(member).length;
    const draw = () => branch.childElementCount === 1 && branch.append(tree(member));
    const branch = h(
      'details',
      { ontoggle: draw, open: size > 0 && size <= 20 && entries.length <= 20 },
      h('summary', span('name', name), ` ${Array.isArray(member) ? `[${size}]` : `{${size}}`}`),
    );
    return h('li', branch);
  });
  return h('ul.tree', items, entries.length > 500 && h('li', `and ${entries.length - 500} more`));
}

function pretty(text: string, format: Format): Child {
  if (text.length > MAX_COLOURED || format === 'text') return text;
  if (format === 'xml') return spreadXml(text);
  if (format === 'json') return spreadJson(text);
  if (format === 'jsv') return spreadJsv(readJsv(text));
  const lines = text.trimEnd().split('\n');
  if (format === 'jsonl') return lines.map((line) => [spreadJson(line), '\n']);
  return lines.map((line, i) => (i === 0 ? span('name', line) : `\n${line}`));
}

export function bodyView(name: string, text: string, type: string, note: string = '') {
  if (text === '') return h('p.soft', 'No body.');
  const format = formatOf(type, text);
  const shown = text.length > MAX_SHOWN ? text.slice(0, MAX_SHOWN) : text;
  const content = h('div.code', { tabindex: 0, role: 'region', label: name });
  const draw = (view: string) => {
    try {
      show(content, view === 'tree' ? tree(valueIn(text, format)) : h('pre', view === 'pretty' ? pretty(shown, format) : shown));
    } catch (error) {
      show(content, h('p.bad', (error as Error).message), h('pre', shown));
    }
  };
  draw('pretty');
  const views = [
    ['pretty', 'Pretty'],
    ['raw', 'Raw'],
    ['tree', 'Tree'],
  ] as [string, string][];
  return h(
    'div.body',
    h(
      'p.tools',
      h('span.tag', format.toUpperCase()),
      format !== 'text' && select(`View of ${name}`, views, 'pretty', draw),
      button('Copy', () => copy(text, name), { label: `Copy ${name}` }),
      h('span.soft', note, shown !== text && ` The first ${digits(MAX_SHOWN)} characters.`),
    ),
    content,
  );
}
