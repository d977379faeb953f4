/** Rules of what is to go wrong: an operation and a list of outcomes, played in order and counted. */
import { isJsonObject } from '../json-object.ts';
import { MockError, suggest } from '../mock-error.ts';
import { delayRange, FAULTS, isFault, type Outcome, type OutcomeHeaders } from '../http/outcome.ts';
import { type MatchableCall, type RequestPattern, requestTest } from '../journal/request-pattern.ts';
import type { World } from '../store/world.ts';

export interface FaultRule {
  /** `api.Operation` */
  readonly operation: string;
  /** Which calls of the operation are meant, in WireMock's words; left out for all. */
  readonly request?: RequestPattern;
  readonly outcomes: readonly Outcome[];
  /** Start again when the list is used up; else calls pass from then on, uncounted. */
  readonly repeat: boolean;
  /** Outcomes played so far. */
  readonly hits: number;
}

/** What a caller writes: `repeat` and `hits` may be left out. */
export type FaultRuleInput = Pick<FaultRule, 'operation' | 'outcomes'> & Partial<FaultRule>;

/** Where a world keeps its rules: reset, snapshot and restore take them along. */
const EXTRA = 'faults';
const NO_RULES: readonly FaultRule[] = Object.freeze([]);

export const faultRules = (world: World): readonly FaultRule[] => (world.extras.get(EXTRA) as readonly FaultRule[] | undefined) ?? NO_RULES;

export function setFaultRules(world: World, rules: readonly FaultRule[]): void {
  const extras = new Map(world.extras);
  if (rules.length === 0) extras.delete(EXTRA);
  else extras.set(EXTRA, Object.freeze(rules));
  world.extras = extras;
}

/** The tests of patterns; a rule that was counted is another object with the same pattern. */
const tests = new WeakMap<RequestPattern, (call: MatchableCall) => boolean>();
function isMeant(pattern: RequestPattern | undefined, call: MatchableCall): boolean {
  if (pattern === undefined) return true;
  let test = tests.get(pattern);
  if (test === undefined) tests.set(pattern, (test = requestTest(pattern)));
  return test(call);
}

/** The outcome that the rules have for this call, counted; undefined where none applies. */
export function nextOutcome(world: World, call: MatchableCall): Outcome | undefined {
  const rules = world.extras.get(EXTRA) as readonly FaultRule[] | undefined;
  const { operation } = call;
  if (rules === undefined || operation === undefined) return undefined;
  const at = rules.findIndex(
    (rule) => rule.operation === operation && (rule.repeat || rule.hits < rule.outcomes.length) && isMeant(rule.request, call),
  );
  const rule = rules[at];
  if (rule === undefined) return undefined;
  setFaultRules(world, rules.with(at, Object.freeze({ ...rule, hits: rule.hits + 1 })));
  return rule.outcomes[rule.hits % rule.outcomes.length];
}

const refuse = (where: string, what: string, fix: string): never => {
  throw new MockError('bad-faults', `${where} ${what}.`, fix);
};

/** Rules as given from outside, checked whole: an operation that does not exist is refused here, not ignored at the call. */
export function readFaultRules(input: unknown, operations: ReadonlySet<string>): readonly FaultRule[] {
  const list = Array.isArray(input) ? input : (input as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(list)) {
    throw new MockError(
      'bad-faults',
      'Fault rules are a list under "rules".',
      'Send {"rules":[{"operation":"…","outcomes":[{"code":503}]}]}.',
    );
  }
  return list.map((rule: unknown, i) => readRule(rule, `rules[${i}]`, operations));
}

