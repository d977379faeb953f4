/** Rules of the readers that one case of a recording shows among many others, each by itself. */
import { describe, expect, test } from 'vitest';
import { type Dto, dto } from '../../src/contract/dto.ts';
import { bool, dateTime, enumeration, guid, int, list, map, object, string } from '../../src/contract/field.ts';
import { decode, decodeList, type Format } from '../../src/wire/codec.ts';
import { DecodeError } from '../../src/wire/error.ts';
import { NOW } from './recordings.ts';

const Inner = dto('Inner', { ns: 'urn:a' }, { A: string(), B: int() });
const Outer = dto(
  'Outer',
  { ns: 'urn:a' },
  {
    Text: string(),
    Number: int(),
    Flag: bool(),
    Id: guid(),
    Maybe: guid().nullable(),
    At: dateTime(),
    Color: enumeration('Color', ['Red', 'Green', 'Blue', 'Grey']),
    Inner: object(() => Inner as unknown as Dto),
    Items: list(object(() => Inner as unknown as Dto)),
    Texts: list(string()),
    Numbers: list(int()),
    Map: map(),
    Twice: int().computed((of: { Number: number }) => of.Number * 2),
  },
) as unknown as Dto;
const DEFAULTS = {
  Text: null,
  Number: 0,
  Flag: false,
  Id: '00000000-0000-0000-0000-000000000000',
  Maybe: null,
  At: '0001-01-01T00:00:00',
  Color: 'Red',
  Inner: null,
  Items: null,
  Texts: null,
  Numbers: null,
  Map: null,
};
const inner = (A: string | null, B = 0) => ({ A, B });

/** What differs from the defaults; what follows from it is not shown. */
function read(format: Format, text: string): unknown {
  const { Twice, ...value } = decode(Outer, text, { format, now: NOW }).value;
  expect(Twice).toBe(2 * (value['Number'] as number));
  const given = Object.entries(value).filter(([name, held]) => JSON.stringify(held) !== JSON.stringify(DEFAULTS[name as 'Text']));
  return Object.fromEntries(given);
}
const BOUNDS = 'Index was outside the bounds of the array.';
const START = "Type definitions should start with a '{', expecting serialized type 'Outer', got string starting with: ";

