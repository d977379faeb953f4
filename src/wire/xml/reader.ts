/**
 * XML as .NET's DataContractSerializer reads it (servicestack.md §3.5): strict about form, names, namespaces and order, and
 * silent about what it does not know: an element that comes late, or under another name, is passed over.
 */
import type { Dto, Member } from '../../contract/dto.ts';
import type { Field, FieldType } from '../../contract/field.ts';
import { CLR, clrEnumName, clrName, isScalar, type Scalar } from '../values/clr.ts';
import { blank, completed } from '../compact-reader.ts';
import { DecodeError } from '../error.ts';
import { give } from '../given.ts';
import { MAX_DEPTH } from '../writer.ts';
import { ARRAYS, INSTANCE, itemName, xmlMembers } from './writer.ts';
import { utf8Bytes } from './encoding.ts';
import { readXmlBoolean, readXmlInt, readXmlScalar } from './scalar-reader.ts';
import { Cursor } from './cursor.ts';
import { XmlError } from './scanner.ts';
import { XmlTokens } from './tokens.ts';

const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';

interface Marks {
  isNil: boolean;
  id: boolean;
  ref: string | undefined;
  type: string | undefined;
}

/** Attributes that the serializer looks at. */
function marks({ attributes }: XmlTokens): Marks {
  const found: Marks = { isNil: false, id: false, ref: undefined, type: undefined };
  for (const { name, ns, value } of attributes) {
    if (ns === INSTANCE && name === 'nil') found.isNil = readXmlBoolean(value);
    else if (ns === INSTANCE && name === 'type') found.type = value;
    else if (ns === SERIALIZATION && name === 'Size') readXmlInt(value);
    else if (ns === SERIALIZATION && name === 'Id') found.id = true;
    else if (ns === SERIALIZATION && name === 'Ref') found.ref = value;
  }
  return found;
}

type Read = (cursor: Cursor, field: Field, owner: Dto, depth: number) => unknown;

const isValueType = (kind: FieldType): boolean => isScalar(kind) && kind !== 'string';
const typeName = (field: Field, owner: Dto): string =>
  field.facts.type === 'enum' ? clrEnumName(field, owner) : `System.${CLR[field.facts.type].name}`;

const scalar: Read = (cursor, field) => {
  const kind = field.facts.type as Scalar;
  return cursor.within(() => {
    const { isAtomic, value } = cursor.tokens;
    if (!isAtomic) return readXmlScalar(kind, cursor.text(), field, '');
    const found = readXmlScalar(kind, value, field, '');
    cursor.read();
    return found;
  });
};

/** Read as text first: what is wrong with the document behind it comes before what is wrong with the value. */
const textual: Read = (cursor, field, owner) => {
  const text = cursor.within(() => cursor.text());
  return readXmlScalar(field.facts.type as Scalar, text, field, clrEnumName(field, owner));
};

const READ: Record<FieldType, Read> = {
  string: scalar,
  int: scalar,
  long: scalar,
  decimal: scalar,
  double: scalar,
  bool: scalar,
  guid: textual,
  dateTime: scalar,
  enum: textual,
  object: (cursor, { facts }, _, depth) => object(cursor, facts.of!(), depth + 1),
  list: (cursor, { facts }, owner, depth) => items(cursor, facts.item!, owner, depth),
  map: (cursor) =>
    cursor.within(() => {
      const entries: Record<string, string | null> = {};
      each(cursor, 'KeyValueOfstringstring', ARRAYS, () => {
        const [key, value] = entry(cursor);
        Object.defineProperty(entries, key, { value, enumerable: true, configurable: true, writable: true });
      });
      return entries;
    }),
};

function items(cursor: Cursor, item: Field, owner: Dto, depth: number): unknown[] {
  return cursor.within(() => {
    const found: unknown[] = [];
    each(cursor, itemName(item), item.facts.of?.().ns ?? ARRAYS, () => found.push(value(cursor, item, owner, depth)));
    return found;
  });
}

/** Items of a name up to the end; others are passed over. */
function each(cursor: Cursor, name: string, ns: string, take: () => void): void {
  for (;;) {
    if (cursor.isStart(name, ns)) take();
    else if (cursor.isAtEnd) return;
    else passOver(cursor);
  }
}

function passOver(cursor: Cursor): void {
  if (cursor.tokens.type !== 'Element') throw cursor.unexpected("Expecting state 'Element'.");
  marks(cursor.tokens);
  cursor.skip();
}

const ENTRY = ['Key', 'Value'] as const;

/** A map's entry: both members are required, unlike those of any class of ours. */
function entry(cursor: Cursor): [string, string | null] {
  const found: [string, string | null] = ['', null];
  cursor.within(() => {
    let next = 0;
    while (memberAhead(cursor)) {
      const index = ENTRY.findIndex((name, at) => at >= next && cursor.isStart(name, ARRAYS));
      if (index < 0) {
        passOver(cursor);
        continue;
      }
      if (index > next) throw cursor.requires(ENTRY[next]!);
      const { isNil } = marks(cursor.tokens);
      if (isNil) cursor.skip();
      else found[index] = cursor.within(() => cursor.text());
      next = index + 1;
    }
    if (next < ENTRY.length) throw cursor.requires(ENTRY[next]!);
  });
  return found;
}

function memberAhead(cursor: Cursor): boolean {
  cursor.moveToContent();
  return !cursor.isAtEnd;
}

