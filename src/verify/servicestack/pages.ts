/** An operation that can be asked for one page: pages of one item against the whole list, and one past the end. */
import type { Dto } from '../../contract/dto.ts';
import { disagreements } from '../compare/agreement.ts';
import { Differences, type Difference } from '../compare/finding.ts';
import { type RecordValue, recordsAt, showValue, valueAt } from '../compare/record-value.ts';
import type { Asker } from '../run/asker.ts';
import { type Answered, type Checking, checked } from '../run/check.ts';
import { pagingOf, totalOf } from './consistency.ts';
import type { OperationCalls } from './operation-calls.ts';

const PAGE_SIZE = 1;

/** `whole`: the answer without a page. */
export async function* verifyPages(calls: OperationCalls, whole: Answered): Checking {
  const { operation, formats, asker } = calls;
  const paging = pagingOf(operation.request);
  const list = operation.response.members.find(({ name }) => operation.response.member[totalOf(name)] !== undefined);
  const item = list?.field.facts.item?.facts.of?.();
  if (paging === undefined || list === undefined || item === undefined) return;
  const all = recordsAt(whole.record, list.name);
  const last = Math.ceil(all.length / PAGE_SIZE);
  for (const number of new Set([1, Math.min(2, last + 1), last + 1])) {
    const query = { [paging.number]: String(number), [paging.size]: String(PAGE_SIZE), ...(paging.isOn && { [paging.isOn]: 'true' }) };
    const purpose = number > last ? 'a page past the end' : `page ${number}`;
    const page = await calls.success('GET', formats.json, { query, purpose });
    yield* checked(page, comparePage(page, { list: list.name, item, all, start: (number - 1) * PAGE_SIZE }, asker));
  }
}

interface WantedPage {
  readonly list: string;
  readonly item: Dto;
  readonly all: readonly RecordValue[];
  readonly start: number;
}

function comparePage({ record }: Answered, { list, item, all, start }: WantedPage, asker: Asker): readonly Difference[] {
  const differences = new Differences();
  const found = valueAt(record, list);
  if (!Array.isArray(found)) return [];
  const wanted = all.slice(start, start + PAGE_SIZE);
  const total = valueAt(record, totalOf(list));
  if (typeof total === 'string' && total !== String(all.length))
    differences.add(totalOf(list), 'value', `${all.length}, on all pages`, showValue(total));
  if (found.length !== wanted.length) differences.add(list, 'value', `${wanted.length} items`, `${found.length} items`);
  const isSame = (left: RecordValue, right: RecordValue): boolean =>
    disagreements(item, { where: '', record: left }, { where: '', record: right }, asker).length === 0;
  for (const [i, one] of recordsAt(record, list).entries()) {
    if (wanted[i] === undefined || isSame(wanted[i], one)) continue;
    const position = all.findIndex((other) => isSame(other, one));
    const shown = position < 0 ? 'one that is not in the whole list' : `item ${position + 1}`;
    differences.add(list, 'value', `item ${start + i + 1} of the whole list`, shown);
  }
  return differences.all;
}
