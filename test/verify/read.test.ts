/** The readers of `verify` take what is right and nothing else: a reader that forgives would hide what is wrong. */
import { expect, test } from 'vitest';
import { dto } from '../../src/contract/dto.ts';
import {
  bool,
  dateTime,
  decimal,
  double,
  enumeration,
  type Field,
  guid,
  int,
  list,
  long,
  object,
  string,
} from '../../src/contract/field.ts';
import { guidFormat, isoDate, lexicalFormats, jsvDate, scalarDiffers, wcfDate, xmlDate } from '../../src/verify/compare/lexical-format.ts';
import { longestIncreasingSubsequence } from '../../src/verify/compare/increasing-subsequence.ts';
import { readCsv } from '../../src/verify/compare/read/csv.ts';
import { readJson } from '../../src/verify/compare/read/json.ts';
import { readJsv } from '../../src/verify/compare/read/jsv.ts';
import { readXml } from '../../src/verify/compare/read/xml.ts';
import { References } from '../../src/verify/compare/references.ts';
import { type ParsedValue, scalar } from '../../src/verify/compare/parsed-value.ts';

const plain = (seen: ParsedValue): unknown => {
  if (seen.is === 'object' || (seen.is === 'element' && seen.children.length > 0))
    return seen.children.map(({ name, value }) => [name, plain(value)]);
  return seen.is === 'list' ? seen.children.map(({ value }) => plain(value)) : seen.is === 'null' ? null : seen.text;
};

test('JSON keeps the digits of numbers and members that stand twice', () => {
  expect(plain(readJson(' {"a":1.50,"b":[9007199254740993,-0e1],"a":"\\u00e4\\n","c":{"d":null,"e":true}} '))).toEqual([
    ['a', '1.50'],
    ['b', ['9007199254740993', '-0e1']],
    ['a', 'ä\n'],
    [
      'c',
      [
        ['d', null],
        ['e', 'true'],
      ],
    ],
  ]);
});

test.each([
  '',
  '{',
  '{"a":1,}',
  "{'a':1}",
  '{a:1}',
  '[1 2]',
  '01',
  '1.',
  '.5',
  '+1',
  'NaN',
  '"a',
  '"\t"',
  '"\\x"',
  '{"a":1} x',
  '{"a"}',
  'undefined',
])('%j is not valid JSON', (text) => {
  expect(() => readJson(text)).toThrow('not valid JSON');
});

test('JSV is read as ServiceStack writes it', () => {
  expect(plain(readJsv('{A:1,B:"x, ""y""",C:[{D:2024-05-06T07:08:09.1230000Z},{D:}],E:{},F:[],G:True}'))).toEqual([
    ['A', '1'],
    ['B', 'x, "y"'],
    ['C', [[['D', '2024-05-06T07:08:09.1230000Z']], [['D', '']]]],
    ['E', []],
    ['F', []],
    ['G', 'True'],
  ]);
});

test.each(['{A:1', '{A}', '[1,2', '{A:1}}', '{A:x"y}', '{A:http://x}'])('%j is not valid JSV', (text) => {
  expect(() => readJsv(text)).toThrow('not valid JSV');
});

const Answer = dto('Answer', {}, { Items: list(object(() => dto('Item', {}, { A: int() }))), Name: string(), Total: int() });

test('CSV is one row of names and one of values, lists in JSV', () => {
  expect(plain(readCsv('Items,Name,Total\r\n"[{A:1},{A:2}]","say ""hi"", all",2\r\n', [Answer]))).toEqual([
    ['Items', [[['A', '1']], [['A', '2']]]],
    ['Name', 'say "hi", all'],
    ['Total', '2'],
  ]);
  expect(plain(readCsv('Items,Name\r\n,\r\n', [Answer]))).toEqual([
    ['Items', null],
    ['Name', null],
  ]);
});

test.each(['', 'Items,Name\r\n', 'Items,Name\r\n1\r\n', 'Name\r\na\r\nb\r\n', 'Name\r\n"a', 'Items\r\n"[{A:1}"\r\n'])(
  '%j is not CSV of one record',
  (text) => {
    expect(() => readCsv(text, [Answer])).toThrow(/not (valid )?(CSV|JSV)/);
  },
);

test('a text may be as long as an answer', () => {
  const long = 'x'.repeat(8_000_000);
  const escaped = '\\n'.repeat(2_000_000);
  const doubled = '""'.repeat(2_000_000);
  expect(readJson(`{"a":"${long}"}`).children[0]?.value.text).toBe(long);
  expect(readJson(`{"a":"${escaped}"}`).children[0]?.value.text).toHaveLength(2_000_000);
  expect(readJsv(`{a:"${doubled}"}`).children[0]?.value.text).toHaveLength(2_000_000);
  expect(readCsv(`a\r\n"${doubled}"\r\n`, []).children[0]?.value.text).toHaveLength(2_000_000);
});