describe('JSV', () => {
  test.each<[string, unknown]>([
    ['{}', {}],
    ['{', {}],
    ['{ }', {}],
    ['', {}],
    ['{Text:a}', { Text: 'a' }],
    ['{Text:a', { Text: 'a' }],
    ['{Text:a b ,Number:5}', { Text: 'a b ', Number: 5 }],
    ['{TEXT:a,nUMBER:5}', { Text: 'a', Number: 5 }],
    ['{ Text :a}', { Text: 'a' }],
    ['{"Text":a}', { Text: 'a' }],
    ['{"Te""xt":a}', {}],
    ['{Text:}', {}],
    ['{Text:,Number:5}', { Number: 5 }],
    ['{Text:""}', { Text: '' }],
    ['{Text:"a,b}c"}', { Text: 'a,b}c' }],
    ['{Text:"a""b"}', { Text: 'a"b' }],
    ['{Text:""""}', { Text: '"' }],
    ['{Text:a"b}', { Text: 'a"b' }],
    ['{Text:[a,b]}', { Text: '[a,b]' }],
    ['{Text:{a:b}}', { Text: '{a:b}' }],
    ['{Text:a,Text:b}', { Text: 'b' }],
    ['{Nope:{Text:x,[},Number:5}', { Number: 5 }],
    ['{Nope:[{],Number:5}', { Number: 5 }],
    ['{Nope:{a:"}"},Number:5}', { Number: 5 }],
    ['{Nope:["]"],Number:5}', { Number: 5 }],
    ['{Nope:{a:{b:{}}},Number:5}', { Number: 5 }],
    ['{Nope:[[],[[]]],Number:5}', { Number: 5 }],
    ['{{a}:b,Number:5}', { Number: 5 }],
    ['{Number:x,Text:a}', { Text: 'a' }],
    ['{Number:"5"}', { Number: 5 }],
    ['{Inner:{A:x,B:7}}', { Inner: inner('x', 7) }],
    ['{Inner:x,Number:5}', { Number: 5 }],
    ['{Inner:{},Number:5}', { Inner: inner(null), Number: 5 }],
    ['{Items:[{A:x},{A:y,B:1}]}', { Items: [inner('x'), inner('y', 1)] }],
    ['{Items:{A:x}}', { Items: [inner('x')] }],
    ['{Items:[]}', { Items: [] }],
    ['{Items:[ ]}', { Items: [] }],
    ['{Items:[{A:"}"},{A:"],{"}]}', { Items: [inner('}'), inner('],{')] }],
    ['{Items:[{A:x},]}', { Items: [inner('x')] }],
    ['{Items:[{A:x},,{A:y}]}', { Items: [inner('x'), null, inner('y')] }],
    ['{Texts:[a,"b,c",""]}', { Texts: ['a', 'b,c', ''] }],
    ['{Texts:[a,]}', { Texts: ['a', null] }],
    ['{Texts:[,a]}', { Texts: [null, 'a'] }],
    ['{Texts:a}', { Texts: ['a'] }],
    ['{Numbers:[1,,2]}', { Numbers: [1, 0, 2] }],
    ['{Numbers:[1,x],Text:a}', { Text: 'a' }],
    ['{Map:{a:1,b:2}}', { Map: { a: '1', b: '2' } }],
    ['{Map:{}}', { Map: {} }],
    ['{Map:{"a,b":"c}d",e:}}', { Map: { 'a,b': 'c}d', e: null } }],
    ['{Map:a:1}', { Map: { a: '1' } }],
    ['{Map:{__proto__:1}}', { Map: JSON.parse('{"__proto__":"1"}') }],
    ['{Map:}', {}],
    ['{Map:{:1,a:2}}', { Map: { ':1,a': '2' } }],
    ['{Map:{a:{b:c},d:[1,2]}}', { Map: { a: '{b:c}', d: '[1,2]' } }],
    ['{Twice:9,Number:4}', { Number: 4 }],
    ['{Color:,Number:1}', { Number: 1 }],
    ['{Text:"a', { Text: '' }],
    ['{Text":a,Number:5}', { Number: 5 }],
    ['{Text:a}b,Number:5}', { Text: 'a' }],
    ['{Text:', {}],
    ['{Text:"', {}],
    ['{"Text"x:a,Number:5}', { Text: ':a', Number: 5 }],
    ['{Text:{a:{b:1},c:2},Number:5}', { Text: '{a:{b:1},c:2}', Number: 5 }],
    ['{{a{b}}:c,Number:5}', { Number: 5 }],
    ['{Inner:{', { Inner: inner(null) }],
    ['{Texts:,Number:5}', { Number: 5 }],
    ['{Texts:"",Number:5}', { Texts: [''], Number: 5 }],
    ['{Map:{a:1,a:2}}', { Map: { a: '2' } }],
    ['{Map:{{x}:1}}', { Map: { '{x}': '1' } }],
    ['{__type:(,Number:5}', { Number: 5 }],
    ['{Flag:"""true"""}', {}],
    ['{\u0085\u2003Text\u00a0\t:a}', { Text: 'a' }],
    ['{\ufeffText:a}', {}],
    ['{\u200bText:a}', {}],
    ['{:1,Number:5}', {}],
    ['{Inner:{A:x,Number:5}', { Inner: inner('x') }],
    ['{Inner:{__type:Nope},Number:5}', { Number: 5 }],
    ['{Inner:{__type:Nope,A:x}}', { Inner: inner('x') }],
    ['{__type:Nope}', {}],
    ['{__type:Nope,Number:5}', { Number: 5 }],
  ])('%s', (text, value) => {
    expect(read('jsv', text)).toEqual(value);
  });
  test.each([
    ['{Text}', BOUNDS],
    ['{Text:"a"x}', BOUNDS],
    ['{Text:a,}', BOUNDS],
    ['x', `${START}x`],
    [' {}', `${START} {}`],
    [`${'x'.repeat(49)}yz`, `${START}${'x'.repeat(49)}y`],
    ['{__type:"a(b"}', 'Invalid Type Name: a(b'],
    ['{Inner:{__type:"a(b"}}', 'Invalid Type Name: a(b'],
    ['{"Text:a,Number:5}', BOUNDS],
    ['{Number:5}x', BOUNDS],
    ['{Number:5}{Number:6}', BOUNDS],
    ['{Number:5}}', BOUNDS],
    ['{Texts:[a]b]}', BOUNDS],
    ['{__type:"(",Number:5}', 'Invalid Type Name: ('],
  ])('%s is refused', (text, message) => {
    expect(() => read('jsv', text)).toThrow(new DecodeError(message));
  });
  test('a batch is a list, or one message', () => {
    const numbers = (text: string): unknown =>
      decodeList(Outer, text, { format: 'jsv', now: NOW }).value.map((message) => message?.['Number'] ?? null);
    expect(numbers('[{Number:1},{Number:2}]')).toEqual([1, 2]);
    expect(numbers('{Number:1}')).toEqual([1]);
    expect(numbers('[{Number:1},,{}]')).toEqual([1, null, 0]);
    expect(numbers('[]')).toEqual([]);
    expect(numbers('')).toEqual([]);
  });
});

