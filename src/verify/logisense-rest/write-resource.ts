/** The writing end points of a LogiSense resource on a record of their own: create, read, update, patch, delete. */
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import { type Difference, Differences, type Rule } from '../compare/finding.ts';
import { isNothing, isRecord, type RecordValue, recordsAt, showValue, type Value, valueAt } from '../compare/record-value.ts';
import { type Answered, type Checking, checked } from '../run/check.ts';
import { compareIdentity } from './consistency.ts';
import { refused } from './expectations.ts';
import { NOT_FOUND, verifyRefusals } from './refusals.ts';
import { identityOf, type ResourceCalls } from './resource-calls.ts';

type Body = Readonly<Record<string, unknown>>;

/** Flat items, as documented, whatever the server's own default. */
const FLAT = { OutputFormat: '{"format":"instance"}' };
const ITEM = 'results.items[]';

/** `records`: some that there are. `canRead`: a record was read and was as documented. */
export async function* writeResource(calls: ResourceCalls, records: readonly RecordValue[], canRead: boolean): Checking {
  const { create, update, patch, delete: remove } = calls.operations;
  const writing = [create, update, patch, remove].filter((operation) => operation !== undefined);
  if (!calls.asker.isWriting) {
    for (const operation of writing)
      yield { operation: calls.nameOf(operation), notAsked: 'verify only reads unless told --write', isByChoice: true };
    return;
  }
  if (create === undefined) return;
  const body = bodyOf(create, records);
  const created = await calls.success(create, { body, headers: FLAT });
  yield* checked(created, holds(itemOf(created), body, ITEM));
  const id = identityOf(itemOf(created));
  if (id === undefined) {
    for (const operation of writing.slice(1))
      yield { operation: calls.nameOf(operation), notAsked: `${create.name} showed no record to write to`, isByChoice: false };
    return;
  }
  const written = { calls, id, canRead };
  yield* readBack(written, { by: create, body, shown: itemOf(created), path: ITEM });
  yield* verifyRefusals(calls, create);
  if (update !== undefined) yield* updateOne(written, update, marked({ ...body, identity: Number(id) }, 1));
  if (patch !== undefined) yield* patchOne(written, patch, marked(body, 2));
  if (remove !== undefined) yield* deleteOne(written, remove);
  else if (!calls.asker.ids.isMock)
    yield { operation: calls.nameOf(create), note: `left behind: ${create.resource} ${id}; the API documents no way to delete it` };
}

/** The record that was made for writing to it. */
interface Written {
  readonly calls: ResourceCalls;
  readonly id: string;
  readonly canRead: boolean;
}

/** The documented body, its foreign keys taken from a record that exists. */
function bodyOf(create: RestOperation, records: readonly RecordValue[]): Body {
  const body: Record<string, unknown> = { ...create.sample.request };
  for (const name of Object.keys(body)) {
    const known = records.map((record) => record[name]).find((value) => typeof value === 'string');
    if (name.endsWith('Id') && known !== undefined) body[name] = Number(known);
  }
  return body;
}

/** The same with another text in its last text member. */
function marked(body: Body, number: number): Body {
  const text = Object.keys(body).findLast((name) => typeof body[name] === 'string');
  return text === undefined ? body : { ...body, [text]: `${body[text]} ${number}` };
}

const itemOf = ({ record }: Answered): Value => recordsAt(record, 'results', 'items')[0];

/** Everything that was sent is in the record that is shown. */
function holds(record: Value, body: Body, path: string, nothing: Rule = 'value'): readonly Difference[] {
  const differences = new Differences();
  for (const [name, wanted] of Object.entries(isRecord(record) ? body : {})) {
    const found = valueAt(record as RecordValue, name);
    const isOther = typeof found === 'string' ? found !== String(wanted) : isNothing(found) && wanted !== null;
    if (isOther) differences.add(`${path}.${name}`, isNothing(found) ? nothing : 'value', JSON.stringify(wanted), showValue(found));
  }
  return differences.all;
}

