/** ServiceStack's own types in CSV and JSON Lines: the items of their first list are the rows (servicestack.md §13 F4). */
import { expect, test } from 'vitest';
import { type Dto, dto } from '../../src/contract/dto.ts';
import { int, list, object, string } from '../../src/contract/field.ts';
import { encode, type Format } from '../../src/wire/codec.ts';
import type { WireProfile } from '../../src/wire/profile.ts';

const Row = dto('Row', { ns: 'urn:own' }, { A: string(), B: int() }) as unknown as Dto;
const own = (fields: Parameters<typeof dto>[2]): Dto => dto('Own', { ns: 'urn:own', isDataContract: true }, fields) as unknown as Dto;
const OfRows = own({ Name: string(), ResponseStatus: list(string()), Rows: list(object(() => Row)), Others: list(string()) });
const OfTexts = own({ Texts: list(string()) });
const PROFILE: WireProfile = {
  guid: 'N',
  nullableGuid: 'N',
  isZeroGuidLeftOut: false,
  date: 'iso',
  assembly: 'net3',
  nulls: 'omitted',
};
const written = (type: Dto, value: object, format: Format, profile: Partial<WireProfile> = {}): string =>
  encode(type, value, { format, profile: { ...PROFILE, ...profile } });

test('JSON Lines: an item a line, and nothing of the message around them', () => {
  const value = { Name: 'left out', Rows: [{ A: 'x', B: 1 }, null, { A: 'y\n', B: 2 }], Others: ['left out'] };
  expect(written(OfRows, value, 'jsonl')).toBe('{"A":"x","B":1}\nnull\n{"A":"y\\n","B":2}\n');
  expect(written(OfTexts, { Texts: ['p', null, 'q,"r"'] }, 'jsonl')).toBe('"p"\nnull\n"q,\\"r\\""\n');
  expect(written(OfRows, { Rows: [] }, 'jsonl')).toBe('');
});

test('JSON Lines: without a list, the framework’s own mistake', () => {
  expect(() => written(OfRows, { Rows: null }, 'jsonl')).toThrow('Object reference not set to an instance of an object.');
});

test('JSON Lines: a message without a list is a line itself', () => {
  expect(written(own({ Name: string() }), { Name: 'x' }, 'jsonl')).toBe('{"Name":"x"}');
  expect(written(Row, { A: 'x', B: 1 }, 'jsonl')).toBe('{"A":"x","B":1}');
});

test('CSV: objects are rows under their names', () => {
  const value = { Name: 'left out', Rows: [{ A: 'x', B: 1 }, null, { A: 'y,"z"', B: 2 }] };
  expect(written(OfRows, value, 'csv')).toBe('A,B\r\nx,1\r\n,0\r\n"y,""z""",2\r\n');
  expect(written(OfRows, { Rows: [] }, 'csv')).toBe('A,B\r\n');
  expect(written(OfRows, { Rows: null }, 'csv')).toBe('A,B\r\n');
});

test('CSV: scalars stand on one line', () => {
  expect(written(OfTexts, { Texts: ['p', null, 'q,r', '{s'] }, 'csv')).toBe('p,,"q,r","{s"\r\n');
  expect(written(OfTexts, { Texts: null }, 'csv')).toBe('');
});

test('CSV: a column in which every row has the default is left out where defaults are, a message without columns whole', () => {
  const rows = (...values: object[]): string => written(OfRows, { Rows: values }, 'csv', { isDefaultOmitted: true });
  expect(rows({ A: 'x', B: 0 }, { A: null, B: 0 })).toBe('A\r\nx\r\n\r\n');
  expect(rows({ A: 'x', B: 0 }, { A: 'y', B: 3 })).toBe('A,B\r\nx,0\r\ny,3\r\n');
  expect(rows({ A: null, B: 0 })).toBe('\r\n');
});
