/** What goes along when a record is deleted, found before anything is done: nothing may be left that leads nowhere. */
import type { Key, StoredRecord } from '../../contract/entity.ts';
import { canBeNull } from '../../derive/misfit.ts';
import { MockError } from '../../mock-error.ts';
import type { BaseTable } from '../../store/base.ts';
import type { World } from '../../store/world.ts';
import { linkTo, type RecordLink } from './label.ts';
import { fieldOf } from '../../derive/stored-member.ts';
import { canBeAsked, referring, referringTables } from './relations.ts';

export interface Deletion {
  /** The record itself first. */
  readonly deleted: readonly RecordLink[];
  /** Those that stay and no longer name a deleted one. */
  readonly changed: readonly (RecordLink & { readonly member: string })[];
}

/** More than these are not deleted by one call. */
const MAX_TAKEN = 1000;

interface Plan {
  /** The record that is to be deleted, as messages name it. */
  readonly root: string;
  readonly deleted: Map<string, { readonly table: BaseTable; readonly key: Key }>;
  /** By record and member; the keys that go. */
  readonly changed: Map<string, { readonly table: BaseTable; readonly key: Key; readonly member: string; readonly gone: Set<unknown> }>;
}

/** Deletes a record with what cannot be without it; with `isDryRun` only says what would go. */
export function deleteRecord(world: World, table: BaseTable, key: Key, isDryRun: boolean): Deletion {
  const plan: Plan = { root: idOf({ table, key }), deleted: new Map(), changed: new Map() };
  take(world, table, key, plan);
  const changed = [...plan.changed.values()].filter((change) => !plan.deleted.has(idOf(change)));
  const deletion: Deletion = {
    deleted: [...plan.deleted.values()].map((gone) => linkTo(world, gone.table, gone.key)),
    changed: changed.map(({ table: other, key: one, member }) => ({ ...linkTo(world, other, one), member })),
  };
  if (!isDryRun) {
    world.transact(() => {
      for (const change of changed) {
        const there = world.table(change.table.id);
        const value = there.member(change.key, change.member) as unknown;
        const left = Array.isArray(value) ? value.filter((item) => !change.gone.has(item)) : null;
        there.change(change.key, { [change.member]: left } as StoredRecord);
      }
      for (const gone of plan.deleted.values()) world.table(gone.table.id).delete(gone.key);
    });
  }
  return deletion;
}

const idOf = ({ table, key }: { readonly table: BaseTable; readonly key: Key }): string => `${table.id}/${key}`;

function take(world: World, table: BaseTable, key: Key, plan: Plan): void {
  const id = idOf({ table, key });
  if (plan.deleted.has(id)) return;
  plan.deleted.set(id, { table, key });
  for (const { table: other, member } of referringTables(table)) {
    if (!canBeAsked(other, member)) {
      const fix = 'Change those first, or take the record out of the state by PUT /__admin/state.';
      throw new MockError(
        'record-in-use',
        `Which of the ${other.size} ${other.id} lead to ${id} by ${member} cannot be told in time.`,
        fix,
      );
    }
    const field = fieldOf(other, member);
    const staysWithout = member !== other.entity.key && (field.facts.type === 'list' || canBeNull(field));
    for (const one of referring(world, other, member, key)) {
      if (plan.deleted.size + plan.changed.size >= MAX_TAKEN) {
        throw new MockError('record-in-use', `More than ${MAX_TAKEN} records hang on ${plan.root}.`, 'Delete or change those first.');
      }
      if (!staysWithout) take(world, other, one, plan);
      else {
        const change = { table: other, key: one, member, gone: new Set<unknown>() };
        const place = `${idOf(change)}.${member}`;
        if (!plan.changed.has(place)) plan.changed.set(place, change);
        plan.changed.get(place)!.gone.add(key);
      }
    }
  }
}
