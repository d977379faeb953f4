/** What is to go wrong: fault rules as rows, their hits counted live. */
import type { Outcome } from '../../../../http/outcome.ts';
import type { JournalEntry } from '../../../../journal/entry.ts';
import type { Route } from '../../../../protocols/protocol.ts';
import type { FaultRule } from '../../../../worlds/faults.ts';
import { act, admin, lasting } from '../api.ts';
import { METHODS, button, card, checkbox, debounced, field, form, h, ignore, row, select, show, table } from '../dom.ts';
import { change } from '../undo.ts';

const FAULTS = ['CONNECTION_RESET_BY_PEER', 'EMPTY_RESPONSE', 'MALFORMED_RESPONSE_CHUNK', 'RANDOM_DATA_THEN_CLOSE'];
const STATUSES = '503 500 502 504 429 404 403 401 400 409'.split(' ');
const OUTCOMES = [...STATUSES, 'delay 250', 'delay 2000', 'delay 200..800', 'pass', ...FAULTS];

interface Proposal {
  method: string;
  path: string;
  operation: string;
  outcome: string;
}
const NOTHING: Proposal = { method: 'GET', path: '', operation: '', outcome: '503' };
let proposal = NOTHING;
/** Takes a call as the pattern of the next rule. */
export function proposeRule({ method, path, operation, response }: JournalEntry) {
  const outcome = 'fault' in response ? response.fault : String(response.status);
  proposal = { method, path, operation: operation ?? '', outcome: OUTCOMES.includes(outcome) ? outcome : '503' };
}

/** An outcome in a word or two, and back. */
const wordOf = (outcome: Outcome) => {
  const words = [outcome.pass && 'pass', outcome.code, outcome.fault, outcome.delay !== undefined && `delay ${outcome.delay}`];
  return words.filter(Boolean).join(', ') || JSON.stringify(outcome);
};
const outcomeOf = (word: string): Outcome => {
  if (word === 'pass') return { pass: true };
  if (STATUSES.includes(word)) return { code: Number(word) };
  const [, delay] = /^delay (\S+)$/.exec(word) ?? [];
  if (delay === undefined) return { fault: word as NonNullable<Outcome['fault']> };
  return { delay: delay.includes('.') ? (delay as `${number}..${number}`) : Number(delay) };
};

/** `/Contact/{id}` as what it matches. */
const patternOf = (template: string) =>
  new RegExp(
    `^${template
      .replace(/\/$/, '')
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace(/\{[^}]*\}/g, '[^/]+')}/?$`,
    'i',
  );

let refresh: () => unknown = ignore;
/** Told that the world was called. */
export const onFaultCall = debounced(200, () => refresh());

export function faultsCard() {
  const list = h('div');
  const element = card('Fault rules', list, ruleForm());
  let rules: readonly FaultRule[] = [];
  const draw = (answer: { readonly rules: readonly FaultRule[] }) => {
    rules = answer.rules;
    const rows = rules.map(ruleRow);
    show(
      list,
      rows.length === 0
        ? h('p.soft', 'No rules: every call is answered as the service would.')
        : table('Rules in order', ['Operation', 'Outcomes, in order', 'Repeat', 'Hits', 'Change'], rows),
    );
  };
  const load = async () => draw(await admin('faults'));
  refresh = () => element.isConnected && load().catch(ignore);
  const put = (what: string, next: readonly FaultRule[]) => change(what, async () => draw(await admin('faults', 'PUT', { rules: next })));

  function ruleRow(rule: FaultRule, i: number) {
    const { operation, request, outcomes, repeat, hits } = rule;
    const set = (what: string, part: Partial<FaultRule>) => put(what, rules.with(i, { ...rule, ...part }));
    const chips = outcomes.map((outcome, at) => {
      const word = wordOf(outcome);
      const less = () => set('Outcome taken away', { outcomes: outcomes.toSpliced(at, 1) });
      return h(`span.chip${at < hits ? '.played' : ''}`, word, outcomes.length > 1 && button('×', less, { label: `Take ${word} away` }));
    });
    const more = (word: string) => set('Outcome added', { outcomes: [...outcomes, outcomeOf(word)] });
    const pattern = Object.values(request ?? {}).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
    return row(
      [h('code', operation), h('div.soft', pattern.join(' '))],
      [chips, select('Add an outcome', [['', '+'], ...OUTCOMES], '', more)],
      checkbox('again and again', repeat, (isRepeated) => set('Rule changed', { repeat: isRepeated })),
      [h('b', hits), !repeat && ` of ${outcomes.length}`],
      [
        button('Again', () => set('Hits set to 0', { hits: 0 }), { disabled: hits === 0 }),
        ' ',
        button('Delete', () => put('Rule deleted', rules.toSpliced(i, 1))),
      ],
    );
  }

  function ruleForm() {
    const chosen = { ...proposal };
    proposal = NOTHING;
    let routes: readonly Route[] = [];
    const only = h('input', { value: chosen.path, placeholder: '/Contact/7', spellcheck: false });
    const times = h('input.short', { type: 'number', min: 1, max: 1000, value: '2' });
    const operations = h('span.slot');
    const choices = () => {
      const path = only.value.trim().split('?')[0];
      const fits = ({ method, path: template }: Route) =>
        (chosen.method === 'ANY' || method === chosen.method) && (path === '' || patternOf(template).test(path));
      const names = [...new Set(routes.filter(fits).map(({ operation }) => operation))];
      if (!names.includes(chosen.operation)) chosen.operation = names[0] ?? '';
      const options = names.length === 0 ? [['', 'no operation has this path'] as const] : names;
      show(
        operations,
        field(
          'Operation',
          select('Operation of the rule', options, chosen.operation, (name) => (chosen.operation = name)),
        ),
      );
    };
    only.oninput = choices;
    lasting<{ routes: Route[] }>('routes').then((answer) => {
      ({ routes } = answer);
      choices();
    }, ignore);
    const methods = select('Method of the rule', [...METHODS, 'ANY'], chosen.method, (method) => {
      chosen.method = method;
      choices();
    });
    const add = () => {
      const { operation, method, outcome } = chosen;
      const path = only.value.trim();
      const pattern = { ...(method !== 'ANY' && { method }), [path.includes('?') ? 'url' : 'urlPath']: path };
      const outcomes = Array.from({ length: Math.max(1, Number(times.value)) }, () => outcomeOf(outcome));
      void put(`${outcome} for ${operation}`, [
        { operation, ...(path !== '' && { request: pattern }), outcomes, repeat: false, hits: 0 },
        ...rules,
      ]);
    };
    return form(
      'form.line',
      'New fault rule',
      add,
      field('Only this path', only),
      field('Method', methods),
      operations,
      field(
        'Outcome',
        select('Outcome', OUTCOMES, chosen.outcome, (word) => (chosen.outcome = word)),
      ),
      field('Times', times),
      h('button.main', 'Add the rule'),
    );
  }
  void act(load);
  return element;
}
