/** The part of JSON Schema that the mock's OpenAPI uses, as a check: gives what is wrong with a value, by path. */
type Schema = Readonly<Record<string, unknown>>;

const KEYWORDS: ReadonlySet<string> = new Set([
  ...['$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum', 'pattern', 'format', 'minimum'],
  ...['description', 'xml', 'readOnly', 'examples', 'contentMediaType', 'contentSchema'],
]);

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
};

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

export function problems(value: unknown, schema: Schema, root: Schema, path = '$'): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.has(keyword));
  if (unknown.length > 0) throw new Error(`${path}: this check does not know ${unknown.join(', ')}`);
  const found: string[] = [];
  if (typeof schema['$ref'] === 'string') found.push(...problems(value, resolve(schema['$ref'], root), root, path));
  const types = schema['type'] === undefined ? [] : [schema['type']].flat();
  const type = typeOf(value);
  if (types.length > 0 && !types.includes(type) && !(type === 'integer' && types.includes('number'))) {
    return [...found, `${path} is ${type}, not ${types.join(' or ')}`];
  }
  const anyOf = schema['anyOf'] as Schema[] | undefined;
  if (anyOf?.every((one) => problems(value, one, root, path).length > 0)) {
    found.push(`${path} is none of ${anyOf.length}: ${anyOf.map((one) => problems(value, one, root, path)[0]).join('; ')}`);
  }
  if (schema['enum'] !== undefined && !(schema['enum'] as unknown[]).includes(value)) found.push(`${path} is not in the enumeration`);
  if (typeof value === 'string') {
    if (schema['pattern'] !== undefined && !new RegExp(schema['pattern'] as string, 'u').test(value))
      found.push(`${path} breaks its pattern: ${value}`);
    if (FORMATS[schema['format'] as string]?.test(value) === false) found.push(`${path} is no ${schema['format']}: ${value}`);
  }
  if (Array.isArray(value) && schema['items'] !== undefined) {
    found.push(...value.flatMap((item, i) => problems(item, schema['items'] as Schema, root, `${path}[${i}]`)));
  }
  if (type === 'object') {
    const record = value as Readonly<Record<string, unknown>>;
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    for (const name of (schema['required'] ?? []) as string[]) if (!Object.hasOwn(record, name)) found.push(`${path}.${name} is missing`);
    for (const [name, member] of Object.entries(record)) {
      const own = properties[name] ?? (schema['additionalProperties'] as Schema | undefined);
      if (own !== undefined) found.push(...problems(member, own, root, `${path}.${name}`));
    }
  }
  return found;
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
