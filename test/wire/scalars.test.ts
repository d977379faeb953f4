/** Scalars as ServiceStack.Text 10.5 and .NET's DataContractSerializer read them: both were asked for each of these texts. */
import { describe, expect, test } from 'vitest';
import { type Dto, dto } from '../../src/contract/dto.ts';
import { bool, dateTime, decimal, double, enumeration, guid, int, long, string } from '../../src/contract/field.ts';
import { decode, type Format } from '../../src/wire/codec.ts';

const All = dto(
  'All',
  { ns: 'urn:a' },
  {
    Text: string(),
    Number: int(),
    Flag: bool(),
    Id: guid(),
    At: dateTime(),
    Color: enumeration('Color', ['Red', 'Green', 'Blue', 'Grey']),
    Big: long(),
    Money: decimal(),
    Real: double(),
  },
) as unknown as Dto;
const Nullable = dto(
  'Nullable',
  { ns: 'urn:a' },
  {
    When: dateTime().nullable(),
    Count: int().nullable(),
    Shade: enumeration('Color', ['Red', 'Green']).nullable(),
    Maybe: guid().nullable(),
    Text: string().nullable(),
  },
) as unknown as Dto;
const now = Date.UTC(2026, 10, 26);
const inJsv = (name: string, text: string) => decode(All, `{${name}:"${text}"}`, { format: 'jsv', now });
const inXml = (name: string, text: string) => decode(All, `<All xmlns="urn:a"><${name}>${text}</${name}></All>`, { format: 'xml', now });

