/** The pages of a LogiSense resource: the one without a header, two small ones that must be its beginning, one past the end. */
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import { type Difference, Differences } from '../compare/finding.ts';
import { type RecordValue, recordsAt, showValue, valueAt } from '../compare/record-value.ts';
import type { Answered } from '../run/check.ts';
import type { ResourceCalls } from './resource-calls.ts';

const PAGE_SIZE = 2;
const ITEMS = ['pagedResults', 'items'] as const;
const PAST_THE_END = 1_000_000;
/** Two records may happen to have none of some children. */
const CHILDREN = /\[\]/;

export interface PageReading {
  readonly operation: RestOperation;
  readonly answered: Answered;
  readonly more: readonly Difference[];
}

/** `total`: how many records the list has. */
export async function askPages(calls: ResourceCalls, operation: RestOperation, total: string | undefined): Promise<readonly PageReading[]> {
  const plain = await calls.success(operation);
  const readings = [{ operation, answered: plain, more: compareTotal(plain, total, 'in the list') }];
  const first = recordsAt(plain.record, ...ITEMS);
  const count = valueAt(plain.record, 'pagedResults', 'totalCount');
  for (const number of [1, 2, PAST_THE_END]) {
    const header = JSON.stringify({ pageNumber: number, pageSize: PAGE_SIZE });
    const purpose = number === PAST_THE_END ? 'a page past the end' : `page ${number} of ${PAGE_SIZE} each`;
    const answered = await calls.success(operation, { headers: { Pagination: header }, purpose, optionalChildren: CHILDREN });
    const start = (number - 1) * PAGE_SIZE;
    const more = [
      ...compareTotal(
        answered,
        total ?? (typeof count === 'string' ? count : undefined),
        total === undefined ? 'on the first page' : 'in the list',
      ),
      // What the first page does not reach cannot be told from it.
      ...(start + PAGE_SIZE <= first.length ? compareItems(answered, first.slice(start, start + PAGE_SIZE), calls) : []),
    ];
    readings.push({ operation, answered, more });
  }
  return readings;
}

function compareTotal({ record }: Answered, total: string | undefined, where: string): readonly Difference[] {
  const differences = new Differences();
  const count = valueAt(record, 'pagedResults', 'totalCount');
  if (total !== undefined && typeof count === 'string' && count !== total)
    differences.add('pagedResults.totalCount', 'value', `${total}, as ${where}`, showValue(count));
  return differences.all;
}

function compareItems({ record }: Answered, wanted: readonly RecordValue[], { asker }: ResourceCalls): readonly Difference[] {
  const differences = new Differences();
  const found = recordsAt(record, ...ITEMS);
  const names = (records: readonly RecordValue[]): string =>
    records.map(({ identity }) => (typeof identity === 'string' ? asker.references.name(identity) : showValue(identity))).join(', ');
  if (found.length === wanted.length && names(found) !== names(wanted))
    differences.add(ITEMS.join('.'), 'value', `${names(wanted)}, as without a page size`, names(found));
  return differences.all;
}
