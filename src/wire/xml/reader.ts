/**
 * XML as .NET's DataContractSerializer reads it (servicestack.md §3.5): strict about form, names, namespaces and order, and
 * silent about what it does not know: an element that comes late, or under another name, is passed over.
 */
import type { Dto, Member } from '../../contract/dto.ts';
import { everyScalar, type Field, type FieldType, isScalar } from '../../contract/field.ts';
import { CLR, clrEnumName, clrName } from '../values/clr.ts';
import { DecodeError } from '../error.ts';
import type { Message, Reading } from '../reading.ts';
import { MAX_DEPTH } from '../writer.ts';
import { ARRAYS, itemName, xmlMembers } from './writer.ts';
import { readXmlBoolean, readXmlInt, readXmlScalar } from './scalar-reader.ts';
import { Pace } from '../pace.ts';
import type { Work } from '../../work.ts';
import { INSTANCE, parsingXml, type XmlElement, XmlError } from './tree.ts';

const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';

interface Marks {
  isNil: boolean;
  id: boolean;
  ref: string | undefined;
}

/** Attributes that the serializer looks at. */
function marks({ attributes }: XmlElement): Marks {
  const found: Marks = { isNil: false, id: false, ref: undefined };
  for (const { name, ns, value } of attributes) {
    if (ns === INSTANCE && name === 'nil') found.isNil = readXmlBoolean(value);
    else if (ns === SERIALIZATION && name === 'Size') readXmlInt(value);
    else if (ns === SERIALIZATION && name === 'Id') found.id = true;
    else if (ns === SERIALIZATION && name === 'Ref') found.ref = value;
  }
  return found;
}

const isNamed = (element: XmlElement, name: string, ns: string): boolean => element.name === name && element.ns === ns;

/** The elements in one; the serializer looks at the attributes of each, and at no text between them. */
function* elementsOf({ content }: XmlElement): Generator<XmlElement> {
  for (const node of content) {
    if (typeof node !== 'string') yield node;
    else if (/[^ \t\r\n]/.test(node)) throw new DecodeError("Expecting state 'Element'.. Encountered 'Text'  with name '', namespace ''.");
  }
}

/** What a scalar's text means; an element behind it comes to light when the text is read. */
function contentOf<T>({ name, ns, content }: XmlElement, read: (text: string) => T): T {
  const child = content.find((node) => typeof node !== 'string');
  const value = read((child === undefined ? content : content.slice(0, content.indexOf(child))).join(''));
  if (child !== undefined)
    throw new XmlError(
      `End element '${name}' from namespace '${ns}' expected. Found element '${child.name}' from namespace '${child.ns}'.`,
    );
  return value;
}

type Read = (element: XmlElement, field: Field, owner: Dto, reading: Reading, depth: number) => Work<unknown>;

const isValueType = (type: FieldType): boolean => isScalar(type) && type !== 'string';
const typeName = (field: Field, owner: Dto): string =>
  field.facts.type === 'enum' ? clrEnumName(field, owner) : `System.${CLR[field.facts.type].name}`;

const scalar = (element: XmlElement, field: Field, owner: Dto, reading: Reading): unknown =>
  isNil(element, field, owner) ? null : contentOf(element, (text) => readXmlScalar(text, field, owner, reading));

/** What has parts. */
const NESTED: Partial<Record<FieldType, Read>> = {
  object: (element, { facts }, _, reading, depth) => object(element, facts.of!(), reading, depth + 1),
  list: (element, { facts }, owner, reading, depth) => {
    const item = facts.item!;
    return items(element, itemName(item), item.facts.of?.().ns ?? ARRAYS, reading, (one) => value(one, item, owner, reading, depth));
  },
  *map(element, _, __, reading) {
    return Object.fromEntries(yield* items(element, 'KeyValueOfstringstring', ARRAYS, reading, entry));
  },
};

/** Items of a name; others are passed over. */
function* items<T>(element: XmlElement, name: string, ns: string, reading: Reading, read: (item: XmlElement) => Work<T>): Work<T[]> {
  const found: T[] = [];
  const pace = new Pace();
  for (const child of elementsOf(element)) {
    if (isNamed(child, name, ns)) {
      reading.count();
      found.push(yield* read(child));
    } else marks(child);
    if (pace.isOver(child.content.length * PART)) yield;
  }
  return found;
}

/** What each part of an item counts for. */
const PART = 64;

const ENTRY = ['Key', 'Value'] as const;

/** A map's entry: both members are required, unlike those of any class of ours. */
function* entry(element: XmlElement): Work<[string, string | null]> {
  const found: [string, string | null] = ['', null];
  let next = 0;
  for (const child of elementsOf(element)) {
    const { isNil } = marks(child);
    const index = ENTRY.findIndex((name, at) => at >= next && isNamed(child, name, ARRAYS));
    if (index > next) throw missing(child, ENTRY[next]!);
    if (index < 0) continue;
    if (!isNil) found[index] = contentOf(child, (text) => text);
    next = index + 1;
  }
  if (next < ENTRY.length) throw missing(element, ENTRY[next]!);
  return found;
}
const missing = ({ name, ns }: XmlElement, member: string): DecodeError =>
  new DecodeError(`'Element' '${name}' from namespace '${ns}' is not expected. Expecting element '${member}'.`);

