/** The worlds: isolated states beside each other. The address keeps which one is looked at. */
import { act, addressOf, admin, path, world } from './api.ts';
import { button, card, field, form, h, ignore, select, show } from './dom.ts';

const MAX_SHOWN = 100;

const namesOf = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).filter((name) => name !== '');
export const worldNames = async (): Promise<string[]> => namesOf((await admin('worlds')).worlds);
/** None where the server knows no scenarios. */
export const scenarioNames = (): Promise<string[]> =>
  admin('scenarios').then(
    ({ scenarios }) => namesOf(scenarios),
    () => [],
  );

/** The same view of another world. */
export const goTo = (name: string, view = location.hash) =>
  location.assign(addressOf(name) + view.replace(/^#\/requests\/.*/, '#/requests'));

/** Makes a world and goes there. */
export const makeWorld = (name: string, scenario = '') =>
  act(async () => {
    await admin(path('worlds', name), 'PUT', scenario === '' ? undefined : { scenario });
    goTo(name);
  });

export function worldsView(main: HTMLElement) {
  const list = h('ul.rows');
  const more = h('p.soft');
  const filter = h('input', { type: 'search', placeholder: 'Find a world', label: 'Find a world', oninput: () => draw() });
  let names: string[] = [];
  const drop = (name: string) =>
    act(async () => {
      await admin(path('worlds', name), 'DELETE');
      if (name === world) goTo('', '#/worlds');
      else await load();
    }, `${name} dropped.`);
  const line = (name: string) =>
    h(
      'li',
      h('a', { href: `${addressOf(name)}#/worlds`, 'aria-current': name === world && 'true' }, name === '' ? 'The unnamed world' : name),
      name === world && h('span.tag', 'this one'),
      h('code.soft', addressOf(name).replace(/\/__admin$/, '') || '/'),
      name !== '' && button('Drop', () => drop(name), { label: `Drop ${name}` }),
    );
  const draw = () => {
    const wanted = filter.value.trim().toLowerCase();
    const fitting = names.filter((name) => name.toLowerCase().includes(wanted));
    show(list, line(''), fitting.slice(0, MAX_SHOWN).map(line));
    show(more, fitting.length > MAX_SHOWN && `${MAX_SHOWN} of ${fitting.length} are shown.`);
  };
  const load = async () => {
    names = await worldNames();
    draw();
  };
  void act(load);
  show(
    main,
    h('h1', 'Worlds'),
    h('p', 'A request names its world by X-Mock-World: NAME, by the address /__worlds/NAME or by Bearer TOKEN@NAME.'),
    h('div.cards', card('Worlds that are held', filter, list, more), newWorldCard()),
  );
  return ignore;
}

function newWorldCard() {
  const name = h('input', { required: true, pattern: '[A-Za-z0-9._~\\-]{1,129}', placeholder: 'checkout', spellcheck: false });
  const from = h('span.slot');
  let scenario = '';
  void scenarioNames().then((names) => {
    const options = [['', 'the usual start'] as const, ...names];
    show(
      from,
      names.length > 0 &&
        field(
          'Starting from',
          select('Starting from', options, '', (chosen) => (scenario = chosen)),
        ),
    );
  });
  const make = () => makeWorld(name.value, scenario);
  return card('A new world', form('form.line', 'New world', make, field('Name', name), from, h('button.main', 'Make it and go there')));
}
