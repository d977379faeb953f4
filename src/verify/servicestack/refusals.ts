/** What a ServiceStack operation says to calls that are wrong: status, format and envelope of each error (servicestack.md §2.4, §4). */
import type { FieldType } from '../../contract/field.ts';
import type { Method } from '../../contract/operation.ts';
import { type Checking, checked, isOk } from '../run/check.ts';
import { failed, unbound } from './expectations.ts';
import type { OperationCalls } from './operation-calls.ts';

const NOT_FOUND = 404;
/** Ids that no service will have given, and texts that are none. */
const UNKNOWN: Partial<Record<FieldType, string>> = {
  int: '2147483646',
  long: '9007199254740990',
  guid: 'ffffffff-ffff-4fff-bfff-fffffffffffe',
  string: 'no-such-id',
};
const NO_ID: Partial<Record<FieldType, readonly [text: string, purpose: string]>> = {
  int: ['abc', 'an id that is not a number'],
  long: ['abc', 'an id that is not a number'],
  guid: ['abc', 'an id that is not a Guid'],
};

export async function* verifyRefusals(calls: OperationCalls): Checking {
  const { name, operation, formats, asker, key } = calls;
  const unknown = key && UNKNOWN[key.field.facts.type];
  const [invalid, invalidPurpose = ''] = (key && NO_ID[key.field.facts.type]) ?? [];
  for (const format of Object.values(formats)) {
    if (unknown !== undefined)
      yield* checked(await calls.failure('GET', format, failed(operation, format, NOT_FOUND), { id: unknown, purpose: 'an unknown id' }));
    if (invalid !== undefined)
      yield* checked(await calls.failure('GET', format, unbound(format), { id: invalid, purpose: invalidPurpose }));
  }
  const mustRefuse = asker.asksForSignIn(operation.isAuthenticated);
  if (!mustRefuse && asker.credentials(name)['authorization'] === undefined) return;
  const anonymous = await calls.anonymous('GET', formats.json);
  if (mustRefuse || !isOk(anonymous)) yield* checked(anonymous);
}

const WITH_BODY: readonly Method[] = ['POST', 'PUT', 'PATCH'];

/** A body that is no message changes nothing, whatever the record. */
export async function* verifyBrokenBodies(calls: OperationCalls, methods: readonly Method[]): Checking {
  const { json } = calls.formats;
  for (const method of methods.filter((candidate) => WITH_BODY.includes(candidate)))
    yield* checked(await calls.failure(method, json, unbound(json), { body: 'hello', purpose: 'a broken body' }));
}
