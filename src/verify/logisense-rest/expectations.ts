/** What a LogiSense end point answers: one of five envelopes (logisense.md §13), or ASP.NET's own words. */
import { type Dto, dto } from '../../contract/dto.ts';
import { string } from '../../contract/field.ts';
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import type { ExpectedBody, Expectation } from '../compare/answer.ts';
import type { Nulls } from '../compare/comparison.ts';
import type { ExchangeRequest } from '../exchange.ts';
import { json } from './format.ts';

const OK = 200;
const isContent: ExpectedBody['isContent'] = ({ name }) => name !== 'pagination';

/** What ASP.NET answers where no controller was reached: wrong route, nobody signed in, a crash. */
const FrameworkError = dto('FrameworkError', {}, { message: string('What is wrong.') });

export interface SuccessOptions {
  readonly nulls: Nulls;
  /** Where few records are asked for, which may happen to have none of some children. */
  readonly optionalChildren?: RegExp;
  /** In place of the documented message: further ways in which the same is said. */
  readonly dtos?: ExpectedBody['dtos'];
  readonly alternatives?: ReadonlySet<string>;
}

export const success = (operation: RestOperation, { nulls, optionalChildren, dtos, alternatives }: SuccessOptions): Expectation => ({
  status: OK,
  body: {
    format: json,
    dtos: dtos ?? [operation.response],
    isContent,
    nulls,
    optionalChildren,
    alternatives: alternatives ?? alternativesOf(operation),
  },
});

/** The API's own errors: all that is wrong, by number and in words. */
export const refused = ({ error }: RestOperation, status: number): Expectation => ({ status, body: errorBody([error]) });
export const framework = (status: number): Expectation => ({ status, body: errorBody([FrameworkError]) });
export const anyError = ({ error }: RestOperation, status: number): Expectation => ({ status, body: errorBody([error, FrameworkError]) });

const errorBody = (dtos: ExpectedBody['dtos']): ExpectedBody => ({ format: json, dtos, isContent, nulls: 'placeholder' });

/** A header whose value is a JSON object (logisense.md §3). */
export function jsonHeader({ headers }: ExchangeRequest, name: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(headers[name.toLowerCase()] ?? '') as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** The DTO of the records in an answer: below `items` or `instance`. */
export function itemOf(response: Dto): Dto {
  for (const { name, field } of response.members) {
    const inner = field.facts.of?.() ?? field.facts.item?.facts.of?.();
    if (inner !== undefined && name !== 'pagination') return name === 'items' || name === 'instance' ? inner : itemOf(inner);
  }
  return response;
}

/** Members that only some kinds of result items have (a row, a link, the rows behind a key): not in every documented item. */
export function alternativesOf({ sample, response }: RestOperation): ReadonlySet<string> {
  const items = (sample.response as { results?: { items?: readonly object[] } }).results?.items ?? [];
  const names = itemOf(response).members.map(({ name }) => name);
  return new Set(names.filter((name) => !items.every((item) => name in item)));
}
