/** The records in an answer of a LogiSense end point, under the resource and number by which other answers show them. */
import type { RestOperation, Verb } from '../../protocols/logisense-rest/operation.ts';
import type { ShownRecord } from '../compare/answer.ts';
import { isRecord, type RecordValue, recordsAt, valueAt } from '../compare/record-value.ts';
import { itemOf } from './expectations.ts';

/** Where they stand. The items of PATCH and DELETE say what was done. */
const LISTS: Partial<Record<Verb, readonly string[]>> = {
  list: ['items'],
  paged: ['pagedResults', 'items'],
  pagedDetail: ['pagedResults', 'items'],
  create: ['results', 'items'],
  update: ['results', 'items'],
};

export function shownRecords(operation: RestOperation, answer: RecordValue | undefined): readonly ShownRecord[] {
  const at = LISTS[operation.verb];
  const instance = valueAt(answer, 'instance');
  const one = isRecord(instance) ? [instance] : [];
  const records = at === undefined ? one : recordsAt(answer, ...at);
  const path = at === undefined ? 'instance' : `${at.join('.')}[]`;
  const dto = itemOf(operation.response);
  return records.flatMap((record) => {
    const { identity } = record;
    return typeof identity === 'string' ? [{ key: keyOf(operation, identity), dto, record, path }] : [];
  });
}

export const keyOf = ({ resource }: RestOperation, identity: string): string => `${resource} ${identity}`;
