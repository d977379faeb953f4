/** One call unfolded: why it failed comes first, then what can be done with it, then everything that was sent and answered. */
import { act, copy, saveHar } from '../api.ts';
import { bodyView } from '../body.ts';
import { button, code, digits, facts, h, plural } from '../dom.ts';
import { asCurl, asFetch, asServiceStack, asTest, type Call, type Content, type Explanation, linesOf } from './export.ts';
import { proposeRule } from '../situations/faults.ts';
import { go } from '../router.ts';
import { sender, statusTag } from '../send.ts';

export function callView(call: Call, onClose: () => void) {
  const { id, method, operation, caller, started, at, ms, servedBy, preflight, outcome, bound, explanation, request, response } = call;
  const status = 'fault' in response ? response.fault : response.status;
  const isFailure = typeof status === 'string' || status >= 400;
  const isCut = request.bodySize !== undefined || request.bodyAsBase64 !== undefined;
  const editor = h('div');
  const again = () => {
    const form = sender({ method, url: request.url, lines: linesOf(call), body: request.body ?? '' });
    editor.replaceChildren(form.element);
    return form;
  };
  const copyClient = async () => {
    const text = await asServiceStack(call);
    if (text === undefined) throw new Error('This client is for the operations of ServiceStack APIs; this call was none.');
    await copy(text, 'Client code');
  };
  const makeRule = () => {
    proposeRule(call);
    go('#/situations');
  };
  return h(
    'article',
    h(
      'header.callhead',
      h('h2', statusTag(status), ' ', h('b', method), ' ', h('span.url', request.url)),
      button('×', onClose, { label: 'Close the call' }),
    ),
    explanation !== undefined && explanationView(explanation, isFailure),
    h(
      'p.tools',
      button('Edit and resend', () => again().focus(), { class: 'main' }),
      button('Resend', () => again().send(), { disabled: isCut }),
      button('Copy as curl', () => copy(asCurl(call), 'curl')),
      button('Copy as fetch', () => copy(asFetch(call), 'fetch')),
      button('Copy as @servicestack/client', () => act(copyClient)),
      button('Make it a test', () => act(async () => copy(await asTest(call), 'A test'))),
      button('Make it a fault rule', makeRule),
      button('Save as HAR', () => saveHar(`requests/${id}`)),
    ),
    isCut && h('p.soft', 'The journal kept only a part of the request’s body (--journal-body).'),
    editor,
    facts('dl.facts', [
      ['Operation', operation === null ? 'none' : h('a', { href: `#/operations/${operation}` }, operation)],
      ['Caller', caller ?? 'nobody'],
      ['Machine’s time', h('time', { datetime: started }, new Date(started).toLocaleString('en-GB'))],
      ['World’s time', h('time', at)],
      ['Took', `${ms.toFixed(2)} ms`],
      ['Served by', servedBy],
      ['Preflight', preflight && 'yes'],
      ['Made to happen', outcome && code(outcome)],
      ['Id', h('code', id)],
    ]),
    !('fault' in response) && content('Response', response),
    content('Request', request),
    bound !== null &&
      h('details', h('summary', 'What the operation received'), bodyView('Bound', JSON.stringify(bound), 'application/json')),
  );
}

function explanationView({ message, member, rule, value, nearest, contract, more = [] }: Explanation, isFailure: boolean) {
  const operation = /^[a-z]\w*\./.test(contract ?? '') ? h('a', { href: `#/operations/${contract}` }, contract) : contract;
  return h(
    `section.callout${isFailure ? '' : '.notice'}`,
    { label: 'Explanation' },
    h('p', message),
    facts('dl.facts', [
      ['Member', member && code(member)],
      ['Sent', value === undefined ? undefined : code(value)],
      ['Nearest', nearest && code(nearest)],
      ['Rule', rule],
      ['Contract', operation],
    ]),
    more.length > 0 &&
      h(
        'ul',
        more.map((one) => h('li', one.message)),
      ),
  );
}

function content(name: string, { headers, body, bodyAsBase64, bodySize }: Content) {
  const lines = Object.entries(headers).flatMap(([header, value]) => [value].flat().map((one) => [header, one] as const));
  const type = lines.find(([header]) => /^content-type$/i.test(header))?.[1] ?? '';
  const note = bodySize === undefined ? '' : `The journal kept the beginning of ${digits(bodySize)} bytes.`;
  return h(
    'section',
    { label: name },
    h('h3', name),
    bodyAsBase64 === undefined
      ? bodyView(`${name} body`, body ?? '', type, note)
      : bodyView(`${name} body in base64`, bodyAsBase64, 'text/plain', note),
    h('details', h('summary', plural(lines.length, 'header line')), facts('dl.headers', lines)),
  );
}
