/** POST and PUT of one record: all of it or nothing, with every mistake in the answer. */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { bind, type Diagnostics, type Members, unknownMember } from './bind.ts';
import { jsonBody } from '../body.ts';
import { written } from '../envelope.ts';
import { badHeader, jsonHeader } from '../header.ts';
import { type JsonObject, withKnownNames } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { unsupported, excerpt, type Problem, Refusal } from '../problem.ts';
import { record } from '../read/read.ts';
import { change, create } from './store.ts';

export function createOne(call: Call, table: ModelTable): Reply {
  const body = jsonBody(call);
  const isResult = resultsWanted(call);
  const members = bound(call, table, body, true, undefined);
  const made = call.world.transact(() => create(call.world, table, members));
  return written(call, 'create', [isResult ? resultText(call, table, made, 'created') : table.text(call.world, made)]);
}

export function updateOne(call: Call, table: ModelTable, identity: number): Reply {
  record(call.world, table, identity);
  const body = jsonBody(call);
  const isResult = resultsWanted(call);
  const members = bound(call, table, body, false, updatesAsked(call, table));
  const changed = call.world.transact(() => change(call.world, table, identity, members));
  return written(call, 'update', [isResult ? resultText(call, table, changed, 'updated') : table.text(call.world, changed)]);
}

function bound(call: Call, table: ModelTable, body: JsonObject, isNew: boolean, only: ReadonlySet<string> | undefined): Members {
  const diagnostics: Diagnostics = { problems: [], notices: [] };
  const members = bind({ world: call.world, table, body, path: '', isNew, only }, diagnostics);
  refuseIfAny(diagnostics);
  return members;
}

export function refuseIfAny({ problems, notices }: Diagnostics): void {
  if (problems.length > 0) throw new Refusal(400, problems, notices);
}

/** An item in its wrapped form: what happened to which row. */
export const resultText = (call: Call, table: ModelTable, found: StoredRecord, action: 'created' | 'updated'): string =>
  `{"identity":${found['identity']},"action":"${action}","dtoTypeKey":"${table.model.key}","instance":${table.text(call.world, found)}}`;

/** Flat or wrapped items: the `OutputFormat` header, else the mock's own setting (logisense.md §0). */
function resultsWanted(call: Call): boolean {
  const asked = jsonHeader(call, 'OutputFormat');
  if (asked === undefined) return call.settings.outputFormat === 'result';
  const format = excerpt(withKnownNames(asked, ['format'])['format']).toLowerCase();
  if (format === 'instance' || format === 'result') return format === 'result';
  if (format !== 'dataflow') throw badHeader('OutputFormat', asked, "a 'format' of instance or result");
  const explanation = { message: 'Ask for instance or result.', member: 'OutputFormat.format', rule: 'format', value: asked['format'] };
  throw new Refusal(400, [unsupported("The output format 'dataFlow' is not offered by this mock.", explanation)]);
}

/** The members that an `UpdateRequest` header names; undefined where none was sent: all may change (logisense.md §3). */
export function updatesAsked(call: Call, table: ModelTable): ReadonlySet<string> | undefined {
  const asked = jsonHeader(call, 'UpdateRequest');
  if (asked === undefined) return undefined;
  const { filters } = withKnownNames(asked, ['filters']);
  if (!Array.isArray(filters)) throw badHeader('UpdateRequest', asked, "a list of names under 'filters'");
  const problems: Problem[] = [];
  const names = filters.flatMap((name, i) => {
    const field = typeof name === 'string' ? table.memberNamed(name) : undefined;
    if (field !== undefined) return [field.name];
    const explanation = unknownMember(table, { member: excerpt(name), path: `UpdateRequest.filters[${i}]`, dto: table.name });
    problems.push(unsupported(`'${excerpt(name)}' is not a property of '${table.name}'.`, explanation));
    return [];
  });
  if (problems.length > 0) throw new Refusal(400, problems);
  return new Set(names);
}
