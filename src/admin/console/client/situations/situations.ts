/** Any situation with two clicks: the clock, what goes wrong, snapshots, settings, scenarios, back to the start. */
import type { ClockView } from '../../../../worlds/clock.ts';
import type { WorldState } from '../../../../worlds/state.ts';
import { act, admin, path, query } from '../api.ts';
import { button, card, checkbox, field, form, h, ignore, plural, select, show } from '../dom.ts';
import { faultsCard } from './faults.ts';
import { snapshotsCard } from './snapshots.ts';
import { change } from '../undo.ts';

let drawAll: () => unknown = ignore;
/** Told that the world is another one: undone, reset, restored. */
export const onWorldChange = () => drawAll();

export function situationsView(main: HTMLElement) {
  const cards = h('div.cards');
  drawAll = () =>
    cards.isConnected && show(cards, clockCard(), resetCard(), faultsCard(), snapshotsCard(onWorldChange), settingsCard(), scenariosCard());
  show(main, h('h1', 'Situations'), cards);
  drawAll();
  return ignore;
}

/** The same day of a later month, or its last one. */
const later = (date: Date, months: number) => {
  const to = new Date(date);
  to.setUTCMonth(to.getUTCMonth() + months);
  if (to.getUTCDate() !== date.getUTCDate()) to.setUTCDate(0);
  return to.toISOString();
};

function clockCard() {
  const now = h('output.big');
  const mode = h('p.soft');
  const input = h('input', { type: 'datetime-local', step: 1 });
  const tools = h('p.tools');
  const set = (to: object, what: string) => change(`Clock ${what}`, async () => draw(await admin('clock', 'PUT', to)));
  const freeze = (at: string, what: string) => set({ mode: 'frozen', now: at }, what);
  const draw = (clock: ClockView) => {
    dispatchEvent(new CustomEvent('clock', { detail: clock }));
    const isFrozen = clock.mode === 'frozen';
    show(now, clock.now);
    show(mode, isFrozen ? 'Frozen: it stands still until it is moved.' : 'Real: it runs as the machine’s does.');
    input.value = clock.now.slice(0, 19);
    const date = new Date(clock.now);
    show(
      tools,
      button('+1 hour', () => set({ advance: 3600 }, 'an hour later')),
      button('+1 day', () => set({ advance: 86_400 }, 'a day later')),
      button('+1 month', () => freeze(later(date, 1), 'frozen a month later')),
      button('+1 year', () => freeze(later(date, 12), 'frozen a year later')),
      button('Today', () => freeze(new Date().toISOString(), 'frozen at the machine’s time')),
      isFrozen ? button('Let it run', () => set({ now: 'real' }, 'runs')) : button('Freeze', () => set({ mode: 'frozen' }, 'frozen')),
    );
  };
  void act(async () => draw(await admin('clock')));
  const move = () => freeze(`${input.value}Z`, 'set');
  return card('Clock', now, mode, tools, form('form.line', 'Set the clock', move, field('Time in UTC', input), h('button', 'Set')));
}

function resetCard() {
  const written = h('p.soft');
  let keepRequests = true;
  void act(async () => {
    const { records } = await admin<WorldState>('state');
    const counts = Object.entries(records).map(([name, entries]) => `${plural(Object.keys(entries).length, 'record')} of ${name}`);
    show(written, counts.length === 0 ? 'Untouched: no record was written.' : `Written: ${counts.join(', ')}.`);
  });
  const reset = () =>
    change('World reset', async () => {
      await admin(`reset${query({ keepRequests })}`, 'POST');
      onWorldChange();
    });
  return card(
    'Reset',
    written,
    h('p', 'Records, clock, fault rules and settings go back to the start. Snapshots stay.'),
    h(
      'p.tools',
      button('Reset the world', reset, { class: 'main' }),
      checkbox('forget the journal as well', false, (forgets) => (keepRequests = !forgets)),
    ),
  );
}

/** What a setting can be, where it is one of a few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  auth: ['documented', 'strict', 'off'],
  nulls: ['placeholder', 'wire'],
  defaultFormat: ['json', 'html'],
  outputFormat: ['instance', 'result'],
};

function settingsCard() {
  const rows = h('div.grid');
  const load = async () => draw(await admin('settings'));
  const draw = (settings: Readonly<Record<string, unknown>>) =>
    show(
      rows,
      Object.entries(settings).map(([name, value]) => settingView(name, value, load)),
    );
  void act(load);
  return card('Settings', h('p.soft', 'Of this world, until it is reset.'), rows);
}

function settingView(name: string, value: unknown, reload: () => Promise<unknown>) {
  const put = (to: unknown) => change(`${name} set`, () => admin('settings', 'PUT', { [name]: to })).then(() => act(reload));
  const choices = CHOICES[name];
  if (typeof value === 'boolean') return checkbox(name, value, put);
  if (choices !== undefined) return field(name, select(name, choices, String(value), put));
  const isJson = typeof value === 'object';
  const input = h('input', { value: isJson ? JSON.stringify(value) : value, spellcheck: false });
  input.onchange = () => act(async () => put(isJson || /^\d+$/.test(input.value) ? JSON.parse(input.value) : input.value));
  return field(name, input);
}

interface Scenario {
  readonly name: string;
  readonly source: string;
}
function scenariosCard() {
  const list = h('ul.rows');
  const name = h('input', { pattern: '[A-Za-z0-9._\\-]{1,64}', required: true, spellcheck: false });
  const load = async () => {
    const { scenarios } = await admin<{ scenarios: Scenario[] }>('scenarios');
    element.hidden = false;
    const forget = (one: string) => act(() => admin(path('scenarios', one), 'DELETE').then(load), `Scenario ${one} deleted.`);
    show(
      list,
      scenarios.map((one) =>
        h(
          'li',
          h('b', one.name),
          h('span.tag', one.source),
          one.source === 'made' && button('Delete', () => forget(one.name), { label: `Delete ${one.name}` }),
        ),
      ),
    );
  };
  const keep = () => act(() => admin(path('scenarios', name.value), 'PUT').then(load), `Scenario ${name.value} kept.`);
  const element = card(
    'Scenarios',
    list,
    form('form.line', 'New scenario', keep, field('Name', name), h('button', 'Keep this world as a scenario')),
  );
  element.hidden = true;
  // A server without scenarios has none to show.
  load().catch(ignore);
  return element;
}
