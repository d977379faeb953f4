/** One operation of a ServiceStack API under test: asks it in a format and compares the answer. */
import type { Dto } from '../../contract/dto.ts';
import type { Method } from '../../contract/operation.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import type { Asked } from '../client.ts';
import type { ReadRecord } from '../compare.ts';
import type { Dialect } from '../dialect.ts';
import { type Difference, Differences, within } from '../finding.ts';
import type { Compared, Session } from '../session.ts';

export class OperationCheck {
  readonly name: string;
  readonly operation: ServiceOperation;
  readonly session: Session;
  readonly #path: string;
  readonly #target: string;
  readonly #dialects: readonly Dialect[];

  constructor(
    name: string,
    operation: ServiceOperation,
    call: { path: string; target: string },
    dialects: readonly Dialect[],
    session: Session,
  ) {
    this.name = name;
    this.operation = operation;
    this.session = session;
    this.#path = call.path;
    this.#target = call.target;
    this.#dialects = dialects;
  }

  /** The first format is compared with the contract, each other one with the contract and with the first. */
  async formats(): Promise<void> {
    const [first, ...others] = this.#dialects;
    const reference = await this.ask('GET', first as Dialect);
    this.tell('GET', first as Dialect, reference.differences.all);
    for (const [name, value] of Object.entries(reference.record ?? {})) {
      if (Array.isArray(value) && value.length === 0) this.session.note(this.name, `${name} is empty: there was nothing in it to compare`);
    }
    for (const dialect of others) {
      const compared = await this.ask('GET', dialect);
      const apart = this.apart(reference, compared, first as Dialect, dialect);
      // Records may have changed between the two calls: what differs must differ from a fresh reading, too.
      const again = apart.length === 0 ? [] : this.apart(await this.ask('GET', first as Dialect), compared, first as Dialect, dialect);
      this.tell('GET', dialect, merge(compared.differences.all, again));
    }
  }

  /** An operation that takes every verb alike answers each like GET. */
  async alike(method: Method): Promise<void> {
    const json = this.#dialects[0] as Dialect;
    const reference = await this.ask('GET', json);
    const compared = await this.ask(method, json, '{}');
    this.tell(method, json, merge(compared.differences.all, this.apart(reference, compared, json, json)));
  }

  async bodiless(method: Method): Promise<void> {
    const call = `${method} ${this.#path}`;
    const { status, text, failure } = await this.session.ask(this.name, call, { method, path: this.#target });
    const differences = new Differences();
    if (status !== 200) differences.add('status', 'status', '200', failure ?? String(status));
    if (text !== undefined && text !== '') differences.add('body', 'unexpected', 'no body', `${text.length} characters`);
    this.session.report(this.name, call, differences.all);
  }

  apart(reference: Compared, compared: Compared, first: Dialect, dialect: Dialect): readonly Difference[] {
    const differences = new Differences();
    if (reference.record === undefined || compared.record === undefined) return [];
    const wanted = { where: `in ${first.name}`, record: reference.record };
    this.session.agreement(differences).records(this.operation.response, wanted, { where: `in ${dialect.name}`, record: compared.record });
    return differences.all;
  }

  callName(method: Method, dialect: Dialect): string {
    return `${method} ${this.#path} as ${dialect.name}`;
  }
  get json(): Dialect {
    return this.#dialects[0] as Dialect;
  }
  tell(method: Method, dialect: Dialect, differences: readonly Difference[]): void {
    this.session.report(this.name, this.callName(method, dialect), differences);
  }

  /** Asks in a format and compares the answer with the contract, its own members with each other included. */
  async ask(method: Method, dialect: Dialect, body?: string): Promise<Compared> {
    const headers = { accept: dialect.mediaType, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const asked: Asked = { method, path: this.#target, headers, ...(body === undefined ? {} : { body }) };
    const answer = await this.session.ask(this.name, this.callName(method, dialect), asked);
    const compared = this.session.compare(answer, { dto: this.operation.response, dialect });
    if (compared.record !== undefined) {
      counts(compared.record, compared.differences);
      computed(this.operation.response, compared.record, compared.differences, '');
    }
    return compared;
  }
}

/** The same member is told once, by the contract rather than by the other format. */
export function merge(first: readonly Difference[], second: readonly Difference[]): readonly Difference[] {
  const told = new Set(first.map(({ path }) => path));
  return [...first, ...second.filter(({ path }) => !told.has(path))];
}

/** `TotalConnections` counts `Connections`: a total goes by the name of its list. No page is asked for here, so both agree. */
function counts(record: ReadRecord, differences: Differences): void {
  for (const [name, list] of Object.entries(record)) {
    const total = record[`Total${name}`];
    if (Array.isArray(list) && typeof total === 'string' && Number(total) !== list.length) {
      differences.add(`Total${name}`, 'value', `${list.length}, the length of ${name}`, total);
    }
  }
}

/** A get-only member follows from the others. */
function computed(dto: Dto, record: ReadRecord, differences: Differences, path: string): void {
  for (const { name, field } of dto.members) {
    const { compute, of, item } = field.facts;
    const value = record[name];
    const where = within(path, name);
    if (compute !== undefined && typeof value === 'string') {
      const wanted = String((compute as (record: ReadRecord) => unknown)(neutral(dto, record)));
      if (value.toLowerCase() !== wanted) differences.add(where, 'value', wanted, value);
    }
    const inner = of?.() ?? item?.facts.of?.();
    const children = Array.isArray(value) ? value : [value];
    for (const child of children) {
      if (inner !== undefined && typeof child === 'object' && child !== null && !Array.isArray(child)) {
        computed(inner, child as ReadRecord, differences, Array.isArray(value) ? `${where}[]` : where);
      }
    }
  }
}

/** Guids in their neutral form, for functions of the contract. */
const neutral = (dto: Dto, record: ReadRecord): ReadRecord =>
  Object.fromEntries(
    dto.members.map(({ name, field }) => {
      const value = record[name];
      const isGuid = field.facts.type === 'guid' && typeof value === 'string';
      return [name, isGuid ? value.replace(/^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/, '$1-$2-$3-$4-$5') : value];
    }),
  );
