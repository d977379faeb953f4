/** One record opened: where it comes from, what it leads to, what leads to it. */
import type { Key, StoredRecord } from '../../contract/entity.ts';
import type { BaseTable } from '../../store/base.ts';
import type { World } from '../../store/world.ts';
import { linkTo, type RecordLink } from './label.ts';
import { type RecordView, viewOf } from './page.ts';
import { type Reference, type Referrers, referencesOf, referrersOf } from './relations.ts';

export interface OpenRecord extends RecordLink, RecordView {
  /** Of a changed one: the record of the untouched world. */
  readonly generated?: StoredRecord;
  readonly references: readonly Reference[];
  readonly referrers: readonly Referrers[];
}

export function openRecord(world: World, table: BaseTable, key: Key): OpenRecord {
  const view = viewOf(world, table, key);
  const number = view.origin === 'changed' ? table.numberOf(key) : undefined;
  return {
    ...linkTo(world, table, key),
    ...view,
    ...(number !== undefined && { generated: table.record(number) }),
    references: referencesOf(world, table, view.record),
    referrers: referrersOf(world, table, key),
  };
}
