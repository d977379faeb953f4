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

/** What is documented as it stands, and wrong only for who knows another answer or what the record is. */
const NOT_ALONE: readonly string[] = [
  // Another format, or another operation, says something else.
  'a value that only CSV has',
  'one record less in JSONL',
  'a verb that is answered differently',
  'no contact points',
  'a record that is not the same twice',
  'records that no other operation bears out',
  'nulls that no other operation bears out',
  'children that another operation contradicts',
  'a name that is not the one of the key',
  // What was written is not what is read.
  'a contact that is not added',
  'a text that is not kept',
  'an added contact under another id each time',
  'a list that is not replaced',
  'an answer to POST that is not what is read afterwards',
  'an answer to PUT that is not what is read afterwards',
  'a PUT that is not kept',
  'a number under which nothing is found',
  // Other pages.
  'page 1 for every page',
  'another total on the second page',
  'no total past the end',
  'the total of a page',
  // Which error it should have been.
  '500 for an unknown id',
  '403 where nobody is signed in',
  'the words of the framework for an unknown id',
  '400 for an unknown id',
  '500 for an id that is not a number',
  'no words for an id that is not a number',
  'a broken body that breaks the server',
  '404 where nobody is signed in',
];

const alone = cases.filter(({ title }) => !NOT_ALONE.includes(title));

test('of the mutants that verify tells, recorded traffic tells two thirds', () => {
  expect(alone.length / cases.length).toBeGreaterThan(2 / 3);
  expect(NOT_ALONE.filter((title) => !cases.some((each) => each.title === title))).toEqual([]);
});

test.each(alone)('tells $title from $operation', async ({ operation, write, options, ...mutation }) => {
  await using mock = createMock({ scale: { 'logisense.contacts': 30 }, ...options });
  const { fetch, entries } = recorder(mutant(mock, mutation).fetch);
  await verify({ url: 'http://mock', fetch, apis: [operation.slice(0, operation.indexOf('.'))], write });
  const traffic = new Traffic(catalogue);
  const found = entries.flatMap((entry) => {
    const { pathname, search } = new URL(entry.request.url);
    return traffic.add(exchangeOf(entry, pathname + search)) ?? [];
  });
  expect([...new Set(found.map((finding) => finding.operation))]).toEqual([operation]);
});
