/** What a LogiSense end point says to calls that are wrong: status, format and envelope of each error (logisense.md §5). */
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import { type Checking, checked, isOk } from '../run/check.ts';
import { framework, refused } from './expectations.ts';
import type { ResourceCalls } from './resource-calls.ts';

export const NOT_FOUND = 404;
const BAD_REQUEST = 400;
const UNAUTHORIZED = 401;
const UNKNOWN_ID = '2147483646';

/** `id`: of a record that there is, where the path names one. */
export async function* verifyRefusals(calls: ResourceCalls, operation: RestOperation, id?: string): Checking {
  const name = calls.nameOf(operation);
  const body = operation.request === undefined ? {} : { body: {} };
  if (operation.path.includes('{id}')) {
    yield* checked(await calls.failure(operation, refused(operation, NOT_FOUND), { ...body, id: UNKNOWN_ID, purpose: 'an unknown id' }));
    yield* checked(await calls.failure(operation, framework(NOT_FOUND), { ...body, id: 'abc', purpose: 'an id that is not a number' }));
  }
  if (operation.request !== undefined)
    yield* checked(await calls.failure(operation, refused(operation, BAD_REQUEST), { id, body: '{', purpose: 'a broken body' }));
  // Anonymous writes might be taken.
  if (operation.methods[0] !== 'GET') return;
  const mustRefuse = calls.asker.asksForSignIn(false);
  if (!mustRefuse && calls.asker.credentials(name)['authorization'] === undefined) return;
  const anonymous = await calls.failure(operation, framework(UNAUTHORIZED), { id, isAnonymous: true, purpose: 'without a sign-in' });
  if (mustRefuse || !isOk(anonymous)) yield* checked(anonymous);
}
