/**
 * The writing verbs of an operation that keeps a list: POST adds to it, PUT makes the given ones the whole of it. The list
 * is found in the contract: the one that request and response share, keyed by the member that also stands in the path.
 */
import type { Dto } from '../../contract/dto.ts';
import type { ReadRecord } from '../compare.ts';
import { type Difference, Differences } from '../finding.ts';
import type { Seen } from '../seen.ts';
import type { Compared } from '../session.ts';
import { merge, type OperationCheck } from './operation-check.ts';

interface Collection {
  /** The member that holds the list. */
  readonly list: string;
  readonly item: Dto;
  readonly key: string;
  /** A text of an item that can be written and read back. */
  readonly mark: string;
}

function collectionOf({ operation }: OperationCheck): Collection | undefined {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  for (const { name, field } of operation.request.members) {
    const item = field.facts.item?.facts.of?.();
    const shared = operation.response.member[name]?.field.facts.item?.facts.of?.();
    const key = inPath.find((member) => item?.member[member] !== undefined);
    const mark = item?.members.find((member) => member.field.facts.type === 'string')?.name;
    if (item !== undefined && item === shared && key !== undefined && mark !== undefined) return { list: name, item, key, mark };
  }
  return undefined;
}

export async function writeCollection(check: OperationCheck): Promise<void> {
  const collection = collectionOf(check);
  if (collection === undefined) {
    check.session.notAsked(check.name, 'POST, PUT: the contract does not say what they write');
    return;
  }
  const { list, key, mark } = collection;
  const { references } = check.session;
  const keysOf = (compared: Compared): string[] => itemsOf(compared, list).map((item) => String(item[key]));
  const write = async (method: 'POST' | 'PUT', items: readonly string[]): Promise<Compared> =>
    check.ask(method, check.json, `{${JSON.stringify(list)}:[${items.join(',')}]}`);
  const names = (keys: readonly string[]): string => `[${keys.map((id) => references.name(id)).join(', ')}]`;
  const told = (method: 'GET' | 'POST' | 'PUT', compared: Compared, more: readonly Difference[]): void =>
    check.tell(method, check.json, [...compared.differences.all, ...more]);
  const sameKeys = (wanted: readonly string[], seen: readonly string[]): readonly Difference[] => {
    const differences = new Differences();
    if (wanted.join() !== seen.join()) differences.add(`${list}[].${key}`, 'value', names(wanted), names(seen));
    return differences.all;
  };

  /** What the writing answered is what is read afterwards. */
  const apart = (written: Compared, read: Compared): readonly Difference[] => check.apart(read, written, check.json, check.json);

  const before = await check.ask('GET', check.json);
  if (before.seen === undefined || before.record === undefined) return;
  const originals = before.seen.value.children.find((child) => child.name === list)?.value.children.map(({ value }) => jsonOf(value)) ?? [];
  const keys = keysOf(before);

  // Create: one item without a key is added to the list.
  const added = await write('POST', [JSON.stringify({ [mark]: 'Verify' })]);
  const made = keysOf(added).find((id) => !keys.includes(id));
  const created = new Differences();
  const item = itemsOf(added, list).find((candidate) => candidate[key] === made);
  if (made === undefined) created.add(`${list}[].${key}`, 'value', `${names(keys)} and a new one`, names(keysOf(added)));
  else if (item?.[mark] !== 'Verify') created.add(`${list}[].${mark}`, 'value', '"Verify"', JSON.stringify(item?.[mark]));
  const read = await check.ask('GET', check.json);
  told('POST', added, merge(created.all, apart(added, read)));

  if (made !== undefined) {
    told('GET', read, sameKeys(keysOf(added), keysOf(read)));
    // Update: a known key with another text.
    const updated = await write('POST', [JSON.stringify({ [key]: keyValue(made), [mark]: 'Verified' })]);
    const changed = new Differences();
    const reread = await check.ask('GET', check.json);
    const now = itemsOf(updated, list).find((candidate) => candidate[key] === made)?.[mark];
    if (now !== 'Verified') changed.add(`${list}[].${mark}`, 'value', '"Verified"', JSON.stringify(now));
    told('POST', updated, merge([...sameKeys(keysOf(added), keysOf(updated)), ...changed.all], apart(updated, reread)));
  }

  // Replace: the list as it was, each item as the service wrote it.
  const replaced = await write('PUT', originals);
  const after = await check.ask('GET', check.json);
  told('PUT', replaced, merge(sameKeys(keys, keysOf(replaced)), apart(replaced, after)));
  told('GET', after, sameKeys(keys, keysOf(after)));
  if (made !== undefined && !check.session.ids.isMock) {
    check.session.note(check.name, `left behind: ${key} ${made}, no longer connected; the API documents no way to delete it`);
  }
}

const itemsOf = ({ record }: Compared, list: string): readonly ReadRecord[] => {
  const items = record?.[list];
  return Array.isArray(items) ? items.filter((item): item is ReadRecord => typeof item === 'object' && item !== null) : [];
};

const keyValue = (key: string): number | string => (/^\d{1,15}$/.test(key) ? Number(key) : key);

/** A value as it came, digit for digit. */
function jsonOf(seen: Seen): string {
  if (seen.is === 'object') return `{${seen.children.map(({ name, value }) => `${JSON.stringify(name)}:${jsonOf(value)}`).join(',')}}`;
  if (seen.is === 'list') return `[${seen.children.map(({ value }) => jsonOf(value)).join(',')}]`;
  return seen.is === 'string' ? JSON.stringify(seen.text) : seen.text;
}
