/** One resource of a LogiSense API under test: asks its end points, compares the answers, holds them against each other. */
import type { Dto } from '../../contract/dto.ts';
import type { RestOperation, Verb } from '../../protocols/logisense-rest/operation.ts';
import type { Asked } from '../client.ts';
import type { Read, ReadRecord } from '../compare.ts';
import { type Difference, type Differences, within } from '../finding.ts';
import type { Compared, Session } from '../session.ts';
import { Witnesses } from '../witnesses.ts';
import { json } from './dialect.ts';

const PAGE = { pageNumber: 1, pageSize: 2 } as const;

/** A call whose answer was compared; `path` has the id filled in. */
export interface Asking {
  readonly id?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export class ResourceCheck {
  readonly session: Session;
  readonly operations: Partial<Record<Verb, RestOperation>>;
  readonly #api: string;
  readonly #witnesses: Witnesses;
  /** Reports that wait for the witnesses. */
  readonly #untold: (() => void)[] = [];

  constructor(api: string, operations: Partial<Record<Verb, RestOperation>>, session: Session) {
    this.#api = api;
    this.operations = operations;
    this.session = session;
    this.#witnesses = new Witnesses(session);
  }

  nameOf(operation: RestOperation): string {
    return `${this.#api}.${operation.name}`;
  }

  async list(operation: RestOperation): Promise<Compared> {
    const compared = await this.ask(operation, {});
    const items = itemsAt(compared.record, ['items']);
    const total = compared.record?.['totalCount'];
    if (typeof total === 'string' && compared.record?.['items'] && Number(total) !== items.length) {
      compared.differences.add('totalCount', 'value', `${items.length}, the length of items`, total);
    }
    if (total === '0') this.session.note(this.nameOf(operation), 'the list is empty: there was nothing in it to compare');
    this.#remember(operation, items, 'items[]', compared.differences);
    this.#tellLater(operation, compared);
    return compared;
  }

  /** One call without a header, one that asks for a page of two. */
  async pages(operation: RestOperation, total: string | undefined): Promise<ReadRecord | undefined> {
    const plain = await this.ask(operation, {});
    this.#page(operation, plain, undefined, total);
    const asked = await this.ask(operation, { headers: { Pagination: JSON.stringify(PAGE) } }, true);
    this.#page(operation, asked, PAGE, total, JSON.stringify(PAGE));
    return plain.record;
  }

  #page(operation: RestOperation, compared: Compared, asked: typeof PAGE | undefined, total: string | undefined, note?: string): void {
    const { differences, record } = compared;
    const echo = record?.['pagination'] as ReadRecord | null | undefined;
    const results = record?.['pagedResults'] as ReadRecord | null | undefined;
    const size = Number(asked?.pageSize ?? echo?.['pageSize']);
    for (const [name, wanted] of Object.entries(asked ?? {})) {
      const seen = echo?.[name];
      if (typeof seen === 'string' && seen !== String(wanted)) differences.add(`pagination.${name}`, 'value', String(wanted), seen);
    }
    // Nobody asked for it.
    if (echo?.['excludeTotalCount'] === 'true') differences.add('pagination.excludeTotalCount', 'value', 'false', 'true');
    const items = itemsAt(record, ['pagedResults', 'items']);
    const count = results?.['totalCount'];
    // Only a caller who asks to leave the count out gets none.
    if (results && count === null && echo?.['excludeTotalCount'] === 'false')
      differences.add('pagedResults.totalCount', 'type', 'a whole number', 'null');
    if (results?.['items'] && typeof count === 'string') {
      const wanted = Math.min(size, Number(count));
      if (items.length !== wanted) differences.add('pagedResults.items', 'value', `${wanted} items`, `${items.length} items`);
      if (total !== undefined && count !== total) differences.add('pagedResults.totalCount', 'value', `${total}, as in the list`, count);
    }
    this.#remember(operation, items, 'pagedResults.items[]', differences);
    this.#tellLater(operation, compared, note);
  }

  async one(operation: RestOperation, id: string): Promise<void> {
    const compared = await this.ask(operation, { id });
    const record = compared.record?.['instance'];
    if (isRecord(record)) {
      this.sameIdentity(id, record, 'instance', compared.differences);
      this.#remember(operation, [record], 'instance', compared.differences);
    }
    this.#tellLater(operation, compared, undefined, id);
  }

  sameIdentity(id: string, record: ReadRecord, path: string, differences: Differences): void {
    const { references } = this.session;
    const where = within(path, 'identity');
    const seen = record['identity'];
    if (seen === id || seen === undefined || differences.isTold(where)) return;
    differences.add(where, 'value', references.name(id), typeof seen === 'string' ? references.name(seen) : 'null');
  }

  /** Tells what the reading calls found, once all of them have been heard. */
  settle(): void {
    this.#witnesses.settle();
    for (const tell of this.#untold.splice(0)) tell();
  }

  #tellLater(operation: RestOperation, compared: Compared, note?: string, id?: string): void {
    this.#untold.push(() => this.tell(operation, compared, note, id));
  }

