/** What a ServiceStack operation answers: its response, or an error in its own type or in `ErrorResponse` (servicestack.md §4.1). */
import type { Member } from '../../contract/dto.ts';
import { ErrorResponse } from '../../protocols/servicestack/answer/response-status.ts';
import { errorType, type ServiceOperation } from '../../protocols/servicestack/operation.ts';
import type { Compared, ExpectedBody, Expectation } from '../compare/answer.ts';
import type { AnswerFormat } from '../compare/answer-format.ts';
import type { Nulls } from '../compare/comparison.ts';
import { isNothing, isRecord, showValue, valueAt } from '../compare/record-value.ts';

const OK = 200;
const STATUS = 'ResponseStatus';
const NO_BODY = undefined;
const isContent = ({ field }: Member): boolean => field.facts.of?.().isDataContract !== true;
const isStatus = ({ name }: Member): boolean => name === STATUS;

export const success = ({ response }: ServiceOperation, format: AnswerFormat, nulls: Nulls): Expectation => ({
  status: OK,
  body: { format, dtos: [response], isContent, nulls },
});

/** OPTIONS and HEAD. */
export const empty: Expectation = { status: OK, body: NO_BODY };

/** Nobody is signed in: no body, whatever the format (servicestack.md §12 E9). */
export const unauthorized: Expectation = { status: 401, body: NO_BODY };

/** Raised before the service is asked: a value or a body that cannot be read (servicestack.md §2.4). */
export const unbound = (format: AnswerFormat): Expectation => ({ status: 400, body: errorBody(format, [ErrorResponse]) });

/** Raised by the service. */
export const failed = (operation: ServiceOperation, format: AnswerFormat, status: number): Expectation => ({
  status,
  body: errorBody(format, [errorType(operation)]),
});

/** Raised by whomever. */
export const anyError = ({ errorResponse, response }: ServiceOperation, format: AnswerFormat, status: number): Expectation => ({
  status,
  body: errorBody(format, errorResponse === 'typed' ? [response, ErrorResponse] : [ErrorResponse]),
});

/** Everything in an error is as on the wire, placeholders or not. */
const errorBody = (format: AnswerFormat, dtos: ExpectedBody['dtos']): ExpectedBody => ({
  format,
  dtos,
  isContent: isStatus,
  nulls: 'wire',
});

/** An error says what is wrong, by name and in words. */
export function compareError({ record, differences }: Compared): void {
  if (record === undefined || differences.isReported(STATUS)) return;
  const status = record[STATUS];
  if (isNothing(status)) differences.add(STATUS, 'missing', `a ${STATUS}`, showValue(status));
  if (!isRecord(status)) return;
  for (const member of ['ErrorCode', 'Message']) {
    const text = valueAt(status, member);
    if (isNothing(text) || text === '') differences.add(`${STATUS}.${member}`, 'missing', 'a text', showValue(text));
  }
}
