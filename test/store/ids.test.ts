import { expect, test } from 'vitest';
import { fromGuid, guidKind, toGuid } from '../../src/store/ids.ts';

const MANY = 100_000;

test('no GUID of a kind repeats, and each leads back to its number', () => {
  const kind = guidKind('7', 'zoo.pets');
  const seen = new Set<string>();
  for (let n = 0; n < MANY; n++) {
    const guid = toGuid(kind, n);
    seen.add(guid);
    if (fromGuid(kind, guid) !== n) expect.fail(`${guid} does not lead back to ${n}`);
  }
  expect(seen.size).toBe(MANY);
});

test('every GUID is of version 4 in lower case, from the first to the last number', () => {
  const kind = guidKind('7', 'zoo.pets');
  for (const n of [0, 1, 2, 31, 32, 10_000_000, 2 ** 31, 2 ** 32 - 1]) {
    const guid = toGuid(kind, n);
    expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(fromGuid(kind, guid)).toBe(n);
  }
});

test('GUIDs of another kind, of another seed and from elsewhere lead nowhere', () => {
  const kind = guidKind('7', 'zoo.pets');
  for (let n = 0; n < 2000; n++) {
    expect(fromGuid(kind, toGuid(guidKind('7', 'zoo.toys'), n))).toBeUndefined();
    expect(fromGuid(kind, toGuid(guidKind('8', 'zoo.pets'), n))).toBeUndefined();
  }
  const foreign = [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-0000-4000-8000-000000000404',
    'ffffffff-ffff-4fff-bfff-ffffffffffff',
    '7d444840-9dc0-11d1-b245-5ffdce74fad2',
    toGuid(kind, 5).toUpperCase(),
    `${toGuid(kind, 5)} `,
    toGuid(kind, 5).replaceAll('-', ''),
    '',
  ];
  for (const guid of foreign) expect(fromGuid(kind, guid), guid).toBeUndefined();
});

test('a GUID with one digit changed leads nowhere', () => {
  const kind = guidKind('7', 'zoo.pets');
  const guid = toGuid(kind, 42);
  for (let i = 0; i < guid.length; i++) {
    if (guid[i] === '-') continue;
    const changed = `${guid.slice(0, i)}${((Number.parseInt(guid[i]!, 16) + 1) % 16).toString(16)}${guid.slice(i + 1)}`;
    expect(fromGuid(kind, changed), changed).toBeUndefined();
  }
});

test('neighbouring numbers have GUIDs that share no pattern', () => {
  const kind = guidKind('7', 'zoo.pets');
  const bits = new Array<number>(32).fill(0);
  for (let n = 0; n < 4000; n++) {
    const word = Number.parseInt(toGuid(kind, n).slice(0, 8), 16) ^ Number.parseInt(toGuid(kind, n + 1).slice(0, 8), 16);
    for (let bit = 0; bit < 32; bit++) bits[bit]! += (word >>> bit) & 1;
  }
  // Each bit differs in half of the pairs; seven standard deviations leave nothing to luck.
  for (const count of bits) expect(Math.abs(count - 2000)).toBeLessThan(7 * Math.sqrt(1000));
});
