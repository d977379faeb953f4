import { expect, test } from 'vitest';
import { MemoCache } from '../../src/store/memo-cache.ts';

/** Whether a cache has a value under a key, and does not keep the one that it is offered. */
const has = (cache: MemoCache, key: string | number): boolean => {
  let isKept = true;
  try {
    cache.getOrSet(key, () => {
      isKept = false;
      throw new Error('not to be kept');
    });
  } catch {}
  return isKept;
};

test('a value is made once, until the cache is emptied', () => {
  const cache = new MemoCache('toy');
  const [first, second] = [{}, {}];
  expect(cache.getOrSet('a', () => first)).toBe(first);
  expect(cache.getOrSet('a', () => second)).toBe(first);
  cache.clear();
  expect(cache.getOrSet('a', () => second)).toBe(second);
});

test('of more than 256 values the oldest goes first', () => {
  const cache = new MemoCache('toy');
  for (let key = 0; key < 256; key++) cache.getOrSet(key, () => ({}));
  expect([has(cache, 0), has(cache, 255)]).toEqual([true, true]);
  cache.getOrSet(256, () => ({}));
  expect([has(cache, 0), has(cache, 1), has(cache, 256)]).toEqual([false, true, true]);
});

test('of more than 200 caches that hold anything the one that was filled first is emptied', () => {
  const filled = new Set<MemoCache>();
  const caches = Array.from({ length: 201 }, () => new MemoCache('toy'));
  for (const cache of caches.slice(0, 200)) cache.getOrSet('a', () => ({}), filled);
  expect([filled.size, caches.slice(0, 200).every((cache) => has(cache, 'a'))]).toEqual([200, true]);
  caches[200]!.getOrSet('a', () => ({}), filled);
  expect([filled.size, has(caches[0]!, 'a'), has(caches[1]!, 'a'), has(caches[200]!, 'a')]).toEqual([200, false, true, true]);
  caches[1]!.clear();
  expect([filled.size, has(caches[1]!, 'a')]).toEqual([199, false]);
});
