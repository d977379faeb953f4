/** Asks every end point of a LogiSense API: the lists first, since they name the ids of all the others. */
import type { RestOperation, Verb } from '../../protocols/logisense-rest/operation.ts';
import type { Difference } from '../compare/finding.ts';
import { isRecord, type RecordValue, type Value } from '../compare/record-value.ts';
import type { Asker } from '../run/asker.ts';
import { type Answered, type Checking, checked, isOk } from '../run/check.ts';
import { Observations } from '../run/observations.ts';
import type { LogiSenseSubject } from './compare.ts';
import { askPages } from './pages.ts';
import { verifyRefusals } from './refusals.ts';
import { identityOf, ResourceCalls } from './resource-calls.ts';
import { shownRecords } from './shown-records.ts';
import { writeResource } from './write-resource.ts';

export async function* verifyLogiSense({ name: api, operations }: LogiSenseSubject, asker: Asker): Checking {
  const resources = new Map<string, Partial<Record<Verb, RestOperation>>>();
  for (const operation of Object.values(operations))
    resources.set(operation.resource, { ...resources.get(operation.resource), [operation.verb]: operation });
  for (const resource of resources.values()) yield* verifyResource(new ResourceCalls(api, resource, asker));
}

/** An answer that waits for what others say of its records. */
interface Reading {
  readonly operation: RestOperation;
  readonly answered: Answered;
  readonly id?: string;
  readonly more?: readonly Difference[];
}

async function* verifyResource(calls: ResourceCalls): Checking {
  const { list, paged, pagedDetail, get, getDetail } = calls.operations;
  const readings: Reading[] = [];
  if (list !== undefined) readings.push({ operation: list, answered: await calls.success(list) });
  const total = totalOf(readings[0]?.answered.record);
  for (const operation of [paged, pagedDetail]) if (operation !== undefined) readings.push(...(await askPages(calls, operation, total)));
  const records = readings
    .toReversed()
    .flatMap(({ operation, answered }) => shownRecords(operation, answered.record).map(({ record }) => record));
  for (const operation of [get, getDetail]) {
    if (operation === undefined) continue;
    const id = idFor(calls, operation, records);
    if (id === undefined)
      yield {
        operation: calls.nameOf(operation),
        notAsked: `no list names an id; give one with --id ${calls.nameOf(operation)}.id=…`,
        isByChoice: false,
      };
    else readings.push({ operation, id, answered: await calls.success(operation, { id }) });
  }
  observe(calls, readings);
  for (const { operation, answered, id, more } of readings) {
    yield* checked(answered, more);
    if (operation === list && totalOf(answered.record) === '0')
      yield { operation: answered.operation, note: 'the list is empty: there was nothing in it to compare' };
    // Of several calls of an operation, once.
    if (isOk(answered) && readings.find((reading) => reading.operation === operation)?.answered === answered)
      yield* verifyRefusals(calls, operation, id);
  }
  const canRead = readings.some(({ operation, answered }) => operation === get && answered.differences.all.length === 0);
  yield* writeResource(calls, records, canRead);
}

/** How many records there are, for the pages to agree with; a list that contradicts itself says nothing. */
function totalOf(list: RecordValue | undefined): string | undefined {
  const items = list?.['items'];
  if (!Array.isArray(items)) return undefined;
  const length = String(items.length);
  const count = list?.['totalCount'];
  return typeof count === 'string' && count !== length ? undefined : length;
}

/** The user's; else a mock's example, where the lists show it or there are none; else the record with the most to compare. */
function idFor(calls: ResourceCalls, operation: RestOperation, records: readonly RecordValue[]): string | undefined {
  const name = calls.nameOf(operation);
  const { ids } = calls.asker;
  const example = ids.example(name, 'GET', 'id');
  const isListed = example !== undefined && records.some((record) => identityOf(record) === example);
  const hasLists = calls.operations.list !== undefined || calls.operations.paged !== undefined;
  return ids.sent(name, 'id') ?? (isListed || !hasLists ? example : identityOf(fullest(records)));
}

/** A record without children would leave them unseen. */
function fullest(records: readonly RecordValue[]): RecordValue | undefined {
  const weight = (value: Value): number => {
    if (typeof value === 'string') return 1;
    return isRecord(value) ? Object.values(value).reduce<number>((sum, inner) => sum + weight(inner), 1) : Array.isArray(value) ? 1 : 0;
  };
  const weights = records.map(weight);
  return records[weights.indexOf(Math.max(...weights))];
}

/** The same record must be the same in all of them. */
function observe({ asker }: ResourceCalls, readings: readonly Reading[]): void {
  const observations = new Observations(asker);
  for (const { operation, answered } of readings) {
    const { differences } = answered;
    for (const shown of shownRecords(operation, answered.record))
      observations.add({ ...shown, operation: operation.name, where: `in ${operation.name}`, differences });
  }
  observations.settle();
}
