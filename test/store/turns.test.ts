import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inPieces, inTurns, nextTurn, sorted } from '../../src/store/turns.ts';
import { atOnce, type Work } from '../../src/work.ts';

/** Work of many small steps that goes on until it is told to stop. */
function* until(isDone: () => boolean): Work<string> {
  while (!isDone()) yield;
  return 'done';
}

test('short work is done at once, without a promise', () => {
  let steps = 0;
  expect(inTurns(until(() => ++steps > 5))).toBe('done');
  expect(atOnce(until(() => ++steps > 5))).toBe('done');
});

test('long work lets others in, and goes on', async () => {
  let isDone = false;
  const work = inTurns(until(() => isDone));
  expect(work).toBeInstanceOf(Promise);
  // It would not end if the event loop did not go round.
  setImmediate(() => {
    isDone = true;
  });
  expect(await work).toBe('done');
});

test('of several long pieces of work each gets its turns', async () => {
  const order: string[] = [];
  const wait = async (name: string) => {
    for (let i = 0; i < 3; i++) {
      await nextTurn();
      order.push(name);
    }
  };
  await Promise.all([wait('a'), wait('b')]);
  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
});

test('work stops when its caller is gone', async () => {
  const gone = new AbortController();
  let steps = 0;
  const work = inTurns(
    until(() => ++steps < 0),
    gone,
  );
  gone.abort(new Error('nobody is there'));
  await expect(work).rejects.toThrow('nobody is there');
  const before = steps;
  await nextTurn();
  await nextTurn();
  expect(steps).toBe(before);
});

describe('pieces', () => {
  test('hold all texts in order, and few at a time', async () => {
    const texts = Array.from({ length: 5000 }, (_, i) => `${i},`.padStart(40));
    const pieces: string[] = [];
    for await (const piece of inPieces(texts)) pieces.push(piece);
    expect(pieces.join('')).toBe(texts.join(''));
    expect(pieces.length).toBeGreaterThan(2);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(66_000);
  });
  test('are made while they are taken', async () => {
    let made = 0;
    const texts = function* () {
      for (;;) {
        made++;
        yield 'x'.repeat(1000);
      }
    };
    for await (const piece of inPieces(texts())) {
      expect(piece.length).toBeGreaterThan(60_000);
      break;
    }
    expect(made).toBeLessThan(70);
  });
});

test('a long list is sorted in many turns; equal items keep their order, and the given list is left as it is', () => {
  const items = Array.from({ length: 5000 }, (_, i) => ({ by: (i * 7919) % 100, i }));
  const given = [...items];
  const work = sorted(items, (left, right) => left.by - right.by);
  let turns = 0;
  let step = work.next();
  for (; !step.done; step = work.next()) turns++;
  expect(step.value).toEqual([...given].sort((left, right) => left.by - right.by || left.i - right.i));
  expect(items).toEqual(given);
  // After each of five runs, and once in 1024 items of the merges: of twice 2048, of 4096, of 5000.
  expect(turns).toBe(5 + 2 * 2 + 4 + 4);
});

test('sorting in turns is sorting', () => {
  const item = fc.record({ by: fc.nat(50), name: fc.string() });
  const compare = (left: { by: number }, right: { by: number }) => left.by - right.by;
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5000, size: 'max' }), (items) => {
      expect(atOnce(sorted(items, compare))).toEqual([...items].sort(compare));
    }),
    { seed: 20260202, numRuns: 20 },
  );
});
