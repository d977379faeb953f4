import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { sample } from '../../src/derive/sample.ts';
import { decode, encode, EncodeError } from '../../src/index.ts';
import { encode as encodeDto } from '../../src/wire/codec.ts';
import { ContactResponse, profile } from '../../src/apis/trendsic/contract.ts';
import { type Dto, dto } from '../../src/contract/dto.ts';
import { double, map, object } from '../../src/contract/field.ts';
import { assertNeutral } from '../../src/wire/neutral.ts';
import { MAX_DEPTH } from '../../src/wire/writer.ts';

const CONTACTS = 'trendsic.ContactResponse';
const GUID = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const contact = (member: string, value: unknown): object => ({ Contact: [{ [member]: value }] });

describe('what is not a value of the type is refused in one line', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'null is not a ContactResponse; write an object.'],
    ['a number', 5, '5 is not a ContactResponse; write an object.'],
    ['a list', [], '[] is not a ContactResponse; write an object.'],
    ['a text', 'x', '"x" is not a ContactResponse; write an object.'],
    ['an unknown member', { Contacts: [] }, 'ContactResponse has no member "Contacts". Did you mean "Contact"?'],
    ['a member in another case', { contact: [] }, 'ContactResponse has no member "contact". Did you mean "Contact"?'],
    ['an unknown member of an item', contact('Nope', 1), 'ContactResponse.Contact[0] has no member "Nope".'],
    ['an object for a list', { Contact: {} }, 'ContactResponse.Contact: {} is not a valid value; write a list.'],
    ['a number for an item', { Contact: [5] }, 'ContactResponse.Contact[0]: 5 is not a valid value; write an object, a Contact.'],
    ['a list for an item', { Contact: [[]] }, 'ContactResponse.Contact[0]: [] is not a valid value; write an object, a Contact.'],
    ['a number for a text', contact('FirstName', 5), 'ContactResponse.Contact[0].FirstName: 5 is not a valid value; write text.'],
    ['a text for a number', contact('ContactId', '5'), 'ContactResponse.Contact[0].ContactId: "5" is not a valid value; write a whole'],
    ['a fraction', contact('ContactId', 5.5), 'write a whole number of 32 bits.'],
    ['a number of 33 bits', contact('ContactId', 2147483648), 'write a whole number of 32 bits.'],
    ['a number of 65 bits', contact('SchoolID', '9223372036854775808'), 'write a whole number of 64 bits, beyond 2^53 as text.'],
    ['a text with more than a number', contact('SchoolID', 'x5'), 'write a whole number of 64 bits'],
    ['a number with more than digits', contact('SchoolID', '5x'), 'write a whole number of 64 bits'],
    ['a fraction as text', contact('SchoolID', '1.5'), 'write a whole number of 64 bits'],
    ['a fraction of 64 bits', contact('SchoolID', 1.5), 'write a whole number of 64 bits'],
    ['a truth for 64 bits', contact('SchoolID', true), 'write a whole number of 64 bits'],
    ['no number for a decimal', contact('TotalDebtAmount', Number.NaN), 'write a number as text with its scale'],
    ['a truth for a decimal', contact('TotalDebtAmount', true), 'write a number as text with its scale'],
    ['letters behind a point', contact('TotalDebtAmount', '1.x'), 'write a number as text with its scale'],
    ['a word for a decimal', contact('TotalDebtAmount', '1e3'), 'write a number as text with its scale, such as "1.50".'],
    ['a word for a truth', contact('Active', 'true'), 'write true or false.'],
    ['a Guid without dashes', contact('ContactGUID', '7d4448409dc011d1b2455ffdce74fad2'), 'write a Guid with dashes.'],
    ['something before a Guid', contact('ContactGUID', `x${GUID}`), 'write a Guid with dashes.'],
    ['something behind a Guid', contact('ContactGUID', `${GUID}x`), 'write a Guid with dashes.'],
    ['a list that reads like a Guid', contact('ContactGUID', [GUID]), 'write a Guid with dashes.'],
    ['a list that reads like a date', contact('LastContact', ['2026-02-03T00:00:00']), 'write a date such as'],
    ['a word for a date', contact('LastContact', 'tomorrow'), 'write a date such as "2024-05-06T07:08:09", with Z for UTC.'],
    ['a day that does not exist', contact('LastContact', '2026-02-30T00:00:00'), 'write a date such as'],
    ['a number for a date', contact('LastContact', 1714979289000), 'write a date such as'],
    ['a long text for a number', contact('ContactId', 'x'.repeat(1000)), `"${'x'.repeat(59)}… is not a valid value`],
  ])('%s', (_, value, message) => {
    const encoding = (): unknown => encode(CONTACTS, value as object);
    expect(encoding).toThrow(EncodeError);
    expect(encoding).toThrow(message);
    expect(encoding).not.toThrow('\n');
  });
  test('a name of an enumeration, and none of it', () => {
    const sorted = (SortOrder: unknown): string => encode('canvara.GetConnectionsToContact', { SortOrder });
    expect(sorted('Descending')).toContain('"SortOrder":"Descending"');
    expect(sorted(1)).toContain('"SortOrder":"Descending"');
    expect(() => sorted('Sideways')).toThrow('"Sideways" is not a valid value; write one of Ascending, Descending, or a whole number.');
  });
});

