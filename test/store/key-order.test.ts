import { expect, test } from 'vitest';
import { KeyOrder } from '../../src/store/key-order.ts';

const named = (name: unknown) => ({ name });
const orderOf = () =>
  KeyOrder.of('name', [
    [3, named('b')],
    [1, named('B')],
    [2, named('a')],
    [4, named(null)],
  ]);

test('keys stand by their text in lower case and then by key, those without a text first', () => {
  expect(orderOf().keys).toEqual([4, 2, 1, 3]);
  expect(KeyOrder.of('name', []).keys).toEqual([]);
});
test('the first key of a text is found, case aside', () => {
  expect(['A', 'b', '', 'c', 'aa'].map((text) => orderOf().find(text))).toEqual([2, 1, 4, undefined, undefined]);
});
test('a record that comes, changes or goes is moved; a copy goes its own way', () => {
  const order = orderOf();
  order.move(5, undefined, named('Ab'));
  expect(order.keys).toEqual([4, 2, 5, 1, 3]);
  order.move(1, named('B'), named('0'));
  expect(order.keys).toEqual([4, 1, 2, 5, 3]);
  const copy = order.copy();
  copy.move(3, named('b'), undefined);
  copy.move(0, undefined, named('ab'));
  expect([order.keys, copy.keys]).toEqual([
    [4, 1, 2, 5, 3],
    [4, 1, 2, 0, 5],
  ]);
  expect([order.find('b'), copy.find('b'), copy.find('ab')]).toEqual([3, undefined, 0]);
});
