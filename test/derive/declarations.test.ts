import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { operations as canvara } from '../../src/apis/canvara/contract.ts';
import { operations as trendsic } from '../../src/apis/trendsic/contract.ts';
import { clrNamespace, csharpDeclarations } from '../../src/derive/declarations/csharp.ts';
import type { DeclaredService } from '../../src/derive/declarations/declared.ts';
import { interfaceDeclarations } from '../../src/derive/declarations/interfaces.ts';
import { mjsDeclarations } from '../../src/derive/declarations/mjs.ts';
import { DEFAULT_OPTIONS, type DeclarationOptions } from '../../src/derive/declarations/options.ts';
import { typescriptDeclarations } from '../../src/derive/declarations/typescript.ts';
import { typesOf } from '../../src/derive/metadata.ts';
import { interfacesOf, signInDeclarations } from '../../src/protocols/servicestack/auth/messages.ts';
import type { ServiceOperation } from '../../src/protocols/servicestack/operation.ts';
import { isLibraryType } from '../../src/protocols/servicestack/service-host.ts';
import { compile } from '../support/compile.ts';

const folder = await mkdtemp(join(tmpdir(), 'contacts-mock-types-'));
afterAll(() => rm(folder, { recursive: true }));

/** What both services have that the recorded host serves together. */
const serviceOf = (operations: Record<string, ServiceOperation>, base = ''): DeclaredService => ({
  operations: [
    ...Object.values(operations).map(({ request, response, path, verbs }) => ({
      request,
      response,
      routes: [{ path: path.slice(base.length), verbs: verbs === 'all' ? '' : verbs.join(',') }],
      method: verbs === 'all' ? 'POST' : (verbs[0] as string),
    })),
    ...signInDeclarations,
  ],
  isLibrary: isLibraryType,
  interfacesOf,
  namespaceOf: (dto) => (isLibraryType(dto) ? 'ServiceStack' : clrNamespace(dto)),
});
const services = { trendsic: serviceOf(trendsic), canvara: serviceOf(canvara, '/api') };
const options: DeclarationOptions = { ...DEFAULT_OPTIONS, InitializeCollections: true };

test('the JavaScript of the Trendsic page is the document’s, to the byte', async () => {
  const documented = await readFile(new URL('../../fixtures/describe/ContactConnectionRequest.mjs', import.meta.url), 'utf8');
  const service = { ...serviceOf({ ContactConnectionRequest: trendsic.ContactConnectionRequest }), isForReading: true };
  expect(mjsDeclarations(service, { ...options, AddServiceStackTypes: false, AddDescriptionAsComments: false })).toBe(documented);
});

/** The recorded host describes little and attributes only what it describes; its own words are not ours. Its DTOs say which references are never null. */
const comparable = (code: string): string[] =>
  code
    .replace(/\/\*\*\n\s*\* (@type .*)\n.*\*\/$/gm, '/** $1 */')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/@description|ApiMember|^\s*\/\/\//.test(line))
    .map((line) => line.replace('?:', ':').replace('@type {?', '@type {'));

test.each([
  ['ts', typescriptDeclarations],
  ['mjs', mjsDeclarations],
  [
    'cs',
    (service: DeclaredService, chosen: DeclarationOptions) =>
      csharpDeclarations(service, { ...chosen, AddServiceStackTypes: false }, '10.15'),
  ],
] as const)('the types that a real host generates are generated (%s)', async (extension, declare) => {
  const recorded = await readFile(new URL(`../../fixtures/describe/types.${extension}.txt`, import.meta.url), 'utf8');
  const host = serviceOf({
    ...trendsic,
    ...Object.fromEntries(
      Object.entries(canvara).map(([name, operation]) => [name, { ...operation, path: operation.path.slice('/api'.length) }]),
    ),
  } as never);
  expect(comparable(declare(host, DEFAULT_OPTIONS))).toEqual(comparable(recorded));
});

const typescript = (chosen: Partial<DeclarationOptions>): string =>
  typescriptDeclarations(services.canvara, { ...DEFAULT_OPTIONS, ...chosen });
const csharp = (chosen: Partial<DeclarationOptions>): string =>
  csharpDeclarations(services.canvara, { ...DEFAULT_OPTIONS, AddServiceStackTypes: false, ...chosen }, '10.15');

