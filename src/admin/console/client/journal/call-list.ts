/**
 * The list of calls: as long as the journal, with only those rows in the page that can be seen. Rows are asked for in blocks
 * when they come into sight; new calls come on top, and what is looked at stays where it is.
 */
import type { JournalRow, JournalRows } from '../../../journal-rows.ts';
import { act, admin, query, saveHar } from '../api.ts';
import { button, h, ignore, plural, show } from '../dom.ts';
import { statusTag } from '../send.ts';

/** Pixels of a row; the style sheet says the same. */
const HEIGHT = 52;
/** Rows that are asked for at once. */
const BLOCK = 100;
/** Rows drawn above and below those that are seen. */
const MARGIN = 8;
/** Milliseconds in which new calls are gathered. */
const PAUSE = 150;

export type Filters = Readonly<Record<string, string | undefined>>;

export class CallList {
  readonly element: HTMLElement;
  readonly #list = h('ol.calls', { tabindex: -1, onkeydown: (event: KeyboardEvent) => this.#press(event) });
  readonly #viewport = h('div.viewport', { onscroll: () => this.#draw() }, this.#list);
  readonly #count = h('p.soft', { role: 'status' });
  readonly #newer = h('button.newer', { type: 'button', hidden: true, onclick: () => this.#viewport.scrollTo({ top: 0 }) });
  /** By place from the newest; undefined where a row was not asked for yet. */
  #rows: (JournalRow | undefined)[] = [];
  #drawn = new Map<number, HTMLElement>();
  readonly #loading = new Set<number>();
  #filters: Filters = {};
  /** Answers to what was asked before the filters changed are stale. */
  #generation = 0;
  /** The row that the Tab key reaches. */
  #current = 0;
  #chosen = '';
  #waiting = 0;
  #isPlanned = false;

