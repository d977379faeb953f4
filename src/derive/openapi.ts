/** OpenAPI 3.1 of an API, out of its contract. */
import type { ApiDescription } from './api-description.ts';
import type { Schema } from './json-schema.ts';

/** What is asked of an API to be described. */
export interface Describable<S> {
  readonly name: string;
  readonly title: string;
  readonly describe: (settings: S) => Promise<ApiDescription>;
}

/** Where a mock listens that was told nothing else. */
const SERVER = 'http://127.0.0.1:4010';

/**
 * The OpenAPI document of one API.
 *
 * @example
 * const document = await openapi(api, settings, { server: 'http://127.0.0.1:4010' });
 */
export async function openapi<S>(api: Describable<S>, settings: S, { server = SERVER }: { server?: string } = {}): Promise<Schema> {
  const { openapi: part } = await api.describe(settings);
  const named = (name: string, entries: Readonly<Record<string, Schema>>) => (Object.keys(entries).length === 0 ? {} : { [name]: entries });
  return {
    openapi: '3.1.0',
    info: {
      title: api.title,
      summary: part.summary,
      version: part.version,
      description: 'What contacts-mock serves in place of this service, drawn from the contract that it is made of.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server, description: 'The mock' }],
    tags: part.tags,
    paths: part.paths,
    components: {
      ...named('schemas', part.schemas),
      ...named('requestBodies', part.requestBodies),
      ...named('responses', part.responses),
      ...named('securitySchemes', part.securitySchemes),
    },
  };
}