test.each([
  ['SchoolID', '9007199254740993'],
  ['SchoolID', '-5'],
  ['SchoolID', -(2 ** 63)],
  ['TotalDebtAmount', '12'],
  ['TotalDebtAmount', '-12.50'],
  ['TotalDebtAmount', 12.5],
  ['ContactGUID', GUID.toUpperCase()],
])('%s takes %j', (member, value) => {
  expect(() => encode(CONTACTS, contact(member, value))).not.toThrow();
});

describe('a DTO of one’s own', () => {
  const Node: Dto = dto('Node', { ns: 'urn:a' }, { Next: object((): Dto => Node), Real: double(), Texts: map() }) as unknown as Dto;
  const nested = (depth: number): object => (depth === 0 ? {} : { Next: nested(depth - 1) });

  test('is nested as deep as writers go, and no deeper', () => {
    expect(() => assertNeutral(Node, nested(MAX_DEPTH))).not.toThrow();
    expect(() => assertNeutral(Node, nested(MAX_DEPTH + 1))).toThrow(`.Next is nested more than ${MAX_DEPTH} deep.`);
  });
  test.each<[unknown, string]>([
    [{ Real: '1' }, 'Node.Real: "1" is not a valid value; write a number.'],
    [{ Texts: 'x' }, 'Node.Texts: "x" is not a valid value; write an object of texts.'],
    [{ Texts: { a: 'x', b: 1 } }, 'Node.Texts: {"a":"x","b":1} is not a valid value; write an object of texts.'],
    [{ Texts: [] }, 'Node.Texts: [] is not a valid value; write an object of texts.'],
    [{ zzzzzzzz: 1 }, 'Node has no member "zzzzzzzz". It has Next, Real, Texts.'],
    [{ Real: 'x'.repeat(58) }, `Node.Real: "${'x'.repeat(58)}" is not`],
    [{ Real: 'x'.repeat(59) }, `Node.Real: "${'x'.repeat(59)}… is not`],
  ])('%j is refused', (value, message) => {
    expect(() => assertNeutral(Node, value)).toThrow(message);
  });
  test('has texts that are null, and members that are undefined', () => {
    expect(() => assertNeutral(Node, { Texts: { a: null, b: 'x' }, Real: undefined, Next: null })).not.toThrow();
  });
});

test('what is not there has its default, null included', () => {
  expect(decode(CONTACTS, encode(CONTACTS, contact('ContactId', null)))).toMatchObject({ Contact: [{ ContactId: 0 }] });
});

test.each(catalogue.flatMap(({ name, codec }) => Object.values(codec?.dtos ?? {}).map((dto) => [`${name}.${dto.name}`, dto] as const)))(
  'the documented sample of %s is a value, and what is decoded is one again',
  (name, dto) => {
    const text = encode(name, sample(dto));
    expect(encode(name, decode(name, text))).toBe(encode(name, decode(name, encode(name, decode(name, text)))));
  },
);

test('a text longer than a text can be is the service’s error', () => {
  const FirstName = 'x'.repeat(2 ** 26);
  const Contact = Array.from({ length: 9 }, () => ({ FirstName }));
  for (const format of ['json', 'jsv', 'csv', 'xml'] as const)
    expect(() => encodeDto(ContactResponse, { Contact }, { format, profile })).toThrow('System.OutOfMemoryException');
});
