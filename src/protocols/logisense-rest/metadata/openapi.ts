/** A LogiSense API as OpenAPI: the verbs of its resources, the headers whose value is JSON, the five envelopes. */
import type { Dto } from '../../../contract/dto.ts';
import type { ApiDescription, OpenApiPart } from '../../../derive/api-description.ts';
import { type Schema, type SchemaRules, Schemas } from '../../../derive/json-schema.ts';
import { typesOf } from '../../../derive/metadata.ts';
import type { Settings } from '../../protocol.ts';
import type { HeaderParameter, RestOperation } from '../operation.ts';
import type { Resource } from '../model/resource.ts';
import type { ServiceOptions } from '../service.ts';
import { ErrorAnswer, listOf, pageOf } from '../model/variants.ts';

const isEnvelope = ({ member }: Dto): boolean => 'trackingId' in member || 'totalCount' in member;

const RULES: SchemaRules = {
  guid: () => ({ type: 'string', format: 'uuid' }),
  dateTime: () => ({ type: 'string', format: 'date-time' }),
  // A scalar without a value is null; a child that is not there is left out.
  isAlwaysThere: ({ facts }, owner) =>
    facts.type === 'object' || facts.type === 'list' ? isEnvelope(owner) : !facts.isNullable && facts.type !== 'string',
  canBeNull: ({ facts }) => facts.isNullable || facts.type === 'string',
};

export function description(options: ServiceOptions, settings: Settings): ApiDescription {
  const operations = options.resources.flatMap((resource) => Object.values(resource.operations));
  const messages = operations.flatMap(({ request, response, headers }) => [
    request ?? response,
    response,
    ...headers.map(({ dto }) => dto),
  ]);
  return {
    types: [...typesOf(...options.resources.map(({ model }) => model.dto), ...messages, ErrorAnswer)],
    languages: {},
    openapi: openapiPart(options, settings),
  };
}

function openapiPart({ resources }: ServiceOptions, { auth }: Settings): OpenApiPart {
  const operations = resources.flatMap((resource) => Object.values(resource.operations));
  const schemas = new Schemas(RULES, [...operations.map(({ response }) => response), ErrorAnswer]);
  const isAsked = auth === 'strict';
  const paths: Record<string, Record<string, unknown>> = {};
  for (const resource of resources) {
    for (const operation of Object.values(resource.operations)) {
      const item = (paths[pathOf(operation.path)] ??= pathItem(operation));
      for (const method of operation.methods) item[method.toLowerCase()] = verb(operation, resource, schemas, isAsked);
    }
    paths[`/${resource.path}/Search`] = { post: search(resource, schemas, isAsked) };
    widen(resource, schemas);
  }
  return {
    summary: 'A double of the contacts of a billing system.',
    version: 'v6',
    tags: resources.map(({ name, model }) => ({ name, description: model.dto.doc })),
    paths,
    schemas: schemas.components,
    requestBodies: {},
    responses: {
      Refused: failure('Why the call was refused: all errors at once, a write closed by code 2000.', schemas),
      NotFound: failure('There is no such row, or its id is not a number that an id can be.', schemas),
      Failed: failure('Any other error.', schemas),
      ...(isAsked
        ? { Unauthorized: { description: 'Nobody, or somebody unknown, asks.', content: { 'application/json': { schema: MESSAGE } } } }
        : {}),
    },
    securitySchemes: isAsked
      ? {
          bearer: { type: 'http', scheme: 'bearer', description: 'The access_token of a login, or in this mock the plain name of a user.' },
        }
      : {},
  };
}

/** What no controller has seen is a message alone. */
const failure = (text: string, schemas: Schemas): Schema => ({
  description: text,
  content: { 'application/json': { schema: { anyOf: [schemas.message(ErrorAnswer, 'read'), MESSAGE] } } },
});

const MESSAGE: Schema = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] };

/** The server takes paths both ways; linters do not like the slash at the end. */
const pathOf = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path);

const pathItem = ({ path, resource }: RestOperation): Record<string, unknown> =>
  path.includes('{id}')
    ? {
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: `Number of the ${resource}.`,
            schema: { type: 'integer', format: 'int32', minimum: 1 },
          },
        ],
      }
    : {};

function verb(operation: RestOperation, { name }: Resource, schemas: Schemas, isAsked: boolean): Schema {
  const { request, response, sample, headers } = operation;
  return {
    operationId: operation.name,
    tags: [name],
    summary: `${operation.doc.replace(/\.$/, '')} (${name})`,
    security: isAsked ? [{ bearer: [] }] : [],
    ...(headers.length === 0 ? {} : { parameters: headers.map((header) => headerParameter(header, schemas)) }),
    ...(request === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: schemas.message(request, 'write'), examples: { documented: { value: sample.request } } },
            },
          },
        }),
    responses: responsesOf(answer('The answer.', response, schemas, sample.response), isAsked, operation.path.includes('{id}')),
  };
}

