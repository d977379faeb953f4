/**
 * The writing verbs of an operation that keeps a list: POST adds to it, PUT makes the sent items the whole of it. The list
 * is found in the contract: the one that request and response share, keyed by the member that also stands in the path.
 */
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import { Differences, type Difference } from '../compare/finding.ts';
import type { ParsedValue } from '../compare/parsed-value.ts';
import { type RecordValue, recordsAt, showValue } from '../compare/record-value.ts';
import { type Answered, type Checking, checked } from '../run/check.ts';
import { pathMembers } from '../run/ids.ts';
import type { OperationCalls } from './operation-calls.ts';

interface Collection {
  /** The member that holds the list. */
  readonly list: string;
  readonly key: string;
  /** A text of an item that can be written and read back. */
  readonly mark: string;
}

function collectionOf(operation: ServiceOperation): Collection | undefined {
  const inPath = pathMembers(operation);
  for (const { name, field } of operation.request.members) {
    const item = field.facts.item?.facts.of?.();
    const shared = operation.response.member[name]?.field.facts.item?.facts.of?.();
    const key = inPath.find((member) => item?.member[member] !== undefined);
    const mark = item?.members.find((member) => member.field.facts.type === 'string')?.name;
    if (item !== undefined && item === shared && key !== undefined && mark !== undefined) return { list: name, key, mark };
  }
  return undefined;
}

export async function* writeCollection(calls: OperationCalls): Checking {
  const { name, operation, asker } = calls;
  const { json } = calls.formats;
  const collection = collectionOf(operation);
  if (collection === undefined) {
    yield { operation: name, notAsked: 'POST, PUT: the contract does not say what they write', isByChoice: true };
    return;
  }
  const { list, key, mark } = collection;
  const keysOf = ({ record }: Answered): string[] => recordsAt(record, list).map((item) => String(item[key]));
  const itemIn = ({ record }: Answered, id: string): RecordValue | undefined => recordsAt(record, list).find((item) => item[key] === id);
  const names = (keys: readonly string[]): string => `[${keys.map((id) => asker.references.name(id)).join(', ')}]`;
  const write = (method: 'POST' | 'PUT', items: readonly string[], purpose: string): Promise<Answered> =>
    calls.success(method, json, { body: `{${JSON.stringify(list)}:[${items.join(',')}]}`, purpose });
  const read = (purpose: string): Promise<Answered> => calls.success('GET', json, { purpose });
  const sameKeys = (wanted: readonly string[], found: readonly string[]): readonly Difference[] => {
    const differences = new Differences();
    if (wanted.join() !== found.join()) differences.add(`${list}[].${key}`, 'value', names(wanted), names(found));
    return differences.all;
  };
  /** What the writing answered is what is read afterwards. */
  const unlike = (written: Answered, after: Answered): readonly Difference[] => calls.between(after, written, 'in JSON', 'in JSON');

  const before = await read('before writing');
  if (before.parsed === undefined || before.record === undefined) return;
  const originals =
    before.parsed.value.children.find((child) => child.name === list)?.value.children.map(({ value }) => jsonOf(value)) ?? [];
  const keys = keysOf(before);

  // Create: one item without a key is added to the list.
  const added = await write('POST', [JSON.stringify({ [mark]: 'Verify' })], 'adds an item');
  const made = keysOf(added).find((id) => !keys.includes(id));
  const created = new Differences();
  const item = made === undefined ? undefined : itemIn(added, made);
  if (made === undefined) created.add(`${list}[].${key}`, 'value', `${names(keys)} and a new one`, names(keysOf(added)));
  else if (item?.[mark] !== 'Verify') created.add(`${list}[].${mark}`, 'value', '"Verify"', showValue(item?.[mark]));
  const afterAdding = await read('after adding');
  yield* checked(added, [...created.all, ...unlike(added, afterAdding)]);

  if (made !== undefined) {
    yield* checked(afterAdding, sameKeys(keysOf(added), keysOf(afterAdding)));
    // Update: a known key with another text.
    const updated = await write('POST', [JSON.stringify({ [key]: keyValue(made), [mark]: 'Verified' })], 'changes an item');
    const changed = new Differences();
    const afterChange = await read('after changing');
    const now = itemIn(updated, made)?.[mark];
    if (now !== 'Verified') changed.add(`${list}[].${mark}`, 'value', '"Verified"', showValue(now));
    yield* checked(updated, [...sameKeys(keysOf(added), keysOf(updated)), ...changed.all, ...unlike(updated, afterChange)]);
  }

  // Replace: the list as it was, each item as the service wrote it.
  const replaced = await write('PUT', originals, 'replaces the list');
  const afterReplacing = await read('after replacing');
  yield* checked(replaced, [...sameKeys(keys, keysOf(replaced)), ...unlike(replaced, afterReplacing)]);
  yield* checked(afterReplacing, sameKeys(keys, keysOf(afterReplacing)));
  if (made !== undefined && !asker.ids.isMock)
    yield { operation: name, note: `left behind: ${key} ${made}, no longer connected; the API documents no way to delete it` };
}

const keyValue = (key: string): number | string => (/^\d{1,15}$/.test(key) ? Number(key) : key);

/** A value as it came, digit for digit. */
function jsonOf(value: ParsedValue): string {
  if (value.is === 'object') return `{${value.children.map((child) => `${JSON.stringify(child.name)}:${jsonOf(child.value)}`).join(',')}}`;
  if (value.is === 'list') return `[${value.children.map((child) => jsonOf(child.value)).join(',')}]`;
  return value.is === 'string' ? JSON.stringify(value.text) : value.text;
}
