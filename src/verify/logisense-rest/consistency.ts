/** What one LogiSense answer has to say of its request: the page that was asked for, the record, totals, what was done. */
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import { type Differences, within } from '../compare/finding.ts';
import { ABSENT, isNothing, isRecord, type RecordValue, recordsAt, showValue, type Value, valueAt } from '../compare/record-value.ts';
import type { References } from '../compare/references.ts';
import type { ExchangeRequest } from '../exchange.ts';
import { jsonHeader } from './expectations.ts';

export interface AnsweredCall {
  readonly operation: RestOperation;
  readonly request: ExchangeRequest;
  /** From the path. */
  readonly id: string | undefined;
  readonly record: RecordValue;
  readonly differences: Differences;
  readonly references: References;
}

export function compareConsistency(call: AnsweredCall): void {
  const { operation, record, differences } = call;
  switch (operation.verb) {
    case 'list':
      compareTotal(record, [], differences);
      for (const item of recordsAt(record, 'items')) compareLinks(call, item, 'items[]');
      break;
    case 'paged':
    case 'pagedDetail':
      comparePage(call);
      for (const item of recordsAt(record, 'pagedResults', 'items')) compareLinks(call, item, 'pagedResults.items[]');
      break;
    case 'get':
    case 'getDetail':
      compareIdentity(call, valueAt(record, 'instance'), 'instance');
      compareLinks(call, valueAt(record, 'instance'), 'instance');
      break;
    default:
      compareWritten(call);
  }
}

/** `totalCount` is the length of the items beside it, where no page is asked for. */
function compareTotal(record: RecordValue, path: readonly string[], differences: Differences): void {
  const total = valueAt(record, ...path, 'totalCount');
  const items = valueAt(record, ...path, 'items');
  if (Array.isArray(items) && typeof total === 'string' && Number(total) !== items.length)
    differences.add([...path, 'totalCount'].join('.'), 'value', `${items.length}, the length of items`, total);
}

function comparePage({ request, record, differences }: AnsweredCall): void {
  const echo = valueAt(record, 'pagination');
  if (!isRecord(echo)) return;
  const asked = jsonHeader(request, 'Pagination');
  for (const name of ['pageNumber', 'pageSize'] as const) {
    const wanted = asked?.[name];
    const found = echo[name];
    if (wanted !== undefined && typeof found === 'string' && found !== String(wanted))
      differences.add(`pagination.${name}`, 'value', String(wanted), found);
  }
  // Only a caller who asks to leave the count out gets none.
  const isAsked = asked?.['excludeTotalCount'] !== undefined && String(asked['excludeTotalCount']).toLowerCase() !== 'false';
  if (!isAsked && echo['excludeTotalCount'] === 'true') differences.add('pagination.excludeTotalCount', 'value', 'false', 'true');
  const count = valueAt(record, 'pagedResults', 'totalCount');
  if (!isAsked && isNothing(count)) differences.add('pagedResults.totalCount', 'type', 'a whole number', showValue(count));
  if (typeof count !== 'string' || !Array.isArray(valueAt(record, 'pagedResults', 'items'))) return;
  const size = Number(asked?.['pageSize'] ?? echo['pageSize']);
  const number = Number(asked?.['pageNumber'] ?? echo['pageNumber']);
  const wanted = Math.max(0, Math.min(size, Number(count) - (number - 1) * size));
  const items = recordsAt(record, 'pagedResults', 'items');
  if (Number.isFinite(wanted) && items.length !== wanted)
    differences.add('pagedResults.items', 'value', `${wanted} items`, `${items.length} items`);
}

/** The record is the one that the path names. */
export function compareIdentity({ id, differences, references }: AnsweredCall, record: Value, path: string): void {
  const where = within(path, 'identity');
  const found = isRecord(record) ? record['identity'] : undefined;
  if (id === undefined || found === id || found === undefined || differences.isReported(where)) return;
  const shown = typeof found === 'string' ? references.name(found) : showValue(found);
  differences.add(where, found === ABSENT ? 'missing' : 'value', references.name(id), shown);
}

/** A child that names its parent names this one: `contactId` in a contact's details. */
function compareLinks({ operation, differences, references }: AnsweredCall, record: Value, path: string): void {
  const { identity: id, details } = isRecord(record) ? record : {};
  if (typeof id !== 'string' || !isRecord(details)) return;
  const key = `${operation.resource.charAt(0).toLowerCase()}${operation.resource.slice(1)}Id`;
  for (const [name, children] of Object.entries(details)) {
    for (const child of Array.isArray(children) ? children : [children]) {
      const found = isRecord(child) ? child[key] : undefined;
      if (typeof found === 'string' && found !== id)
        differences.add(`${path}.details.${name}[].${key}`, 'value', references.name(id), references.name(found));
    }
  }
}

const ITEM = 'results.items[]';

/** What was done, to how many rows, and to which. */
function compareWritten(call: AnsweredCall): void {
  const { operation, record, differences } = call;
  const { type } = operation.sample.response as { type?: string };
  const found = record['type'];
  if (type !== undefined && found !== undefined && found !== type) differences.add('type', 'value', JSON.stringify(type), showValue(found));
  compareTotal(record, ['results'], differences);
  const items = recordsAt(record, 'results', 'items');
  if (operation.verb !== 'patch') {
    if (items[0] !== undefined) compareIdentity(call, items[0], ITEM);
    return;
  }
  // A PATCH writes to several rows: each is shown under its own number.
  for (const item of items) {
    const shown = valueAt(item, 'instance', 'identity');
    if (typeof shown === 'string') compareIdentity({ ...call, id: shown }, item, ITEM);
  }
}
