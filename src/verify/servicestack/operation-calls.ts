/** The calls of one ServiceStack operation: how each is written, sent and compared. */
import type { Field } from '../../contract/field.ts';
import type { Method } from '../../contract/operation.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import { disagreements } from '../compare/agreement.ts';
import { compareAnswer, type Expectation } from '../compare/answer.ts';
import type { AnswerFormat } from '../compare/answer-format.ts';
import type { Difference } from '../compare/finding.ts';
import type { Asker, Call } from '../run/asker.ts';
import type { Answered } from '../run/check.ts';
import { pathMembers } from '../run/ids.ts';
import { compareFailure, compareSuccess, compareUnauthorized } from './compare.ts';
import type { ServiceFormats } from './formats.ts';

export interface CallOptions {
  /** JSON. */
  readonly body?: string;
  /** Beside what names the record. */
  readonly query?: Readonly<Record<string, string>>;
  /** In place of the known one. */
  readonly id?: string;
  readonly isAnonymous?: boolean;
  /** What the report calls it. */
  readonly purpose?: string;
}

/** Members of a request with their values as text. */
export type Values = ReadonlyMap<string, string>;

export class OperationCalls {
  /** `trendsic.ContactConnectionRequest` */
  readonly name: string;
  readonly operation: ServiceOperation;
  readonly formats: ServiceFormats;
  readonly asker: Asker;
  readonly #values: Values;

  constructor(name: string, operation: ServiceOperation, values: Values, formats: ServiceFormats, asker: Asker) {
    this.name = name;
    this.operation = operation;
    this.formats = formats;
    this.asker = asker;
    this.#values = values;
  }

  /** The member that names the record, where the path has one. */
  get key(): { readonly name: string; readonly field: Field; readonly value: string } | undefined {
    const name = pathMembers(this.operation)[0];
    const field = name === undefined ? undefined : this.operation.request.member[name]?.field;
    return name === undefined || field === undefined ? undefined : { name, field, value: this.#values.get(name) ?? '' };
  }

  async success(method: Method, format: AnswerFormat, options: CallOptions = {}): Promise<Answered> {
    return this.asker.ask(this.#call(method, format, options), (exchange) =>
      compareSuccess(this.operation, format, exchange, this.asker.nulls),
    );
  }

  async failure(method: Method, format: AnswerFormat, expected: Expectation, options: CallOptions): Promise<Answered> {
    return this.asker.ask(this.#call(method, format, options), ({ response }) => compareFailure(response, expected));
  }

  /** Without credentials. */
  async anonymous(method: Method, format: AnswerFormat): Promise<Answered> {
    const call = this.#call(method, format, { isAnonymous: true, purpose: 'without a sign-in' });
    return this.asker.ask(call, ({ response }) => compareUnauthorized(response));
  }

  /** OPTIONS and HEAD. */
  async bodiless(method: Method, expected: Expectation): Promise<Answered> {
    return this.asker.ask(this.#call(method, undefined, {}), ({ response }) => compareAnswer(response, expected));
  }

  /** Where two answers say different things. */
  between(wanted: Answered, found: Answered, where: string, here: string): readonly Difference[] {
    if (wanted.record === undefined || found.record === undefined) return [];
    return disagreements(this.operation.response, { where, record: wanted.record }, { where: here, record: found.record }, this.asker);
  }

  #call(method: Method, format: AnswerFormat | undefined, { body, query, id, isAnonymous, purpose }: CallOptions): Call {
    const { path } = this.operation;
    const inPath = pathMembers(this.operation);
    const filled = path.replace(/\{(\w+)\}/g, (_, member: string) => encodeURIComponent(id ?? this.#values.get(member) ?? ''));
    const rest = new Map([...this.#values].filter(([member]) => !inPath.includes(member)));
    for (const [member, value] of Object.entries(query ?? {})) rest.set(member, value);
    const text = [...rest].map(([member, value]) => `${member}=${encodeURIComponent(value)}`).join('&');
    const as = format === undefined ? '' : ` as ${format.name}`;
    const why = purpose === undefined ? '' : `: ${purpose}`;
    return {
      operation: this.name,
      name: `${method} ${path}${as}${why}`,
      call: `${method} ${filled}${as}`,
      method,
      target: text === '' ? filled : `${filled}?${text}`,
      headers: {
        ...(format === undefined ? {} : { accept: format.mediaType }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body,
      isAnonymous,
    };
  }
}
