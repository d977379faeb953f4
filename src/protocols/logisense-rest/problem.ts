/**
 * What can be wrong with a call, in the vendor's words where they are known (logisense.md §5) and in ours, with codes from
 * 99000000 on, where they are not; every problem explains itself to the journal.
 */
import type { Explanation } from '../../http/message.ts';
import type { Call } from '../protocol.ts';
import { pascalCase } from './model/model.ts';

/** Made when it is told: a body may hold a hundred thousand mistakes, and the nearest name of each takes time. */
export type Explain = () => Explanation;

export interface Problem {
  readonly code: number;
  readonly message: string;
  readonly explain: Explain;
}

/** A call that is refused, with all that is wrong with it. */
export class Refusal extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, problems: readonly Problem[]) {
    super(problems[0]?.message);
    this.status = status;
    this.problems = problems;
  }
}

export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Refusal(400, problems);
}

/** The journal keeps a thousand calls: neither many explanations of one nor a value of any size have a place there. */
const MAX_EXPLANATIONS = 20;
const MAX_VALUE = 1000;

/** Tells the journal why a call failed, or what of it was not read. */
export function explain(call: Call, explanations: Iterable<Explain>): void {
  const told = (call.explanations ??= []);
  for (const explanation of explanations) {
    if (told.length >= MAX_EXPLANATIONS) return;
    told.push(shortened(explanation()));
  }
  if (told.length === 0) call.explanations = undefined;
}

function shortened(explanation: Explanation): Explanation {
  const { value } = explanation;
  const isShort = value === undefined || (JSON.stringify(value)?.length ?? 0) <= MAX_VALUE;
  return isShort ? explanation : { ...explanation, value: excerpt(value) };
}

/** The vendor's own codes. */
const NOT_GREATER_THAN_ZERO = 11900000;
const DOES_NOT_EXIST = 13100000;
const TRANSACTION = 2000;
/** Codes of ours: the vendor's are not known. */
const REQUIRED = 99010000;
const WRONG_TYPE = 99020000;
const UNSUPPORTED = 99030000;
const IN_USE = 99040000;
const MALFORMED = 99050000;
const ALREADY_LINKED = 99060000;
const OF_ANOTHER_TYPE = 99070000;
const NOT_MULTIPLE = 99080000;
const LOCKED = 99090000;
const FORCED = 99990000;

/** Closes every refused write. The vendor's sentence is cut off in every copy after "Transactio". */
export const transactionProblem = { code: TRANSACTION, message: 'Errors found. Transaction has been rolled back.' };

/** A member in a request: the path to it, `details.contactPoints.items[0].value`, and the DTO that has it, `ContactPoint`. */
export interface Spot {
  readonly member: string;
  readonly path: string;
  readonly dto: string;
}

const MAX_SHOWN = 100;
/** A value as messages show it, cut where it is long; never calls what a caller may have named `toString`. */
export function excerpt(value: unknown): string {
  const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return whole.length > MAX_SHOWN ? `${whole.slice(0, MAX_SHOWN)}…` : whole;
}
export const withArticle = (dto: string): string => `${/^[AEIOU]/.test(dto) ? 'an' : 'a'} '${dto}'`;

const ofMember = ({ member, path, dto }: Spot, rule: string, value: unknown, message: string): Explain => {
  const explanation = { message, member: path, rule, value, contract: `${dto}.${member}` };
  return () => explanation;
};

