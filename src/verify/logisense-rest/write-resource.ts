/** The writing end points of a LogiSense resource on a record of their own: create, read, update, patch, delete. */
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import type { Read, ReadRecord } from '../compare.ts';
import { Differences, type Rule } from '../finding.ts';
import type { Compared } from '../session.ts';
import { identityOf, isRecord, itemsAt, type ResourceCheck } from './resource-check.ts';

type Body = Record<string, unknown>;

/** Flat items, as documented, whatever the server's own default. */
const FLAT = { OutputFormat: '{"format":"instance"}' };

export async function writeResource(check: ResourceCheck, records: readonly ReadRecord[]): Promise<void> {
  const { create, update, patch, delete: remove } = check.operations;
  const writing = [create, update, patch, remove].filter((operation): operation is RestOperation => operation !== undefined);
  if (!check.session.isWriting) {
    for (const operation of writing) check.session.notAsked(check.nameOf(operation), 'verify only reads; --write asks it');
    return;
  }
  if (create === undefined) return;
  const body = bodyOf(create, records);
  const created = await check.ask(create, { body, headers: FLAT });
  const id = identityOf(itemsAt(created.record, ['results', 'items'])[0]);
  written(created, body, id, check);
  check.tell(create, created);
  if (id === undefined) {
    for (const operation of writing.slice(1)) check.session.notAsked(check.nameOf(operation), 'nothing was created');
    return;
  }
  await readBack(check, create, id, body, itemOf(created));
  if (update !== undefined) {
    const change = marked({ ...body, identity: Number(id) }, 1);
    const updated = await check.ask(update, { id, body: change, headers: FLAT });
    written(updated, change, id, check);
    check.tell(update, updated, undefined, id);
    await readBack(check, update, id, change, itemOf(updated));
  }
  if (patch !== undefined) await patchOne(check, patch, id, marked(body, 2));
  if (remove !== undefined) await deleteOne(check, remove, id);
  else if (!check.session.ids.isMock) {
    check.session.note(check.nameOf(create), `left behind: ${create.resource} ${id}; the API documents no way to delete it`);
  }
}

/** The documented body, its foreign keys taken from a record that exists. */
function bodyOf(create: RestOperation, records: readonly ReadRecord[]): Body {
  const body: Body = { ...create.sample.request };
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

/** Everything that was sent must be in the first item of the answer. */
function written({ record, differences }: Compared, body: Body, id: string | undefined, check: ResourceCheck): void {
  const items = itemsAt(record, ['results', 'items']);
  counted(record, items, differences);
  const [item] = items;
  if (item !== undefined) holds(item, body, 'results.items[]', differences);
  if (item !== undefined && id !== undefined) check.sameIdentity(id, item, 'results.items[]', differences);
}

const itemOf = ({ record }: Compared): Shown => ({ path: 'results.items[]', record: itemsAt(record, ['results', 'items'])[0] });

function counted(record: ReadRecord | undefined, items: readonly ReadRecord[], differences: Differences): void {
  const results = record?.['results'];
  const total = isRecord(results) ? results['totalCount'] : undefined;
  if (typeof total === 'string' && Number(total) !== items.length) {
    differences.add('results.totalCount', 'value', `${items.length}, the length of items`, total);
  }
}

function holds(record: ReadRecord, body: Body, path: string, differences: Differences, nothing: Rule = 'value'): void {
  for (const [name, wanted] of Object.entries(body)) {
    const seen = record[name];
    if (typeof seen === 'string' && seen !== String(wanted))
      differences.add(`${path}.${name}`, 'value', JSON.stringify(wanted), JSON.stringify(seen));
    else if (seen === null && wanted !== null) differences.add(`${path}.${name}`, nothing, JSON.stringify(wanted), 'null');
  }
}

/** The record that an answer to a writing call shows, and where it stands. */
interface Shown {
  readonly path: string;
  readonly record: Read;
}

/** What was written must be read: if it is not, the writing is to blame, not the reading. */
async function readBack(check: ResourceCheck, writing: RestOperation, id: string, body: Body, shown: Shown): Promise<void> {
  const { get } = check.operations;
  if (get === undefined) return;
  const compared = await check.ask(get, { id });
  const kept = new Differences();
  const refused = compared.differences.all.find(({ rule }) => rule === 'status');
  const hasRead = check.session.outcome(check.nameOf(get)).checks.some(({ findings }) => findings.length === 0);
  if (refused === undefined || !hasRead) check.tell(get, compared, undefined, id);
  if (refused !== undefined) kept.add('identity', 'value', `${check.session.references.name(id)}, which can be read`, refused.seen);
  const instance = compared.record?.['instance'];
  if (isRecord(instance)) {
    check.sameIdentity(id, instance, 'instance', kept);
    holds(instance, body, 'instance', kept);
    if (kept.all.length === 0 && isRecord(shown.record)) check.keeps(shown.path, shown.record, instance, kept);
  }
  check.session.report(check.nameOf(writing), `GET ${get.path.replace('{id}', id)} after ${writing.methods[0]}`, kept.all);
}

/** The documented root form, on the row that was made. */
async function patchOne(check: ResourceCheck, patch: RestOperation, id: string, body: Body): Promise<void> {
  const sample = patch.sample.request as Record<string, { items?: readonly Body[] }>;
  const root = Object.keys(sample).find((name) => sample[name]?.items !== undefined) ?? '';
  const patched = await check.ask(patch, { id, body: { [root]: { items: [{ patchType: 'update', identity: Number(id), ...body }] } } });
  const items = itemsAt(patched.record, ['results', 'items']);
  counted(patched.record, items, patched.differences);
  const [item] = items;
  const [documented] = (patch.sample.response as { results: { items: readonly { dtoTypeKey?: string }[] } }).results.items;
  if (item !== undefined) {
    check.sameIdentity(id, item, 'results.items[]', patched.differences);
    holds(item, { action: 'updated', dtoTypeKey: documented?.dtoTypeKey }, 'results.items[]', patched.differences);
    const { instance } = item;
    if (isRecord(instance)) {
      check.sameIdentity(id, instance, 'results.items[].instance', patched.differences);
      holds(instance, body, 'results.items[].instance', patched.differences);
    }
  }
  check.tell(patch, patched, undefined, id);
  await readBack(check, patch, id, body, { path: 'results.items[].instance', record: item?.['instance'] });
}

async function deleteOne(check: ResourceCheck, remove: RestOperation, id: string): Promise<void> {
  const removed = await check.ask(remove, { id });
  const items = itemsAt(removed.record, ['results', 'items']);
  counted(removed.record, items, removed.differences);
  const [documented] = (remove.sample.response as { results: { items: readonly Body[] } }).results.items;
  const [item] = items;
  if (item !== undefined) holds(item, { ...documented, identity: Number(id) }, 'results.items[]', removed.differences, 'missing');
  const { get } = check.operations;
  if (get !== undefined) {
    const path = get.path.replace('{id}', id);
    const { status } = await check.session.ask(check.nameOf(remove), `GET ${path}`, {
      method: 'GET',
      path,
      headers: { accept: 'application/json' },
    });
    if (status === 200)
      removed.differences.add(
        'identity',
        'value',
        `no ${remove.resource} ${check.session.references.name(id)} after DELETE`,
        'still there',
      );
  }
  check.tell(remove, removed, undefined, id);
}