  constructor() {
    const forget = () => act(() => admin('requests', 'DELETE').then(() => this.refresh()), 'Journal forgotten.');
    const tools = [button('Save all as HAR', () => saveHar('requests')), button('Forget all', forget)];
    this.element = h('div.slot', this.#newer, this.#viewport, h('div.count', this.#count, tools));
    new ResizeObserver(() => this.#draw()).observe(this.#viewport);
  }
  /** Shows the calls that the filters let through, and marks the one that is unfolded. */
  set(filters: Filters, chosen: string): void {
    this.#chosen = chosen;
    if (this.#generation > 0 && query(filters) === query(this.#filters)) {
      this.#redraw();
      return;
    }
    this.#filters = filters;
    this.#generation++;
    this.#rows = [];
    this.#loading.clear();
    this.#current = this.#viewport.scrollTop = 0;
    void this.#load(0);
  }
  /** Looks for new calls, soon. */
  refresh(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setTimeout(() => {
      this.#isPlanned = false;
      if (this.element.isConnected) void this.#loadTop();
    }, PAUSE);
  }

  async #ask(offset: number): Promise<JournalRows | undefined> {
    const generation = this.#generation;
    const answer: JournalRows | undefined = await admin(`requests/rows${query({ offset, limit: BLOCK, ...this.#filters })}`).catch(ignore);
    // Where there is no answer, the stream tells that the server is gone.
    return generation === this.#generation ? answer : undefined;
  }
  async #load(place: number): Promise<void> {
    const offset = Math.floor(place / BLOCK) * BLOCK;
    if (this.#loading.has(offset)) return;
    this.#loading.add(offset);
    const answer = await this.#ask(offset);
    this.#loading.delete(offset);
    if (answer === undefined) return;
    this.#rows.length = answer.total;
    for (const [i, row] of answer.rows.entries()) this.#rows[offset + i] = row;
    this.#redraw();
  }
  async #loadTop(): Promise<void> {
    const answer = await this.#ask(0);
    if (answer === undefined) return;
    const { rows, total } = answer;
    const added = rows.findIndex(({ id }) => id === this.#rows[0]?.id);
    this.#rows = added < 0 ? [...rows] : [...rows.slice(0, added), ...this.#rows];
    this.#rows.length = total;
    const isAway = added > 0 && this.#viewport.scrollTop > HEIGHT;
    if (added > 0 && (isAway || this.#hasFocus)) this.#current += added;
    this.#redraw();
    if (!isAway) return;
    this.#viewport.scrollTop += added * HEIGHT;
    this.#waiting += added;
    this.#newer.hidden = false;
    show(this.#newer, `${this.#waiting} newer ↑`);
  }
  get #hasFocus(): boolean {
    return this.#list.contains(document.activeElement);
  }

  #redraw(): void {
    const { length } = this.#rows;
    const isFiltered = query(this.#filters) !== '';
    const none = isFiltered ? 'No call matches.' : 'No calls yet. What this world is asked shows here as it is answered.';
    show(this.#count, length === 0 ? none : plural(length, isFiltered ? 'matching call' : 'call'));
    const hadFocus = this.#hasFocus;
    this.#list.replaceChildren();
    this.#drawn = new Map();
    this.#list.style.height = `${length * HEIGHT}px`;
    this.#draw();
    if (hadFocus) this.#focus();
  }
  #draw(): void {
    const { scrollTop, clientHeight } = this.#viewport;
    if (scrollTop <= HEIGHT) {
      this.#waiting = 0;
      this.#newer.hidden = true;
    }
    const first = Math.max(0, Math.floor(scrollTop / HEIGHT) - MARGIN);
    const last = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / HEIGHT) + MARGIN);
    for (const [i, element] of this.#drawn) {
      if ((i >= first && i < last) || element.contains(document.activeElement)) continue;
      element.remove();
      this.#drawn.delete(i);
    }
    // The Tab key has to reach a row that is there.
    const current = this.#drawn.has(this.#current) ? this.#current : Math.min(Math.max(this.#current, first), Math.max(first, last - 1));
    this.#current = current;
    for (let i = first; i < last; i++) {
      const row = this.#rows[i];
      if (row === undefined) void this.#load(i);
      else if (!this.#drawn.has(i)) {
        const element = this.#rowView(row, i);
        this.#drawn.set(i, element);
        this.#list.append(element);
      }
    }
    this.#linkAt(current)?.setAttribute('tabindex', '0');
  }
  #rowView(row: JournalRow, i: number): HTMLElement {
    const { id, status, method, url, started, at, explanation, operation, preflight, ms } = row;
    const link = h(
      'a.call',
      {
        href: `#/requests/${id}${query(this.#filters)}`,
        tabindex: i === this.#current ? 0 : -1,
        'aria-current': id === this.#chosen && 'true',
        onfocus: () => this.#point(i),
      },
      statusTag(status),
      h('span.what', h('b', method), ' ', url),
      h(
        'span.when',
        h('time.soft', { title: 'The world’s time' }, at.slice(0, 19).replace('T', ' ')),
        h('time', { title: 'The machine’s time' }, clockTime(started)),
      ),
      h(
        `span.why${explanation === undefined ? '' : '.bad'}`,
        preflight && 'preflight · ',
        explanation ?? operation ?? 'reached no operation',
      ),
      h('span.ms', `${ms.toFixed(1)} ms`),
    );
    const item = h('li', { 'aria-setsize': this.#rows.length, 'aria-posinset': i + 1 }, link);
    item.style.top = `${i * HEIGHT}px`;
    return item;
  }

  #linkAt(i: number): HTMLElement | null | undefined {
    return this.#drawn.get(i)?.querySelector('a');
  }
  /** Makes a row the one that the Tab key reaches. */
  #point(to: number): void {
    this.#linkAt(this.#current)?.setAttribute('tabindex', '-1');
    this.#current = to;
    this.#linkAt(to)?.setAttribute('tabindex', '0');
  }
  /** The list itself has the focus until the row is there. */
  #focus(): void {
    (this.#linkAt(this.#current) ?? this.#list).focus({ preventScroll: true });
  }
  #press(event: KeyboardEvent): void {
    const { clientHeight, scrollTop } = this.#viewport;
    const page = Math.max(1, Math.floor(clientHeight / HEIGHT) - 1);
    const end = this.#rows.length - 1;
    const places: Readonly<Record<string, number>> = {
      ArrowDown: this.#current + 1,
      ArrowUp: this.#current - 1,
      PageDown: this.#current + page,
      PageUp: this.#current - page,
      Home: 0,
      End: end,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    const to = Math.min(Math.max(place, 0), end);
    const top = to * HEIGHT;
    if (top < scrollTop) this.#viewport.scrollTop = top;
    if (top + HEIGHT > scrollTop + clientHeight) this.#viewport.scrollTop = top + HEIGHT - clientHeight;
    this.#draw();
    this.#point(to);
    this.#focus();
  }
}

const clockTime = (time: string) => {
  const date = new Date(time);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};
