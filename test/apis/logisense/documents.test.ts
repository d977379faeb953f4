import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/apis/logisense/contract.ts';

const folder = join(import.meta.dirname, '../../../fixtures/logisense');
const kebab = (verb: string) => verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** As text, so that order counts. */
const fixture = (file: string) => JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8')));

// The page of ContactTypeType names its members; bodies of it are not among the documents.
const documented = Object.values(operations).filter(({ resource }) => resource !== 'ContactTypeType');
const bodies = documented.flatMap(({ resource, verb, sample }) => [
  ...(sample.request === undefined ? [] : [{ file: `${resource}/${kebab(verb)}.request.json`, body: sample.request }]),
  { file: `${resource}/${kebab(verb)}.response.json`, body: sample.response },
]);

describe('the contract gives every documented body, in every member, order and value', () => {
  test.each(bodies)('$file', ({ file, body }) => {
    expect(JSON.stringify(body)).toBe(fixture(file));
  });
  test('and none is left out', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
    expect(bodies.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(files).toHaveLength(23);
  });
});
