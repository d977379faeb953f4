/** What a record leads to and what leads to it, and what would go along if it were deleted. */
import type { EntityView } from '../../../records/contract.ts';
import type { Deletion } from '../../../records/deletion.ts';
import type { RecordLink } from '../../../records/label.ts';
import type { OpenRecord } from '../../../records/record.ts';
import { act, admin } from '../api.ts';
import { button, facts, h, plural, show } from '../dom.ts';
import { recordAddress } from '../router.ts';
import { change } from '../undo.ts';

const linkView = ({ entity, key, label }: RecordLink) =>
  h('a', { href: recordAddress(entity, key) }, label, label !== String(key) && ` (${String(key).slice(0, 8)})`);
const linksView = (links: readonly RecordLink[]) => links.map((link) => h('div', linkView(link)));

export function relationsView({ entity, key, references, referrers }: OpenRecord) {
  const api = entity.indexOf('.') + 1;
  const rows = [
    ...references.filter(({ links }) => links.length > 0).map(({ member, links }) => [`${member} →`, linksView(links)] as const),
    ...referrers
      .filter(({ links }) => links.length > 0)
      .map(({ entity: other, member, links, hasMore }) => {
        const href = `#/data/${other}?member=${member}&q=${encodeURIComponent(key)}`;
        return [['← ', h('a', { href }, `${other.slice(api)}.${member}`), hasMore && ' (the first)'], linksView(links)] as const;
      }),
  ];
  return rows.length === 0 ? h('p.soft', 'It leads to no other record, and none leads to it.') : facts('dl.relations', rows);
}

const MAX_SHOWN = 20;

/** Shows what would go along before anything goes. */
export const confirmDeletion = (place: HTMLElement, route: string, entity: EntityView, onDone: () => void) =>
  act(async () => {
    const { deleted, changed } = await admin<Deletion>(`${route}?dryRun=true`, 'DELETE');
    const [self, ...along] = deleted;
    const what = `${self?.label} of ${entity.entity}`;
    const remove = async () => {
      if (await change(`${plural(deleted.length, 'record')} deleted`, () => admin(route, 'DELETE'))) onDone();
    };
    const confirm = button(along.length === 0 ? 'Delete it' : `Delete all ${deleted.length}`, remove, { class: 'danger' });
    const listed = (links: Deletion['deleted'], note: (link: RecordLink) => string) => [
      links.slice(0, MAX_SHOWN).map((link) => h('li', linkView(link), h('span.soft', ` ${note(link)}`))),
      links.length > MAX_SHOWN && h('li', `and ${links.length - MAX_SHOWN} more`),
    ];
    show(
      place,
      h(
        'section.callout',
        { label: 'What would go along' },
        h('p', along.length === 0 ? `Nothing else goes with ${what}.` : `With ${what} go ${along.length} that cannot be without it:`),
        along.length > 0 &&
          h(
            'ul',
            listed(along, (link) => link.entity),
          ),
        changed.length > 0 && [
          h('p', `${plural(changed.length, 'member')} would no longer lead to what goes:`),
          h(
            'ul',
            listed(changed, (link) => (link as Deletion['changed'][number]).member),
          ),
        ],
        h(
          'p.tools',
          confirm,
          button('Keep it', () => show(place)),
        ),
      ),
    );
    confirm.focus();
  });
