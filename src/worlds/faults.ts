/** Rules of what is to go wrong: an operation and a list of outcomes, played in order and counted. */
import { MockError, suggest } from '../mock-error.ts';
import { FAULTS, isFault, type Outcome } from '../http/outcome.ts';
import type { World } from '../store/world.ts';

export interface FaultRule {
  /** `api.Operation` */
  readonly operation: string;
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

/** The outcome that the rules have for this call, counted; undefined where none speaks. */
export function nextOutcome(world: World, operation: string | undefined): Outcome | undefined {
  const rules = world.extras.get(EXTRA) as readonly FaultRule[] | undefined;
  if (rules === undefined || operation === undefined) return undefined;
  const at = rules.findIndex((rule) => rule.operation === operation && (rule.repeat || rule.hits < rule.outcomes.length));
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
  if (typeof input !== 'object' || input === null) return refuse(where, 'is no object', 'Send {"operation":"…","outcomes":[…]}.');
  const { operation, outcomes, repeat = false, hits = 0, ...rest } = input as Record<string, unknown>;
  unknownMembers(rest, where, ['operation', 'outcomes', 'repeat', 'hits']);
  if (typeof operation !== 'string' || !operations.has(operation)) {
    const typed = typeof operation === 'string' ? operation : undefined;
    const fix = suggest(typed, operations, 'GET /__admin/routes lists the operations.');
    return refuse(where, `names the operation ${JSON.stringify(operation) ?? 'undefined'}, which does not exist`, fix);
  }
  if (!Array.isArray(outcomes) || outcomes.length === 0)
    return refuse(where, 'has no outcomes', 'Give at least one, as in "outcomes":[{"code":503}].');
  if (typeof repeat !== 'boolean') return refuse(`${where}.repeat`, 'is neither true nor false', 'Leave it out for false.');
  if (!Number.isSafeInteger(hits) || (hits as number) < 0) return refuse(`${where}.hits`, 'is no count', 'Leave it out for 0.');
  return Object.freeze({
    operation,
    outcomes: Object.freeze(outcomes.map((outcome, i) => readOutcome(outcome, `${where}.outcomes[${i}]`))),
    repeat,
    hits: hits as number,
  });
}

const HOW = 'Write {"code":503}, {"delay":50}, {"fault":"EMPTY_RESPONSE"} or {"pass":true}.';

function readOutcome(input: unknown, where: string): Outcome {
  if (typeof input !== 'object' || input === null || Object.keys(input).length === 0) return refuse(where, 'says nothing', HOW);
  const { code, delay, fault, pass, ...rest } = input as Record<string, unknown>;
  unknownMembers(rest, where, ['code', 'delay', 'fault', 'pass']);
  const isWhole = (value: unknown, from: number, to: number): boolean =>
    Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to;
  if (code !== undefined && !isWhole(code, 200, 599)) return refuse(`${where}.code`, 'is no status from 200 to 599', HOW);
  if (delay !== undefined && !isWhole(delay, 0, 9_999_999)) return refuse(`${where}.delay`, 'is no number of milliseconds', HOW);
  if (fault !== undefined && !isFault(fault)) return refuse(`${where}.fault`, `is none of ${FAULTS.join(', ')}`, HOW);
  if (pass !== undefined && (pass !== true || code !== undefined || fault !== undefined))
    return refuse(`${where}.pass`, 'stands alone and is true', HOW);
  return Object.freeze(input as Outcome);
}

function unknownMembers(rest: object, where: string, known: readonly string[]): void {
  const [unknown] = Object.keys(rest);
  if (unknown === undefined) return;
  refuse(where, `has a member "${unknown}" that does not exist`, suggest(unknown, known, `It may have ${known.join(', ')}.`));
}
