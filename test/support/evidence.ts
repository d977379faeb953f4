/** A test says what it has shown of an operation, as its last statement: the mark counts only if the test passes. */
import { TestRunner } from 'vitest';
import type { Axis } from '../../src/verify/evidence-axes.ts';

declare module 'vitest' {
  interface TaskMeta {
    evidence?: [operation: string, axis: Axis][];
  }
}

/**
 * @example
 * test('the documented sample comes out of the contract', async () => {
 *   …
 *   shows('logisense.Contact.get', 'sample');
 * });
 */
export function shows(operation: string, axis: Axis): void {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error('shows() belongs into a test');
  test.meta.evidence = [...(test.meta.evidence ?? []), [operation, axis]];
}
