/** A request as it will be sent, to be changed and sent; what comes back stands below it. */
import type { ContractView } from '../../records/contract.ts';
import { act, lasting, prefix } from './api.ts';
import { bodyView } from './body.ts';
import { METHODS, facts, field, form, h, ignore, plural, select, show } from './dom.ts';
import { remember } from './undo.ts';

export interface Draft {
  readonly method: string;
  readonly url: string;
  readonly lines: readonly (readonly [string, string])[];
  readonly body: string;
  /** Media types of the answer, where there is a choice. */
  readonly accepts?: readonly string[];
}

/** A status, or the fault that broke the connection. */
export const statusTag = (status: number | string) => {
  const isBroken = typeof status === 'string';
  const level = isBroken || status >= 500 ? 'fatal' : status >= 400 ? 'bad' : status >= 300 ? 'soft' : 'good';
  return h(`span.status.${level}`, { title: status }, isBroken ? 'broken' : status);
};

/** Bytes that are read of an answer: a list of ten million would be too much for a page. */
const MAX_READ = 2_000_000;
async function beginning({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; reader !== undefined && size < MAX_READ; ) {
    const { done, value } = await reader.read();
    if (done) return text;
    size += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

const rowsFor = (text: string, min: number) => Math.min(18, Math.max(min, text.split('\n').length));
const textFor = (lines: Draft['lines']) => lines.map((line) => line.join(': ')).join('\n');

export function sender(draft: Draft) {
  let { method } = draft;
  const url = h('input', { value: draft.url, label: 'Path and query', spellcheck: false });
  const sent = textFor(draft.lines);
  const lines = h('textarea', { rows: rowsFor(sent, 2), value: sent, spellcheck: false });
  const body = h('textarea', { rows: rowsFor(draft.body, 3), value: draft.body, spellcheck: false });
  const users = h('span.slot');
  const answer = h('div', { 'aria-live': 'polite' });

  const linesNow = (): [string, string][] =>
    lines.value.split('\n').flatMap((line: string) => {
      const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name.trim(), value?.trim()]];
    });
  const lineNow = (header: string) => linesNow().find(([name]) => name.toLowerCase() === header)?.[1] ?? '';
  const setLine = (header: string, value: string) => {
    const others = linesNow().filter(([name]) => name.toLowerCase() !== header.toLowerCase());
    lines.value = textFor(value === '' ? others : [...others, [header, value]]);
  };
  lasting<ContractView>('contract').then((contract) => {
    const names = contract.users.map(({ name, roles }) => [name, [name, ...roles].join(', ')] as const);
    const now = lineNow('authorization').replace(/^bearer /i, '');
    const setCaller = (name: string) => setLine('Authorization', name && `Bearer ${name}`);
    show(users, field('As', select('Caller', [['', 'nobody'], ...names], now, setCaller)));
  }, ignore);

  let isArmed = false;
  const send = () =>
    act(async () => {
      if (method === 'DELETE' && !isArmed) {
        isArmed = true;
        return show(answer, h('p.callout.notice', 'This may delete records. Send it once more to do so; Undo takes it back.'));
      }
      isArmed = false;
      show(answer, h('p.soft', 'Sending…'));
      if (!/^(GET|HEAD|OPTIONS)$/.test(method)) await remember(`${method} ${url.value}`);
      show(answer, await exchange());
    });
  async function exchange() {
    const start = performance.now();
    const hasBody = method !== 'GET' && method !== 'HEAD' && body.value !== '';
    let reply: Response;
    let text: string;
    try {
      reply = await fetch(prefix + url.value, { method, headers: linesNow(), cache: 'no-store', ...(hasBody && { body: body.value }) });
      text = await beginning(reply);
    } catch (error) {
      return h('p.callout', `No answer: ${(error as Error).message}. The journal tells whether a fault rule broke the connection.`);
    }
    const took = performance.now() - start;
    const headers = [...reply.headers];
    const { headers: named, status, statusText, ok } = reply;
    const id = named.get('x-mock-request-id');
    const why = named.get('x-mock-explanation');
    return [
      h(
        'h2',
        'Answer ',
        statusTag(status),
        ` ${statusText}`,
        h('span.soft', ` in ${took.toFixed(0)} ms `),
        id !== null && h('a', { href: `#/requests/${id}` }, 'in the journal'),
      ),
      why !== null && h(`p.callout${ok ? '.notice' : ''}`, why),
      bodyView('Answer body', text, named.get('content-type') ?? ''),
      h('details', h('summary', plural(headers.length, 'header line')), facts('dl.headers', headers)),
    ];
  }

  const accepts = [['', 'what the API answers unasked'] as const, ...(draft.accepts ?? [])];
  const answered = select('Answer as', accepts, lineNow('accept'), (type) => setLine('Accept', type));
  const methods = select('Method', METHODS, method, (value) => (method = value));
  const element = form(
    'form.sender',
    'Request',
    send,
    h('div.line', methods, url, h('button.main', 'Send')),
    h('div.line', users, accepts.length > 2 && field('Answer as', answered)),
    field('Header lines', lines),
    field('Body', body),
    answer,
  );
  return { element, send, focus: () => (draft.body === '' ? url : body).focus() };
}