describe('JSON', () => {
  test.each<[string, unknown]>([
    ['{}', {}],
    [' { } ', {}],
    ['{', {}],
    ['', {}],
    ['{"Text":"a"}', { Text: 'a' }],
    ['{"Text":"a"', { Text: 'a' }],
    [' { "Text" : "a" , "Number" : 5 } ', { Text: 'a', Number: 5 }],
    ['{"TEXT":"a","nUMBER":5}', { Text: 'a', Number: 5 }],
    ['{"Text":null,"Number":5}', { Number: 5 }],
    ['{"Text":}', {}],
    ['{"Text":,"Number":5}', { Number: 5 }],
    ['{"Text":""}', { Text: '' }],
    ['{"Text":"a,b}c"}', { Text: 'a,b}c' }],
    ['{"Text":"\\"a\\\\b\\/c"}', { Text: '"a\\b/c' }],
    ['{"Text":"\\a\\b\\f\\n\\r\\t\\v"}', { Text: '\u0007\b\f\n\r\t\v' }],
    ['{"Text":"\\u0041\\q\\x42"}', { Text: 'AqB' }],
    ['{"Text":"\\u00e9t\\u00E9"}', { Text: 'été' }],
    ['{"Text":"\\u00g0","Number":5}', { Number: 5 }],
    ['{"Text":"\\x4"}', { Text: '\\x4' }],
    ['{"Text":5}', { Text: '5' }],
    ['{"Text":true,"Flag":true}', { Text: 'true', Flag: true }],
    ['{"Text":{"a":1}}', { Text: '{a:1}' }],
    ['{"Text":[1,2]}', { Text: '[1,2]' }],
    ['{"Text":"a","Text":"b"}', { Text: 'b' }],
    ['{"Nope":{"a":"}","b":[{}]},"Number":5}', { Number: 5 }],
    ['{"Nope":[[],{"a":"]\\""}],"Number":5}', { Number: 5 }],
    ['{"Nope":"\\"}","Number":5}', { Number: 5 }],
    ['{"Number":"5"}', { Number: 5 }],
    ['{"Number":x,"Text":"a"}', { Text: 'a' }],
    ['{"Number":5 , "Text":"a"}', { Number: 5, Text: 'a' }],
    ['{"Inner":{"A":"x","B":7}}', { Inner: inner('x', 7) }],
    ['{"Inner":{ },"Number":5}', { Inner: inner(null), Number: 5 }],
    ['{"Inner":"x","Number":5}', { Number: 5 }],
    ['{"Items":[{"A":"x"} , {"A":"y","B":1}]}', { Items: [inner('x'), inner('y', 1)] }],
    ['{"Items":{"A":"x"}}', { Items: [inner('x')] }],
    ['{"Items":[]}', { Items: [] }],
    ['{"Items":[ ]}', { Items: [] }],
    ['{"Items":[null]}', { Items: [null] }],
    ['{"Items":[{"A":"x"},null]}', { Items: [inner('x'), null] }],
    ['{"Texts":["a","b,c"," "]}', { Texts: ['a', 'b,c', ' '] }],
    ['{"Texts":["a",]}', { Texts: ['a', null] }],
    ['{"Texts":[null,"a"]}', { Texts: [null, 'a'] }],
    ['{"Texts":"a"}', { Texts: ['a'] }],
    ['{"Numbers":[1, 2 ,3]}', { Numbers: [1, 2, 3] }],
    ['{"Numbers":[1,x],"Text":"a"}', { Text: 'a' }],
    ['{"Map":{"a":1,"b":"2","c":null}}', { Map: { a: '1', b: '2', c: null } }],
    ['{"Map":{ }}', { Map: {} }],
    ['{"Map":{"a,b" : "c}d" , "\\u0065":"f"}}', { Map: { 'a,b': 'c}d', e: 'f' } }],
    ['{"Map":{"__proto__":"1"}}', { Map: JSON.parse('{"__proto__":"1"}') }],
    ['{"Map":{a:1,b :2,"c":3}}', { Map: { 'a:1': 'b', ':2': 'c', ':3}': null } }],
    ['{"Map":{"a"1,"b":2}}', { Map: { a: null, b: '2' } }],
    ['{"Map":{"a":{"b":1}}}', { Map: { a: '{b:1}' } }],
    ['{"Map":"x"}', { Map: {} }],
    ['{"Map":{}', { Map: {} }],
    ['{Text:"a","Number":5}', { Number: 5 }],
    ['{,"Number":5}', {}],
    ['{"Number":5,,"Text":"a"}', { Number: 5 }],
    ['{"Number":5}x', { Number: 5 }],
    ['{"Number":5} {"Number":6}', { Number: 5 }],
    ['{"Number"\u00a0:5\u00a0,"Text":"a"}', { Number: 5, Text: 'a' }],
    ['{"Text" "a","Number":5}', { Text: 'a', Number: 5 }],
    ['{"Text"', {}],
    ['{"Text":', {}],
    ['{"Text":a b,"Number":5}', { Text: 'a' }],
    ['{"Text":\'a\'}', { Text: "'a'" }],
    ['{"Text":"\\x4142"}', { Text: '\u4142' }],
    ['{"Text":"\\u 041"}', { Text: 'A' }],
    ['{"Numbers":[1 2]}', { Numbers: [1, 2] }],
    ['{"Numbers":1}', { Numbers: [1] }],
    ['{"Items":[{"A":"x"}{"A":"y"}],"Number":5}', { Number: 5 }],
    ['{"Items":[{"A":"x"},{"A":"y"}', { Items: [inner('x'), inner('y')] }],
    ['{"Color":null,"Flag":"true"}', { Flag: true }],
    ['{"Twice":9,"Number":4}', { Number: 4 }],
    ['{"Inner":{"__type":"Nope"},"Number":5}', { Number: 5 }],
    ['{"__TYPE":"Nope"}', {}],
    ['{"__type":"Nope"}', {}],
    ['{"__type":"Nope","Number":5}', { Number: 5 }],
    ['{"Number":5,"__type":"Nope"}', { Number: 5 }],
    ['{"\\u0054ext":"a","Number":5}', { Number: 5 }],
    ['{"Text":{"a":{"b":1},"c":2},"Number":5}', { Text: '{a:{b:1},c:2}', Number: 5 }],
    ['{"Text":[[1],[2]],"Number":5}', { Text: '[[1],[2]]', Number: 5 }],
    ['{"Map":{"a":{"b":{"c":1},"d":2},"e":3}}', { Map: { a: '{b:{c:1},d:2}', e: '3' } }],
    ['{"Map":{,"a":1},"Number":5}', { Map: { ':1}': null }, Number: 5 }],
    ['{"Map":{"a":1,,"b":2}}', { Map: { a: '1', ':2}': null } }],
    ['{"Map":{},"a":1}', { Map: {} }],
    ['{"Map":{"a":"","a":2}}', { Map: { a: '2' } }],
    ['{"Number":5,Text', { Text: 'ext', Number: 5 }],
    ['{"Number":5] "Text":"a"}', {}],
    ['{"Number":"\\u0035"}', {}],
    ['{"Inner":{', { Inner: inner(null) }],
    ['{"Texts":null,"Number":5}', { Number: 5 }],
    ['{"Texts":"","Number":5}', { Number: 5 }],
    ['{"__type":"(","Number":5}', { Number: 5 }],
  ])('%s', (text, value) => {
    expect(read('json', text)).toEqual(value);
  });
  test.each([
    ['x', `${START}x`],
    ['"x"', `${START}"x"`],
    [' ', BOUNDS],
    ['{"Text":"\\u"}', BOUNDS],
    ['{"Text":"a', BOUNDS],
    ['{"Text', 'Specified argument was out of the range of valid values.'],
    ['{"Inner":{"__type":"a(b"}}', 'Invalid Type Name: a(b'],
    ['[{"Number":5}]', `${START}[{"Number":5}]`],
    ['{"__type":"a(b"}', 'Invalid Type Name: a(b'],
    ['{"__type":"((","Number":5}', 'Invalid Type Name: (('],
    ['{"\\u00g0":1}', "The input string '00g0' was not in a correct format."],
    ['{"Nope":{"a\\', 'Specified argument was out of the range of valid values.'],
    ['{"Text":"a\\u04"}', BOUNDS],
  ])('%s is refused', (text, message) => {
    expect(() => read('json', text)).toThrow(new DecodeError(message));
  });
});

