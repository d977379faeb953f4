/** `verify` names the operation, the member and the rule of a server that is wrong. */
import { expect } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { findingsOf } from '../../../src/verify/report/report.ts';
import { verify } from '../../../src/verify/verify.ts';
import { mutant } from '../mutant.ts';
import type { cases } from './cases.ts';

export async function expectFound({ operation, member, rule, write, options, ...mutation }: (typeof cases)[number]): Promise<void> {
  await using mock = createMock({ scale: { 'logisense.contacts': 30 }, ...options });
  const { fetch, changed } = mutant(mock, mutation);
  const { outcomes } = await verify({ url: 'http://mock', fetch, apis: [operation.slice(0, operation.indexOf('.'))], write });
  expect(changed()).toBeGreaterThan(0);
  expect(outcomes.flatMap(findingsOf)).toContainEqual(expect.objectContaining({ operation, member, rule }));
}