  /** Keeps records for what other calls say of them, and holds their children's key against their own. */
  #remember(operation: RestOperation, records: readonly ReadRecord[], path: string, differences: Differences): void {
    const dto = itemOf(operation.response);
    for (const record of records) {
      const id = identityOf(record);
      if (id === undefined) continue;
      this.#witnesses.hear(id, { operation: operation.name, where: `in ${operation.name}`, dto, record, path, differences });
      this.#links(operation, record, id, path, differences);
    }
  }

  /** What an answer to a writing call says of a record, against what is read of it afterwards. */
  keeps(path: string, written: ReadRecord, read: ReadRecord, differences: Differences): void {
    const { get } = this.operations;
    if (get === undefined) return;
    const wanted = { where: `in ${get.name}`, record: read };
    this.session.agreement(differences).records(itemOf(get.response), wanted, { where: 'here', record: written }, path);
  }

  /** A child that names its parent names this one: `contactId` in a contact's details. */
  #links(operation: RestOperation, record: ReadRecord, id: string, path: string, differences: Differences): void {
    const key = `${operation.resource.charAt(0).toLowerCase()}${operation.resource.slice(1)}Id`;
    const { references } = this.session;
    for (const [name, children] of Object.entries((record['details'] ?? {}) as ReadRecord)) {
      for (const child of Array.isArray(children) ? children : [children]) {
        const seen = isRecord(child) ? child[key] : undefined;
        if (typeof seen === 'string' && seen !== id)
          differences.add(`${path}.details.${name}[].${key}`, 'value', references.name(id), references.name(seen));
      }
    }
  }

  /** Asks and compares; telling is left to the caller, who may find more. */
  async ask(operation: RestOperation, { id, headers, body }: Asking, areChildrenOptional = false): Promise<Compared> {
    const asked: Asked = {
      method: operation.methods[0] ?? 'GET',
      path: this.#pathOf(operation, id),
      headers: { accept: json.mediaType, ...headers, ...(body === undefined ? {} : { 'content-type': json.mediaType }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await this.session.ask(this.nameOf(operation), `${asked.method} ${asked.path}`, asked);
    const compared = this.session.compare(answer, {
      dto: operation.response,
      dialect: json,
      areChildrenOptional,
      alternatives: alternativesOf(operation),
    });
    const wanted = (operation.sample.response as { type?: string }).type;
    const seen = compared.record?.['type'];
    if (wanted !== undefined && (seen === null || typeof seen === 'string') && seen !== wanted)
      compared.differences.add('type', 'value', wanted, seen ?? 'null');
    return compared;
  }

  tell(operation: RestOperation, { differences }: Compared, note?: string, id?: string, more: readonly Difference[] = []): void {
    const call = `${operation.methods[0]} ${this.#pathOf(operation, id)}${note === undefined ? '' : ` Pagination: ${note}`}`;
    this.session.report(this.nameOf(operation), call, [...differences.all, ...more]);
  }

  #pathOf(operation: RestOperation, id: string | undefined): string {
    return operation.path.replace('{id}', encodeURIComponent(id ?? ''));
  }
}

export const isRecord = (read: Read): read is ReadRecord => typeof read === 'object' && read !== null && !Array.isArray(read);

/** The records at a place of an answer. */
export function itemsAt(record: ReadRecord | undefined, path: readonly string[]): readonly ReadRecord[] {
  let read: Read = record;
  for (const name of path) read = isRecord(read) ? read[name] : undefined;
  return Array.isArray(read) ? read.filter(isRecord) : [];
}

export const identityOf = (record: ReadRecord | undefined): string | undefined => {
  const identity = record?.['identity'];
  return typeof identity === 'string' ? identity : undefined;
};

/** The DTO of the records in an answer: below `items` or `instance`. */
function itemOf(response: Dto): Dto {
  for (const { name, field } of response.members) {
    const dto = field.facts.of?.() ?? field.facts.item?.facts.of?.();
    if (dto !== undefined && name !== 'pagination') return name === 'items' || name === 'instance' ? dto : itemOf(dto);
  }
  return response;
}

/** The record with the most to compare: one without children would leave them unseen. */
export function fullest(records: readonly ReadRecord[]): ReadRecord | undefined {
  const weight = (read: Read): number =>
    isRecord(read)
      ? Object.values(read).reduce<number>((sum, value) => sum + weight(value), 1)
      : read === null || read === undefined
        ? 0
        : 1;
  return records.reduce<ReadRecord | undefined>(
    (best, record) => (best === undefined || weight(record) > weight(best) ? record : best),
    undefined,
  );
}

/** Members that only some forms of a result item have (a row, a link, the rows behind a key): not in every documented item. */
export function alternativesOf({ sample, response }: RestOperation): ReadonlySet<string> {
  const items = (sample.response as { results?: { items?: readonly object[] } }).results?.items ?? [];
  const names = itemOf(response).members.map(({ name }) => name);
  return new Set(names.filter((name) => !items.every((item) => name in item)));
}
