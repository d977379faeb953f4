/** Why a call failed, in plain words for the journal; the answer's body stays as the service writes it. */
import type { Dto } from '../../contract/dto.ts';
import type { FieldType } from '../../contract/field.ts';
import type { Explanation } from '../../http/message.ts';
import type { Call } from '../protocol.ts';
import type { FrameworkError } from './answer/failure.ts';

export function explain(call: Call, explanation: Explanation): void {
  call.explanations ??= [];
  call.explanations.push(explanation);
}

const MAX_TEXT = 100;
/** What a caller sent, as short as a sentence can hold it. */
export const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);

/** What a type accepts in path, query and form. */
const ACCEPTED: Record<FieldType, string> = {
  string: 'any text',
  int: 'a whole number from -2147483648 to 2147483647, without plus sign or decimals',
  long: 'a whole number of 64 bits, without plus sign or decimals',
  decimal: 'a number',
  double: 'a number',
  bool: 'true or false in any case, or one of 1 t T y Y on, 0 f F n N off',
  guid: '32 hexadecimal digits, with or without dashes',
  dateTime: 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z',
  enum: 'one of its names, or a number',
  object: 'an object in JSV or JSON',
  list: 'a list in JSV or JSON',
  map: 'an object in JSV or JSON',
};

export function explainParameter(call: Call, dto: Dto, member: string, value: string): void {
  explain(call, explanationOf(dto, member, value));
}

/** Why a value is none of its member's type. */
export function explanationOf(dto: Dto, member: string, value: string): Explanation {
  const facts = dto.member[member]?.field.facts;
  const type = facts?.type ?? 'string';
  const names = facts?.enumeration === undefined ? '' : ` (${facts.enumeration.values.join(', ')})`;
  return {
    message: `${member} cannot be read from "${cut(value)}": it takes ${ACCEPTED[type]}${names}.`,
    member,
    rule: `${type}: ${ACCEPTED[type]}${names}`,
    value,
    contract: `${dto.name}.${member}`,
  };
}

/** Why a form cannot be read, above all the commonest mistake: a Content-Type that was set by hand. */
export function explainForm(call: Call, { message }: FrameworkError): void {
  const value = call.inbound.header('content-type');
  const isBoundary = message.includes('content-type boundary');
  explain(call, {
    message: isBoundary
      ? 'The Content-Type names no boundary, so the parts cannot be told apart. Do not set it by hand: fetch, axios and XMLHttpRequest set it, boundary included, when the body is a FormData.'
      : `The form cannot be read: ${message.trim()} Send it as FormData does: lines end in CRLF, each part has "Content-Disposition: form-data; name=…", the last boundary ends in two dashes.`,
    rule: isBoundary ? 'multipart/form-data; boundary=…' : 'a form',
    value,
  });
}

export function explainBody(call: Call, dto: Dto, contentType: string, reason: string): void {
  explain(call, {
    message: `The body cannot be read as ${contentType} for ${dto.name}: ${reason}`,
    rule: `a ${dto.name} in ${contentType}`,
    contract: dto.name,
  });
}
