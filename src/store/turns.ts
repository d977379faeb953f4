/**
 * Long work in turns: after a few milliseconds the event loop goes round, so that no list, search or dump holds up another
 * caller. All long work of a process shares these turns: one piece of it runs between two rounds of the loop.
 */
import type { Work } from '../work.ts';
import { monotonic } from './clock.ts';

/** Milliseconds of work between two rounds of the event loop. */
const TURN = 6;
/** Characters that are handed on together: one call for each line would cost more than the line. */
const PIECE = 65_536;
/** Items that are sorted or merged between two looks at the clock. */
const RUN = 1024;

/**
 * Does the work in turns: at once where it is short. Stops, and throws the signal's reason, when its caller is gone. The
 * signal is looked at after the first turn alone: Node makes one when it is asked for, which costs more than a short answer.
 */
export function inTurns<T>(work: Work<T>, caller?: { readonly signal: AbortSignal }): T | Promise<T> {
  const step = turn(work);
  return step.done ? step.value : furtherTurns(work, caller?.signal);
}

async function furtherTurns<T>(work: Work<T>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    await nextTurn();
    signal?.throwIfAborted();
    const step = turn(work);
    if (step.done) return step.value;
  }
}

function turn<T>(work: Work<T>): IteratorResult<undefined, T> {
  const end = monotonic() + TURN;
  let step = work.next();
  while (!step.done && monotonic() < end) step = work.next();
  return step;
}

// Taken when the module is loaded: fake timers of a test are not to stop a list half way.
const { setTimeout } = globalThis;
const afterEvents: (callback: () => void) => void = globalThis.setImmediate ?? ((callback) => setTimeout(callback, 0));
const waiting: (() => void)[] = [];

/** Resolves after events that wait have been handled; of several that wait, one goes on in each round of the event loop. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (waiting.push(resolve) === 1) afterEvents(wake);
  });

function wake(): void {
  waiting.shift()?.();
  if (waiting.length > 0) afterEvents(wake);
}

/** Texts put together into pieces, made in turns while they are taken. */
export async function* inPieces(texts: Iterable<string>): AsyncGenerator<string> {
  let piece = '';
  let end = monotonic() + TURN;
  for (const text of texts) {
    piece += text;
    const isFull = piece.length >= PIECE;
    if (!isFull && monotonic() < end) continue;
    if (isFull) {
      yield piece;
      piece = '';
    }
    await nextTurn();
    end = monotonic() + TURN;
  }
  if (piece !== '') yield piece;
}

/** A new sorted list; equal items keep their order. */
export function* sorted<T>(items: readonly T[], compare: (left: T, right: T) => number): Work<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(i + 1 < runs.length ? yield* merge(runs[i]!, runs[i + 1]!, compare) : runs[i]!);
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(left: readonly T[], right: readonly T[], compare: (left: T, right: T) => number): Work<T[]> {
  const merged: T[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    merged.push(j >= right.length || (i < left.length && compare(left[i]!, right[j]!) <= 0) ? left[i++]! : right[j++]!);
    if (merged.length % RUN === 0) yield;
  }
  return merged;
}
