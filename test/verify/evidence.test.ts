/** What is said of each operation is what tests have shown of it, in words that are never added up. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { createMock } from '../../src/index.ts';
import { evidence } from '../../src/verify/evidence.ts';
import { AXES } from '../../src/verify/evidence-axes.ts';
import { evidenceData } from '../../src/verify/evidence-data.ts';
import { evidenceTable } from '../support/documents/evidence-table.ts';
import { shows } from '../support/evidence.ts';

const root = new URL('../../', import.meta.url);
const operations = catalogue.flatMap((api) => Object.keys(api.operations).map((name) => `${api.name}.${name}`));

test('GET /__admin/evidence names every operation, with evidence or with the reason why there is none', async () => {
  await using mock = createMock();
  const answer = await mock.fetch('http://mock/__admin/evidence');
  const body = (await answer.json()) as ReturnType<typeof evidence>;
  expect(body).toEqual(JSON.parse(JSON.stringify(evidence())));
  expect(body.operations.map(({ operation }) => operation)).toEqual(operations);
  for (const { evidence: shown, reason } of body.operations) {
    const speaking = Object.keys(shown).filter((axis) => axis !== 'chosen');
    expect(reason === null).toBe(speaking.length > 0);
  }
});

test('an operation that nothing has shown says so, and one that only choices of ours stand behind does, too', () => {
  const [first, second, third] = evidence({
    [operations[0] as string]: { chosen: ['a.test.ts'] },
    [operations[1] as string]: { sample: ['b.test.ts'] },
  }).operations;
  expect(first).toMatchObject({ evidence: { chosen: ['a.test.ts'] }, reason: expect.any(String) });
  expect(second).toMatchObject({ evidence: { sample: ['b.test.ts'] }, reason: null });
  expect(third).toMatchObject({ evidence: {}, reason: expect.any(String) });
});

test('the table has a row for each operation and a column for each axis, and neither sum nor percentage', () => {
  const lines = evidenceTable().split('\n');
  expect(lines[0]).toBe(`| operation | ${Object.values(AXES).join(' | ')} |`);
  expect(lines.slice(2).map((line) => /`([^`]+)`/.exec(line)?.[1])).toEqual(operations);
  expect(lines.join('\n')).not.toMatch(/\d|%/);
});

test('the record names operations, axes and test files that exist', () => {
  for (const [operation, axes] of Object.entries(evidenceData)) {
    expect(operations).toContain(operation);
    for (const [axis, files] of Object.entries(axes)) {
      expect(Object.keys(AXES)).toContain(axis);
      for (const file of files) {
        expect(existsSync(new URL(file, root)), file).toBe(true);
        expect(readFileSync(new URL(file, root), 'utf8')).toContain('shows(');
      }
    }
  }
});

const samples = [
  [
    'trendsic.ContactConnectionRequest',
    'POST',
    '/v1/ContactConnections/1',
    'text/jsonl',
    'trendsic/ContactConnectionRequest.response.jsonl',
  ],
  [
    'canvara.GetConnectionsToContact',
    'POST',
    '/api/contacts/{id}/connections',
    'application/xml',
    'canvara/GetConnectionsToContact.response.xml',
  ],
  ['canvara.ContactConnectedLinks', 'POST', '/api/contacts/{id}/links', 'application/xml', 'canvara/ContactConnectedLinks.response.xml'],
] as const;

test.each(samples)('%s answers its documented sample when it is wished for', async (operation, method, path, accept, file) => {
  await using mock = createMock();
  const id = '00000000-0000-0000-0000-000000000001';
  const answer = await mock.fetch(`http://mock${path.replace('{id}', id)}`, {
    method,
    headers: { accept, prefer: 'example', authorization: 'Bearer worker' },
  });
  const packed = (text: string): string =>
    text
      .replace(/^<\?xml.*?\?>/, '')
      .replace(/>\s+</g, '><')
      .trim();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('preference-applied')).toBe('example');
  expect(packed(await answer.text())).toBe(packed(readFileSync(new URL(`fixtures/${file}`, root), 'utf8')));
  shows(operation, 'sample');
});
