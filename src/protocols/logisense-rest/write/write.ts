/** POST and PUT of one record: all of it or nothing, with every mistake in the answer. */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import { inTurns } from '../../../store/turns.ts';
import type { World } from '../../../store/world.ts';
import { Binder, noticeIgnored } from './bind.ts';
import { jsonBody } from '../body.ts';
import { noticeChildren } from './children.ts';
import { writeReply } from '../envelope.ts';
import { badHeader, jsonHeader } from '../header.ts';
import type { JsonObject } from '../../../json-object.ts';
import type { ModelTable } from '../model/model-table.ts';
import type { Resource } from '../model/resource.ts';
import { excerpt, type Problem, Refusal, refuseIfAny, unsupported } from '../problem.ts';
import type { RestRequest } from '../rest-request.ts';
import { record } from '../read/read.ts';
import { searchedMember } from '../read/search.ts';
import type { Service } from '../service.ts';
import { isShort } from './transaction.ts';
import { change, create } from './records.ts';

/** What a write needs to know besides its request. */
export interface Target {
  readonly service: Service;
  readonly resource: Resource;
  readonly table: ModelTable;
}

export function createOne(request: RestRequest, target: Target): MaybePromise<Reply> {
  const { resource } = target;
  const ofList = (): string =>
    `Send one object; PATCH ${request.address(`${resource.path}/{id}`)} with {"${resource.plural}":{"items":[{"patchType":"create",…}]}} creates several.`;
  const body = jsonBody(request.call, ofList);
  // Below `internal/` a live server wraps what was created (logisense.md §15).
  const isResult = resultsWanted(request) ?? (request.isInternal || request.call.settings.outputFormat === 'result');
  return writeOne(request, target, { body, identity: undefined, only: undefined, isResult });
}

export function updateOne(request: RestRequest, target: Target, identity: number): MaybePromise<Reply> {
  record(request.world, target.table, identity);
  const body = jsonBody(request.call);
  const isResult = resultsWanted(request) ?? request.call.settings.outputFormat === 'result';
  return writeOne(request, target, { body, identity, only: updatesAsked(request, target.table), isResult });
}

interface Writing {
  readonly body: JsonObject;
  /** Undefined where a record is created. */
  readonly identity: number | undefined;
  readonly only: ReadonlySet<string> | undefined;
  /** Whether the answer's item is wrapped. */
  readonly isResult: boolean;
}

function writeOne(request: RestRequest, { service, resource, table }: Target, writing: Writing): MaybePromise<Reply> {
  const { body, identity, only, isResult } = writing;
  const isNew = identity === undefined;
  const problems: Problem[] = [];
  const isOther = (sent: string): boolean => resource.childNames.has(sent.toLowerCase());
  const binder = new Binder({ request, table, body, path: '', isNew, only, isOther }, problems);
  const { world } = request;
  const { epoch } = world;
  const store = (): Reply =>
    world.transact(() => {
      // A long body was taken in turns: the world may have been reset meanwhile, or the record be gone.
      world.refuseIfReset(epoch);
      if (!isNew) record(world, table, identity);
      const { members, ignored } = binder.bound(world);
      refuseIfAny(problems);
      const written = isNew ? create(world, table, members) : change(world, table, identity, members);
      const id = written['identity'] as number;
      noticeIgnored(request, world, table, id, ignored);
      noticeChildren(request, resource, ({ model }) => service.tableOf(model), body, binder.others, id);
      const text = isResult ? resultText(world, table, written, isNew ? 'created' : 'updated') : table.text(world, written);
      return writeReply(request.call, isNew ? 'create' : 'update', [text]);
    });
  if (isShort(request)) {
    binder.takeAll();
    return store();
  }
  const taken = inTurns(binder.taking(), request.call.inbound);
  return taken instanceof Promise ? taken.then(store) : store();
}

/** An item in its wrapped form: what happened to which row. */
export const resultText = (world: World, table: ModelTable, found: StoredRecord, action: 'created' | 'updated'): string =>
  `{"identity":${found['identity']},"action":"${action}","dtoTypeKey":"${table.model.key}","instance":${table.text(world, found)}}`;

/** Flat or wrapped items, where the `OutputFormat` header says (logisense.md §0). */
function resultsWanted(request: RestRequest): boolean | undefined {
  const sent = jsonHeader(request, 'OutputFormat');
  if (sent === undefined) return undefined;
  const format = excerpt(sent['format']).toLowerCase();
  if (format === 'instance' || format === 'result') return format === 'result';
  if (format !== 'dataflow') throw badHeader('OutputFormat', sent, "a 'format' of instance or result");
  const explanation = { message: 'Ask for instance or result.', member: 'OutputFormat.format', rule: 'format', value: sent['format'] };
  throw new Refusal(400, [unsupported("The output format 'dataFlow' is not offered by this mock.", () => explanation)]);
}

/** The members that an `UpdateRequest` header names; undefined where none was sent: all may change (logisense.md §3). */
export function updatesAsked(request: RestRequest, table: ModelTable): ReadonlySet<string> | undefined {
  const sent = jsonHeader(request, 'UpdateRequest');
  if (sent === undefined) return undefined;
  const { filters } = sent;
  if (!Array.isArray(filters)) throw badHeader('UpdateRequest', sent, "a list of names under 'filters'");
  const problems: Problem[] = [];
  const names = filters.flatMap((name, i) => searchedMember(table, name, `UpdateRequest.filters[${i}]`, problems) ?? []);
  refuseIfAny(problems);
  return new Set(names);
}