test.each<[string, string, boolean]>([
  ['blanks of all sorts', '\t\n\r\v\f \u0085\u00a0\u200b', true],
  ['a wide blank', '\u2003', false],
  ['a byte order mark', '\ufeff', false],
  ['a backspace', '\b', false],
  ['a shift out', '\u000e', false],
])('between the tokens of JSON may stand %s: %j is %s', (_, blanks, isBlank) => {
  for (const blank of blanks) {
    const text = ['{', '"Number"', ':', '5', ',', '"Flag":true}'].join(blank);
    expect(read('json', text)).toEqual(isBlank ? { Number: 5, Flag: true } : {});
  }
});

test('a batch in JSON is a list, or one message; one that asks for another class alone is none', () => {
  const numbers = (text: string): unknown =>
    decodeList(Outer, text, { format: 'json', now: NOW }).value.map((message) => message?.['Number'] ?? null);
  expect(numbers(' [ {"Number":1} , {"Number":2} ] ')).toEqual([1, 2]);
  expect(numbers('{"Number":1}')).toEqual([1]);
  expect(numbers('[null,{"Number":1}]')).toEqual([null, 1]);
  expect(numbers('[{"__type":"Nope"},{"__type":"Nope","Number":1}]')).toEqual([null, 1]);
  expect(() => numbers('x')).toThrow(`${START}x`);
});

