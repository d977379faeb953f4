/** The world's records: a table of each entity, a page at a time. */
import type { ContractView, EntityView, MemberView } from '../../../records/contract.ts';
import type { RecordPage, RecordView } from '../../../records/page.ts';
import { act, admin, lasting, path, query } from '../api.ts';
import { button, checkbox, debounced, digits, form, h, plural, row, select, show, table } from '../dom.ts';
import { textOf } from './member-row.ts';
import { newRecordView, recordView } from './record.ts';
import { go, place, recordAddress } from '../router.ts';

/** Records of a page. */
const PAGE = 50;
/** Columns that are shown before all are asked for. */
const COLUMNS = 8;
/** Where this tab keeps what was looked at. */
const LATEST = 'contacts-mock entity';

export function dataView(main: HTMLElement) {
  const side = h('nav.side', { label: 'Entities' });
  const content = h('div.content');
  show(main, h('div.withside', side, content));
  let shown: TableView | undefined;
  const update = () =>
    act(async () => {
      const { apis }: ContractView = await lasting('contract');
      const entities = apis.flatMap((api) => api.entities);
      const { parts, query: search } = place();
      const [, name = sessionStorage.getItem(LATEST), key] = parts;
      const entity = entities.find((one) => one.entity === name) ?? entities.find(({ isScaled }) => isScaled) ?? entities[0];
      if (entity === undefined) return show(content, h('p', 'No API has records.'));
      sessionStorage.setItem(LATEST, entity.entity);
      show(side, sideView(apis, entity.entity));
      if (key !== undefined) shown = undefined;
      if (key === 'new') newRecordView(content, entity);
      else if (key !== undefined) {
        await recordView(content, entity, key).catch((error: Error) =>
          show(content, h('p.callout', error.message), h('a', { href: `#/data/${entity.entity}` }, `All of ${entity.entity}`)),
        );
      } else {
        if (shown?.entity !== entity) {
          shown = new TableView(entity);
          show(content, shown.element);
        }
        await shown.find(search);
      }
    });
  void update();
  return update;
}

const sideView = (apis: ContractView['apis'], chosen: string) => [
  select(
    'Entity',
    apis.flatMap(({ entities }) => entities.map(({ entity }) => entity)),
    chosen,
    (name) => go(`#/data/${name}`),
  ),
  apis.map(({ name: api, title, entities }) => [
    h('h2', title),
    h(
      'ul',
      entities.map(({ entity, size, isScaled }) =>
        h(
          'li',
          h(
            'a',
            { href: `#/data/${entity}`, 'aria-current': entity === chosen && 'page' },
            entity.slice(api.length + 1),
            isScaled && h('b', { title: '--scale sets how many' }, ` ${digits(size)}`),
          ),
        ),
      ),
    ),
  ]),
];

interface Search {
  readonly q: string;
  readonly member: string;
  readonly written: boolean;
}
const NO_SEARCH: Search = { q: '', member: '', written: false };

