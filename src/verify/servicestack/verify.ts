/** Asks every operation of a ServiceStack API in every format, and holds the formats against each other. */
import type { Method } from '../../contract/operation.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import { isCompound } from '../compare/comparison.ts';
import { isRecord, type Value } from '../compare/record-value.ts';
import type { Asker } from '../run/asker.ts';
import { type Answered, type Checking, checked, isOk } from '../run/check.ts';
import { pathMembers } from '../run/ids.ts';
import { compareFailure, type ServiceStackSubject } from './compare.ts';
import { empty, failed } from './expectations.ts';
import { formatsOf } from './formats.ts';
import { OperationCalls, type Values } from './operation-calls.ts';
import { verifyPages } from './pages.ts';
import { verifyBrokenBodies, verifyRefusals } from './refusals.ts';
import { writeCollection } from './write-collection.ts';

/** Verbs that some services answer with the same reading. */
const WRITING: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

export async function* verifyServiceStack({ name: api, operations, profile }: ServiceStackSubject, asker: Asker): Checking {
  const formats = formatsOf(profile);
  /** Values of members in the answers so far. */
  const shown = new Map<string, string>();
  const nameOf = (operation: ServiceOperation): string => `${api}.${operation.name}`;
  const unknownIn = (operation: ServiceOperation, values: Values): string | undefined =>
    pathMembers(operation).find((member) => !values.has(member));
  // Those whose ids are known may show the ids of the others.
  const known = (operation: ServiceOperation): boolean => unknownIn(operation, valuesOf(operation, nameOf(operation), asker)) === undefined;
  for (const operation of Object.values(operations).sort((left, right) => Number(known(right)) - Number(known(left)))) {
    const name = nameOf(operation);
    const values = valuesOf(operation, name, asker, shown);
    const unknown = unknownIn(operation, values);
    if (unknown === undefined) yield* verifyOperation(new OperationCalls(name, operation, values, formats, asker), shown);
    else yield { operation: name, notAsked: `no ${unknown} is known; give one with --id ${api}.${unknown}=…`, isByChoice: false };
  }
}

/** `shown` serves the path alone: the other members of a record are no parameters. */
function valuesOf(operation: ServiceOperation, name: string, { ids }: Asker, shown?: Values): Values {
  const inPath = pathMembers(operation);
  const scalars = operation.request.members.filter(({ field }) => !isCompound(field)).map((member) => member.name);
  const values = scalars.map((member) => {
    const value = ids.sent(name, member) ?? ids.example(name, 'GET', member) ?? (inPath.includes(member) ? shown?.get(member) : undefined);
    return [member, value] as const;
  });
  return new Map(values.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** The first value of each member. */
function collectValues(value: Value, into: Map<string, string>): void {
  if (Array.isArray(value)) for (const item of value) collectValues(item, into);
  if (!isRecord(value)) return;
  for (const [member, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') collectValues(inner, into);
    else if (!into.has(member)) into.set(member, inner);
  }
}

async function* verifyOperation(calls: OperationCalls, shown: Map<string, string>): Checking {
  const { name, operation, asker, formats } = calls;
  const { methods, verbs } = operation;
  if (methods.includes('GET')) {
    const first = await calls.success('GET', formats.json);
    const { key } = calls;
    if (key !== undefined && isUnknownRecord(calls, first)) {
      yield {
        operation: name,
        notAsked: `the server knows no ${key.name} ${key.value}; give one that it knows with --id ${name}.${key.name}=…`,
        isByChoice: false,
      };
      return;
    }
    collectValues(first.record, shown);
    yield* verifyFormats(calls, first);
    if (isOk(first)) {
      yield* verifyPages(calls, first);
      yield* verifyRefusals(calls);
    }
  }
  for (const method of ['OPTIONS', 'HEAD'] as const) if (methods.includes(method)) yield* checked(await calls.bodiless(method, empty));
  const writing = WRITING.filter((method) => methods.includes(method));
  if (writing.length === 0) return;
  if (!asker.isWriting) {
    yield { operation: name, notAsked: `${writing.join(', ')}: verify only reads unless told --write`, isByChoice: true };
    return;
  }
  if (verbs === 'all') for (const method of writing) yield* verifyAlike(calls, method);
  else yield* writeCollection(calls);
  yield* verifyBrokenBodies(calls, writing);
}

/** The service's own 404, in the error that it should have. */
function isUnknownRecord({ operation, formats }: OperationCalls, { exchange: { response } }: Answered): boolean {
  const isError = response.status === 404;
  return isError && compareFailure(response, failed(operation, formats.json, response.status)).differences.all.length === 0;
}

/** The first format is compared with the contract, each other one with the contract and with the first. */
async function* verifyFormats(calls: OperationCalls, first: Answered): Checking {
  const { json, ...others } = calls.formats;
  yield* checked(first);
  for (const [name, value] of Object.entries(first.record ?? {})) {
    if (Array.isArray(value) && value.length === 0)
      yield { operation: calls.name, note: `${name} is empty: there was nothing in it to compare` };
  }
  for (const format of Object.values(others)) {
    const answered = await calls.success('GET', format);
    const here = `in ${format.name}`;
    const differs = calls.between(first, answered, 'in JSON', here).length > 0;
    // Records may have changed between the two calls: what differs must differ from a fresh reading, too.
    yield* checked(answered, differs ? calls.between(await calls.success('GET', json), answered, 'in JSON', here) : []);
  }
}

/** An operation that takes every verb alike answers each like GET. */
async function* verifyAlike(calls: OperationCalls, method: Method): Checking {
  const { json } = calls.formats;
  const wanted = await calls.success('GET', json);
  const answered = await calls.success(method, json, { body: '{}' });
  yield* checked(answered, calls.between(wanted, answered, 'after GET', `after ${method}`));
}