test('objects are read to a depth of fifty', () => {
  const Node = dto('Node', { ns: 'urn:a' }, { Next: object((): Dto => Node as unknown as Dto) }) as unknown as Dto;
  const depth = (value: unknown): number => (value === null ? 0 : 1 + depth((value as Record<string, unknown>)['Next']));
  const bodies: Partial<Record<Format, (levels: number) => string>> = {
    json: (levels) => `${'{"Next":'.repeat(levels)}{}${'}'.repeat(levels)}`,
    jsv: (levels) => `${'{Next:'.repeat(levels)}{}${'}'.repeat(levels)}`,
  };
  for (const format of ['json', 'jsv'] as const) {
    const read = (levels: number): number => depth(decode(Node, bodies[format]!(levels), { format, now: NOW }).value);
    expect(read(50)).toBe(51);
    expect(read(51)).toBe(51);
  }
});

describe('scalars in JSON and JSV', () => {
  const member = (name: string, text: string): unknown => (read('jsv', `{${name}:"${text}"}`) as Record<string, unknown>)[name];
  test.each([
    ['7', 7],
    [' 7 ', 7],
    ['007', 7],
    ['-7', -7],
    ['0', undefined],
    ['-0', undefined],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
    ['2147483648', undefined],
    ['-2147483649', undefined],
    ['+7', undefined],
    ['-07', undefined],
    ['7x', undefined],
    ['7.0', undefined],
    ['1e2', undefined],
  ])('a whole number: %s', (text, value) => {
    expect(member('Number', text)).toBe(value);
  });
  test.each([
    ['true', true],
    ['True', true],
    [' TRUE ', true],
    ['1', true],
    ['t', true],
    ['Y', true],
    ['on', true],
    ['false', undefined],
    ['off', undefined],
    ['yes', undefined],
    ['2', undefined],
  ])('a truth: %s', (text, value) => {
    expect(member('Flag', text)).toBe(value);
  });
  const ID = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
  test.each([
    [ID, ID],
    [ID.toUpperCase(), ID],
    [ID.replaceAll('-', ''), ID],
    [`{${ID}}`, ID],
    [`(${ID})`, ID],
    [` ${ID} `, ID],
    [`{${ID})`, undefined],
    [`{${ID.replaceAll('-', '')}}`, undefined],
    [ID.replace('-', ''), undefined],
    [`${ID}0`, undefined],
    [ID.replace('7', 'g'), undefined],
    [ID.slice(1), undefined],
    ['', undefined],
  ])('a Guid: %s', (text, value) => {
    expect(member('Id', text)).toBe(value);
    expect(member('Maybe', text)).toBe(value);
  });
  test.each([
    ['Green', 'Green'],
    [' gREEN ', 'Green'],
    ['1', 'Green'],
    ['+1', 'Green'],
    ['7', 7],
    ['-7', -7],
    ['Green,Blue', 'Grey'],
    ['Green, Blue', 'Grey'],
    ['2147483648', undefined],
    ['Pink', undefined],
    ['Green,Pink', undefined],
    ['Green,', undefined],
    ['1.5', undefined],
  ])('an enumeration: %s', (text, value) => {
    expect(member('Color', text)).toBe(value);
  });
});

