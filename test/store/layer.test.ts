import { describe, expect, test } from 'vitest';
import { equal, Layer, merging, stack } from '../../src/store/layer.ts';

describe('a write of what is there already is none: values are equal', () => {
  const value = (): unknown => ({ id: 1, name: null, tags: ['a', { b: [] }], empty: {} });
  test('member by member, whatever their order', () => {
    expect(equal(value(), value())).toBe(true);
    expect(equal({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(equal({ a: { b: [1, 2] } }, { a: { b: [1, 3] } })).toBe(false);
  });
  test.each<[unknown, unknown]>([
    [[], {}],
    [['a'], { 0: 'a' }],
    ['', []],
    ['a', ['a']],
    [0, {}],
    [null, {}],
    [{ a: undefined }, { b: undefined }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [[1], [1, 2]],
    [1, '1'],
    [false, null],
  ])('and not %j and %j', (left, right) => {
    expect([equal(left, right), equal(right, left)]).toEqual([false, false]);
  });
});

/** A layer of so many records from a key on. */
function layerOf(size: number, from = 0): Layer {
  const layer = new Layer();
  for (let key = from; key < from + size; key++) layer.set('pets', key, { key });
  return layer;
}
const sizes = (layers: readonly Layer[]): number[] => layers.map(({ size }) => size);

describe('layers of snapshots', () => {
  test('each stay more than twice as large as the next', () => {
    expect(sizes(stack([layerOf(21)], layerOf(10, 100)))).toEqual([21, 10]);
    expect(sizes(stack([layerOf(20)], layerOf(10, 100)))).toEqual([30]);
    expect(sizes(stack([layerOf(70), layerOf(20, 100)], layerOf(10, 200)))).toEqual([70, 30]);
    expect(sizes(stack([layerOf(60), layerOf(20, 100)], layerOf(10, 200)))).toEqual([90]);
  });
  test('are not copied together beyond fifty thousand records, which would hold up other callers', () => {
    expect(sizes(stack([layerOf(30_000)], layerOf(20_000, 100_000)))).toEqual([50_000]);
    expect(sizes(stack([layerOf(30_000)], layerOf(20_001, 100_000)))).toEqual([30_000, 20_001]);
  });
  test('stay apart from those that worlds share', () => {
    const shared = layerOf(1);
    expect(sizes(stack([shared, layerOf(2, 10)], layerOf(2, 100), [shared]))).toEqual([1, 4]);
  });
  test('weigh what their entries weigh, however they came to them', () => {
    const layer = new Layer();
    const heavy = { name: 'x'.repeat(100), tags: ['y'.repeat(50)] };
    const light = { name: null, tags: [] };
    layer.set('pets', 1, heavy);
    const alone = layer.weight;
    expect(alone).toBeGreaterThan(300);
    expect(alone).toBeLessThan(1000);
    layer.set('pets', 1, light);
    layer.set('pets', 2, heavy);
    layer.set('pets', 2, null);
    layer.drop('pets', 2);
    layer.drop('pets', 3);
    layer.set('owners', 1, heavy);
    const both = layerOf(0);
    both.set('pets', 1, light);
    both.set('owners', 1, heavy);
    expect(layer.weight).toBe(both.weight);
    const over = layerOf(0);
    over.set('pets', 1, heavy);
    expect(stack([layer], over)[0]?.weight).toBe(both.weight + alone - (both.weight - alone));
  });
  test('let other callers in once in a thousand records, and the later record of a key wins', () => {
    const work = merging([layerOf(2_500), layerOf(1_500, 1_500)]);
    let turns = 0;
    let step = work.next();
    for (; step.done !== true; step = work.next()) turns++;
    expect([turns, step.value.size]).toEqual([4, 3_000]);
    const [older, newer] = [layerOf(1), new Layer()];
    newer.set('pets', 0, null);
    expect(stack([older], newer)[0]?.get('pets', 0)).toBeNull();
  });
});

describe('who holds a value', () => {
  const holding = (layer: Layer, owner: number) => [...layer.holding('pets', 'owner', owner)];
  test('is known by value, and kept up with what is written', () => {
    const layer = new Layer();
    for (const key of [1, 2, 3]) layer.set('pets', key, { key, owner: key % 2 });
    expect([holding(layer, 0), holding(layer, 1), holding(layer, 2)]).toEqual([[2], [1, 3], []]);
    layer.set('pets', 3, { key: 3, owner: 2 });
    layer.set('pets', 2, null);
    layer.set('pets', 4, { key: 4, owner: 1 });
    layer.drop('pets', 1);
    layer.set('owners', 1, { key: 1, owner: 2 });
    expect([holding(layer, 0), holding(layer, 1), holding(layer, 2)]).toEqual([[], [4], [3]]);
    expect([...layer.holding('toys', 'owner', 1)]).toEqual([]);
  });
});
