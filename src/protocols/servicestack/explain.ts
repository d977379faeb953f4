/** Why a call failed, in plain words for the journal; the answer's body stays as the service writes it. */
import type { Dto } from '../../contract/dto.ts';
import type { FieldType } from '../../contract/field.ts';
import type { Explanation } from '../../http/message.ts';
import { nearest, suggest } from '../../mock-error.ts';
import type { PassedOver } from '../../wire/reading.ts';
import type { Call } from '../protocol.ts';
import type { FrameworkError } from './answer/failure.ts';

export function explain(call: Call, explanation: Explanation): void {
  call.explanations ??= [];
  call.explanations.push(explanation);
}

/** What a kind accepts in path, query and form. */
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

function explanationOf(dto: Dto, member: string, value: string): Explanation {
  const facts = dto.member[member]?.field.facts;
  const kind = facts?.type ?? 'string';
  const names = facts?.enumeration === undefined ? '' : ` (${facts.enumeration.values.join(', ')})`;
  return {
    message: `${member} cannot be read from "${cut(value)}": it takes ${ACCEPTED[kind]}${names}.`,
    member,
    rule: `${kind}: ${ACCEPTED[kind]}${names}`,
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

/** How a body names its type; the framework reads no other. */
const TYPES = ['application/json', 'application/xml', 'text/jsv', 'text/csv', 'text/jsonl', 'application/x-www-form-urlencoded'];

/** What a request sent and nobody read: the first few, told after what went wrong, and where nothing did. */
export class Notes {
  readonly #notes: Explanation[] = [];
  readonly #known = new Set<string>();

  /** The same, told twice, is told once. */
  #add(key: string, make: () => Explanation): void {
    if (this.#notes.length >= MAX_NOTES || this.#known.has(key)) return;
    this.#known.add(key);
    this.#notes.push(make());
  }

  tell(call: Call): void {
    for (const note of this.#notes) explain(call, note);
  }

  bodyUntyped(contentType: string | undefined): void {
    const what = contentType ? `its type ${cut(contentType)} is none that the framework reads` : 'it has no Content-Type';
    this.#add('body', () => ({
      message: `The body was not read: ${what}. ${suggest(contentType, TYPES, `Send one of ${TYPES.join(', ')}.`, String)}`,
      rule: 'a Content-Type that the framework reads',
      value: contentType ?? null,
      nearest: contentType === undefined ? undefined : nearest(contentType, TYPES),
    }));
  }

  bodyUnread(reason: string): void {
    this.#add('body', () => ({ message: `The body was not read: ${reason}`, rule: 'a body' }));
  }

  formUnread(reason: string): void {
    this.#add('form', () => ({ message: `The form was not read: ${reason}`, rule: 'a form' }));
  }

  part(name: string): void {
    this.#add(`part ${name}`, () => ({
      message: `The part "${cut(name)}" is no field and was passed over: a field is form-data with a name and without filename.`,
      member: cut(name),
      rule: 'Content-Disposition: form-data; name="…"',
    }));
  }

  parameter(dto: Dto, name: string): void {
    this.#add(`parameter ${name}`, () => unknownName(dto, cut(name)));
  }

  /** What a body held and no member took. */
  passedOver(all: readonly PassedOver[]): void {
    for (const { dto, name, why, text } of all) this.#add(`${dto.name} ${name} ${why}`, () => PASSED_OVER[why](dto, name, text));
  }
}

const MAX_NOTES = 5;
const MAX_NAME = 100;
const cut = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name);

const PASSED_OVER: Record<PassedOver['why'], (dto: Dto, name: string, text: string) => Explanation> = {
  unknown: (dto, name) => unknownName(dto, name),
  unreadable: (dto, name, text) => ({
    ...explanationOf(dto, name, text),
    message: `${explanationOf(dto, name, text).message} It keeps its default.`,
  }),
  late: (dto, name) => ({
    message: `${name} came behind its place and was passed over: XML has a base class's members first, then the others by name, as the documented sample does.`,
    member: name,
    rule: 'the order of members in XML',
    contract: `${dto.name}.${name}`,
  }),
  namespace: (dto, name) => ({
    message: `${name} is in another namespace than its class and was passed over: give it xmlns="${dto.member[name]?.owner.ns}".`,
    member: name,
    rule: 'the namespace of a member in XML',
    contract: `${dto.name}.${name}`,
  }),
};

function unknownName(dto: Dto, name: string): Explanation {
  const names = dto.members.map((member) => member.name);
  const some = names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
  return {
    message: `${dto.name} has no member "${name}"; it was passed over. ${suggest(name, names, `It has ${some}.`, String)}`,
    member: name,
    rule: `a member of ${dto.name}`,
    nearest: nearest(name, names),
    contract: dto.name,
  };
}

export function explainBody(call: Call, dto: Dto, contentType: string, reason: string): void {
  explain(call, {
    message: `The body cannot be read as ${contentType} for ${dto.name}: ${reason}`,
    rule: `a ${dto.name} in ${contentType}`,
    contract: dto.name,
  });
}