describe('CSV', () => {
  test.each<[string, unknown]>([
    ['Text,Number\na,5', { Text: 'a', Number: 5 }],
    ['Text,Number\r\na,5\r\n', { Text: 'a', Number: 5 }],
    ['\n\nText\n\na\nb', { Text: 'a' }],
    ['"Text", number \n"a,b", 5', { Text: 'a,b', Number: 5 }],
    ['Text\n"a""b"', { Text: 'a"b' }],
    ['Text\n"a\nb"', { Text: 'a\nb' }],
    ['Text\na"b', { Text: 'a"b' }],
    ['Text,Number\na', { Text: 'a' }],
    ['Nope,Number\na,5', { Number: 5 }],
    ['"",Number\na,5', { Number: 5 }],
    ['Text', {}],
    ['', {}],
    ['Inner,Number\n{A:x},5', { Inner: inner('x'), Number: 5 }],
    ['Items,Number\n[{A:x},{A:y}],5', { Items: [inner('x'), inner('y')], Number: 5 }],
    ['Items,Number\n"[{A:""x""}]",5', { Items: [inner('"x"')], Number: 5 }],
    ['Text,Number\n[a,5', { Text: '[a', Number: 5 }],
    ['Text,Number\n{a,5', { Text: '{a', Number: 5 }],
    ['Text,Number\na}b,5', { Text: 'a}b', Number: 5 }],
    ['Text,Flag\na]b,1', { Text: 'a]b', Flag: true }],
    ['Number,Text\n5,', { Number: 5 }],
    ['Text\n\u200b', {}],
    ['Texts\n[b,c]', { Texts: ['b', 'c'] }],
    ['Text\ra', {}],
  ])('%j', (text, value) => {
    expect(read('csv', text)).toEqual(value);
  });
  test.each([
    ['Text,,Number\na,b,5', 'Object reference not set to an instance of an object.'],
    ['Text\na,b', "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')"],
    ['Number\nx', 'Input string was not in a correct format.'],
    ['Text,Number\n},5', 'Input string was not in a correct format.'],
    ['Text,Number\n{{a}b,5', 'Input string was not in a correct format.'],
    ['Text,Number\na,', 'Input string was not in a correct format.'],
    ['Text,\na,5', 'Object reference not set to an instance of an object.'],
    ['Number\n1\nx', 'Input string was not in a correct format.'],
    ['Color\n""', 'Object reference not set to an instance of an object.'],
  ])('%j is refused', (text, message) => {
    expect(() => read('csv', text)).toThrow(new DecodeError(message));
  });
  test('a batch is all rows', () => {
    const { value } = decodeList(Outer, 'Number\n1\n2\n', { format: 'csv', now: NOW });
    expect(value.map((message) => message?.['Number'])).toEqual([1, 2]);
    expect(decodeList(Outer, '', { format: 'csv', now: NOW }).value).toEqual([]);
  });
});

describe('JSON Lines', () => {
  test.each<[string, unknown]>([
    ['{"Number":1}\n{"Number":2}', { Number: 1 }],
    ['{"Number":1}\r\n{"Number":2}\r\n', { Number: 1 }],
    ['{"Number":1}\r{"Number":2}', { Number: 1 }],
    ['\n{"Number":2}', {}],
    ['', {}],
  ])('%j', (text, value) => {
    expect(read('jsonl', text)).toEqual(value);
  });
  test('a later line that is none is refused', () => {
    expect(() => read('jsonl', '{"Number":1}\nx')).toThrow(`${START}x`);
  });
  test('a batch is all lines, null where one is empty', () => {
    const { value } = decodeList(Outer, '{"Number":1}\n\n{"Number":2}\n', { format: 'jsonl', now: NOW });
    expect(value.map((message) => message?.['Number'])).toEqual([1, undefined, 2]);
  });
});

