/** `--examples` and `Prefer: example` answer every documented operation with its documented sample. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/apis/logisense/contract.ts';
import { createMock } from '../../../src/mock.ts';
import { shows } from '../../support/evidence.ts';

const kebab = (verb: string) => verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const always = createMock({ apis: ['logisense'], examples: true });
const onWish = createMock({ apis: ['logisense'] });

describe.each([
  ['--examples', always, {}],
  ['Prefer: example', onWish, { Prefer: 'example' }],
] as const)('with %s', (_, mock, wish) => {
  test.each(Object.values(operations))('$name answers its sample', async ({ name, resource, verb, methods, path, sample }) => {
    const response = await mock.fetch(`http://mock${path.replace('{id}', '12345')}`, {
      method: methods[0]!,
      headers: { ...wish, 'Content-Type': 'application/json' },
      ...(sample.request === undefined ? {} : { body: JSON.stringify(sample.request) }),
    });
    const file = join(import.meta.dirname, `../../../fixtures/logisense/${resource}/${kebab(verb)}.response.json`);
    // Of ContactTypeType the documents name the members alone: its samples are the usual envelopes.
    const documented = resource === 'ContactTypeType' ? sample.response : JSON.parse(readFileSync(file, 'utf8'));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(JSON.stringify(documented));
    shows(`logisense.${name}`, 'sample');
  });
  test('and nothing is written', () => {
    expect(mock.state.get().records).toEqual({});
  });
});

test('every route answers 200 in an untouched world, as it is given', async () => {
  for (const auth of ['documented', 'strict', 'off'] as const) {
    const names: string[] = [];
    for (const { operation, example } of createMock({ apis: ['logisense'], auth }).routes()) {
      const untouched = createMock({ apis: ['logisense'], auth });
      const { method, path, headers = {}, body } = example;
      const response = await untouched.fetch(`http://mock${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      expect([operation, response.status]).toEqual([operation, 200]);
      names.push(operation);
    }
    expect(names).toEqual(Object.keys(operations).map((name) => `logisense.${name}`));
  }
});

test('the 17 documented calls work as printed, each in an untouched world', async () => {
  const documented = Object.values(operations).filter(({ resource }) => resource === 'Contact' || resource === 'ContactType');
  expect(documented).toHaveLength(17);
  for (const { name, methods, path, sample } of documented) {
    const response = await createMock({ apis: ['logisense'] }).fetch(`http://mock${path.replace('{id}', '1')}`, {
      method: methods[0]!,
      headers: { 'Content-Type': 'application/json' },
      ...(sample.request === undefined ? {} : { body: JSON.stringify(sample.request) }),
    });
    expect([name, response.status]).toEqual([name, 200]);
  }
});

test('the documented DELETE takes the contact point types along, and links nothing that is not there', async () => {
  const response = await createMock({ apis: ['logisense'] }).fetch('/ContactType/1', { method: 'DELETE' });
  expect(((await response.json()) as { results: object }).results).toEqual({
    totalCount: 2,
    items: [
      { identity: 1, action: 'deleted', dtoTypeKey: 'contactType' },
      { foreignKeyIdentity: 1, action: 'deleted', dtoTypeKey: 'contactPointType' },
    ],
  });
});
