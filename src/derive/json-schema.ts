/** JSON Schema of messages, as OpenAPI 3.1 takes it: one component for each DTO and use, with the names of its XML. */
import type { Dto, Member } from '../contract/dto.ts';
import type { Field, FieldType } from '../contract/field.ts';
import { itemName } from '../wire/xml/writer.ts';
import { referredDto, referredEnumeration } from './metadata.ts';

export type Schema = Readonly<Record<string, unknown>>;
/** `read`: what an answer holds. `write`: what a caller may send, where nothing is required and other forms are taken as well. */
export type Use = 'read' | 'write';

/** How one protocol's JSON looks. */
export interface SchemaRules {
  guid(field: Field, use: Use): Schema;
  dateTime(use: Use): Schema;
  /** Every answer has the member, whatever its value. */
  isAlwaysThere(field: Field, owner: Dto): boolean;
  canBeNull(field: Field): boolean;
}

export class Schemas {
  readonly components: Record<string, Schema> = {};
  readonly #rules: SchemaRules;
  readonly #readable: ReadonlySet<string>;

  /** `answers`: the messages that callers get; what is sent and got alike has a component for each use. */
  constructor(rules: SchemaRules, answers: Iterable<Dto>) {
    this.#rules = rules;
    this.#readable = new Set([...answers].flatMap((answer) => [...reachable(answer)]).map(({ name }) => name));
  }

  /** A reference to a message. */
  message(dto: Dto, use: Use): Schema {
    const name = use === 'write' && this.#readable.has(dto.name) ? `${dto.name}Input` : dto.name;
    if (!Object.hasOwn(this.components, name)) {
      // Taken before it is filled: a message may contain itself.
      this.components[name] = {};
      this.components[name] = this.#object(dto, use);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** The value of a member or of a parameter, without its name. */
  value(field: Field, use: Use): Schema {
    return this.#byType[field.facts.type](field, use);
  }

  readonly #byType: Record<FieldType, (field: Field, use: Use) => Schema> = {
    string: () => ({ type: 'string' }),
    int: () => ({ type: 'integer', format: 'int32' }),
    long: () => ({ type: 'integer', format: 'int64' }),
    decimal: () => ({ type: 'number' }),
    double: () => ({ type: 'number', format: 'double' }),
    bool: () => ({ type: 'boolean' }),
    guid: (field, use) => this.#rules.guid(field, use),
    dateTime: (_, use) => this.#rules.dateTime(use),
    enum: (field) => this.#enumeration(field),
    object: ({ facts }, use) => this.message(facts.of!(), use),
    list: ({ facts }, use) => {
      const item = facts.item!;
      const namespace = item.facts.of?.().ns ?? '';
      const xml = { xml: { name: itemName(item), ...(namespace === '' ? {} : { namespace }) } };
      return { type: 'array', items: { ...this.value(item, use), ...(namespace === '' ? {} : xml) } };
    },
    map: () => ({ type: 'object', additionalProperties: { type: 'string' } }),
  };

  /** By name: a caller may send numbers as well, but generated clients stumble over a union of types. */
  #enumeration({ facts }: Field): Schema {
    const { name, values } = facts.enumeration!;
    this.components[name] ??= { type: 'string', enum: values };
    return { $ref: `#/components/schemas/${name}` };
  }

  #object(dto: Dto, use: Use): Schema {
    const members = dto.members.filter(({ field }) => use === 'read' || (!field.facts.isReadOnly && field.facts.compute === undefined));
    const required =
      use === 'read' ? members.filter(({ field, owner }) => this.#rules.isAlwaysThere(field, owner)).map(({ name }) => name) : [];
    return {
      type: 'object',
      ...(dto.doc === '' ? {} : { description: dto.doc }),
      properties: Object.fromEntries(members.map((member) => [member.name, this.#property(member, use)])),
      ...(required.length === 0 ? {} : { required }),
      ...(dto.ns === '' ? {} : { xml: { name: dto.name, namespace: dto.ns } }),
    };
  }

  #property({ field, owner }: Member, use: Use): Schema {
    const { facts } = field;
    const value = this.value(field, use);
    return {
      ...(this.#rules.canBeNull(field) ? orNull(value) : value),
      ...(facts.doc === '' ? {} : { description: facts.doc }),
      ...(facts.isReadOnly || facts.compute !== undefined ? { readOnly: true } : {}),
      ...(owner.ns === '' ? {} : { xml: { ...(facts.type === 'list' ? { wrapped: true } : {}), namespace: owner.ns } }),
    };
  }
}

const orNull = (schema: Schema): Schema =>
  typeof schema['type'] === 'string' && schema['enum'] === undefined
    ? { ...schema, type: [schema['type'], 'null'] }
    : { anyOf: [schema, { type: 'null' }] };

function* reachable(dto: Dto, seen = new Set<string>()): Generator<Dto> {
  if (seen.has(dto.name)) return;
  seen.add(dto.name);
  yield dto;
  for (const { field } of dto.members) {
    const next = referredEnumeration(field) === undefined ? referredDto(field) : undefined;
    if (next !== undefined) yield* reachable(next, seen);
  }
}
