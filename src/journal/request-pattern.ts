/** WireMock's request patterns: which calls of a journal are meant. Matched against what was sent, secrets included. */
import { MockError, suggest } from '../mock-error.ts';
import { type JsonPath, jsonPath } from './json-path.ts';

/** How a text is compared; several members have to hold together. */
export interface ValuePattern {
  readonly equalTo?: string;
  readonly caseInsensitive?: boolean;
  readonly contains?: string;
  readonly doesNotContain?: string;
  /** A regular expression for the whole text. */
  readonly matches?: string;
  readonly doesNotMatch?: string;
  readonly absent?: boolean;
  readonly equalToJson?: unknown;
  readonly ignoreArrayOrder?: boolean;
  readonly ignoreExtraElements?: boolean;
  readonly matchesJsonPath?: string | ({ readonly expression: string } & ValuePattern);
  readonly not?: ValuePattern;
  readonly and?: readonly ValuePattern[];
  readonly or?: readonly ValuePattern[];
}

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
  readonly queryParameters?: Readonly<Record<string, ValuePattern>>;
  readonly headers?: Readonly<Record<string, ValuePattern>>;
  readonly cookies?: Readonly<Record<string, ValuePattern>>;
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
  sentText(): string | undefined;
}

type Test = (call: MatchableCall) => boolean;
/** Told a text, or undefined where the member was not sent. */
type TextTest = (text: string | undefined) => boolean;

const refuse = (message: string, fix: string): never => {
  throw new MockError('bad-pattern', message, fix);
};

const regex = (source: unknown): RegExp => {
  try {
    return new RegExp(`^(?:${String(source)})$`, 's');
  } catch {
    return refuse(`${JSON.stringify(source)} is no regular expression.`, 'It has to match the whole text, as in ".*Contact.*".');
  }
};

