/** Servers that are wrong in one thing: `verify` names the operation, the member and the rule of each. */
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { findingsOf } from '../../src/verify/report/report.ts';
import { verify } from '../../src/verify/verify.ts';
import { inText, mutant } from '../support/mutant.ts';
import { cases } from '../support/mutants/cases.ts';

test.each(cases)('tells $title from $operation', async ({ operation, member, rule, write, options, ...mutation }) => {
  await using mock = createMock({ scale: { 'logisense.contacts': 30 }, ...options });
  const { fetch, changed } = mutant(mock, mutation);
  const api = operation.slice(0, operation.indexOf('.'));
  const { outcomes } = await verify({ url: 'http://mock', fetch, apis: [api], write });
  expect(changed()).toBeGreaterThan(0);
  expect(outcomes.flatMap(findingsOf)).toContainEqual(expect.objectContaining({ operation, member, rule }));
});

test('blames the one operation that all others contradict, and no other', async () => {
  await using mock = createMock();
  const { fetch } = mutant(mock, { of: /^GET .Contact.?$/, change: inText(/"lastName":"[^"]*"/g, '"lastName":"Nobody"') });
  const { outcomes } = await verify({ url: 'http://mock', fetch, apis: ['logisense'] });
  const found = outcomes.flatMap(findingsOf).map(({ operation, path, rule }) => ({ operation, path, rule }));
  expect(found).toEqual([{ operation: 'logisense.Contact.list', path: 'items[].lastName', rule: 'value' }]);
});