describe('in JSON, JSV and form values', () => {
  test.each<[string, unknown]>([['0005', 5]])('an int: %j is %j', (text, value) => {
    const { value: read, passedOver } = inJsv('Number', text);
    expect([read['Number'], passedOver]).toEqual([value, []]);
  });
  test.each(['00002147483648', '- 5', '\u0663'])('%j is not an int', (text) => {
    expect(inJsv('Number', text).passedOver).toMatchObject([{ name: 'Number', why: 'unreadable' }]);
  });
  test.each<[string, unknown]>([
    ['0'.repeat(40), 0],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740991', -9007199254740991],
    ['-9007199254740992', '-9007199254740992'],
    ['-9007199254740993', '-9007199254740993'],
    ['007', 7],
  ])('a long: %j is %j', (text, value) => {
    const { value: read, passedOver } = inJsv('Big', text);
    expect([read['Big'], passedOver]).toEqual([value, []]);
  });
  test.each([
    '9223372036854775808',
    '-9223372036854775809',
    '1111111111111111111111111111111111111111',
    `-${'1'.repeat(40)}`,
    '11111111111111111111111111111',
    '111111111111111111111111111111',
    `${'1'.repeat(40)}x`,
    '5\0',
  ])('%j is not a long', (text) => {
    expect(inJsv('Big', text).passedOver).toMatchObject([{ name: 'Big', why: 'unreadable' }]);
  });
  test.each<[string, unknown]>([
    ['1.5', '1.5'],
    ['+1.5', '1.5'],
    ['-1.5', '-1.5'],
    [' 1.5 ', '1.5'],
    ['1,234.5', '1234.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1E+3', '1000'],
    ['1e-3', '0.001'],
    ['1.50', '1.50'],
    ['79228162514264337593543950335', '79228162514264337593543950335'],
    ['-79228162514264337593543950335', '-79228162514264337593543950335'],
    ['0.1111111111111111111111111111', '0.1111111111111111111111111111'],
    ['0.11111111111111111111111111115', '0.1111111111111111111111111112'],
    ['0.11111111111111111111111111116', '0.1111111111111111111111111112'],
    ['0.00000000000000000000000000005', '0.0000000000000000000000000000'],
    ['0.00000000000000000000000000015', '0.0000000000000000000000000002'],
    ['0.00000000000000000000000000025', '0.0000000000000000000000000002'],
    ['1.111111111111111111111111111111', '1.1111111111111111111111111111'],
    ['12345678901234567890.1234567890123456', '12345678901234567890.123456789'],
    ['1e28', '10000000000000000000000000000'],
    ['7.9228162514264337593543950335', '7.9228162514264337593543950335'],
    ['7.9228162514264337593543950336', '7.922816251426433759354395034'],
    ['79228162514264337593543950335.4', '79228162514264337593543950335'],
    ['7922816251426433759354395033.55', '7922816251426433759354395034'],
    ['1e-28', '0.0000000000000000000000000001'],
    ['1e-29', '0.0000000000000000000000000000'],
    ['5e-29', '0.0000000000000000000000000000'],
    ['6e-29', '0.0000000000000000000000000001'],
    ['1e-100', '0.0000000000000000000000000000'],
    [`${'0'.repeat(40)}1`, '1'],
    [`1.${'0'.repeat(40)}`, '1.0000000000000000000000000000'],
    [`1.${'0'.repeat(90)}1`, '1.0000000000000000000000000000'],
    [`11111111111111111111.${'1'.repeat(100)}`, '11111111111111111111.111111111'],
    [`0.5${'0'.repeat(100)}1`, '0.5000000000000000000000000000'],
    ['1,,2', '12'],
    ['-.5e1', '-5'],
    [`0.${'0'.repeat(28)}50000000000000000000000000000000000000000000000000000000000001`, '0.0000000000000000000000000001'],
    ['0.000000000000000000000000000050', '0.0000000000000000000000000000'],
  ])('a decimal: %j is %j', (text, value) => {
    const { value: read, passedOver } = inJsv('Money', text);
    expect([read['Money'], passedOver]).toEqual([value, []]);
  });
  test.each([
    '79228162514264337593543950336',
    '1e29',
    '79228162514264337593543950335.5',
    '1e50',
    'x',
    '- 1',
    '1e',
    '(1)',
    '111111111111111111111111111111',
    '1e1000000',
  ])('%j is not a decimal', (text) => {
    expect(inJsv('Money', text).passedOver).toMatchObject([{ name: 'Money', why: 'unreadable' }]);
  });
  test.each<[string, unknown]>([
    ['1.5', 1.5],
    ['+1.5', 1.5],
    ['-1.5', -1.5],
    [' 1.5 ', 1.5],
    ['1,234.5', 1234.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['1e-3', 0.001],
    ['12345678901234567890', 1.2345678901234567e19],
    ['0.1', 0.1],
  ])('a double: %j is %j', (text, value) => {
    const { value: read, passedOver } = inJsv('Real', text);
    expect([read['Real'], passedOver]).toEqual([value, []]);
  });
  test.each(['x', '1.2.3', '1e', '.'])('%j is not a double', (text) => {
    expect(inJsv('Real', text).passedOver).toMatchObject([{ name: 'Real', why: 'unreadable' }]);
  });
  test.each<[string, unknown]>([
    ['of ', false],
    ['ofx', false],
    ['oft', false],
    ['n', false],
    ['N', false],
    ['f', false],
    ['F', false],
    ['T', true],
    ['true\0', true],
  ])('a truth: %j is %j', (text, value) => {
    const { value: read, passedOver } = inJsv('Flag', text);
    expect([read['Flag'], passedOver]).toEqual([value, []]);
  });
  test.each(['xof', 'Of', 'OFF', 'On', '10'])('%j is not a truth', (text) => {
    expect(inJsv('Flag', text).passedOver).toMatchObject([{ name: 'Flag', why: 'unreadable' }]);
  });
  test.each<[string, unknown]>([])('a Guid: %j is %j', (text, value) => {
    const { value: read, passedOver } = inJsv('Id', text);
    expect([read['Id'], passedOver]).toEqual([value, []]);
  });
  test.each([
    '7d4448409dc0-11d1-b245-5ffdce74fad2',
    '7d444840-9dc011d1-b245-5ffdce74fad2x',
    '7d444840-9dc0-11d1-b245-5ffdce74fad',
    '7d444840-9dc0x11d1-b245-5ffdce74fad2',
    '{7d444840-9dc0-11d1-b245-5ffdce74fad2',
    '7d4448409dc011d1b2455ffdce74fad',
    '7d4448409dc011d1b2455ffdce74fad2 x',
  ])('%j is not a Guid', (text) => {
    expect(inJsv('Id', text).passedOver).toMatchObject([{ name: 'Id', why: 'unreadable' }]);
  });
  test.each<[string, unknown]>([
    ['-1', -1],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
    ['Red', 'Red'],
    [' Blue', 'Blue'],
    ['0', 'Red'],
    ['00', 'Red'],
    ['Blue ,Green', 'Grey'],
    ['99', 99],
  ])('an enumeration: %j is %j', (text, value) => {
    const { value: read, passedOver } = inJsv('Color', text);
    expect([read['Color'], passedOver]).toEqual([value, []]);
  });
  test.each(['-2147483649', ''])('%j is not an enumeration', (text) => {
    expect(inJsv('Color', text).passedOver).toMatchObject([{ name: 'Color', why: 'unreadable' }]);
  });
});

describe('in XML', () => {
  test.each<[string, unknown]>([
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
    ['+0', 0],
  ])('an int: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('Number', text);
    expect([read['Number'], passedOver]).toEqual([value, []]);
  });
  test.each(['2147483648', '-2147483649'])('%j is not an int', (text) => {
    expect(() => inXml('Number', text)).toThrow("cannot be parsed as the type 'Int32'");
  });
  test.each<[string, unknown]>([
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['007', 7],
    ['+5', 5],
    ['-5', -5],
    ['0000000000000000000000000000007', 7],
    ['9007199254740993', '9007199254740993'],
  ])('a long: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('Big', text);
    expect([read['Big'], passedOver]).toEqual([value, []]);
  });
  test.each(['9223372036854775808', '-9223372036854775809', '5.0', 'x', '1111111111111111111111111'])('%j is not a long', (text) => {
    expect(() => inXml('Big', text)).toThrow("cannot be parsed as the type 'Int64'");
  });
  test.each<[string, unknown]>([
    ['+1.5', '1.5'],
    ['-1.5', '-1.5'],
    [' 1.5 ', '1.5'],
    ['\n1.5\t', '1.5'],
    ['.5', '0.5'],
    ['1.50', '1.50'],
    ['79228162514264337593543950335', '79228162514264337593543950335'],
    ['0.11111111111111111111111111111', '0.1111111111111111111111111111'],
    ['-.5', '-0.5'],
    ['-.25', '-0.25'],
    ['.25', '0.25'],
    [`1.${'0'.repeat(40)}`, '1.0000000000000000000000000000'],
  ])('a decimal: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('Money', text);
    expect([read['Money'], passedOver]).toEqual([value, []]);
  });
  test.each(['1,234.5', '1e3', '79228162514264337593543950336', 'x'])('%j is not a decimal', (text) => {
    expect(() => inXml('Money', text)).toThrow("cannot be parsed as the type 'decimal'");
  });
  test.each<[string, unknown]>([
    ['1.5', 1.5],
    ['+1.5', 1.5],
    [' 1.5 ', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1E-3', 0.001],
    ['INF', Infinity],
    ['-INF', -Infinity],
    ['NaN', Number.NaN],
    ['1e400', Infinity],
    ['12.5', 12.5],
  ])('a double: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('Real', text);
    expect([read['Real'], passedOver]).toEqual([value, []]);
  });
  test.each(['+INF', '1,5', 'x', '1e'])('%j is not a double', (text) => {
    expect(() => inXml('Real', text)).toThrow("cannot be parsed as the type 'double'");
  });
  test.each<[string, unknown]>([
    ['true', true],
    ['1', true],
    ['0', false],
    [' true ', true],
  ])('a truth: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('Flag', text);
    expect([read['Flag'], passedOver]).toEqual([value, []]);
  });
  test.each(['True', '', '00'])('%j is not a truth', (text) => {
    expect(() => inXml('Flag', text)).toThrow("cannot be parsed as the type 'Boolean'");
  });
  test.each<[string, unknown]>([
    ['7d444840-9dc0-11d1-b245-5ffdce74fad2', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['7D4448409DC011D1B2455FFDCE74FAD2', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    [' 7d444840-9dc0-11d1-b245-5ffdce74fad2 ', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['{7d444840-9dc0-11d1-b245-5ffdce74fad2}', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['(7d444840-9dc0-11d1-b245-5ffdce74fad2)', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['{0x7d444840,0x9dc0,0x11d1,{0xb2,0x45,0x5f,0xfd,0xce,0x74,0xfa,0xd2}}', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['{0x7d444840, 0x9dc0, 0x11d1, {0xb2, 0x45,0x5f,0xfd,0xce,0x74,0xfa,0xd2}}', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['{0x1,0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb}}', '00000001-0002-0003-0405-060708090a0b'],
    ['{0X7D444840,0x9dc0,0x11d1,{0xb2,0x45,0x5f,0xfd,0xce,0x74,0xfa,0x001}}', '7d444840-9dc0-11d1-b245-5ffdce74fa01'],
  ])('a Guid: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('Id', text);
    expect([read['Id'], passedOver]).toEqual([value, []]);
  });
  test.each([
    '{0x7d4448401,0x9dc0,0x11d1,{0xb2,0x45,0x5f,0xfd,0xce,0x74,0xfa,0xd2}}',
    '{0x7d444840,0x9dc0,0x11d1,{0xb2,0x45,0x5f,0xfd,0xce,0x74,0xfa,0x100}}',
    '7d444840-9dc0-11d1-b245-5ffdce74fad',
    '',
  ])('%j is not a Guid', (text) => {
    expect(() => inXml('Id', text)).toThrow("cannot be parsed as the type 'Guid'");
  });
  test.each<[string, unknown]>([['Blue', 'Blue']])('an enumeration: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('Color', text);
    expect([read['Color'], passedOver]).toEqual([value, []]);
  });
  test.each(['red', '7', ' Blue ', 'Green Blue'])('%j is not an enumeration', (text) => {
    expect(() => inXml('Color', text)).toThrow('Invalid enum value');
  });
  test.each<[string, unknown]>([
    ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09Z'],
    ['2024-05-06T07:08:09+02:00', '2024-05-06T05:08:09+00:00'],
    ['2024-05-06T07:08:09-02:30', '2024-05-06T09:38:09+00:00'],
    ['2024-05-06T23:59:59', '2024-05-06T23:59:59'],
    ['2024-05-06T07:59:00', '2024-05-06T07:59:00'],
    ['2024-05-06T07:08:59', '2024-05-06T07:08:59'],
    ['2000-02-29', '2000-02-29T00:00:00'],
    ['2024-05-06', '2024-05-06T00:00:00'],
    ['2024-05-06Z', '2024-05-06T00:00:00Z'],
    ['2024-05-06+02:00', '2024-05-05T22:00:00+00:00'],
    ['9999-12-31T23:59:59-01:00', '9999-12-31T23:59:59.9999999+00:00'],
    ['0001-01-01T00:00:00+01:00', '0001-01-01T00:00:00+00:00'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['2024-05-06T07:08:09+14:00', '2024-05-05T17:08:09+00:00'],
    ['2024-05-06T07:08:09+14:01', '2024-05-05T17:07:09+00:00'],
    ['2024-05-06T07:08:09+13:59', '2024-05-05T17:09:09+00:00'],
    ['2024-05-06T07:08:09-14:00', '2024-05-06T21:08:09+00:00'],
    ['2024-05-06T07:08:09.1234567', '2024-05-06T07:08:09.1234567'],
    ['2024-05-06T07:08:09.12345678', '2024-05-06T07:08:09.1234568'],
    ['9999-12-31T23:59:59.99999994', '9999-12-31T23:59:59.9999999'],
    ['\n2024-05-06\t', '2024-05-06T00:00:00'],
    ['2024Z', '2024-01-01T00:00:00Z'],
    ['2024-05Z', '2024-05-01T00:00:00Z'],
    ['---31', '2026-01-31T00:00:00'],
    ['--02-29', '1904-02-29T00:00:00'],
    ['--12', '2026-12-01T00:00:00'],
    ['07:08:09Z', '2026-11-26T07:08:09Z'],
    ['---06Z', '2026-01-06T00:00:00Z'],
    ['--05-06Z', '1904-05-06T00:00:00Z'],
  ])('a date: %j is %j', (text, value) => {
    const { value: read, passedOver } = inXml('At', text);
    expect([read['At'], passedOver]).toEqual([value, []]);
  });
  test.each([
    '2024-05-06T24:00:00',
    '2024-05-06T07:60:00',
    '2024-05-06T07:08:60',
    '2024-02-30T07:08:09',
    '2024-13-01T00:00:00',
    '2023-02-29',
    '1900-02-29',
    '0000-01-01',
    '10000-01-01',
    '9999-12-31T23:59:59.99999999',
    '2024-5-6',
    '2024-05-06T07:08',
    '2024-05-06 07:08:09',
    '---32',
    '--02-30',
    '--13-01',
    '--13',
    '24:00:00',
    '2024-05-06T07:08:09.',
    '9999-12-31T24:00:00',
    '2024-05-06T24:00:01',
  ])('%j is not a date', (text) => {
    expect(() => inXml('At', text)).toThrow("cannot be parsed as the type 'DateTime'");
  });
});

test.each<[Format, string, object]>([
  ['json', '{"When":null,"Count":null,"Shade":null,"Maybe":null,"Text":null}', {}],
  ['json', '{"When":"","Count":"","Shade":"","Maybe":"","Text":""}', { Text: '' }],
  ['json', '{"When":"2024-05-06T07:08:09Z","Count":0,"Shade":"Red"}', { When: '2024-05-06T07:08:09+00:00', Count: 0, Shade: 'Red' }],
  ['jsv', '{When:,Count:,Shade:,Maybe:,Text:}', {}],
  ['jsv', '{When:"",Count:"",Shade:"",Maybe:"",Text:""}', { Text: '' }],
  ['csv', 'When,Count,Shade,Maybe,Text\n,,,,', {}],
  ['csv', 'When,Count,Shade,Maybe,Text\n"","","","",""', {}],
])('what may be null is null where nothing or an empty text is sent: %s %s', (format, body, value) => {
  const { value: read, passedOver } = decode(Nullable, body, { format, now });
  expect(read).toEqual({ When: null, Count: null, Shade: null, Maybe: null, Text: null, ...value });
  expect(passedOver).toEqual([]);
});
