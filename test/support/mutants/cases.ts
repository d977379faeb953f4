/** Servers that are wrong in one thing. */
import type { Case } from './case.ts';
import { logisense } from './logisense.ts';
import { pagesAndErrors } from './pages-and-errors.ts';
import { serviceStack, serviceStackWriting } from './servicestack.ts';

/** `write`: it shows only when the writing operations are asked. */
export const cases: readonly (Case & { readonly write: boolean })[] = [
  ...serviceStack.map((wrong) => ({ ...wrong, write: false })),
  ...[...serviceStackWriting, ...logisense, ...pagesAndErrors].map((wrong) => ({ ...wrong, write: true })),
];
