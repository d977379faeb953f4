/** Servers that are wrong in one thing, seen in recorded traffic alone: a request and its answer are all there is. */
import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { createMock } from '../../src/index.ts';
import { exchangeOf } from '../../src/verify/har/har.ts';
import { Traffic } from '../../src/verify/traffic.ts';
import { verify } from '../../src/verify/verify.ts';
import { mutant } from '../support/mutant.ts';
import { cases } from '../support/mutants/cases.ts';
import { recorder } from '../support/recorder.ts';

/** What is as documented, and contradicts nothing: wrong only for who knows the other page, or which error it should have been. */
const NOT_ALONE: readonly string[] = [
  'page 1 for every page',
  'another total on the second page',
  'no total past the end',
  'the total of a page',
  '500 for an unknown id',
  '403 where nobody is signed in',
  '200 where nobody is signed in',
  'the words of the framework for an unknown id',
  '400 for an unknown id',
  '500 for an id that is not a number',
  'no words for an id that is not a number',
  'a broken body that breaks the server',
  '404 where nobody is signed in',
];
const alone = cases.filter(({ title }) => !NOT_ALONE.includes(title));

test('of the mutants that verify tells, recorded traffic tells nine of ten', () => {
  expect(alone.length / cases.length).toBeGreaterThan(0.89);
  expect(NOT_ALONE.filter((title) => !cases.some((each) => each.title === title))).toEqual([]);
});

test.each(alone)('tells $title from $operation', async ({ operation, write, options, ...mutation }) => {
  await using mock = createMock({ scale: { 'logisense.contacts': 30 }, ...options });
  const { fetch, entries } = recorder(mutant(mock, mutation).fetch);
  await verify({ url: 'http://mock', fetch, apis: [operation.slice(0, operation.indexOf('.'))], write });
  const traffic = new Traffic(catalogue);
  const found = entries.flatMap((entry) => {
    const { pathname, search } = new URL(entry.request.url);
    return traffic.add(exchangeOf(entry, pathname + search), 1, { at: Date.parse(entry.startedDateTime ?? '') }) ?? [];
  });
  expect(found.map((finding) => finding.operation)).toContain(operation);
});
