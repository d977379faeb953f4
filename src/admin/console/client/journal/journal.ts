/** The journal: every call of the world as it is answered, newest first; a click unfolds one. */
import type { Route } from '../../../../protocols/protocol.ts';
import { admin, lasting, path, query } from '../api.ts';
import { CallList } from './call-list.ts';
import { callView } from './call.ts';
import { METHODS, checkbox, debounced, form, h, ignore, select, show } from '../dom.ts';
import { go, place } from '../router.ts';

let refresh: () => void = ignore;
/** Told that the world was called. */
export const onCall = () => refresh();

const STATUSES = '2xx 3xx 4xx 5xx 200 400 401 403 404 405 429 503'.split(' ');

const filters = () =>
  Object.fromEntries(['q', 'method', 'status', 'operation', 'failed'].map((name) => [name, place().query.get(name) ?? undefined]));

export function journalView(main: HTMLElement) {
  const list = new CallList();
  const detail = h('section.detail', { label: 'The call' });
  const split = h('div.split', h('section.list', { label: 'Calls' }, filterBar(), list.element), detail);
  show(main, h('h1.hidden', 'Journal'), split);
  refresh = () => list.refresh();
  let shown = '';
  const update = async () => {
    const [, id = ''] = place().parts;
    const all = `#/requests${query(filters())}`;
    list.set(filters(), id);
    split.classList.toggle('open', id !== '');
    if (id === shown) return;
    shown = id;
    if (id === '') return show(detail);
    const content = await admin(path('requests', id)).then(
      (entry) => callView(entry, () => go(all)),
      (error: Error) => [h('p.callout', error.message), h('p', h('a', { href: all }, 'All calls'))],
    );
    if (id !== shown) return;
    show(detail, content);
    detail.scrollTop = 0;
  };
  void update();
  return update;
}

function filterBar() {
  const now = filters();
  const set = (name: string, value: string) => go(`#/${path(...place().parts)}${query({ ...filters(), [name]: value })}`, true);
  const chosen = (name: string, label: string, options: readonly string[]) =>
    select(label, [['', `Any ${label.toLowerCase()}`], ...options], now[name] ?? '', (value) => set(name, value));
  const text = h('input', {
    type: 'search',
    placeholder: 'Search address, body, caller…',
    value: now['q'] ?? '',
    label: 'Search calls',
  });
  text.oninput = debounced(200, () => set('q', text.value));
  const operations = h('span.slot');
  lasting<{ routes: Route[] }>('routes').then(({ routes }) => {
    show(operations, chosen('operation', 'Operation', [...new Set(routes.map(({ operation }) => operation))]));
  }, ignore);
  return form(
    'form.filters',
    'Calls to show',
    ignore,
    text,
    chosen('method', 'Method', METHODS),
    chosen('status', 'Status', STATUSES),
    operations,
    checkbox('Only failures', now['failed'] === 'true', (isFailed) => set('failed', isFailed ? 'true' : '')),
  );
}
