import { expect, test } from 'vitest';
import { exceededLimit, isDeeper } from '../../src/wire/json/limits.ts';

test('a JSON text is measured without being parsed; what stands in texts does not count', () => {
  const json = JSON.stringify({ a: [{ b: '{{[[::' }, { 'c"': 'x\\' }], 'd:{': { e: [] } });
  expect(isDeeper(json, 3)).toBe(false);
  expect(isDeeper(json, 2)).toBe(true);
  expect(exceededLimit(json, { depth: 9, objects: 4 })).toBeUndefined();
  expect(exceededLimit(json, { depth: 9, objects: 3 })).toBe('objects');
  expect(exceededLimit(json, { depth: 9, members: 5 })).toBeUndefined();
  expect(exceededLimit(json, { depth: 9, members: 4 })).toBe('members');
});

test('text that is not JSON is measured as well', () => {
  for (const text of ['', '"', '"\\', ']]}}', '{"a']) expect(exceededLimit(text, { depth: 1, objects: 1, members: 0 })).toBeUndefined();
  expect(isDeeper('['.repeat(500_000), 256)).toBe(true);
});
