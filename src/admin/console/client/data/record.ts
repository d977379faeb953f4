/** One record: every member with its type and meaning, changed where it stands; who it leads to and who leads to it. */
import type { StoredRecord } from '../../../../contract/entity.ts';
import type { EntityView } from '../../../records/contract.ts';
import type { RecordGraph } from '../../../records/graph.ts';
import type { OpenRecord } from '../../../records/record.ts';
import { admin, path } from '../api.ts';
import { button, card, form, h, show } from '../dom.ts';
import { drawGraph } from './graph.ts';
import { memberRow } from './member-row.ts';
import { confirmDeletion, relationsView } from './relations.ts';
import { go, recordAddress } from '../router.ts';
import { attempt, change } from '../undo.ts';

const isSame = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

export async function recordView(content: HTMLElement, entity: EntityView, key: string): Promise<void> {
  const list = `#/data/${entity.entity}`;
  const route = path('records', entity.entity, key);
  const view: OpenRecord = await admin(route);
  const { record, origin, generated } = view;
  const again = () => recordView(content, entity, key);
  const untouched = (name: string) => (generated === undefined || isSame(generated[name], record[name]) ? undefined : generated[name]);
  const rows = entity.members.map((member) =>
    memberRow(member, entity, record[member.name], untouched(member.name), async (value) => {
      if (isSame(value, record[member.name])) return;
      await attempt(`${member.name} changed`, () => admin(route, 'PUT', { [member.name]: value }));
      await again();
      document.getElementById(`member-${member.name}`)?.focus();
    }),
  );
  const restore = () => change('Record as generated', () => admin(route, 'PUT', without(generated ?? {}, entity.key)).then(again));
  const removal = h('div');
  const graph = h('div');
  show(
    content,
    h('p', h('a', { href: list }, `← ${entity.entity}`)),
    h('h1', view.label, ' ', h('small', `${entity.key} ${key}`), ' ', h(`span.tag.${origin}`, origin)),
    h(
      'p.tools',
      origin === 'changed' && button('Back to what was generated', restore),
      button('Delete…', () => confirmDeletion(removal, route, entity, () => go(list))),
    ),
    removal,
    h('div.record', h('section.card', { label: 'Members' }, rows), h('div', graph, card('Relations', relationsView(view)))),
  );
  const around: RecordGraph = await admin(`${route}/graph`);
  if (around.nodes.length > 1)
    show(graph, card(`Connections: ${around.nodes.length - 1}${around.isCut ? ' and more' : ''}`, drawGraph(around)));
}

const without = (record: StoredRecord, name: string) => Object.fromEntries(Object.entries(record).filter(([member]) => member !== name));

export function newRecordView(content: HTMLElement, entity: EntityView) {
  const record: Record<string, unknown> = {};
  const members = entity.members.filter(({ name }) => name !== entity.key);
  const rows = members.map((member) =>
    memberRow(member, entity, undefined, undefined, async (value) => {
      record[member.name] = value;
    }),
  );
  const create = () =>
    change('Record made', async () => {
      const made: OpenRecord = await admin(path('records', entity.entity), 'POST', record);
      go(recordAddress(entity.entity, made.key));
    });
  show(
    content,
    h('p', h('a', { href: `#/data/${entity.entity}` }, `← ${entity.entity}`)),
    h('h1', `A new record of ${entity.entity}`),
    h('p.soft', 'What is left empty has no value. The key is the next one that is free.'),
    form('form', 'New record', create, h('section.card', { label: 'Members' }, rows), h('button.main', 'Make the record')),
  );
}
