/** The calls of one LogiSense resource: how each is written, sent and compared. */
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import { disagreements } from '../compare/agreement.ts';
import { compareAnswer, type Expectation } from '../compare/answer.ts';
import type { Difference } from '../compare/finding.ts';
import { isRecord, type RecordValue, type Value } from '../compare/record-value.ts';
import type { Asker, Call } from '../run/asker.ts';
import type { Answered } from '../run/check.ts';
import { compareSuccess } from './compare.ts';
import { itemOf } from './expectations.ts';
import { json } from './format.ts';
import type { ResourceOperations } from './write-results.ts';

export interface CallOptions {
  readonly id?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value that is sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly isAnonymous?: boolean;
  /** What the report calls it. */
  readonly purpose?: string;
  /** See `Strictness`. */
  readonly optionalChildren?: RegExp;
}

export class ResourceCalls {
  readonly operations: ResourceOperations;
  readonly asker: Asker;
  readonly #api: string;

  constructor(api: string, operations: ResourceOperations, asker: Asker) {
    this.#api = api;
    this.operations = operations;
    this.asker = asker;
  }

  /** `logisense.Contact.get` */
  nameOf(operation: RestOperation): string {
    return `${this.#api}.${operation.name}`;
  }

  async success(operation: RestOperation, options: CallOptions = {}): Promise<Answered> {
    const { asker } = this;
    const { id, optionalChildren } = options;
    const strictness = { nulls: asker.nulls, ...(optionalChildren === undefined ? {} : { optionalChildren }) };
    return asker.ask(this.#call(operation, options), (exchange) => compareSuccess(operation, exchange, id, strictness, asker.references));
  }

  async failure(operation: RestOperation, expected: Expectation, options: CallOptions): Promise<Answered> {
    return this.asker.ask(this.#call(operation, options), ({ response }) => compareAnswer(response, expected));
  }

  /** Where what an answer shows of a record is not what was read of it. */
  between(read: RecordValue, shown: RecordValue, path: string): readonly Difference[] {
    const { get } = this.operations;
    if (get === undefined) return [];
    return disagreements(
      itemOf(get.response),
      { where: `in ${get.name}`, record: read },
      { where: 'here', record: shown },
      this.asker,
      path,
    );
  }

  #call(operation: RestOperation, { id, headers, body, isAnonymous, purpose }: CallOptions): Call {
    const method = operation.methods[0] ?? 'GET';
    const target = operation.path.replace('{id}', encodeURIComponent(id ?? ''));
    const asked = headers?.['Pagination'];
    return {
      operation: this.nameOf(operation),
      name: `${method} ${operation.path}${purpose === undefined ? '' : `: ${purpose}`}`,
      call: `${method} ${target}${asked === undefined ? '' : ` Pagination: ${asked}`}`,
      method,
      target,
      headers: { accept: json.mediaType, ...headers, ...(body === undefined ? {} : { 'content-type': json.mediaType }) },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      isAnonymous,
    };
  }
}

export const identityOf = (record: Value): string | undefined => {
  const identity = isRecord(record) ? record['identity'] : undefined;
  return typeof identity === 'string' ? identity : undefined;
};
