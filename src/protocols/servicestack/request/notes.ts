/** What a request sent and nobody read: the first few, told after what went wrong, and where nothing did. */
import type { Dto } from '../../../contract/dto.ts';
import type { Explanation } from '../../../http/message.ts';
import { nearest, suggest } from '../../../mock-error.ts';
import type { PassedOver } from '../../../wire/reading.ts';
import type { Call } from '../../protocol.ts';
import { cut, explain, explanationOf } from '../explain.ts';

/** How a body names its type; the framework reads no other. */
const TYPES = ['application/json', 'application/xml', 'text/jsv', 'text/csv', 'text/jsonl', 'application/x-www-form-urlencoded'];

export class Notes {
  // By what they are about: the same, sent twice, is told once.
  readonly #notes = new Map<string, Explanation>();

  #add(key: string, make: () => Explanation): void {
    if (this.#notes.size < MAX_NOTES && !this.#notes.has(key)) this.#notes.set(key, make());
  }

  tell(call: Call): void {
    for (const note of this.#notes.values()) explain(call, note);
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
      message: `The part "${cut(name)}" is not a field and was passed over: a field is form-data with a name and without filename.`,
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