const parsed = (text: string | undefined): { readonly value: unknown } | undefined => {
  if (text === undefined) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** One row for each member of a value pattern that tests something. */
const textTests: Readonly<Record<string, (wanted: never, pattern: ValuePattern) => TextTest>> = {
  equalTo: (wanted: string, { caseInsensitive }) => {
    const fold = (text: string): string => (caseInsensitive ? text.toLowerCase() : text);
    return (text) => text !== undefined && fold(text) === fold(String(wanted));
  },
  contains: (wanted: string) => (text) => text?.includes(String(wanted)) ?? false,
  doesNotContain: (wanted: string) => (text) => !text?.includes(String(wanted)),
  matches: (wanted: string) => {
    const pattern = regex(wanted);
    return (text) => text !== undefined && pattern.test(text);
  },
  doesNotMatch: (wanted: string) => {
    const pattern = regex(wanted);
    return (text) => text === undefined || !pattern.test(text);
  },
  absent: (wanted: boolean) => (text) => (text === undefined) === wanted,
  equalToJson: (wanted: unknown, options) => {
    const value =
      typeof wanted === 'string' ? (parsed(wanted) ?? refuse('equalToJson holds no JSON.', 'Give the JSON itself.')).value : wanted;
    return (text) => {
      const sent = parsed(text);
      return sent !== undefined && equalJson(sent.value, value, options);
    };
  },
  matchesJsonPath: (wanted: string | { readonly expression: string }) => {
    const { expression, ...rest } = typeof wanted === 'string' ? { expression: wanted } : wanted;
    const path: JsonPath = jsonPath(expression);
    const test = Object.keys(rest).length === 0 ? undefined : textTest(rest as ValuePattern);
    return (text) => {
      const sent = parsed(text);
      const found = sent === undefined ? [] : path(sent.value);
      if (test === undefined) return found.length > 0;
      return found.length === 0 ? test(undefined) : found.some((value) => test(typeof value === 'string' ? value : JSON.stringify(value)));
    };
  },
  not: (wanted: ValuePattern) => {
    const test = textTest(wanted);
    return (text) => !test(text);
  },
  and: (wanted: readonly ValuePattern[]) => {
    const tests = wanted.map(textTest);
    return (text) => tests.every((test) => test(text));
  },
  or: (wanted: readonly ValuePattern[]) => {
    const tests = wanted.map(textTest);
    return (text) => tests.some((test) => test(text));
  },
};
const MODIFIERS = ['caseInsensitive', 'ignoreArrayOrder', 'ignoreExtraElements'];

function textTest(pattern: ValuePattern): TextTest {
  if (typeof pattern !== 'object' || pattern === null) return refuse(`${JSON.stringify(pattern)} is no pattern.`, 'Write {"equalTo":"…"}.');
  const tests = Object.entries(pattern).flatMap(([name, wanted]) => {
    if (MODIFIERS.includes(name)) return [];
    const make = Object.hasOwn(textTests, name) ? textTests[name] : undefined;
    return [(make ?? unknownName(name, [...Object.keys(textTests), ...MODIFIERS]))(wanted as never, pattern)];
  });
  return (text) => tests.every((test) => test(text));
}

const unknownName = (name: string, known: readonly string[]): never =>
  refuse(`There is no "${name}" in a request pattern.`, suggest(name, known, `Use ${known.join(', ')}.`));

const each = (patterns: Readonly<Record<string, ValuePattern>>, read: (call: MatchableCall, name: string) => readonly string[]): Test => {
  const tests = Object.entries(patterns).map(([name, pattern]) => [name, textTest(pattern)] as const);
  return (call) =>
    tests.every(([name, test]) => {
      const values = read(call, name);
      return values.length === 0 ? test(undefined) : values.some((value) => test(value));
    });
};

const requestTests: { readonly [K in keyof RequestPattern]-?: (wanted: NonNullable<RequestPattern[K]>) => Test } = {
  method: (wanted) => (call) => wanted === 'ANY' || call.method === wanted.toUpperCase(),
  url: (wanted) => (call) => call.target === wanted,
  urlPattern: (wanted) => whole(wanted, ({ target }) => target),
  urlPath: (wanted) => (call) => call.path === wanted,
  urlPathPattern: (wanted) => whole(wanted, ({ path }) => path),
  urlPathTemplate: (wanted) => whole(wanted.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+'), ({ path }) => path),
  queryParameters: (wanted) => each(wanted, (call, name) => new URLSearchParams(queryOf(call.target)).getAll(name)),
  headers: (wanted) =>
    each(wanted, (call, name) => call.sentHeaders().flatMap(([sent, value]) => (sent.toLowerCase() === name.toLowerCase() ? [value] : []))),
  cookies: (wanted) => each(wanted, (call, name) => cookies(call, name)),
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

const whole = (source: string, read: (call: MatchableCall) => string): Test => {
  const pattern = regex(source);
  return (call) => pattern.test(read(call));
};

const cookies = (call: MatchableCall, name: string): string[] =>
  call
    .sentHeaders()
    .flatMap(([header, value]) => (header.toLowerCase() === 'cookie' ? value.split(/;\s*/) : []))
    .flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []));

/** A query may hold question marks of its own. */
const queryOf = (target: string): string => (target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');

/** A pattern as a test; an empty one means every call. */
export function requestTest(pattern: unknown): Test {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) {
    return refuse('A request pattern is a JSON object.', 'Write {"method":"GET","urlPath":"/…"}; {} means every request.');
  }
  const tests = Object.entries(pattern).map(([name, wanted]) => {
    const make = Object.hasOwn(requestTests, name)
      ? requestTests[name as keyof RequestPattern]
      : unknownName(name, Object.keys(requestTests));
    if (typeof wanted !== expectedType(name) || wanted === null)
      refuse(`${name} in a request pattern is no ${expectedType(name)}.`, 'See the README.');
    return make(wanted as never);
  });
  return (call) => tests.every((test) => test(call));
}

const OBJECTS = ['queryParameters', 'headers', 'cookies', 'bodyPatterns'];
const expectedType = (name: string): string => (name === 'status' ? 'number' : OBJECTS.includes(name) ? 'object' : 'string');

/** JSON equality as WireMock's `equalToJson` has it. */
function equalJson(sent: unknown, wanted: unknown, options: ValuePattern): boolean {
  if (typeof sent !== 'object' || typeof wanted !== 'object' || sent === null || wanted === null) return sent === wanted;
  if (Array.isArray(sent) !== Array.isArray(wanted)) return false;
  if (Array.isArray(sent) && Array.isArray(wanted)) {
    if (sent.length !== wanted.length && !(options.ignoreExtraElements && sent.length > wanted.length)) return false;
    if (!options.ignoreArrayOrder) return wanted.every((item, i) => equalJson(sent[i], item, options));
    const left = [...sent];
    return wanted.every((item) => {
      const at = left.findIndex((candidate) => equalJson(candidate, item, options));
      return at >= 0 && left.splice(at, 1).length === 1;
    });
  }
  const names = Object.keys(wanted);
  if (!options.ignoreExtraElements && Object.keys(sent).length !== names.length) return false;
  return names.every((name) => Object.hasOwn(sent, name) && equalJson(sent[name as never], wanted[name as never], options));
}
