/** What the members of one ServiceStack answer say of each other: totals, and get-only members that follow from others. */
import type { Dto } from '../../contract/dto.ts';
import { type ExchangeRequest, queryOf } from '../exchange.ts';
import { type Differences, within } from '../compare/finding.ts';
import { isRecord, type RecordValue, recordsAt, showValue } from '../compare/record-value.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';

export function compareConsistency(
  { request: dto, response }: ServiceOperation,
  request: ExchangeRequest,
  record: RecordValue,
  differences: Differences,
): void {
  const paging = pagingOf(dto);
  if (paging === undefined || !mayAskForPage(paging, request)) compareTotals(record, differences);
  else comparePageSize(paging, request, record, differences);
  compareComputed(response, record, differences, '');
}

/** The members of a request that ask for one page. */
interface Paging {
  readonly number: string;
  readonly size: string;
  /** The switch that turns paging on. */
  readonly isOn: string | undefined;
}

/** By the names that the contract gives them. */
export function pagingOf(dto: Dto): Paging | undefined {
  const { PageNumber: number, PageSize: size } = dto.member;
  const isOn = dto.members.find(({ name, field }) => field.facts.type === 'bool' && name.includes('Paged'));
  return number === undefined || size === undefined ? undefined : { number: number.name, size: size.name, isOn: isOn?.name };
}

/** What a body asks for is not looked at. */
function mayAskForPage(paging: Paging, { target, body }: ExchangeRequest): boolean {
  const asked = new Set([...queryOf(target).keys()].map((name) => name.toLowerCase()));
  const isInBody = body !== undefined && body.length > 2;
  return isInBody || Object.values(paging).some((name) => name !== undefined && asked.has(name.toLowerCase()));
}

function comparePageSize({ size, isOn }: Paging, { target }: ExchangeRequest, record: RecordValue, differences: Differences): void {
  const query = queryOf(target);
  const most = Number(query.get(size));
  if (!(most > 0) || (isOn !== undefined && query.get(isOn) !== 'true')) return;
  for (const [name, list] of Object.entries(record))
    if (Array.isArray(list) && totalOf(name) in record && list.length > most)
      differences.add(name, 'value', `at most ${most} items`, `${list.length} items`);
}

/** `TotalConnections` counts `Connections`: a total goes by the name of its list. */
function compareTotals(record: RecordValue, differences: Differences): void {
  for (const [name, list] of Object.entries(record)) {
    const total = record[totalOf(name)];
    if (Array.isArray(list) && typeof total === 'string' && Number(total) !== list.length)
      differences.add(totalOf(name), 'value', `${list.length}, the length of ${name}`, total);
  }
}
export const totalOf = (list: string): string => `Total${list}`;

/** A get-only member follows from the others. */
function compareComputed(dto: Dto, record: RecordValue, differences: Differences, path: string): void {
  for (const { name, field } of dto.members) {
    const { compute, of, item } = field.facts;
    const value = record[name];
    const where = within(path, name);
    if (compute !== undefined && typeof value === 'string') {
      const wanted = String(compute(neutral(dto, record)));
      if (value.toLowerCase() !== wanted) differences.add(where, 'value', wanted, showValue(value));
    }
    const inner = of?.() ?? item?.facts.of?.();
    if (inner === undefined) continue;
    if (isRecord(value)) compareComputed(inner, value, differences, where);
    for (const child of recordsAt(record, name)) compareComputed(inner, child, differences, `${where}[]`);
  }
}

/** As functions of the contract take it: Guids with dashes, null for what is not there. */
const neutral = (dto: Dto, record: RecordValue): object =>
  Object.fromEntries(
    dto.members.map(({ name, field }) => {
      const value = record[name];
      if (typeof value !== 'string') return [name, null];
      return [name, field.facts.type === 'guid' ? value.replace(/^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/, '$1-$2-$3-$4-$5') : value];
    }),
  );
