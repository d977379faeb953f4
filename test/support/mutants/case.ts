/** One way of a server to be wrong, and what `verify` must say of it. */
import type { MockOptions } from '../../../src/index.ts';
import type { Rule } from '../../../src/verify/compare/finding.ts';
import type { Mutation, Told } from '../mutant.ts';

export interface Case extends Mutation {
  readonly title: string;
  readonly operation: string;
  readonly member: string;
  readonly rule: Rule;
  readonly options?: MockOptions;
}

/** A way to be wrong in the answers to some calls of an operation. */
export const wrong =
  (operation: string, of: RegExp, accept = '') =>
  (title: string, member: string, rule: Rule, change: (told: Told) => Partial<Told>): Case => ({
    title,
    operation,
    of,
    accept,
    member,
    rule,
    change,
  });

export const inFormats = (operation: string, of: RegExp) => ({
  json: wrong(operation, of, 'application/json'),
  xml: wrong(operation, of, 'application/xml'),
  jsv: wrong(operation, of, 'application/jsv'),
  csv: wrong(operation, of, 'text/csv'),
  jsonl: wrong(operation, of, 'text/jsonl'),
});

// biome-ignore lint/suspicious/noExplicitAny: a mutation knows the body that it changes
export const each = (items: any[], change: (item: any) => void): void => items.forEach(change);