/** Looks at an element's attributes: whether it says that there is no value. */
function isNil(element: XmlElement, field: Field, owner: Dto): boolean {
  const { type, isNullable } = field.facts;
  const { isNil: isNothing, id, ref } = marks(element);
  if (isNothing) {
    if (isValueType(type) && !isNullable) throw new DecodeError(`ValueType '${typeName(field, owner)}' cannot be null.`);
    return true;
  }
  if (isValueType(type)) {
    if (ref !== undefined) throw new DecodeError(`ValueType '${typeName(field, owner)}' cannot have ref to another object.`);
    if (id) throw new DecodeError(`ValueType '${typeName(field, owner)}' cannot have id.`);
  } else if (ref !== undefined) throw new DecodeError(`Deserialized object with reference id '${ref}' not found in stream.`);
  assertType(element, CONTRACTS[type](field, owner));
  return false;
}

/** One element's value. */
function* value(element: XmlElement, field: Field, owner: Dto, reading: Reading, depth: number): Work<unknown> {
  const nested = NESTED[field.facts.type];
  if (nested === undefined) return scalar(element, field, owner, reading);
  return isNil(element, field, owner) ? null : yield* nested(element, field, owner, reading, depth);
}

type Contract = Pick<Dto, 'name' | 'ns'>;
/** What `i:type` may say of a type of member; simple types do not look at it. */
const CONTRACTS: Record<FieldType, (field: Field, owner: Dto) => Contract | undefined> = {
  ...everyScalar(() => undefined),
  enum: ({ facts }, { ns }) => ({ name: facts.enumeration!.name, ns }),
  object: ({ facts }) => facts.of!(),
  list: ({ facts }) => ({ name: `ArrayOf${itemName(facts.item!)}`, ns: facts.item!.facts.of?.().ns ?? ARRAYS }),
  map: () => ({ name: 'ArrayOfKeyValueOfstringstring', ns: ARRAYS }),
};

/** `i:type` must name the type that is expected; no other is known. */
function assertType({ name, ns, type }: XmlElement, contract: Contract | undefined): void {
  if (type === undefined || contract === undefined || (type.name === contract.name && type.ns === contract.ns)) return;
  throw new DecodeError(
    `Element '${ns}:${name}' contains data of the '${type.ns}:${type.name}' data contract. The deserializer has no knowledge of any type that maps to this contract. Add the type corresponding to '${type.name}' to the list of known types - for example, by using the KnownTypeAttribute attribute or by adding it to the list of known types passed to DataContractSerializer.`,
  );
}

const memberOrders = new WeakMap<Dto, ReadonlyMap<string, readonly [order: number, Member]>>();
/** Members by name, with their places in the order of XML. */
function membersOf(dto: Dto): ReadonlyMap<string, readonly [order: number, Member]> {
  let members = memberOrders.get(dto);
  if (members === undefined)
    memberOrders.set(dto, (members = new Map(xmlMembers(dto).map((member, order) => [member.name, [order, member]]))));
  return members;
}

function* object(element: XmlElement, dto: Dto, reading: Reading, depth = 0): Work<Message> {
  if (depth > MAX_DEPTH) throw new DecodeError(`Nested more than ${MAX_DEPTH} deep`);
  const record = reading.blank(dto);
  const members = membersOf(dto);
  let last = -1;
  for (const child of elementsOf(element)) {
    const [order = -1, member] = members.get(child.name) ?? [];
    const isOwn = child.ns === member?.owner.ns;
    if (member === undefined || order <= last || !isOwn) {
      marks(child);
      reading.passOver(dto, child.name, member === undefined ? 'unknown' : isOwn ? 'late' : 'namespace');
    } else {
      const { name, field, owner } = member;
      const isSimple = isScalar(field.facts.type);
      reading.set(record, name, isSimple ? scalar(child, field, owner, reading) : yield* value(child, field, owner, reading, depth));
      last = order;
    }
  }
  return reading.complete(dto, record);
}

/** Reads a document's root; the errors of form get the type's name before them. */
function* read<T>(body: string | Uint8Array, name: string, ns: string, type: string, content: (root: XmlElement) => Work<T>): Work<T> {
  try {
    const root = yield* parsingXml(body);
    if (!isNamed(root, name, ns))
      throw new DecodeError(
        `Expecting element '${name}' from namespace '${ns}'.. Encountered 'Element'  with name '${root.name}', namespace '${root.ns}'.`,
      );
    return yield* content(root);
  } catch (error) {
    if (error instanceof XmlError) throw new DecodeError(`There was an error deserializing the object of type ${type}. ${error.message}`);
    throw error;
  }
}

/** A message; null where the root says `i:nil`. */
export const readXml = (body: string | Uint8Array, dto: Dto, reading: Reading): Work<Message | null> =>
  read(body, dto.name, dto.ns, clrName(dto), function* (root) {
    if (marks(root).isNil) return null;
    assertType(root, dto);
    return yield* object(root, dto, reading);
  });

/** The messages of a batch: an array of the type. */
export const readXmlList = (body: string | Uint8Array, dto: Dto, reading: Reading): Work<(Message | null)[]> =>
  read(body, `ArrayOf${dto.name}`, dto.ns, `${clrName(dto)}[]`, (root) =>
    items(root, dto.name, dto.ns, reading, function* (item) {
      return marks(item).isNil ? null : yield* object(item, dto, reading);
    }),
  );