const responsesOf = (ok: Schema, isAsked: boolean, namesOne: boolean): Schema => ({
  200: ok,
  400: { $ref: '#/components/responses/Refused' },
  ...(isAsked ? { 401: { $ref: '#/components/responses/Unauthorized' } } : {}),
  ...(namesOne ? { 404: { $ref: '#/components/responses/NotFound' } } : {}),
  default: { $ref: '#/components/responses/Failed' },
});

const answer = (text: string, dto: Dto, schemas: Schemas, sample?: object): Schema => ({
  description: text,
  content: {
    'application/json': {
      schema: schemas.message(dto, 'read'),
      ...(sample === undefined ? {} : { examples: { documented: { value: sample } } }),
    },
  },
});

/** The value is JSON in a line of its own; a client sends it as text. */
const headerParameter = ({ name, doc, dto, sample }: HeaderParameter, schemas: Schemas): Schema => ({
  name,
  in: 'header',
  required: false,
  description: `${doc} A JSON object.`,
  schema: { type: 'string', contentMediaType: 'application/json', contentSchema: schemas.message(dto, 'write') },
  examples: { documented: { value: JSON.stringify(sample) } },
});

/** What one DTO cannot say: a write shows rows flat or as results, a PATCH shows rows of every resource that it can change. */
function widen({ model, children, operations }: Resource, schemas: Schemas): void {
  const { components } = schemas;
  const row = { $ref: `#/components/schemas/${model.dto.name}` };
  const result = { $ref: `#/components/schemas/${model.dto.name}PatchResult` };
  const set = (name: string, member: string, change: (before: Schema) => Schema): void => {
    const component = components[name];
    const properties = component?.['properties'] as Record<string, Schema> | undefined;
    if (component !== undefined && properties?.[member] !== undefined) {
      components[name] = { ...component, properties: { ...properties, [member]: change(properties[member]) } };
    }
  };
  const rows = [row, ...children.map((child) => schemas.message(child.model.dto, 'read'))];
  const link = { type: ['integer', 'null'], format: 'int32' };
  set(`${model.dto.name}PatchResult`, 'instance', () => ({ anyOf: rows, description: 'The row as it is now.' }));
  const patched = components[`${model.dto.name}PatchResult`];
  if (patched !== undefined) {
    components[`${model.dto.name}PatchResult`] = {
      ...patched,
      properties: {
        ...(patched['properties'] as object),
        lhsId: { ...link, description: 'Left end of a link.' },
        rhsId: { ...link, description: 'Right end of a link.' },
      },
    };
  }
  for (const { verb: written, response } of Object.values(operations)) {
    if (written !== 'create' && written !== 'update') continue;
    set(`${response.name}Results`, 'items', (before) => ({ ...before, items: { anyOf: [row, result] } }));
  }
}

const CONDITION: Schema = { type: 'string', enum: ['and', 'or'] };

/** The vendor's newer search (logisense.md §3a), which no page of the documents shows. */
function search({ name, model }: Resource, schemas: Schemas, isAsked: boolean): Schema {
  const members = { type: 'string', enum: model.dto.members.map((member) => member.name) };
  const query: Schema = {
    type: 'object',
    properties: {
      top: { type: 'integer', minimum: 1, description: 'How many at most.' },
      fields: { type: 'array', items: members, description: 'The members to show; all, where none is named.' },
      condition: CONDITION,
      search: {
        type: 'array',
        items: {
          type: 'object',
          properties: { name: members, operator: { type: 'string', examples: ['eq', 'contains'] }, value: {}, condition: CONDITION },
          required: ['name'],
        },
      },
      orderBy: {
        type: 'array',
        items: { type: 'object', properties: { name: members, direction: { type: 'string', enum: ['asc', 'desc'] } }, required: ['name'] },
      },
      pagination: schemas.message(pageOf(model.dto).member['pagination']!.field.facts.of!(), 'write'),
    },
  };
  const shapes = [listOf(model.dto), pageOf(model.dto)].map((dto) => schemas.message(dto, 'read'));
  return {
    operationId: `${name}.search`,
    tags: [name],
    summary: `Search (${name})`,
    description: 'As the vendor’s guide to searches has it; a list, or a page where pagination is asked for.',
    security: isAsked ? [{ bearer: [] }] : [],
    requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { query } } } } },
    responses: responsesOf(
      { description: 'What matches.', content: { 'application/json': { schema: { anyOf: shapes } } } },
      isAsked,
      false,
    ),
  };
}
