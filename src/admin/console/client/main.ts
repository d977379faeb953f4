/**
 * The page: which view the address names, and what stands above all of them: world, clock, undo, whether it is live.
 *
 * Everything that it shows comes from admin routes and the OpenAPI documents. Those that are there for its sake: `contract`,
 * `records/ENTITY` and below, `snapshots/NAME/diff`, `requests/rows`, `requests/stream?view=id`, `reset?keepRequests=true`.
 */
import type { ClockView } from '../../../worlds/clock.ts';
import { act, addressOf, admin, follow, say, world } from './api.ts';
import { dataView } from './data/data.ts';
import { button, h, ignore, select, show } from './dom.ts';
import { onFaultCall } from './situations/faults.ts';
import { journalView, onCall } from './journal/journal.ts';
import { operationsView } from './operations.ts';
import { place } from './router.ts';
import { onWorldChange, situationsView } from './situations/situations.ts';
import { nextUndo, onUndoChange, undo } from './undo.ts';
import { goTo, makeWorld, scenarioNames, worldNames, worldsView } from './worlds.ts';

/** Draws itself once and gives what is to be called when the address changes within it. */
type View = (main: HTMLElement) => () => unknown;
const VIEWS: Readonly<Record<string, readonly [title: string, view: View]>> = {
  requests: ['Journal', journalView],
  data: ['Data', dataView],
  operations: ['Operations', operationsView],
  situations: ['Situations', situationsView],
  worlds: ['Worlds', worldsView],
};

const byId = (id: string) => document.getElementById(id) as HTMLElement;
const main = byId('main');

let shown = '';
let update: () => unknown = ignore;
function route() {
  if (location.hash === '#main') return main.focus();
  const [sent = ''] = place().parts;
  const name = Object.hasOwn(VIEWS, sent) ? sent : 'requests';
  if (name === shown) return void update();
  const [title, view] = VIEWS[name] as (typeof VIEWS)[string];
  document.title = `${title}${world && ` · ${world}`} · contacts-mock`;
  for (const link of byId('nav').children) link.ariaCurrent = link.getAttribute('href') === `#/${name}` ? 'page' : null;
  shown = main.className = name;
  update = view(main);
}

const clock = h('a.clock', { href: '#/situations', title: 'The world’s time' });
const showClock = ({ now, mode }: ClockView) =>
  show(clock, mode === 'frozen' ? '❄ ' : '▶ ', h('span', now.slice(0, 10)), ' ', now.slice(11, 16));
addEventListener('clock', (event) => showClock((event as CustomEvent<ClockView>).detail));

const live = h('span.live', { role: 'status' }, 'connecting');
const undoing = button('Undo', async () => (await undo()) && again());
const showUndo = () => {
  const what = nextUndo();
  undoing.disabled = what === undefined;
  undoing.title = what === undefined ? 'Nothing to undo' : `Undo: ${what}`;
};
onUndoChange(showUndo);

/** Draws the view again: the world is another one. */
function again() {
  onWorldChange();
  onCall();
  void refreshClock();
  if (shown === 'data') void update();
}
const refreshClock = () => admin('clock').then(showClock, ignore);

const MAX_LISTED = 100;
/** Not names of worlds. */
const [ALL, NEW, EMPTY] = [' all', ' new', ' empty'];
function worldChooser(names: readonly string[], scenarios: readonly string[]) {
  const listed = [...new Set([...(world === '' ? [] : [world]), ...names.slice(0, MAX_LISTED)])];
  const options: (string | readonly [string, string])[] = [['', 'the unnamed world'], ...listed];
  if (names.length > MAX_LISTED) options.push([ALL, `all ${names.length}…`]);
  if (scenarios.includes('empty')) options.push([EMPTY, 'a new empty world']);
  options.push([NEW, 'a new world…']);
  const chooser = select('World', options, world, (chosen) => {
    if (chosen === EMPTY) return makeWorld(freeName(names), 'empty');
    if (chosen !== ALL && chosen !== NEW) return goTo(chosen);
    location.hash = '#/worlds';
    chooser.value = world;
  });
  return h('label.world', h('span', 'World'), chooser);
}
function freeName(names: readonly string[]) {
  let n = 1;
  while (names.includes(`empty-${n}`)) n++;
  return `empty-${n}`;
}

/** A world that nobody made is asked about, not made by looking at it. */
function missing(names: readonly string[]) {
  const wanted = world.toLowerCase();
  const near = names.filter((name) => name.toLowerCase().includes(wanted) || wanted.includes(name.toLowerCase())).slice(0, 5);
  show(
    main,
    h('h1', `There is no world ${world}.`),
    near.length > 0 &&
      h(
        'p',
        'Did you mean ',
        near.map((name, i) => [i > 0 && ', ', h('a', { href: addressOf(name) }, name)]),
        '?',
      ),
    h(
      'p.tools',
      button('Make it', () => makeWorld(world), { class: 'main' }),
      h('a.button', { href: addressOf('') }, 'Go to the unnamed world'),
    ),
  );
}

async function start() {
  const [names, scenarios] = await Promise.all([worldNames(), scenarioNames()]);
  const chooser = worldChooser(names, scenarios);
  show(byId('tools'), chooser);
  if (world !== '' && !names.includes(world)) return missing(names);
  const now = await admin<ClockView>('clock').catch((error: Error) => error);
  if (now instanceof Error) {
    // Where every request has to name a world, the unnamed one is none: only the list of worlds is there to choose from.
    say(now.message, true);
    return worldsView(main);
  }
  showClock(now);
  show(
    byId('nav'),
    Object.entries(VIEWS).map(([name, [title]]) => h('a', { href: `#/${name}` }, title)),
  );
  show(byId('tools'), live, clock, chooser, undoing);
  showUndo();
  addEventListener('hashchange', route);
  route();
  let wasLive = true;
  void follow(
    () => {
      onCall();
      onFaultCall();
    },
    (isLive) => {
      show(live, isLive ? 'live' : 'not live');
      live.classList.toggle('on', isLive);
      if (isLive && !wasLive) again();
      if (wasLive && !isLive) say('The server is gone. The page goes on when it is back.', true);
      wasLive = isLive;
    },
  );
}

void act(start);
