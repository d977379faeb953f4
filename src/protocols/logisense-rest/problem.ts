/**
 * What can be wrong with a call, in the vendor's words where they are known (logisense.md §5) and in ours, with codes from
 * 99000000 on, where they are not; every problem explains itself to the journal.
 */
import type { Explanation } from '../../http/message.ts';
import { pascalCase } from './model/model.ts';

export interface Problem {
  readonly code: number;
  readonly message: string;
  readonly explanation: Explanation;
}

/** A call that is refused, with all that is wrong with it. */
export class Refusal extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];
  /** What is worth saying besides: names that were passed over. */
  readonly notices: readonly Explanation[];

  constructor(status: number, problems: readonly Problem[], notices: readonly Explanation[] = []) {
    super(problems.map(({ message }) => message).join(' '));
    this.status = status;
    this.problems = problems;
    this.notices = notices;
  }
}

/** The vendor's own codes. */
const NOT_GREATER_THAN_ZERO = 11900000;
const DOES_NOT_EXIST = 13100000;
const CLOSING = 2000;
/** Codes of ours: the vendor's are not known. */
const REQUIRED = 99010000;
const WRONG_TYPE = 99020000;
const NOT_OFFERED = 99030000;
const IN_USE = 99040000;
const MALFORMED = 99050000;
const ALREADY_LINKED = 99060000;
const FORCED = 99990000;

/** Closes every refused write. The vendor's sentence is cut off in every copy after "Transactio". */
export const transactionProblem = { code: CLOSING, message: 'Errors found. Transaction has been rolled back.' };

/** Where in the request, and what the contract calls it: `details.contactPoints.items[0].value`, `ContactPoint`. */
export interface Spot {
  readonly member: string;
  /** The path to it, for explanations. */
  readonly path: string;
  readonly dto: string;
}

const MAX_SHOWN = 100;
/** A value as messages show it, cut where it is long; never calls what a caller may have named `toString`. */
export function excerpt(value: unknown): string {
  const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return whole.length > MAX_SHOWN ? `${whole.slice(0, MAX_SHOWN)}…` : whole;
}
const explain = ({ member, path, dto }: Spot, rule: string, value: unknown, message: string): Explanation => ({
  message,
  member: path,
  rule,
  value,
  contract: `${dto}.${member}`,
});

export const missingTarget = (spot: Spot, value: unknown, target: string): Problem => ({
  code: DOES_NOT_EXIST,
  message: `'${pascalCase(spot.member)}' (${excerpt(value)}) does not exist in '${target}' for '${spot.dto}'.`,
  explanation: explain(spot, 'foreign key', value, `There is no ${target} ${excerpt(value)} in this world; send one that exists.`),
});
export const missingRow = (dto: string, identity: unknown, where: string): Problem => ({
  code: DOES_NOT_EXIST,
  message: `'Identity' (${excerpt(identity)}) does not exist in '${dto}'.`,
  explanation: {
    message: `There is no ${dto} ${excerpt(identity)} in this world; list them to see which there are.`,
    member: where,
    rule: 'exists',
    value: identity,
    contract: `${dto}.identity`,
  },
});
export const foreignRow = (dto: string, identity: unknown, parent: string, path: string): Problem => ({
  code: DOES_NOT_EXIST,
  message: `'Identity' (${excerpt(identity)}) does not exist in '${dto}' for '${parent}'.`,
  explanation: {
    message: `${dto} ${excerpt(identity)} is not one of this ${parent}’s; read its details to see which are.`,
    member: path,
    rule: 'belongs to its parent',
    value: identity,
    contract: `${dto}.identity`,
  },
});
export const notPositive = (spot: Spot, value: unknown, doing = 'adding or updating'): Problem => ({
  code: NOT_GREATER_THAN_ZERO,
  message: `'${pascalCase(spot.member)}' MUST be greater than '0' when ${doing} a '${spot.dto}'.`,
  explanation: explain(spot, 'greater than 0', value, `${spot.member} must be given and greater than 0.`),
});
export const required = (spot: Spot, doing = 'adding or updating'): Problem => ({
  code: REQUIRED,
  message: `'${pascalCase(spot.member)}' is required when ${doing} a '${spot.dto}'.`,
  explanation: explain(spot, 'required', undefined, `Send ${spot.member}.`),
});
export const wrongType = (spot: Spot, value: unknown, wanted: string): Problem => ({
  code: WRONG_TYPE,
  message: `'${pascalCase(spot.member)}' (${excerpt(value)}) is not a valid ${wanted} for '${spot.dto}'.`,
  explanation: explain(spot, 'type', value, `${spot.member} takes a ${wanted}.`),
});
export const inUse = (dto: string, identity: number, by: string): Problem => ({
  code: IN_USE,
  message: `'${dto}' (${identity}) is in use by '${by}'.`,
  explanation: {
    message: `A ${by} still refers to ${dto} ${identity}; change or remove that first.`,
    rule: 'not in use',
    value: identity,
    contract: `${dto}.identity`,
  },
});
export const alreadyLinked = (parent: string, identity: number, child: string, path: string): Problem => ({
  code: ALREADY_LINKED,
  message: `'${parent}' (${identity}) already has an '${child}'.`,
  explanation: {
    message: `Update, detach or delete the ${child} that is there.`,
    member: path,
    rule: 'at most one',
    contract: `${parent}.details`,
  },
});
/** Something that the service does not do: an action, a header's value, a kind of search. */
export const unsupported = (message: string, explanation: Explanation): Problem => ({ code: NOT_OFFERED, message, explanation });
/** Text that cannot be read. */
export const malformed = (message: string, explanation: Explanation): Problem => ({ code: MALFORMED, message, explanation });
export const forcedProblem: Problem = {
  code: FORCED,
  message: 'The request could not be processed.',
  explanation: { message: 'This status was asked for by the caller or by a fault rule.', rule: 'forced' },
};
