/** How one text of a request is compared, in WireMock's words; several members of a pattern have to hold together. */
import { isJsonObject } from '../json-object.ts';
import { MockError, suggest } from '../mock-error.ts';
import { type JsonPath, jsonPath } from './json-path.ts';
import { regularExpression } from './regular-expression.ts';

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

/** For what may be sent several times: some values match, or exactly these, in any order. */
export interface MultiValuePattern extends ValuePattern {
  readonly includes?: readonly ValuePattern[];
  readonly hasExactly?: readonly ValuePattern[];
}

/** Told a text, or undefined where it was not sent. */
export type TextTest = (text: string | undefined) => boolean;

export const refusePattern = (message: string, fix: string): never => {
  throw new MockError('bad-pattern', message, fix);
};
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 200);

const parsed = (text: string | undefined): { readonly value: unknown } | undefined => {
  if (text === undefined) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const textOf = (name: string, wanted: unknown): string =>
  typeof wanted === 'string' ? wanted : refusePattern(`${name} in a pattern is not a text but ${shown(wanted)}.`, `Write {"${name}":"…"}.`);

const listOf = (name: string, wanted: unknown): readonly TextTest[] =>
  Array.isArray(wanted)
    ? wanted.map(textTest)
    : refusePattern(`${name} in a pattern is not a list but ${shown(wanted)}.`, `Write {"${name}":[{"equalTo":"…"}]}.`);

/** One row for each member of a value pattern that tests something. */
const textTests: Readonly<Record<string, (wanted: unknown, pattern: ValuePattern) => TextTest>> = {
  equalTo(wanted, { caseInsensitive }) {
    const fold = (text: string): string => (caseInsensitive ? text.toLowerCase() : text);
    const whole = fold(textOf('equalTo', wanted));
    return (text) => text !== undefined && fold(text) === whole;
  },
  contains(wanted) {
    const part = textOf('contains', wanted);
    return (text) => text?.includes(part) ?? false;
  },
  doesNotContain(wanted) {
    const part = textOf('doesNotContain', wanted);
    return (text) => !text?.includes(part);
  },
  matches(wanted) {
    const test = regularExpression(wanted);
    return (text) => text !== undefined && test(text);
  },
  doesNotMatch(wanted) {
    const test = regularExpression(wanted);
    return (text) => text === undefined || !test(text);
  },
  absent(wanted) {
    if (typeof wanted !== 'boolean') return refusePattern('absent in a pattern is true or false.', 'Write {"absent":true}.');
    return (text) => (text === undefined) === wanted;
  },
  equalToJson(wanted, options) {
    const value =
      typeof wanted === 'string' ? (parsed(wanted) ?? refusePattern('equalToJson holds no JSON.', 'Give the JSON itself.')).value : wanted;
    return (text) => {
      const sent = parsed(text);
      return sent !== undefined && equalJson(sent.value, value, options);
    };
  },
  matchesJsonPath(wanted) {
    const isObject = typeof wanted === 'object' && wanted !== null && 'expression' in wanted;
    const { expression, ...rest } = isObject ? (wanted as { expression: unknown }) : { expression: wanted };
    const path: JsonPath = jsonPath(textOf('matchesJsonPath', expression));
    const test = Object.keys(rest).length === 0 ? undefined : textTest(rest as ValuePattern);
    return (text) => {
      const sent = parsed(text);
      const found = sent === undefined ? [] : path(sent.value);
      if (test === undefined) return found.length > 0;
      return found.length === 0 ? test(undefined) : found.some((value) => test(typeof value === 'string' ? value : JSON.stringify(value)));
    };
  },
  not(wanted) {
    const test = textTest(wanted);
    return (text) => !test(text);
  },
  and(wanted) {
    const tests = listOf('and', wanted);
    return (text) => tests.every((test) => test(text));
  },
  or(wanted) {
    const tests = listOf('or', wanted);
    return (text) => tests.some((test) => test(text));
  },
};
const MODIFIERS = ['caseInsensitive', 'ignoreArrayOrder', 'ignoreExtraElements'];
/** WireMock has them; here a pattern that names one is told so, not taken for one that never matches. */
const LEFT_OUT = ['equalToXml', 'matchesXPath', 'equalToDateTime', 'before', 'after', 'matchesJsonSchema', 'binaryEqualTo'];

export function textTest(pattern: unknown): TextTest {
  if (!isJsonObject(pattern)) return refusePattern(`${shown(pattern)} is not a pattern.`, 'Write {"equalTo":"…"}.');
  const tests = Object.entries(pattern).flatMap(([name, wanted]) => {
    if (MODIFIERS.includes(name)) return [];
    const make = Object.hasOwn(textTests, name) ? textTests[name]! : unknownName(name, [...Object.keys(textTests), ...MODIFIERS]);
    return [make(wanted, pattern)];
  });
  return (text) => tests.every((test) => test(text));
}

export function unknownName(name: string, known: readonly string[]): never {
  if (LEFT_OUT.includes(name)) return refusePattern(`${name} of WireMock is not supported here.`, 'Use contains or matches.');
  return refusePattern(
    `There is no "${name.slice(0, 80)}" in a request pattern.`,
    suggest(name.slice(0, 80), known, `Use ${known.join(', ')}.`),
  );
}

/** A pattern for everything that was sent under one name. */
export function valuesTest(pattern: unknown): (values: readonly string[]) => boolean {
  if (typeof pattern === 'object' && pattern !== null && ('includes' in pattern || 'hasExactly' in pattern)) {
    const { includes, hasExactly, ...rest } = pattern as MultiValuePattern;
    if (Object.keys(rest).length > 0 || (includes !== undefined && hasExactly !== undefined))
      return refusePattern('includes and hasExactly stand alone in a pattern.', 'Write {"hasExactly":[{"equalTo":"…"}]}.');
    const tests = listOf(includes === undefined ? 'hasExactly' : 'includes', includes ?? hasExactly);
    const holdsEach = (values: readonly string[]): boolean => tests.every((test) => values.some((value) => test(value)));
    if (includes !== undefined) return holdsEach;
    return (values) => values.length === tests.length && holdsEach(values) && values.every((value) => tests.some((test) => test(value)));
  }
  const test = textTest(pattern);
  return (values) => (values.length === 0 ? test(undefined) : values.some((value) => test(value)));
}

/** JSON equality as WireMock's `equalToJson` has it. */
function equalJson(sent: unknown, wanted: unknown, options: ValuePattern): boolean {
  if (typeof sent !== 'object' || typeof wanted !== 'object' || sent === null || wanted === null) return sent === wanted;
  if (Array.isArray(sent) !== Array.isArray(wanted)) return false;
  if (Array.isArray(sent) && Array.isArray(wanted)) {
    if (sent.length !== wanted.length && !(options.ignoreExtraElements && sent.length > wanted.length)) return false;
    if (!options.ignoreArrayOrder) return wanted.every((item, i) => equalJson(sent[i], item, options));
    return options.ignoreExtraElements ? holdsAll(sent, wanted, options) : isSameBag(sent, wanted);
  }
  const entries = Object.entries(wanted);
  const members = sent as Readonly<Record<string, unknown>>;
  if (!options.ignoreExtraElements && Object.keys(sent).length !== entries.length) return false;
  return entries.every(([name, value]) => Object.hasOwn(members, name) && equalJson(members[name], value, options));
}

/** The same items in any order: counted by their canonical text, so that the cost is that of the lists. */
function isSameBag(sent: readonly unknown[], wanted: readonly unknown[]): boolean {
  const counts = new Map<string, number>();
  for (const item of wanted) counts.set(canonical(item), (counts.get(canonical(item)) ?? 0) + 1);
  for (const item of sent) {
    const left = counts.get(canonical(item)) ?? 0;
    if (left === 0) return false;
    counts.set(canonical(item), left - 1);
  }
  return true;
}

/** JSON with members in one order and, since order is ignored, items as well. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.sort().join()}}`;
}

/** Pairs of items that are compared where both order and further items are ignored. */
const MAX_COMPARED = 1_000_000;

function holdsAll(sent: readonly unknown[], wanted: readonly unknown[], options: ValuePattern): boolean {
  if (sent.length * wanted.length > MAX_COMPARED)
    return refusePattern('ignoreArrayOrder with ignoreExtraElements compares too many items here.', 'Leave one of them out.');
  const left = [...sent];
  return wanted.every((item) => {
    const at = left.findIndex((candidate) => equalJson(candidate, item, options));
    return at >= 0 && left.splice(at, 1).length === 1;
  });
}
