/**
 * What generators make of the descriptions: clients that compile under strict rules and get answers. The generators come from
 * the registry into a folder of their own, since together they are larger than the project.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { openapi } from '../../src/derive/openapi.ts';
import { createMock, type Mock } from '../../src/mock.ts';
import { settingsOf } from '../../src/options.ts';

const GENERATORS = [
  'orval@7.13.2',
  'openapi-typescript@7.13.0',
  'openapi-fetch@0.17.0',
  '@hey-api/openapi-ts@0.95.0',
  '@servicestack/client@2.1.13',
];
/** Orval, and what openapi-typescript itself is compiled by. */
const COMPILER = 'typescript@5.9.3';

const run = promisify(execFile);
let folder: string;
let mock: Mock;
let url: string;
let contact: string;
/** Why nothing can be generated. */
let missing: string | undefined;

const npx = (command: string, ...args: string[]): Promise<unknown> =>
  run(process.execPath, [join(folder, 'node_modules', command), ...args], { cwd: folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-mock-generators-'));
  await writeFile(join(folder, 'package.json'), '{"name":"generators","private":true,"type":"module"}');
  missing = await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...GENERATORS, COMPILER], { cwd: folder }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (missing !== undefined) return;
  mock = createMock({ auth: 'strict' });
  ({ url } = await mock.listen());
  contact = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(
    mock.routes().find(({ operation }) => operation === 'canvara.ContactConnectedLinks')!.example.path,
  )![0];
  for (const api of catalogue) {
    await mkdir(join(folder, api.name));
    await writeFile(join(folder, `${api.name}.json`), JSON.stringify(await openapi(api, settingsOf({ auth: 'strict' }), { server: url })));
    await npx('orval/dist/bin/orval.js', '--input', `./${api.name}.json`, '--output', `./${api.name}/orval.ts`, '--client', 'fetch');
    await npx('openapi-typescript/bin/cli.js', `${api.name}.json`, '-o', `${api.name}/openapi-typescript.d.ts`);
    await npx('@hey-api/openapi-ts/bin/run.js', '-i', `${api.name}.json`, '-o', `${api.name}/hey-api`, '-c', '@hey-api/client-fetch');
  }
  for (const [name, base] of [
    ['trendsic', ''],
    ['canvara', '/api'],
  ])
    await writeFile(join(folder, name!, 'dtos.ts'), await (await fetch(`${url}${base}/types/typescript`)).text());
}, 600_000);
afterAll(async () => {
  await mock?.close();
  await rm(folder, { recursive: true });
});