/** One element's value, with its attributes looked at. */
function value(cursor: Cursor, field: Field, owner: Dto, depth: number): unknown {
  const { type, isNullable } = field.facts;
  const { isNil, id, ref, type: instanceType } = marks(cursor.tokens);
  if (isNil) {
    cursor.skip();
    if (isValueType(type) && !isNullable) throw new DecodeError(`ValueType '${typeName(field, owner)}' cannot be null.`);
    return null;
  }
  if (isValueType(type)) {
    if (ref !== undefined) throw new DecodeError(`ValueType '${typeName(field, owner)}' cannot have ref to another object.`);
    if (id) throw new DecodeError(`ValueType '${typeName(field, owner)}' cannot have id.`);
  } else if (ref !== undefined) throw new DecodeError(`Deserialized object with reference id '${ref}' not found in stream.`);
  const contract = instanceType === undefined ? undefined : CONTRACTS[type](field, owner);
  if (instanceType !== undefined && contract !== undefined) assertType(cursor, contract, instanceType);
  return READ[type](cursor, field, owner, depth);
}

type Contract = Pick<Dto, 'name' | 'ns'>;
const simple = (): undefined => undefined;
/** What `i:type` may say of a kind; simple types do not look at it. */
const CONTRACTS: Record<FieldType, (field: Field, owner: Dto) => Contract | undefined> = {
  string: simple,
  int: simple,
  long: simple,
  decimal: simple,
  double: simple,
  bool: simple,
  guid: simple,
  dateTime: simple,
  enum: ({ facts }, { ns }) => ({ name: facts.enumeration!.name, ns }),
  object: ({ facts }) => facts.of!(),
  list: ({ facts }) => ({ name: `ArrayOf${itemName(facts.item!)}`, ns: facts.item!.facts.of?.().ns ?? ARRAYS }),
  map: () => ({ name: 'ArrayOfKeyValueOfstringstring', ns: ARRAYS }),
};

/** `i:type` must name the type that is expected; no other is known. */
function assertType(cursor: Cursor, contract: Contract, type: string): void {
  if (type === '') return;
  const [prefix, name] = type.includes(':') ? [type.slice(0, type.indexOf(':')), type.slice(type.indexOf(':') + 1)] : ['', type];
  const ns = cursor.tokens.lookup(prefix) ?? '';
  if (name === contract.name && ns === contract.ns) return;
  const { line, column } = cursor.tokens.position();
  throw new DecodeError(
    `Error in line ${line} position ${column}. Element '${cursor.tokens.ns}:${cursor.tokens.name}' contains data of the '${ns}:${name}' data contract. The deserializer has no knowledge of any type that maps to this contract. Add the type corresponding to '${name}' to the list of known types - for example, by using the KnownTypeAttribute attribute or by adding it to the list of known types passed to DataContractSerializer.`,
  );
}

const memberOrders = new WeakMap<Dto, readonly Member[]>();
function membersOf(dto: Dto): readonly Member[] {
  let members = memberOrders.get(dto);
  if (members === undefined) memberOrders.set(dto, (members = xmlMembers(dto)));
  return members;
}

function object(cursor: Cursor, dto: Dto, depth: number): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw new DecodeError(`Nested more than ${MAX_DEPTH} deep`);
  return cursor.within(() => {
    const record = blank(dto);
    const members = membersOf(dto);
    let next = 0;
    while (memberAhead(cursor)) {
      const index = members.findIndex(({ name, owner }, at) => at >= next && cursor.isStart(name, owner.ns));
      if (index < 0) {
        passOver(cursor);
        continue;
      }
      const { name, field, owner } = members[index]!;
      give(record, name, value(cursor, field, owner, depth));
      next = index + 1;
    }
    return completed(dto, record);
  });
}

/** Reads a document's root; the errors of form get the type's name before them. */
function read<T>(body: string | Uint8Array, name: string, ns: string, type: string, content: (cursor: Cursor) => T): T {
  const cursor = new Cursor(new XmlTokens(utf8Bytes(body)));
  try {
    if (!cursor.isStart(name, ns)) throw cursor.unexpected(`Expecting element '${name}' from namespace '${ns}'.`);
    return content(cursor);
  } catch (error) {
    if (error instanceof XmlError) throw new DecodeError(`There was an error deserializing the object of type ${type}. ${error.message}`);
    throw error;
  }
}

/** A message; null where the root says `i:nil`. */
export const readXml = (body: string | Uint8Array, dto: Dto): Record<string, unknown> | null =>
  read(body, dto.name, dto.ns, clrName(dto), (cursor) => {
    const { isNil, type } = marks(cursor.tokens);
    if (isNil) {
      cursor.skip();
      return null;
    }
    if (type !== undefined) assertType(cursor, dto, type);
    return object(cursor, dto, 0);
  });

/** The messages of a batch: an array of the type. */
export const readXmlList = (body: string | Uint8Array, dto: Dto): (Record<string, unknown> | null)[] =>
  read(body, `ArrayOf${dto.name}`, dto.ns, `${clrName(dto)}[]`, (cursor) =>
    cursor.within(() => {
      const found: (Record<string, unknown> | null)[] = [];
      each(cursor, dto.name, dto.ns, () => {
        const isNil = marks(cursor.tokens).isNil;
        if (isNil) cursor.skip();
        found.push(isNil ? null : object(cursor, dto, 0));
      });
      return found;
    }),
  );
