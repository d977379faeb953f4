/** Servers that are wrong in one thing: `verify` names the operation, the member and the rule of each. */
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { findingsOf } from '../../src/verify/report/report.ts';
import { verify } from '../../src/verify/verify.ts';
import { inText, mutant } from '../support/mutant.ts';
import { cases } from '../support/mutants/cases.ts';
import { expectFound } from '../support/mutants/expect-found.ts';

/** Of each operation and rule the first; `npm run test:slow` has them all. */
const some = cases.filter(
  ({ operation, rule }, i) => cases.findIndex((other) => other.operation === operation && other.rule === rule) === i,
);
test.each(some)('tells $title from $operation', expectFound);

test('of answers that disagree, the one that all others contradict differs, and no other', async () => {
  await using mock = createMock();
  const { fetch } = mutant(mock, { of: /^GET .Contact.?$/, change: inText(/"lastName":"[^"]*"/g, '"lastName":"Nobody"') });
  const { outcomes } = await verify({ url: 'http://mock', fetch, apis: ['logisense'] });
  const found = outcomes.flatMap(findingsOf).map(({ operation, path, rule }) => ({ operation, path, rule }));
  expect(found).toEqual([{ operation: 'logisense.Contact.list', path: 'items[].lastName', rule: 'value' }]);
});