test.each<[Partial<DeclarationOptions>, string, string | undefined]>([
  [{ MakePropertiesOptional: true }, 'public PageNumber?: number;', 'public PageNumber: number;'],
  [{ GlobalNamespace: 'Canvara' }, 'export module Canvara\n{\n    // @ts-nocheck', undefined],
  [{ ExcludeTypes: ['PagedModel'] }, 'extends PagedModel', 'class PagedModel'],
  [{ ExcludeTypes: ['services'] }, 'class PagedModel', 'class GetConnectionsToContact'],
  [{ ExcludeTypes: ['types'] }, 'class GetConnectionsToContact', 'class PagedModel'],
  [{ AddServiceStackTypes: false }, 'class PagedModel', 'class ResponseStatus'],
  [{ AddImplicitVersion: 3 }, '{\n    public Version: number; //3\n', undefined],
  [{ AddDescriptionAsComments: false }, '// @Api(Description="Sign In")', '@description'],
  [{ AddReturnMarker: false }, 'public createResponse() {}', 'IReturn<GetConnectionsToContactResponse>'],
  [{ AddDataContractAttributes: true }, '// @DataMember()\n    // @ApiMember(', undefined],
  [{ AddDataContractAttributes: true, AddIndexesToDataMembers: true }, '// @DataMember(Order=2)\n    // @ApiMember(', undefined],
  [{ InitializeCollections: true }, 'public Connections: ContactConnectionModel[] = [];', undefined],
  [{ DefaultImports: ['a:b', 'c'] }, 'import { a } from "b";\nimport c;\n', undefined],
  [{ IncludeTypes: ['{auth}'] }, 'class GetAccessToken ', 'class GetConnectionsToContact '],
  [{ IncludeTypes: ['GetConnectionsToContact'] }, 'createResponse() {}', 'class PagedModel'],
  [{ IncludeTypes: ['*.UserRoleModel'] }, 'class ContactConnectedLinks\n', 'class GetConnectionsToContact '],
  [{ IncludeTypes: ['Eros.Saguna/*'] }, 'class ContactSummaryModel', 'class ContactEmailAddress'],
  [{ IncludeTypes: ['GetConnectionsToContact.*'] }, 'implements IReturn<GetConnectionsToContactResponse>', 'interface IReturn'],
])('TypeScript with %j', (chosen, present, absent) => {
  const text = typescript(chosen);
  expect(text).toContain(present);
  if (absent !== undefined) expect(text).not.toContain(absent);
});

test.each<[Partial<DeclarationOptions>, string, string | undefined]>([
  [{ MakePartial: false }, 'public class PagedModel', 'partial'],
  [{ MakeVirtual: false }, 'public int PageNumber', 'virtual'],
  [{ MakeInternal: true }, 'internal enum SortOrder', 'public enum'],
  [{ GlobalNamespace: 'Mine' }, 'using Mine;\n\nnamespace Mine\n{', 'namespace Eros'],
  [{ ExcludeNamespace: true }, '\npublic partial class PagedModel', 'namespace'],
  [{ AddReturnMarker: false }, '    : PagedModel\n', 'IReturn'],
  [{ AddDescriptionAsComments: false }, '[Description("Which page.")]', '///'],
  [
    { AddDataContractAttributes: true },
    '[assembly: ContractNamespace("http://schemas.servicestack.net/types", ClrNamespace="Eros.Saguna',
    undefined,
  ],
  [{ AddGeneratedCodeAttributes: true }, '[GeneratedCode("AddServiceStackReference", "10.15")]', undefined],
  [{ MakeDataContractsExtensible: true }, 'public virtual ExtensionDataObject ExtensionData { get; set; }', undefined],
  [{ AddImplicitVersion: 2 }, 'Version = 2;', undefined],
  [{ InitializeCollections: true }, 'Connections { get; set; } = [];', undefined],
  [{ AddNullableAnnotations: false }, 'public virtual string ContactRoleName', 'string?'],
  [{ AddNamespaces: ['Added'] }, 'using Added;', undefined],
  [{ AddServiceStackTypes: true }, 'public partial class AuthenticateResponse\n        : IHasSessionId, IHasBearerToken', undefined],
])('C# with %j', (chosen, present, absent) => {
  const text = csharp(chosen);
  expect(text).toContain(present);
  if (absent !== undefined) expect(text).not.toContain(absent);
});

test('JavaScript without JSDoc', () => {
  expect(mjsDeclarations(services.canvara, { ...DEFAULT_OPTIONS, AddDocAnnotations: false })).not.toContain('/**');
});

test('the definitions are interfaces whose members are optional, and compile', async () => {
  const text = typescriptDeclarations(
    services.canvara,
    { ...DEFAULT_OPTIONS, MakePropertiesOptional: true, GlobalNamespace: 'Canvara' },
    'definitions',
  );
  expect(text).toContain('declare module Canvara');
  const errors = await compile({
    'canvara.d.ts': text.replace('// @ts-nocheck', '').replace('module Canvara', 'namespace Canvara'),
    'caller.ts': `/// <reference path="./canvara.d.ts" />
      export const request: Canvara.GetConnectionsToContact = { SortOrder: 'Descending', PageSize: 5 };`,
  });
  expect(errors).toBe('');
});

test('the TypeScript classes of both services compile and type a caller’s code', async () => {
  const checked = (text: string): string => text.replace('// @ts-nocheck\n', '');
  const errors = await compile({
    'trendsic.ts': typescriptDeclarations(services.trendsic, options),
    'canvara.ts': typescriptDeclarations(services.canvara, options),
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
  const withoutPragma = await compile({ 'canvara.ts': checked(typescriptDeclarations(services.canvara, options)) });
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
  await writeFile(file, mjsDeclarations(services.canvara, options));
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
  const text = csharpDeclarations(services.canvara, { ...options, AddServiceStackTypes: false }, '10.15');
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