export const missingTarget = (spot: Spot, value: unknown, target: string): Problem => ({
  code: DOES_NOT_EXIST,
  message: `'${pascalCase(spot.member)}' (${excerpt(value)}) does not exist in '${target}' for '${spot.dto}'.`,
  explain: ofMember(spot, 'foreign key', value, `There is no ${target} ${excerpt(value)} in this world; send one that exists.`),
});
export const missingRow = (dto: string, identity: unknown, where: string): Problem => ({
  code: DOES_NOT_EXIST,
  message: `'Identity' (${excerpt(identity)}) does not exist in '${dto}'.`,
  explain: () => ({
    message: `There is no ${dto} ${excerpt(identity)} in this world; list them to see which there are.`,
    member: where,
    rule: 'exists',
    value: identity,
    contract: `${dto}.identity`,
  }),
});
export const foreignRow = (dto: string, identity: unknown, parent: string, path: string): Problem => ({
  code: DOES_NOT_EXIST,
  message: `'Identity' (${excerpt(identity)}) does not exist in '${dto}' for '${parent}'.`,
  explain: () => ({
    message: `${dto} ${excerpt(identity)} is not one of this ${parent}’s; read its details to see which are.`,
    member: path,
    rule: 'belongs to its parent',
    value: identity,
    contract: `${dto}.identity`,
  }),
});
export const notPositive = (spot: Spot, value: unknown, doing = 'adding or updating'): Problem => ({
  code: NOT_GREATER_THAN_ZERO,
  message: `'${pascalCase(spot.member)}' MUST be greater than '0' when ${doing} ${withArticle(spot.dto)}.`,
  explain: ofMember(spot, 'greater than 0', value, `Send ${spot.member}, greater than 0.`),
});
export const required = (spot: Spot, doing = 'adding or updating'): Problem => ({
  code: REQUIRED,
  message: `'${pascalCase(spot.member)}' is required when ${doing} ${withArticle(spot.dto)}.`,
  explain: ofMember(spot, 'required', undefined, `Send ${spot.member}.`),
});
export const wrongType = (spot: Spot, value: unknown, wanted: string): Problem => ({
  code: WRONG_TYPE,
  message: `'${pascalCase(spot.member)}' (${excerpt(value)}) is not a valid ${wanted} for '${spot.dto}'.`,
  explain: ofMember(spot, 'type', value, `${spot.member} takes a ${wanted}.`),
});
export const inUse = (dto: string, identity: number, by: string): Problem => ({
  code: IN_USE,
  message: `'${dto}' (${identity}) is in use by '${by}'.`,
  explain: () => ({
    message: `A ${by} still refers to ${dto} ${identity}; change or remove that first.`,
    rule: 'not in use',
    value: identity,
    contract: `${dto}.identity`,
  }),
});
export const alreadyLinked = (parent: string, identity: number, child: string, path: string): Problem => ({
  code: ALREADY_LINKED,
  message: `'${parent}' (${identity}) already has ${withArticle(child)}.`,
  explain: () => ({
    message: `Update, detach or delete the ${child} that is there.`,
    member: path,
    rule: 'at most one',
    contract: `${parent}.details`,
  }),
});
/** A child whose type is one that its parent's type does not offer. */
export const ofAnotherType = (spot: Spot, value: number, target: string, by: string, advice: string): Problem => ({
  code: OF_ANOTHER_TYPE,
  message: `'${pascalCase(spot.member)}' (${value}) is not one of the '${target}' of ${by}.`,
  explain: ofMember(spot, 'a type that the parent’s type offers', value, advice),
});
/** A second child of a type of which a parent has at most one. */
export const notMultiple = (spot: Spot, value: number, target: string, parent: string, advice: string): Problem => ({
  code: NOT_MULTIPLE,
  message: `'${target}' (${value}) does not allow several '${spot.dto}' for ${withArticle(parent)}.`,
  explain: ofMember(spot, 'allows several', value, advice),
});
export const locked = (dto: string, identity: number, flag: string, since: number, path: string): Problem => ({
  code: LOCKED,
  message: `'${dto}' (${identity}) cannot be modified because '${pascalCase(flag)}' is true.`,
  explain: () => ({
    message: `Below api/v${since} and later ${withArticle(dto)} whose ${flag} is true stays as it is; api/v6 does not state this rule.`,
    member: path,
    rule: flag,
    value: identity,
    contract: `${dto}.${flag}`,
  }),
});
/** Something that the service does not do: an action, a header's value, a sort of search. */
export const unsupported = (message: string, explain: Explain): Problem => ({ code: UNSUPPORTED, message, explain });
/** Text that cannot be read. */
export const malformed = (message: string, explain: Explain): Problem => ({ code: MALFORMED, message, explain });
/** An answer that would be longer than a text may be: the service itself breaks. */
export const answerTooLong = (longest: number): Refusal => {
  const message = `The answer would have more than ${longest} characters. Send fewer items. Nothing was stored.`;
  return new Refusal(500, [{ code: MALFORMED, message, explain: () => ({ message, rule: 'length of the answer' }) }]);
};
export const forcedProblem: Problem = {
  code: FORCED,
  message: 'The request could not be processed.',
  explain: () => ({ message: 'This status was asked for by the caller or by a fault rule.', rule: 'forced' }),
};
