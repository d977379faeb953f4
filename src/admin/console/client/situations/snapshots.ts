/** Snapshots of the world, and what changed between two of them. */
import type { WorldDifference } from '../../../records/difference.ts';
import { act, admin, path, query } from '../api.ts';
import { button, card, field, form, h, plural, row, select, show, table } from '../dom.ts';
import { recordAddress } from '../router.ts';
import { change, OWN } from '../undo.ts';

/** `onRestored` is told that the world is another one. */
export function snapshotsCard(onRestored: () => void) {
  const list = h('div');
  const difference = h('div');
  const name = h('input', { pattern: '[A-Za-z0-9._\\-]{1,64}', required: true, placeholder: 'before-checkout', spellcheck: false });
  let names: string[] = [];
  const pair = { from: '', to: '' };
  const load = async () => {
    const { snapshots } = await admin<{ snapshots: { name: string }[] }>('snapshots');
    names = snapshots.map((snapshot) => snapshot.name).filter((one) => !one.startsWith(OWN));
    draw();
  };
  const restore = (one: string) =>
    change(`Back to ${one}`, async () => {
      await admin(`${path('snapshots', one)}/restore`, 'POST');
      onRestored();
    });
  const forget = (one: string) => act(() => admin(path('snapshots', one), 'DELETE').then(load), `Snapshot ${one} deleted.`);
  const compare = (from: string, to: string) =>
    act(async () =>
      show(difference, differenceView(from, to || 'now', await admin(`${path('snapshots', from)}/diff${query({ with: to })}`))),
    );
  const draw = () => {
    if (names.length === 0) return show(list, h('p.soft', 'None yet. A snapshot remembers records, clock, rules and settings.'));
    if (!names.includes(pair.from)) pair.from = names[0] as string;
    if (!names.includes(pair.to)) pair.to = '';
    const items = names.map((one) =>
      h(
        'li',
        h('b', one),
        button('Restore', () => restore(one), { label: `Restore ${one}` }),
        button('What changed since', () => compare(one, ''), { label: `What changed since ${one}` }),
        button('Delete', () => forget(one), { label: `Delete ${one}` }),
      ),
    );
    const from = select('From', names, pair.from, (value) => (pair.from = value));
    const to = select('To', [['', 'now'], ...names], pair.to, (value) => (pair.to = value));
    const comparison = h(
      'div.line',
      field('From', from),
      field('To', to),
      button('Compare', () => compare(pair.from, pair.to)),
    );
    show(list, h('ul.rows', items), names.length > 1 && comparison);
  };
  const take = async () => {
    if (!(await act(() => admin(path('snapshots', name.value), 'PUT'), `Snapshot ${name.value} taken.`))) return;
    name.value = '';
    await load();
  };
  void act(load);
  return card(
    'Snapshots',
    list,
    form('form.line', 'New snapshot', take, field('Name', name), h('button.main', 'Take a snapshot')),
    difference,
  );
}

function differenceView(from: string, to: string, { records, total, world }: WorldDifference) {
  const pairs = (members: WorldDifference['world']) =>
    Object.entries(members).map(([member, [before, after]]) =>
      h('div.change', h('b', member), h('del', JSON.stringify(before)), h('ins', JSON.stringify(after))),
    );
  const rows = records.map(({ change: what, entity, key, label, members }) =>
    row(
      h(`span.tag.${what}`, what),
      [h('a', { href: recordAddress(entity, key) }, label), h('div.soft', `${entity} ${key}`)],
      pairs(members),
    ),
  );
  if (total === 0 && Object.keys(world).length === 0) return h('p.callout.notice', `Nothing differs between ${from} and ${to}.`);
  return [
    h('h3', `From ${from} to ${to}: ${plural(total, 'record')}`),
    pairs(world),
    rows.length > 0 && table('What changed', ['Change', 'Record', 'Members'], rows),
    total > rows.length && h('p.soft', `The first ${rows.length} are shown.`),
  ];
}
