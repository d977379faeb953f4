/** The files that CI reads: JUnit as its readers take it, JSON with the same facts. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'junit2json';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createMock } from '../../src/index.ts';
import { inText, type Mutation, mutant } from '../support/mutant.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-report-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface JsonReport {
  readonly result: string;
  readonly couldNotAsk: boolean;
  readonly findings: readonly Record<string, string>[];
  readonly operations: readonly {
    readonly operation: string;
    readonly result: string;
    readonly calls: readonly { readonly name: string; readonly call: string; readonly result: string }[];
    readonly notAsked: readonly string[];
    readonly notes: readonly string[];
    readonly findings: readonly Record<string, string>[];
  }[];
}

async function reports(mutation: Mutation, args: readonly string[] = [], seed = '1') {
  await using mock = createMock({ seed });
  const { fetch } = mutant(mock, mutation);
  const silent = { stdout: () => undefined, stderr: () => undefined, env: {}, fetch };
  const [xml, json] = [join(folder, 'report.xml'), join(folder, 'report.json')];
  const codes = [
    await run(['verify', 'http://mock', ...args, '--report', xml], silent),
    await run(['verify', 'http://mock', ...args, '--report', json], silent),
  ];
  const suites = await parse(await readFile(xml, 'utf8'));
  if (suites === undefined || suites === null || !('testsuite' in suites)) throw new Error('no test suites');
  return { codes, suites, json: JSON.parse(await readFile(json, 'utf8')) as JsonReport };
}

const nothing: Mutation = { of: /$^/, change: () => ({}) };
const twoWrong: Mutation = {
  of: /GET .Contact.\d+$/,
  change: (told) => inText(/"firstName":"[^"]*"/, '"firstName":true')({ ...told, ...inText(/"lastName":"[^"]*"/, '"lastName":7')(told) }),
};

test('JUnit: one failure a case with all differences in it', async () => {
  const { codes, suites } = await reports(twoWrong, ['--api', 'logisense']);
  expect(codes).toEqual([1, 1]);
  const suite = suites.testsuite?.find(({ name }) => name === 'logisense.Contact.get');
  const [first] = suite?.testcase ?? [];
  expect(first?.failure).toHaveLength(1);
  expect(first?.failure?.[0]).toMatchObject({ type: 'type', message: '2 differences' });
  expect(first?.failure?.[0]?.inner?.split('\n')).toEqual([
    'GET /Contact/1',
    'instance.firstName: type, wanted a text (string), seen true',
    'instance.lastName: type, wanted a text (string), seen 7',
  ]);
  expect(suite).toMatchObject({ tests: 3, failures: 1, errors: 0, skipped: 0 });
});

test('JUnit: totals are the sums, every case and suite has its time, what was not asked by choice is skipped', async () => {
  const { suites } = await reports(twoWrong);
  const all = suites.testsuite ?? [];
  const cases = all.flatMap(({ testcase }) => testcase ?? []);
  const sum = (of: (suite: (typeof all)[number]) => number | undefined): number =>
    all.reduce((total, suite) => total + (of(suite) ?? 0), 0);
  expect(suites).toMatchObject({
    name: 'contacts-mock verify',
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure !== undefined).length,
    errors: 0,
  });
  expect(sum(({ tests }) => tests)).toBe(cases.length);
  expect(sum(({ skipped }) => skipped)).toBe(cases.filter(({ skipped }) => skipped !== undefined).length);
  for (const one of [suites, ...all, ...cases]) expect(one.time).toBeGreaterThanOrEqual(0);
});

test('JUnit: names are unique, and the same whatever the server’s ids', async () => {
  const names = async (seed: string) => {
    const { suites } = await reports(nothing, ['--write'], seed);
    return (suites.testsuite ?? []).flatMap(({ testcase = [] }) => testcase.map(({ classname, name }) => `${classname} ${name}`));
  };
  const first = await names('1');
  expect(new Set(first).size).toBe(first.length);
  expect(await names('another')).toEqual(first);
  for (const name of first) expect(name).not.toMatch(/[0-9a-f]{8}-|\/\d/);
});

test('JSON: the same facts', async () => {
  const { suites, json } = await reports(twoWrong);
  expect(json.operations.map(({ operation }) => operation)).toEqual(suites.testsuite?.map(({ name }) => name));
  for (const [i, operation] of json.operations.entries()) {
    const cases = suites.testsuite?.[i]?.testcase ?? [];
    expect([...operation.calls.map(({ name }) => name), ...operation.notAsked.map(() => 'is asked')]).toEqual(
      cases.map(({ name }) => name),
    );
    expect(operation.calls.map(({ result }) => result === 'differs')).toEqual(
      cases.slice(0, operation.calls.length).map(({ failure }) => failure !== undefined),
    );
    const lines = cases.flatMap(({ failure }) => failure?.[0]?.inner?.split('\n').slice(1) ?? []);
    expect(lines).toEqual(operation.findings.map(({ path, rule, wanted, seen }) => `${path}: ${rule}, wanted ${wanted}, seen ${seen}`));
  }
  expect(json.findings).toEqual(json.operations.flatMap(({ findings }) => findings));
  expect(json).toMatchObject({ result: 'differs', couldNotAsk: false });
});

test('what could not be asked is an error in both', async () => {
  const closed: Mutation = { of: /^\w+ .(v1|api).|routes$/, change: () => ({ status: 401, text: '{}' }) };
  const { codes, suites, json } = await reports(closed, [
    '--api',
    'canvara',
    '--id',
    'canvara.ContactId=0f8fad5b-d9cb-469f-a165-70867728950e',
  ]);
  expect(codes).toEqual([2, 2]);
  expect(suites).toMatchObject({ tests: 2, failures: 0, errors: 2 });
  const reason = 'the server asks for a sign-in (401); give a token with --bearer';
  for (const suite of suites.testsuite ?? []) expect(suite.testcase?.[0]).toMatchObject({ name: 'is asked', error: [{ message: reason }] });
  expect(json).toMatchObject({ result: 'could not ask', couldNotAsk: true });
  for (const operation of json.operations) expect(operation).toMatchObject({ result: 'could not ask', notAsked: [reason], calls: [] });
});

test('whatever a server answers, the file can be read', async () => {
  const text = '{"trackingId":"\\u0000\\ud800 \u0001]]>&<\\"","instance":"\ufffe"}';
  const { suites } = await reports({ of: /GET .Contact.\d+$/, change: () => ({ text }) }, ['--api', 'logisense']);
  expect(suites.failures).toBeGreaterThan(0);
});