test('XML names are resolved to their namespaces, entities to their characters, nil to nothing', () => {
  const root = readXml(
    '<?xml version="1.0" encoding="utf-8"?><r xmlns="urn:a" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">\n<b xmlns:p="urn:b"><p:c>&lt;&amp;&#x41;&#66;</p:c></b><d i:nil="true" /><e><![CDATA[&x<]]></e><f xmlns="" /></r>',
  );
  expect([root.name, root.ns]).toEqual(['r', 'urn:a']);
  expect(root.value.children.map(({ name, ns }) => [name, ns])).toEqual([
    ['b', 'urn:a'],
    ['d', 'urn:a'],
    ['e', 'urn:a'],
    ['f', ''],
  ]);
  expect(root.value.children[0]?.value.children[0]).toMatchObject({ name: 'c', ns: 'urn:b', value: { text: '<&AB' } });
  expect(root.value.children.map(({ value }) => value.is)).toEqual(['element', 'null', 'element', 'element']);
  expect(root.value.children[2]?.value.text).toBe('&x<');
});

test.each([
  '',
  'text',
  '<a>',
  '<a></b>',
  '<a/><b/>',
  '<a/>x',
  '<a>x<b/></a>',
  '<p:a/>',
  '<a>&nbsp;</a>',
  '<a>&amp</a>',
  '<!DOCTYPE a><a/>',
  '<a b="1" b="2"/>',
  '<a p:nil="true"/>',
])('%j is not XML that a .NET reader takes', (text) => {
  expect(() => readXml(text)).toThrow();
});

const forms = (date: typeof isoDate, style: 'N' | 'D') => lexicalFormats({ guid: () => guidFormat(style), date, bool: ['true', 'false'] });
const rule = (field: Field, seen: ParsedValue, date = isoDate, style: 'N' | 'D' = 'D'): string | undefined =>
  scalarDiffers(field, seen, forms(date, style), seen.is !== 'bare')?.rule;
const bare = (text: string): ParsedValue => scalar('bare', text);
const number = (text: string): ParsedValue => scalar('number', text);
const text = (value: string): ParsedValue => scalar('string', value);
const Sort = enumeration('SortOrder', ['Ascending', 'Descending']);
const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

test.each<[string, Field, ParsedValue, string | undefined]>([
  ['a whole number', int(), number('-5'), undefined],
  ['a whole number with a fraction of zero', int(), number('5.0'), 'form'],
  ['a fraction for a whole number', int(), number('5.5'), 'type'],
  ['a whole number of 64 bits for one of 32', int(), number('2147483648'), 'type'],
  ['a whole number of 64 bits', long(), number('9223372036854775807'), undefined],
  ['a whole number beyond 64 bits', long(), number('9223372036854775808'), 'type'],
  ['a decimal with its scale', decimal(), number('1.50'), undefined],
  ['a decimal with an exponent', decimal(), number('1e3'), 'form'],
  ['a double with an exponent', double(), number('1e-3'), undefined],
  ['a text for a number', int(), text('5'), 'type'],
  ['a bool', bool(), scalar('boolean', 'true'), undefined],
  ['a number for a bool', bool(), number('1'), 'type'],
  ['a number for a bool in bare text', bool(), bare('1'), 'form'],
  ['a word for a bool', bool(), bare('yes'), 'type'],
  ['a Guid with dashes', guid(), text(GUID), undefined],
  ['a Guid without dashes', guid(), text(GUID.replaceAll('-', '')), 'form'],
  ['a Guid in braces', guid(), bare(`{${GUID}}`), 'form'],
  ['a number for a Guid', guid(), bare('5'), 'type'],
  ['a name of an enumeration', Sort, text('Descending'), undefined],
  ['a name in another case', Sort, text('descending'), 'form'],
  ['the number of a name', Sort, number('1'), 'type'],
  ['the number of a name in bare text', Sort, bare('1'), 'type'],
  ['any text', string(), text(''), undefined],
  ['a number for a text', string(), number('5'), 'type'],
])('%s', (_, field, seen, wanted) => {
  expect(rule(field, seen)).toBe(wanted);
});

test.each([
  [isoDate, '2024-05-06T07:08:09.0000000', undefined],
  [isoDate, '2024-05-06T07:08:09.1234567+10:00', undefined],
  [isoDate, '2024-05-06T07:08:09Z', 'form'],
  [isoDate, '2024-13-06T07:08:09.0000000', 'form'],
  [wcfDate, '/Date(-62135596800000-0000)/', undefined],
  [wcfDate, '2024-05-06T07:08:09Z', 'form'],
  [xmlDate, '2024-05-06T07:08:09.12', undefined],
  [xmlDate, '2024-05-06T07:08:09.120', 'form'],
  [jsvDate, '2024-05-06', undefined],
  [jsvDate, '2024-05-06T07:08:09+00:00', undefined],
  [jsvDate, '06/05/2024', 'form'],
])('a date: %o', (date, value, wanted) => {
  expect(rule(dateTime(), text(value), date)).toBe(wanted);
});

test('what is out of place is what is left of the longest rise', () => {
  expect(longestIncreasingSubsequence([0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
  expect(longestIncreasingSubsequence([3, 0, 1, 2])).toEqual([0, 1, 2]);
  expect(longestIncreasingSubsequence([0, 2, 3, 1, 4])).toEqual([0, 2, 3, 4]);
  expect(longestIncreasingSubsequence([])).toEqual([]);
});

test('an id keeps its number through every call and form', () => {
  const references = new References();
  expect([GUID, '7', GUID.replaceAll('-', '').toUpperCase(), '7', '8'].map((id) => references.name(id).split(' ')[0])).toEqual([
    '#1',
    '#2',
    '#1',
    '#2',
    '#3',
  ]);
});