describe('XML', () => {
  const document = (content: string, attributes = ''): string =>
    `<Outer xmlns="urn:a" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:z="http://schemas.microsoft.com/2003/10/Serialization/"${attributes}>${content}</Outer>`;
  const ARRAYS = 'xmlns="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';
  const entry = (content: string): string =>
    `<Map ${ARRAYS.replace('xmlns', 'xmlns:m')}><m:KeyValueOfstringstring>${content}</m:KeyValueOfstringstring></Map>`;
  test.each<[string, unknown]>([
    ['', {}],
    ['<Number>5</Number><Text>a</Text>', { Number: 5, Text: 'a' }],
    ['<Text>a</Text><Number>5</Number>', { Text: 'a' }],
    ['<number>5</number>', {}],
    ['<Number xmlns="urn:b">5</Number>', {}],
    ['<Text>1</Text><Text>2</Text>', { Text: '1' }],
    ['<Nope><Number>5</Number></Nope><Text/>', { Text: '' }],
    ['<Text i:nil="true"/>', {}],
    ['<Text i:nil="false">a</Text>', { Text: 'a' }],
    ['<Text nil="true">a</Text>', { Text: 'a' }],
    ['<Text><![CDATA[<a>]]></Text>', { Text: '<a>' }],
    ['<Text>a<!-- b -->c</Text>', { Text: 'ac' }],
    ['<Inner><A>x</A><B>7</B></Inner>', { Inner: inner('x', 7) }],
    ['<Inner i:type="Inner"><A>x</A></Inner>', { Inner: inner('x') }],
    ['<Inner i:nil="1"/>', {}],
    ['<Items><Inner><A>x</A></Inner> <Inner i:nil="true"/><Other/></Items>', { Items: [inner('x'), null] }],
    ['<Items/>', { Items: [] }],
    [`<Texts ${ARRAYS.replace('xmlns', 'xmlns:m')}><m:string>a</m:string><string>b</string></Texts>`, { Texts: ['a'] }],
    [entry('<m:Key>a</m:Key><m:Value>1</m:Value>'), { Map: { a: '1' } }],
    [entry('<m:Key>a</m:Key><m:Other/><m:Value i:nil="true"/>'), { Map: { a: null } }],
    ['<Color>Green</Color>', { Color: 'Green' }],
    ['<Maybe i:nil="true"/>', {}],
    ['<Text z:Id="i1">a</Text>', { Text: 'a' }],
    ['<Items z:Size="2"/>', { Items: [] }],
  ])('%s', (content, value) => {
    expect(read('xml', document(content))).toEqual(value);
  });
  test.each([
    ['<Number i:nil="true"/>', "ValueType 'System.Int32' cannot be null."],
    ['<Color i:nil="true"/>', "ValueType 'Color' cannot be null."],
    ['<Number z:Ref="i1"/>', "ValueType 'System.Int32' cannot have ref to another object."],
    ['<Number z:Id="i1">5</Number>', "ValueType 'System.Int32' cannot have id."],
    ['<Text z:Ref="i1"/>', "Deserialized object with reference id 'i1' not found in stream."],
    ['<Inner i:type="Outer"/>', "Element 'urn:a:Inner' contains data of the 'urn:a:Outer' data contract."],
    ['<Color i:type="Other">Green</Color>', "contains data of the 'urn:a:Other' data contract."],
    ['<Items i:type="Inner"/>', "contains data of the 'urn:a:Inner' data contract."],
    ['text', "Expecting state 'Element'.. Encountered 'Text'"],
    ['<Items>text</Items>', "Expecting state 'Element'.. Encountered 'Text'"],
    ['<Number>5<A/></Number>', "End element 'Number' from namespace 'urn:a' expected. Found element 'A' from namespace 'urn:a'."],
    ['<Number>x<A/></Number>', "The value 'x' cannot be parsed as the type 'Int32'."],
    ['<Text i:nil="maybe"/>', "The value 'maybe' cannot be parsed as the type 'Boolean'."],
    ['<Nope i:nil="maybe"/>', "The value 'maybe' cannot be parsed as the type 'Boolean'."],
    ['<Items z:Size="many"/>', "The value 'many' cannot be parsed as the type 'Int32'."],
    ['<Color>green</Color>', "Invalid enum value 'green' cannot be deserialized into type 'Color'."],
    [entry('<m:Value>1</m:Value>'), "is not expected. Expecting element 'Key'."],
    [entry('<m:Key>a</m:Key>'), "is not expected. Expecting element 'Value'."],
  ])('%s is refused', (content, message) => {
    expect(() => read('xml', document(content))).toThrow(message);
  });
  test('the root may be nil or of its own type, and no other', () => {
    expect(read('xml', document('<Number>5</Number>', ' i:nil="true"'))).toEqual({});
    expect(read('xml', document('<Number>5</Number>', ' i:type="Outer"'))).toEqual({ Number: 5 });
    expect(() => read('xml', document('', ' i:type="Inner"'))).toThrow("contains data of the 'urn:a:Inner' data contract.");
    expect(() => read('xml', '<Outer/>')).toThrow(
      "Expecting element 'Outer' from namespace 'urn:a'.. Encountered 'Element'  with name 'Outer', namespace ''.",
    );
    expect(() => read('xml', '<Other xmlns="urn:a"/>')).toThrow("Encountered 'Element'  with name 'Other', namespace 'urn:a'.");
  });
  test('what is wrong with the form has the type before it', () => {
    expect(() => read('xml', '<Outer>')).toThrow('There was an error deserializing the object of type Outer. Unexpected end of file.');
  });
  test('a batch is an array of the type', () => {
    const { value } = decodeList(
      Outer,
      '<ArrayOfOuter xmlns="urn:a" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Outer><Number>1</Number></Outer><Outer i:nil="true"/></ArrayOfOuter>',
      { format: 'xml', now: NOW },
    );
    expect(value.map((message) => message?.['Number'])).toEqual([1, undefined]);
  });
});

