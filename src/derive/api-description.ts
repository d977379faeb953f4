/** What an API says about itself beyond its operations; its protocol makes it, `openapi` and `types` print it. */
import type { Dto } from '../contract/dto.ts';
import type { Enumeration } from '../contract/field.ts';
import type { Schema } from './json-schema.ts';

export interface ApiDescription {
  /** All messages and what they are made of. */
  readonly types: readonly (Dto | Enumeration)[];
  /** The same in the languages that the service itself offers, by name. */
  readonly languages: Readonly<Record<string, () => string>>;
  readonly openapi: OpenApiPart;
}

/** The part of an OpenAPI document that a protocol knows. */
export interface OpenApiPart {
  readonly summary: string;
  readonly version: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  /** Paths without the trailing slash. */
  readonly paths: Readonly<Record<string, Schema>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly requestBodies: Readonly<Record<string, Schema>>;
  readonly responses: Readonly<Record<string, Schema>>;
  readonly securitySchemes: Readonly<Record<string, Schema>>;
}
