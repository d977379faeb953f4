/** Asks every operation of a ServiceStack API in every format, and holds the formats against each other. */
import type { Method } from '../../contract/operation.ts';
import type { Api } from '../../protocols/protocol.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import type { ServiceStackProfile } from '../../protocols/servicestack/profile.ts';
import { isCompound } from '../compare.ts';
import type { Session } from '../session.ts';
import { dialectsOf } from './dialects.ts';
import { OperationCheck } from './operation-check.ts';
import { writeCollection } from './write-collection.ts';

export interface ServiceStackSubject {
  /** `trendsic` */
  readonly name: string;
  readonly operations: Readonly<Record<string, ServiceOperation>>;
  readonly profile: ServiceStackProfile;
}

/** Verbs that only read wherever ServiceStack routes them, and those that some services answer with the same reading. */
const WRITING: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

export async function verifyServiceStack({ name: api, operations, profile }: ServiceStackSubject, session: Session): Promise<void> {
  const dialects = dialectsOf(profile);
  for (const operation of Object.values(operations)) {
    const name = `${api}.${operation.name}`;
    const call = callOf(operation, name, session);
    if (typeof call === 'string') session.notAsked(name, call);
    else await verifyOperation(new OperationCheck(name, operation, call, dialects, session));
  }
}

/** Path and query of a reading call; or why there is none. */
function callOf({ path, request }: ServiceOperation, name: string, { ids }: Session): string | { path: string; target: string } {
  const scalars = request.members.filter(({ field }) => !isCompound(field)).map((member) => member.name);
  const values = ids.values(name, 'GET', scalars);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const unknown = inPath.find((member) => !values.has(member));
  if (unknown !== undefined) return `no ${unknown} is known; give one with --id ${name.split('.')[0]}.${unknown}=…`;
  const filled = path.replace(/\{(\w+)\}/g, (_, member: string) => encodeURIComponent(values.get(member) as string));
  const query = [...values].filter(([member]) => !inPath.includes(member));
  const text = query.map(([member, value]) => `${member}=${encodeURIComponent(value)}`).join('&');
  return { path: filled, target: text === '' ? filled : `${filled}?${text}` };
}

async function verifyOperation(check: OperationCheck): Promise<void> {
  const { name, operation, session } = check;
  const { methods, verbs } = operation;
  if (methods.includes('GET')) await check.formats();
  if (methods.includes('OPTIONS')) await check.bodiless('OPTIONS');
  if (methods.includes('HEAD')) await check.bodiless('HEAD');
  const writing = WRITING.filter((method) => methods.includes(method));
  if (writing.length === 0) return;
  if (!session.isWriting) session.notAsked(name, `${writing.join(', ')}: verify only reads; --write asks them`);
  else if (verbs === 'all') for (const method of writing) await check.alike(method);
  else await writeCollection(check);
}

/** An API that states how ServiceStack is set up for it. */
export const isServiceStack = (api: Api): api is Api & ServiceStackSubject => 'profile' in api;