/** Compiles a caller of generated code under strict rules, runs it in a process of its own, and gives what it exports as `answer`. */
async function answerOf(name: string, text: string): Promise<unknown> {
  const file = join(folder, `${name}.ts`);
  await writeFile(file, text.replaceAll('URL_OF_MOCK', url).replaceAll('ID_OF_CONTACT', contact));
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
  };
  await writeFile(join(folder, `${name}.tsconfig.json`), JSON.stringify({ compilerOptions, files: [file] }));
  const complaints = await npx('typescript/bin/tsc', '-p', `${name}.tsconfig.json`).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
  expect(complaints).toBe('');
  const outfile = join(folder, `${name}.mjs`);
  await build({ entryPoints: [file], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  const { stdout } = await run(process.execPath, [
    '--eval',
    `import(${JSON.stringify(outfile)}).then(({ answer }) => console.log(JSON.stringify(answer)))`,
  ]);
  return JSON.parse(stdout);
}

const CALLERS: Readonly<Record<string, string>> = {
  orval: `
    import { contactConnectionRequestGet } from './trendsic/orval';
    import { SortOrder, getConnectionsToContactGet } from './canvara/orval';
    import { contactGet } from './logisense/orval';
    // Its addresses are relative, as a page has them.
    const there = globalThis.fetch;
    globalThis.fetch = (address, init) => there(new URL(String(address), 'URL_OF_MOCK'), init);
    const init = { headers: { Authorization: 'Bearer worker' } };
    const trendsic = await contactConnectionRequestGet(1, undefined, init);
    const canvara = await getConnectionsToContactGet('ID_OF_CONTACT', { SortOrder: SortOrder.Descending }, init);
    const logisense = await contactGet(1, init);
    if (trendsic.status !== 200 || canvara.status !== 200 || logisense.status !== 200) throw new Error('refused');
    export const answer = [trendsic.data.Contact?.[0]?.ContactId, canvara.data.TotalConnections, logisense.data.instance?.identity];
  `,
  'openapi-typescript': `
    import createClient from 'openapi-fetch';
    import type { paths as Trendsic } from './trendsic/openapi-typescript';
    import type { paths as Canvara } from './canvara/openapi-typescript';
    import type { paths as LogiSense } from './logisense/openapi-typescript';
    const options = { baseUrl: 'URL_OF_MOCK', headers: { Authorization: 'Bearer worker' } };
    const trendsic = await createClient<Trendsic>(options).GET('/v1/ContactConnections/{ContactId}', { params: { path: { ContactId: 1 } } });
    const canvara = await createClient<Canvara>(options).GET('/api/contacts/{ContactId}/connections', {
      params: { path: { ContactId: 'ID_OF_CONTACT' }, query: { SortOrder: 'Descending' } },
    });
    const logisense = await createClient<LogiSense>(options).GET('/Contact/{id}', { params: { path: { id: 1 } } });
    export const answer = [trendsic.data?.Contact?.[0]?.ContactId, canvara.data?.TotalConnections, logisense.data?.instance?.identity];
  `,
  'hey-api': `
    import { contactConnectionRequestGet } from './trendsic/hey-api';
    import { client as trendsicClient } from './trendsic/hey-api/client.gen';
    import { getConnectionsToContactGet } from './canvara/hey-api';
    import { client as canvaraClient } from './canvara/hey-api/client.gen';
    import { contactGet } from './logisense/hey-api';
    import { client as logisenseClient } from './logisense/hey-api/client.gen';
    for (const client of [trendsicClient, canvaraClient, logisenseClient]) client.setConfig({ auth: 'worker', baseUrl: 'URL_OF_MOCK' });
    const trendsic = await contactConnectionRequestGet({ path: { ContactId: 1 } });
    const canvara = await getConnectionsToContactGet({ path: { ContactId: 'ID_OF_CONTACT' }, query: { SortOrder: 'Descending' } });
    const logisense = await contactGet({ path: { id: 1 } });
    export const answer = [trendsic.data?.Contact?.[0]?.ContactId, canvara.data?.TotalConnections, logisense.data?.instance?.identity];
  `,
  'ServiceStack’s own': `
    import { JsonServiceClient } from '@servicestack/client';
    import { ContactConnectionRequest } from './trendsic/dtos';
    import { GetConnectionsToContact, SortOrder } from './canvara/dtos';
    const signedIn = (client: JsonServiceClient): JsonServiceClient => Object.assign(client, { bearerToken: 'worker' });
    const trendsic = await signedIn(new JsonServiceClient('URL_OF_MOCK')).get(new ContactConnectionRequest({ ContactId: 1 }));
    const canvara = await signedIn(new JsonServiceClient('URL_OF_MOCK/api').useBasePath('')).get(
      new GetConnectionsToContact({ ContactId: 'ID_OF_CONTACT', SortOrder: SortOrder.Descending }),
    );
    export const answer = [trendsic.Contact[0]?.ContactId, canvara.TotalConnections, 1];
  `,
};

test.for(Object.keys(CALLERS))('code generated by %s compiles and gets its answers', { timeout: 120_000 }, async (generator, { skip }) => {
  skip(missing !== undefined, `The registry does not answer, so nothing is generated: ${missing}`);
  expect(await answerOf(generator.replace(/\W/g, '-'), CALLERS[generator]!)).toEqual([expect.any(Number), expect.any(Number), 1]);
});