class TableView {
  readonly entity: EntityView;
  readonly element: HTMLElement;
  readonly #rows = h('div');
  readonly #state = h('p.soft', { role: 'status' });
  readonly #pager = h('p.tools');
  readonly #looked = h('span.soft');
  readonly #progress = h(
    'p.tools',
    { hidden: true },
    this.#looked,
    button('Stop', () => (this.#isStopped = true)),
  );
  readonly #text = h('input', { type: 'search', placeholder: 'Search', label: 'Search records' });
  readonly #filters = h('span.slot');
  #search: Search = NO_SEARCH;
  #offset = 0;
  /** Where the pages before this one began. */
  #before: number[] = [];
  /** A page that was asked for later makes those before it stale. */
  #run = 0;
  #isStopped = false;
  #showsAll = false;

  constructor(entity: EntityView) {
    this.entity = entity;
    this.#text.oninput = debounced(250, () => this.#set({ q: this.#text.value.trim() }));
    this.element = h(
      'div',
      h('h1', entity.entity),
      form(
        'form.filters',
        'Records to show',
        () => undefined,
        this.#text,
        this.#filters,
        h('a.button', { href: `#/data/${entity.entity}/new` }, 'Add a record'),
      ),
      this.#state,
      this.#progress,
      this.#rows,
      this.#pager,
    );
  }
  /** Shows what an address asks for. */
  find(search: URLSearchParams): Promise<unknown> {
    this.#search = { q: search.get('q') ?? '', member: search.get('member') ?? '', written: search.get('written') === 'true' };
    const { q, member, written } = this.#search;
    if (this.#text.value.trim() !== q) this.#text.value = q;
    const { key, members } = this.entity;
    const options = [['', 'In any member'] as const, ...members.map(({ name }) => [name, name === key ? `${name} (key)` : name] as const)];
    show(
      this.#filters,
      select('In member', options, member, (name) => this.#set({ member: name })),
      checkbox('Only what was written', written, (isWritten) => this.#set({ written: isWritten })),
    );
    this.#offset = 0;
    this.#before = [];
    return this.#load();
  }
  #set(change: Partial<Search>): void {
    go(`#/data/${this.entity.entity}${query({ ...this.#search, ...change })}`, true);
  }

  /** Asks until the page is full: a search of ten million goes on in parts, and may be stopped. */
  async #load(): Promise<void> {
    const run = ++this.#run;
    const records: RecordView[] = [];
    let next: number | null = this.#offset;
    let total: number | null = null;
    this.#isStopped = false;
    do {
      const address = `${path('records', this.entity.entity)}${query({ offset: next, limit: PAGE - records.length, ...this.#search })}`;
      const page: RecordPage = await admin(address);
      if (run !== this.#run || !this.element.isConnected) return;
      records.push(...page.records);
      ({ next, total } = page);
      this.#progress.hidden = next === null || records.length >= PAGE;
      show(this.#looked, `Searching: ${digits(next)} of ${digits(this.entity.size)} looked at, ${records.length} found.`);
      if (page.records.length > 0) show(this.#rows, this.#table(records));
    } while (next !== null && records.length < PAGE && !this.#isStopped);
    this.#progress.hidden = true;
    const nothing = this.#search.q !== '' || this.#search.written ? 'No record matches.' : 'There are none.';
    if (records.length === 0) show(this.#rows, h('p.soft', this.#isStopped ? 'None so far.' : nothing));
    this.#drawPager(records.length, next, total);
  }
  #drawPager(count: number, next: number | null, total: number | null): void {
    const offset = this.#offset;
    const range = `${digits(Math.min(offset + 1, total ?? 0))}–${digits(offset + count)} of ${digits(total)}`;
    show(this.#state, total === null ? plural(count, 'record') : range);
    const move = (to: number, before: number[]) => {
      this.#offset = to;
      this.#before = before;
      void act(() => this.#load());
    };
    const before = this.#before.slice(0, -1);
    const further = [...this.#before, offset];
    const last = total === null ? 0 : Math.max(0, Math.ceil(total / PAGE) - 1) * PAGE;
    const onchange = () => move(Math.max(0, jump.value - 1), further);
    const jump = h('input.short', { type: 'number', min: 1, value: offset + 1, onchange });
    show(
      this.#pager,
      button('First', () => move(0, []), { disabled: offset === 0 }),
      button('Previous', () => move(this.#before.at(-1) ?? Math.max(0, offset - PAGE), before), { disabled: offset === 0 }),
      button('Next', () => move(next as number, further), { disabled: next === null }),
      total !== null && [button('Last', () => move(last, further), { disabled: offset >= last }), h('label.check', 'Go to', jump)],
    );
  }
  #table(records: readonly RecordView[]) {
    const { entity, key, members } = this.entity;
    const others = members.filter(({ name }) => name !== key);
    // What tells records apart stands first: names, then what they lead to.
    const rank = ({ name, type, refersTo }: MemberView) => (type === 'string' && /name/i.test(name) ? 0 : refersTo === undefined ? 2 : 1);
    const columns = this.#showsAll ? others : others.toSorted((left, right) => rank(left) - rank(right)).slice(0, COLUMNS);
    const rows = records.map(({ key: of, origin, record }) => {
      const name = origin === 'deleted' ? String(of) : h('a', { href: recordAddress(entity, of) }, of);
      const tag = origin !== 'generated' && h(`span.tag.${origin}`, origin);
      return row(h('th', { scope: 'row' }, name, tag), ...columns.map((member) => cell(member, record[member.name])));
    });
    const heads = [key, ...columns.map(({ name, doc }) => h('th', { scope: 'col', title: doc }, name))];
    const toggle = () => {
      this.#showsAll = !this.#showsAll;
      show(this.#rows, this.#table(records));
    };
    return [
      table(`Records of ${entity}`, heads, rows, 'table.data'),
      others.length > COLUMNS && h('p', button(this.#showsAll ? `Show ${COLUMNS} columns` : `Show all ${others.length} columns`, toggle)),
    ];
  }
}

const MAX_LINKS = 6;

function cell({ refersTo }: MemberView, value: unknown) {
  if (refersTo === undefined || value === null) return h('span', { class: value === null && 'soft', title: textOf(value) }, textOf(value));
  const keys = [value].flat() as (string | number)[];
  const links = keys.slice(0, MAX_LINKS).map((key) => [h('a', { href: recordAddress(refersTo, key) }, key), ' ']);
  return h('span', links, keys.length > MAX_LINKS && `and ${keys.length - MAX_LINKS} more`);
}
