import { expect, test } from 'vitest';
import { weightOf } from '../../src/store/weight.ts';

test.each([
  ['a deleted record keeps its place', null, 100],
  ['a record', {}, 100],
  ['numbers and flags', { a: 1, b: true }, 124],
  ['what has no value', { a: null }, 112],
  ['no text', { a: '' }, 112],
  ['a text, two bytes a character', { a: 'x'.repeat(1000) }, 100 + 12 + 24 + 2000],
  ['an object within', { a: { b: 1, c: 'x' } }, 100 + 12 + 12 + 12 + 12 + 26],
  ['a list within', { a: [1, 2, 3] }, 100 + 12 + 12 + 36],
])('%s', (_, record, bytes) => {
  expect(weightOf(record)).toBe(bytes);
});
