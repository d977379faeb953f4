/** Values held against the schemas of an OpenAPI 3.1 document, by Ajv. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Schema = Readonly<Record<string, unknown>>;

type Check = (value: unknown) => string[];
const checks = new WeakMap<Schema, (schema: Schema) => Check>();

/** `components.schemas` as Ajv takes them: a document of definitions. */
const asDefinitions = (schemas: unknown): object =>
  JSON.parse(JSON.stringify(schemas).replaceAll('#/components/schemas/', 'document#/$defs/')) as object;

function checksOf(document: Schema): (schema: Schema) => Check {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  // What OpenAPI adds to JSON Schema.
  ajv.addKeyword('xml');
  ajv.addSchema({ $id: 'document', $defs: asDefinitions((document['components'] as Schema)['schemas']) });
  const known = new Map<string, Check>();
  return (schema) => {
    const key = JSON.stringify(schema);
    let check = known.get(key);
    if (check === undefined) {
      const validate = ajv.compile(asDefinitions(schema));
      check = (value) => {
        validate(value);
        return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
      };
      known.set(key, check);
    }
    return check;
  };
}

/** What is wrong with a value, by path. */
export function problems(value: unknown, schema: Schema, document: Schema): string[] {
  let checkOf = checks.get(document);
  if (checkOf === undefined) checks.set(document, (checkOf = checksOf(document)));
  return checkOf(schema)(value);
}

/** What a reference leads to. */
export function resolve(reference: string, root: Schema): Schema {
  const target = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (at as Schema | undefined)?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], root);
  if (target === undefined) throw new Error(`${reference} leads nowhere`);
  return target as Schema;
}
