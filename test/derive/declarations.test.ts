import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { operations as canvara } from '../../src/apis/canvara/contract.ts';
import { operations as trendsic } from '../../src/apis/trendsic/contract.ts';
import { csharpDeclarations } from '../../src/derive/declarations/csharp.ts';
import { interfaceDeclarations } from '../../src/derive/declarations/interfaces.ts';
import { mjsDeclarations } from '../../src/derive/declarations/mjs.ts';
import type { DeclarationOptions } from '../../src/derive/declarations/order.ts';
import { typescriptDeclarations } from '../../src/derive/declarations/typescript.ts';
import { typesOf } from '../../src/derive/metadata.ts';
import type { ServiceOperation } from '../../src/protocols/servicestack/operation.ts';
import { compile } from '../support/compile.ts';

const folder = await mkdtemp(join(tmpdir(), 'contacts-mock-types-'));
afterAll(() => rm(folder, { recursive: true }));

const complete = (operations: Record<string, ServiceOperation>): DeclarationOptions => ({
  operations: Object.values(operations).map(({ request, response, path, verbs }) => ({
    request,
    response,
    route: path,
    verbs: verbs === 'all' ? '' : verbs.join(','),
    method: verbs === 'all' ? 'POST' : (verbs[0] as string),
  })),
  hasComments: true,
  hasClientMembers: true,
  initializesLists: true,
  isLibrary: () => false,
});
const services = { trendsic: complete(trendsic), canvara: complete(canvara) };

test('the JavaScript of the Trendsic page is the document’s, to the byte', async () => {
  const documented = await readFile(new URL('../../fixtures/describe/ContactConnectionRequest.mjs', import.meta.url), 'utf8');
  const page = mjsDeclarations({
    ...services.trendsic,
    hasComments: false,
    hasClientMembers: false,
    isLibrary: (dto) => dto.isDataContract,
  });
  expect(page).toBe(documented);
});

test('the TypeScript classes of both services compile and type a caller’s code', async () => {
  const checked = (text: string): string => text.replace('// @ts-nocheck\n', '');
  const errors = await compile({
    'trendsic.ts': typescriptDeclarations(services.trendsic),
    'canvara.ts': typescriptDeclarations(services.canvara),
    'caller.ts': `
      import { Contact, ContactConnectionRequest } from './trendsic';
      import { GetConnectionsToContact, SortOrder } from './canvara';
      const contacts: Contact[] = new ContactConnectionRequest({ ContactId: 5 }).createResponse().Contact;
      const total: number = new GetConnectionsToContact({ PageNumber: 1, SortOrder: SortOrder.Descending }).createResponse().TotalConnections;
      const verb: string = new ContactConnectionRequest().getMethod() + new GetConnectionsToContact().getTypeName();
      // @ts-expect-error no such member
      new Contact({ Nickname: 'Jo' });
      export { contacts, total, verb };
    `,
  });
  expect(errors).toBe('');
  // Without the first line, too, but for members that a constructor fills.
  const withoutPragma = await compile({ 'canvara.ts': checked(typescriptDeclarations(services.canvara)) });
  expect(withoutPragma.split('\n').filter((line) => line.includes('error') && !line.includes('TS2564'))).toEqual([]);
});

test('the plain interfaces compile without any class', async () => {
  const text = interfaceDeclarations(typesOf(...Object.values(canvara).flatMap(({ request, response }) => [request, response])));
  const errors = await compile({
    'canvara.ts': text,
    'caller.ts': `
      import type { GetConnectionsToContact, GetConnectionsToContactResponse } from './canvara';
      export const total = (answer: GetConnectionsToContactResponse): number => answer.Connections?.length ?? answer.TotalConnections;
      export const order = (request: GetConnectionsToContact): 'Ascending' | 'Descending' => request.SortOrder;
    `,
  });
  expect(errors).toBe('');
});

test('the JavaScript classes run: what they are given stands in their members, inherited ones included', async () => {
  const file = join(folder, 'canvara.mjs');
  await writeFile(file, mjsDeclarations(services.canvara));
  const dtos = (await import(pathToFileURL(file).href)) as Record<
    string,
    new (
      init: object,
    ) => Record<string, unknown> & { getTypeName(): string }
  >;
  const request = new dtos['GetConnectionsToContact']!({ ContactId: 'c', IsPagedMode: true });
  expect({ ...request, name: request.getTypeName() }).toMatchObject({ ContactId: 'c', IsPagedMode: true, name: 'GetConnectionsToContact' });
  expect(Object.keys(request).slice(0, 5)).toEqual(['PageNumber', 'PageSize', 'SortIndex', 'SortOrder', 'ContactId']);
  expect(request).toBeInstanceOf(dtos['PagedModel']);
});

test('the C# declares each class once, in its namespace, with every member and balanced braces', () => {
  const text = csharpDeclarations({ ...services.canvara, isLibrary: (dto) => dto.isDataContract });
  for (const type of typesOf(...Object.values(canvara).flatMap(({ request, response }) => [request, response]))) {
    if ('values' in type || type.isDataContract) continue;
    expect(text.split(`public partial class ${type.name}\n`).length, type.name).toBe(2);
    const body = text.slice(text.indexOf(`public partial class ${type.name}\n`));
    for (const name of Object.keys(type.fields))
      expect(body.slice(0, body.indexOf('\n    }')), name).toMatch(new RegExp(` ${name} { get; set; }`));
  }
  expect(text.match(/^namespace .*/gm)).toEqual([
    'namespace Eros.Saguna.Common.WebAPIModel.Models',
    'namespace Eros.Subtle.Canvara.WebAPIModel.ServiceModel',
  ]);
  expect(text).toContain('        : PagedModel, IReturn<GetConnectionsToContactResponse>');
  expect(text).toContain('public virtual Guid? ConnectionId { get; set; }');
  let depth = 0;
  for (const [brace] of text.matchAll(/[{}]/g)) depth += brace === '{' ? 1 : -1;
  expect(depth).toBe(0);
});
