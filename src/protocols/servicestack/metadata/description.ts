/** What a ServiceStack service says about itself, for `openapi` and `types`. */
import type { ApiDescription } from '../../../derive/description.ts';
import { typesOf } from '../../../derive/metadata.ts';
import { openapiPart } from './openapi.ts';
import type { ServiceHost } from '../service-host.ts';
import { allTypes, LANGUAGES, type Language } from './type-files.ts';

export function description(described: ServiceHost): ApiDescription {
  const operations = Object.values(described.operations);
  return {
    types: [...typesOf(...operations.flatMap(({ request, response }) => [request, response]))],
    languages: Object.fromEntries(Object.keys(LANGUAGES).map((name) => [name, () => allTypes(name as Language, described)])),
    openapi: openapiPart(described),
  };
}
