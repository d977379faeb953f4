/** ServiceStack's own error types; every response of its services carries a `ResponseStatus`. */
import { dto, type Infer } from '../../../contract/dto.ts';
import { list, map, object, string } from '../../../contract/field.ts';

export const SERVICESTACK_TYPES = 'http://schemas.servicestack.net/types';
const own = { ns: SERVICESTACK_TYPES, isDataContract: true };

export const ResponseError = dto(
  'ResponseError',
  { ...own, doc: 'What is wrong with one member.' },
  {
    ErrorCode: string('Name of the rule that was broken.'),
    FieldName: string('The member that broke it.'),
    Message: string('The same in words.'),
    Meta: map('Anything else.').nullable(),
  },
);
export type ResponseError = Infer<typeof ResponseError>;

export const ResponseStatus = dto(
  'ResponseStatus',
  { ...own, doc: 'Why a call failed.' },
  {
    ErrorCode: string('Name of the exception, or of the first broken rule.'),
    Message: string('The same in words.').nullable(),
    StackTrace: string('Filled by services in debug mode only.').nullable(),
    Errors: list(
      object(() => ResponseError),
      'One entry for each member that is wrong.',
    ).nullable(),
    Meta: map('Anything else.').nullable(),
  },
);
export type ResponseStatus = Infer<typeof ResponseStatus>;

/** What wraps a `ResponseStatus` where no response of an operation can (servicestack.md §4.1). */
export const ErrorResponse = dto(
  'ErrorResponse',
  { ...own, doc: 'An error outside of any operation.' },
  {
    ResponseStatus: object(() => ResponseStatus),
  },
);
export type ErrorResponse = Infer<typeof ErrorResponse>;
