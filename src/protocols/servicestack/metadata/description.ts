/** What a ServiceStack service says about itself, for `openapi` and `types`. */
import type { Description } from '../../../derive/description.ts';
import { typesOf } from '../../../derive/metadata.ts';
import { openapiPart } from './openapi.ts';
import type { Described } from '../service-host.ts';
import { LANGUAGES, type Language, nativeDtos } from './native-types.ts';

export function description(described: Described): Description {
  const operations = Object.values(described.operations);
  return {
    types: [...typesOf(...operations.flatMap(({ request, response }) => [request, response]))],
    languages: Object.fromEntries(
      Object.keys(LANGUAGES).map((name) => [name, () => nativeDtos(name as Language, described, operations, 'complete')]),
    ),
    openapi: openapiPart(described),
  };
}
