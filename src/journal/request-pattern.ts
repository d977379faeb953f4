/** WireMock's request patterns: which calls are meant, of the journal or on their way. Matched against what was sent, secrets included. */
import { isJsonObject } from '../json-object.ts';
import { textTest, type MultiValuePattern, refusePattern, unknownName, type ValuePattern, valuesTest } from './value-pattern.ts';
import { regularExpression } from './regular-expression.ts';

export type { MultiValuePattern, ValuePattern } from './value-pattern.ts';

export interface RequestPattern {
  /** `ANY` for all. */
  readonly method?: string;
  /** Path and query. */
  readonly url?: string;
  readonly urlPattern?: string;
  readonly urlPath?: string;
  readonly urlPathPattern?: string;
  /** As documented: `/Contact/{id}`. */
  readonly urlPathTemplate?: string;
  /** What stands for the placeholders of `urlPathTemplate`. */
  readonly pathParameters?: Readonly<Record<string, ValuePattern>>;
  readonly queryParameters?: Readonly<Record<string, MultiValuePattern>>;
  readonly formParameters?: Readonly<Record<string, MultiValuePattern>>;
  readonly headers?: Readonly<Record<string, MultiValuePattern>>;
  readonly cookies?: Readonly<Record<string, ValuePattern>>;
  readonly basicAuthCredentials?: { readonly username: string; readonly password: string };
  readonly bodyPatterns?: readonly ValuePattern[];
  /** `api.Operation` */
  readonly operation?: string;
  readonly caller?: string;
  /** Of the answer. */
  readonly status?: number;
}

/** What a pattern looks at: a call of the journal, or one on its way. */
export interface MatchableCall {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly caller: string | undefined;
  /** Of the answer. */
  readonly status: number | undefined;
  sentHeaders(): readonly (readonly [string, string])[];
  /** The body, unpacked. */
  sentText(): string | undefined;
}

type Test = (call: MatchableCall) => boolean;

const each = (patterns: object, read: (call: MatchableCall, name: string) => readonly string[]): Test => {
  const tests = Object.entries(patterns).map(([name, pattern]) => [name, valuesTest(pattern)] as const);
  return (call) => tests.every(([name, test]) => test(read(call, name)));
};

const whole = (source: string, read: (call: MatchableCall) => string): Test => {
  const test = regularExpression(source);
  return (call) => test(read(call));
};

const headerValues = (call: MatchableCall, wanted: string): readonly string[] =>
  call.sentHeaders().flatMap(([name, value]) => (name.toLowerCase() === wanted.toLowerCase() ? [value] : []));
const cookieValues = (call: MatchableCall, wanted: string): readonly string[] =>
  headerValues(call, 'cookie')
    .flatMap((value) => value.split(/;\s*/))
    .flatMap((pair) => (pair.startsWith(`${wanted}=`) ? [pair.slice(wanted.length + 1)] : []));
/** A query may hold question marks of its own. */
const queryOf = (target: string): string => (target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');

const isTemplated = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('}');
/** The values of a template's placeholders, decoded; undefined where the path is another. */
function pathValues(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const [wanted, sent] = [template.split('/'), path.split('/')];
  if (wanted.length !== sent.length) return undefined;
  const values = new Map<string, string>();
  for (const [i, segment] of wanted.entries()) {
    if (isTemplated(segment) && sent[i] !== '') values.set(segment.slice(1, -1), sent[i]!);
    else if (segment !== sent[i]) return undefined;
  }
  return values;
}

const requestTests: { readonly [K in keyof RequestPattern]-?: (wanted: NonNullable<RequestPattern[K]>, pattern: RequestPattern) => Test } =
  {
    method: (wanted) => (call) => wanted === 'ANY' || call.method === wanted.toUpperCase(),
    url: (wanted) => (call) => call.target === wanted,
    urlPattern: (wanted) => whole(wanted, ({ target }) => target),
    urlPath: (wanted) => (call) => call.path === wanted,
    urlPathPattern: (wanted) => whole(wanted, ({ path }) => path),
    urlPathTemplate: (wanted) => (call) => pathValues(wanted, call.path) !== undefined,
    pathParameters(wanted, { urlPathTemplate: template }) {
      if (template === undefined) return refusePattern('pathParameters need a urlPathTemplate.', 'Add "urlPathTemplate":"/Contact/{id}".');
      return each(wanted, (call, name) => {
        const value = pathValues(template, call.path)?.get(name);
        return value === undefined ? [] : [value];
      });
    },
    queryParameters: (wanted) => each(wanted, (call, name) => new URLSearchParams(queryOf(call.target)).getAll(name)),
    formParameters: (wanted) =>
      each(wanted, (call, name) =>
        headerValues(call, 'content-type').some((type) => /^application\/x-www-form-urlencoded/i.test(type))
          ? new URLSearchParams(call.sentText() ?? '').getAll(name)
          : [],
      ),
    headers: (wanted) => each(wanted, headerValues),
    cookies: (wanted) => each(wanted, cookieValues),
    basicAuthCredentials(wanted) {
      const { username, password } = wanted as { username?: unknown; password?: unknown };
      if (typeof username !== 'string' || typeof password !== 'string')
        return refusePattern('basicAuthCredentials has a username and a password.', 'Write {"username":"worker","password":"worker"}.');
      const credentials = `basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)))}`;
      return (call) => headerValues(call, 'authorization').some((value) => value.replace(/^basic\s+/i, 'basic ') === credentials);
    },
    bodyPatterns: (wanted) => {
      const tests = wanted.map(textTest);
      return (call) => {
        const text = call.sentText();
        return tests.every((test) => test(text));
      };
    },
    operation: (wanted) => (call) => call.operation === wanted,
    caller: (wanted) => (call) => call.caller === wanted,
    status: (wanted) => (call) => call.status === wanted,
  };

/** A pattern as a test; an empty one means every call. Throws a `MockError` for a pattern that cannot be. */
export function requestTest(pattern: unknown): Test {
  if (!isJsonObject(pattern)) {
    return refusePattern('A request pattern is a JSON object.', 'Write {"method":"GET","urlPath":"/…"}; {} means every request.');
  }
  const tests = Object.entries(pattern).map(([name, wanted]) => {
    const make = Object.hasOwn(requestTests, name)
      ? requestTests[name as keyof RequestPattern]
      : unknownName(name, Object.keys(requestTests));
    const type = expectedType(name);
    const isOfType = type === 'list' ? Array.isArray(wanted) : typeof wanted === type && wanted !== null && !Array.isArray(wanted);
    if (!isOfType) refusePattern(`${name} in a request pattern is not of type ${type}.`, 'See the README.');
    return make(wanted as never, pattern);
  });
  return (call) => tests.every((test) => test(call));
}

const OBJECTS = ['queryParameters', 'formParameters', 'pathParameters', 'headers', 'cookies', 'basicAuthCredentials'];
const expectedType = (name: string): 'number' | 'object' | 'list' | 'string' =>
  name === 'status' ? 'number' : name === 'bodyPatterns' ? 'list' : OBJECTS.includes(name) ? 'object' : 'string';

/** Whether a pattern looks at bodies, of which the journal may have kept the beginning alone. */
export const looksAtBodies = (pattern: object): boolean => 'bodyPatterns' in pattern || 'formParameters' in pattern;