function readRule(input: unknown, where: string, operations: ReadonlySet<string>): FaultRule {
  if (typeof input !== 'object' || input === null) return refuse(where, 'is not an object', 'Send {"operation":"…","outcomes":[…]}.');
  const { operation, request, outcomes, repeat = false, hits = 0, ...rest } = input as Record<string, unknown>;
  unknownMembers(rest, where, ['operation', 'request', 'outcomes', 'repeat', 'hits']);
  if (typeof operation !== 'string' || !operations.has(operation)) {
    const typed = typeof operation === 'string' ? operation : undefined;
    const fix = suggest(typed, operations, 'GET /__admin/routes lists the operations.');
    return refuse(where, `names the operation ${JSON.stringify(operation) ?? 'undefined'}, which does not exist`, fix);
  }
  if (!Array.isArray(outcomes) || outcomes.length === 0)
    return refuse(where, 'has no outcomes', 'Give at least one, as in "outcomes":[{"code":503}].');
  if (typeof repeat !== 'boolean') return refuse(`${where}.repeat`, 'is neither true nor false', 'Leave it out for false.');
  if (!Number.isSafeInteger(hits) || (hits as number) < 0)
    return refuse(`${where}.hits`, 'is not a whole number from 0', 'Leave it out for 0.');
  if (request !== undefined) checkPattern(request, where);
  return Object.freeze({
    operation,
    ...(request !== undefined && { request: Object.freeze(request) as RequestPattern }),
    outcomes: Object.freeze(outcomes.map((outcome, i) => readOutcome(outcome, `${where}.outcomes[${i}]`))),
    repeat,
    hits: hits as number,
  });
}

function checkPattern(pattern: unknown, where: string): void {
  requestTest(pattern);
  for (const member of ['status', 'caller']) {
    if (Object.hasOwn(pattern as object, member))
      refuse(`${where}.request`, `looks at "${member}", which is known only after the call`, 'Leave it out.');
  }
}

const HOW =
  'Write {"code":503}, {"code":429,"headers":{"Retry-After":"2"}}, {"answer":{"status":418,"body":"…"}}, {"delay":50}, {"delay":"200..800"}, {"fault":"EMPTY_RESPONSE"} or {"pass":true}.';
const OUTCOME_MEMBERS = ['code', 'headers', 'answer', 'delay', 'fault', 'pass'];

const isStatus = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 200 && (value as number) <= 599;

function readOutcome(input: unknown, where: string): Outcome {
  if (typeof input !== 'object' || input === null || Object.keys(input).length === 0) return refuse(where, 'says nothing', HOW);
  const { code, headers, answer, delay, fault, pass, ...rest } = input as Record<string, unknown>;
  unknownMembers(rest, where, OUTCOME_MEMBERS);
  if (code !== undefined && !isStatus(code)) return refuse(`${where}.code`, 'is not a status from 200 to 599', HOW);
  if (headers !== undefined) checkHeaders(headers, `${where}.headers`);
  if (answer !== undefined) checkAnswer(answer, `${where}.answer`);
  if (delay !== undefined && delayRange(delay) === undefined)
    return refuse(`${where}.delay`, 'is not a number of milliseconds, nor a range of them', HOW);
  if (fault !== undefined && !isFault(fault)) return refuse(`${where}.fault`, `is not one of ${FAULTS.join(', ')}`, HOW);
  if ([code, answer, fault].filter((one) => one !== undefined).length > 1)
    return refuse(where, 'has more than one of code, answer and fault', HOW);
  if (pass !== undefined && (pass !== true || [code, answer, fault, headers].some((one) => one !== undefined)))
    return refuse(`${where}.pass`, 'stands alone and is true', HOW);
  return Object.freeze(input as Outcome);
}

function checkAnswer(input: unknown, where: string): void {
  if (typeof input !== 'object' || input === null) refuse(where, 'is not an object', HOW);
  const { status, headers, body: _, ...rest } = input as Record<string, unknown>;
  unknownMembers(rest, where, ['status', 'headers', 'body']);
  if (!isStatus(status)) refuse(`${where}.status`, 'is not a status from 200 to 599', HOW);
  if (headers !== undefined) checkHeaders(headers, `${where}.headers`);
}

/** A name is a token, a value one line of Latin-1 (RFC 9110, section 5). */
function checkHeaders(input: unknown, where: string): asserts input is OutcomeHeaders {
  if (!isJsonObject(input)) return refuse(where, 'is not an object', HOW);
  for (const [name, value] of Object.entries(input)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) refuse(where, `has "${name}", which cannot be the name of a header`, HOW);
    for (const line of [value].flat()) {
      if (typeof line !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(line))
        refuse(`${where}.${name}`, 'is not a text of one line that a header can carry', HOW);
    }
  }
}

function unknownMembers(rest: object, where: string, known: readonly string[]): void {
  const [unknown] = Object.keys(rest);
  if (unknown === undefined) return;
  refuse(where, `has a member "${unknown}" that does not exist`, suggest(unknown, known, `It may have ${known.join(', ')}.`));
}