describe('beside the value', () => {
  test('which members were sent, in their order, and of nested objects', () => {
    const { value, sent } = decode(Outer, '{"Number":0,"Items":[{"B":0},{}],"Text":null}', { format: 'json', now: NOW });
    const [first, second] = value['Items'] as object[];
    expect(sent.get(value)).toEqual(['Number', 'Items', 'Text']);
    expect(sent.get(first!)).toEqual(['B']);
    expect(sent.get(second!)).toBeUndefined();
    const untaken = decode(Outer, '{"Color":null,"Flag":true}', { format: 'json', now: NOW });
    expect([untaken.value['Color'], untaken.sent.get(untaken.value)]).toEqual(['Red', ['Flag']]);
  });
  test('what no member took, the first five, shortened', () => {
    const passed = (format: Format, text: string): unknown =>
      decode(Outer, text, { format, now: NOW }).passedOver.map(({ dto: { name: owner }, name, why, text: value }) => [
        owner,
        name,
        why,
        value,
      ]);
    expect(passed('json', '{"Nope":1,"Number":"x","Inner":{"C":1},"__type":"Outer"}')).toEqual([
      ['Outer', 'Nope', 'unknown', ''],
      ['Outer', 'Number', 'unreadable', 'x'],
      ['Inner', 'C', 'unknown', ''],
    ]);
    expect(passed('json', '{"Color":null,"Map":null,"Text":null}')).toEqual([]);
    expect(passed('jsv', '{Map:,Color:,"":1}')).toEqual([]);
    expect(passed('json', '{"Twice":9}')).toEqual([['Outer', 'Twice', 'unknown', '']]);
    expect(passed('csv', 'Nope\n1')).toEqual([['Outer', 'Nope', 'unknown', '']]);
    expect(passed('xml', '<Outer xmlns="urn:a"><Text/><Number/><Nope/><Text xmlns=""/></Outer>')).toEqual([
      ['Outer', 'Number', 'late', ''],
      ['Outer', 'Nope', 'unknown', ''],
      ['Outer', 'Text', 'namespace', ''],
    ]);
    expect(passed('jsv', '{a:1,b:1,c:1,d:1,e:1,f:1}')).toHaveLength(5);
    expect(passed('jsv', `{${'a'.repeat(101)}:1,Number:${'x'.repeat(101)}}`)).toEqual([
      ['Outer', 'a'.repeat(100), 'unknown', ''],
      ['Outer', 'Number', 'unreadable', 'x'.repeat(100)],
    ]);
  });
});