interface Writing {
  readonly by: RestOperation;
  readonly body: Body;
  /** What its answer shows of the record, and where. */
  readonly shown: Value;
  readonly path: string;
}

/** What was written must be read: if it is not, the writing differs, not the reading. */
async function* readBack({ calls, id, canRead }: Written, { by, body, shown, path }: Writing): Checking {
  const { get } = calls.operations;
  if (get === undefined) return;
  const read = await calls.success(get, { id, purpose: `after ${by.methods[0]}` });
  const refused = read.differences.all.find(({ rule }) => rule === 'status');
  if (refused === undefined || !canRead) yield* checked(read);
  const kept = new Differences();
  if (refused !== undefined) kept.add('identity', 'value', `${calls.asker.references.name(id)}, which can be read`, refused.seen);
  const instance = valueAt(read.record, 'instance');
  if (isRecord(instance)) {
    kept.addAll(holds(instance, body, 'instance'));
    if (kept.all.length === 0 && isRecord(shown)) kept.addAll(calls.between(instance, shown, path));
  }
  yield* checked({
    ...read,
    operation: calls.nameOf(by),
    name: `GET ${get.path}: after ${by.methods[0]}`,
    call: `${read.call} after ${by.methods[0]}`,
    differences: kept,
  });
}

async function* updateOne(written: Written, update: RestOperation, body: Body): Checking {
  const { calls, id } = written;
  const updated = await calls.success(update, { id, body, headers: FLAT });
  yield* checked(updated, holds(itemOf(updated), body, ITEM));
  yield* readBack(written, { by: update, body, shown: itemOf(updated), path: ITEM });
  yield* verifyRefusals(calls, update, id);
}

/** The documented root form, on the row that was made. */
async function* patchOne(written: Written, patch: RestOperation, body: Body): Checking {
  const { calls, id } = written;
  const sample = patch.sample.request as Record<string, { items?: readonly Body[] }>;
  const root = Object.keys(sample).find((name) => sample[name]?.items !== undefined) ?? '';
  const sent = { [root]: { items: [{ patchType: 'update', identity: Number(id), ...body }] } };
  const patched = await calls.success(patch, { id, body: sent });
  const item = itemOf(patched);
  const [documented] = (patch.sample.response as { results: { items: readonly { dtoTypeKey?: string }[] } }).results.items;
  const { differences } = patched;
  if (isRecord(item)) {
    const { references } = calls.asker;
    const shown = { operation: patch, request: patched.exchange.request, id, record: item, differences, references };
    compareIdentity(shown, item, ITEM);
    differences.addAll(holds(item, { action: 'updated', dtoTypeKey: documented?.dtoTypeKey }, ITEM));
    compareIdentity(shown, item['instance'], `${ITEM}.instance`);
    differences.addAll(holds(item['instance'], body, `${ITEM}.instance`));
  }
  yield* checked(patched);
  yield* readBack(written, { by: patch, body, shown: isRecord(item) ? item['instance'] : undefined, path: `${ITEM}.instance` });
  yield* verifyRefusals(calls, patch, id);
}

async function* deleteOne({ calls, id }: Written, remove: RestOperation): Checking {
  yield* verifyRefusals(calls, remove, id);
  const removed = await calls.success(remove, { id });
  const [documented] = (remove.sample.response as { results: { items: readonly Body[] } }).results.items;
  yield* checked(removed, holds(itemOf(removed), { ...documented, identity: Number(id) }, ITEM, 'missing'));
  const { get } = calls.operations;
  if (get === undefined) return;
  const after = await calls.failure(get, refused(get, NOT_FOUND), { id, purpose: `after ${remove.methods[0]}` });
  if (after.exchange.response.status !== 200) return;
  const differences = new Differences();
  differences.add('identity', 'value', `no ${remove.resource} ${calls.asker.references.name(id)} after DELETE`, 'still there');
  yield* checked({ ...after, operation: calls.nameOf(remove), differences });
}
