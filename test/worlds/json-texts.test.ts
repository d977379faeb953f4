import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonTexts } from '../../src/worlds/json-texts.ts';

test('what is written in pieces is what JSON.stringify writes at once, with a line break at the end', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
      expect([...jsonTexts(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
    }),
  );
});

test('no piece is longer than a record', () => {
  const record = { name: 'Line one\nline two', tags: ['a', 'b'], owner: null };
  const pieces = [...jsonTexts({ worlds: { '': { records: { pets: { 1: record, 2: record } } } } })];
  expect(pieces.filter((piece) => piece.includes('Line one'))).toHaveLength(2);
});
