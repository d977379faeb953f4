/** Asks every end point of a LogiSense API: the lists first, since they name the ids of all the others. */
import type { RestOperation, Verb } from '../../protocols/logisense-rest/operation.ts';
import type { Api } from '../../protocols/protocol.ts';
import type { ReadRecord } from '../compare.ts';
import type { Session } from '../session.ts';
import { fullest, identityOf, itemsAt, ResourceCheck } from './resource-check.ts';
import { writeResource } from './write-resource.ts';

export interface LogiSenseSubject {
  /** `logisense` */
  readonly name: string;
  readonly operations: Readonly<Record<string, RestOperation>>;
}

export async function verifyLogiSense({ name: api, operations }: LogiSenseSubject, session: Session): Promise<void> {
  const resources = new Map<string, Partial<Record<Verb, RestOperation>>>();
  for (const operation of Object.values(operations)) {
    resources.set(operation.resource, { ...resources.get(operation.resource), [operation.verb]: operation });
  }
  for (const operationsOf of resources.values()) await verifyResource(new ResourceCheck(api, operationsOf, session));
}

async function verifyResource(check: ResourceCheck): Promise<void> {
  const { list, paged, pagedDetail, get, getDetail } = check.operations;
  const listed = list && (await check.list(list));
  const total = totalOf(listed?.record);
  if (paged) await check.pages(paged, total);
  const detailed = pagedDetail && (await check.pages(pagedDetail, total));
  const records = [...itemsAt(detailed, ['pagedResults', 'items']), ...itemsAt(listed?.record, ['items'])];
  for (const operation of [get, getDetail]) {
    if (operation === undefined) continue;
    const name = check.nameOf(operation);
    const id = check.session.ids.values(name, 'GET', ['id']).get('id') ?? identityOf(fullest(records));
    if (id === undefined) check.session.notAsked(name, `no list names an id; give one with --id ${name}.id=…`);
    else await check.one(operation, id);
  }
  check.settle();
  await writeResource(check, records);
}

/** How many records there are, for the pages to agree with; a list that contradicts itself is no witness. */
function totalOf(list: ReadRecord | undefined): string | undefined {
  const items = list?.['items'];
  if (!Array.isArray(items)) return undefined;
  const length = String(items.length);
  const count = list?.['totalCount'];
  return typeof count === 'string' && count !== length ? undefined : length;
}

/** An API whose operations are verbs on resources. */
export const isLogiSense = (api: Api): api is Api & LogiSenseSubject =>
  Object.values(api.operations).every((operation) => 'resource' in operation && 'verb' in operation);
