/** POST and PUT of one record: all of it or nothing, with every mistake in the answer. */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { bind, type Findings, type Members, unknownMember } from './bind.ts';
import { jsonBody } from '../body.ts';
import { written } from '../envelope.ts';
import { badHeader, jsonHeader } from '../header.ts';
import { type JsonObject, spelled } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { notOffered, plain, type Problem, Refusal } from '../problem.ts';
import { record } from '../read/read.ts';
import { change, create } from './store.ts';

export function createOne(call: Call, kind: ModelTable): Reply {
  const body = jsonBody(call);
  const isResult = resultsWanted(call);
  const members = bound(call, kind, body, true, undefined);
  const made = call.world.transact(() => create(call.world, kind, members));
  return written(call, 'create', [isResult ? resultText(call, kind, made, 'created') : kind.text(call.world, made)]);
}

export function updateOne(call: Call, kind: ModelTable, identity: number): Reply {
  record(call.world, kind, identity);
  const body = jsonBody(call);
  const isResult = resultsWanted(call);
  const members = bound(call, kind, body, false, updatesAsked(call, kind));
  const changed = call.world.transact(() => change(call.world, kind, identity, members));
  return written(call, 'update', [isResult ? resultText(call, kind, changed, 'updated') : kind.text(call.world, changed)]);
}

function bound(call: Call, kind: ModelTable, body: JsonObject, isNew: boolean, only: ReadonlySet<string> | undefined): Members {
  const findings: Findings = { problems: [], hints: [] };
  const members = bind({ world: call.world, kind, body, path: '', isNew, only }, findings);
  refuseIfAny(findings);
  return members;
}

export function refuseIfAny({ problems, hints }: Findings): void {
  if (problems.length > 0) throw new Refusal(400, problems, hints);
}

/** An item in its wrapped form: what happened to which row. */
export const resultText = (call: Call, kind: ModelTable, found: StoredRecord, action: 'created' | 'updated'): string =>
  `{"identity":${found['identity']},"action":"${action}","dtoTypeKey":"${kind.model.key}","instance":${kind.text(call.world, found)}}`;

/** Flat or wrapped items: the `OutputFormat` header, else the mock's own setting (logisense.md §0). */
function resultsWanted(call: Call): boolean {
  const asked = jsonHeader(call, 'OutputFormat');
  if (asked === undefined) return call.settings.outputFormat === 'result';
  const format = plain(spelled(asked, ['format'])['format']).toLowerCase();
  if (format === 'instance' || format === 'result') return format === 'result';
  if (format !== 'dataflow') throw badHeader('OutputFormat', asked, "a 'format' of instance or result");
  const explanation = { message: 'Ask for instance or result.', member: 'OutputFormat.format', rule: 'format', value: asked['format'] };
  throw new Refusal(400, [notOffered("The output format 'dataFlow' is not offered by this mock.", explanation)]);
}

/** The members that an `UpdateRequest` header names; undefined where none was sent: all may change (logisense.md §3). */
export function updatesAsked(call: Call, kind: ModelTable): ReadonlySet<string> | undefined {
  const asked = jsonHeader(call, 'UpdateRequest');
  if (asked === undefined) return undefined;
  const { filters } = spelled(asked, ['filters']);
  if (!Array.isArray(filters)) throw badHeader('UpdateRequest', asked, "a list of names under 'filters'");
  const problems: Problem[] = [];
  const names = filters.flatMap((name, i) => {
    const field = typeof name === 'string' ? kind.memberNamed(name) : undefined;
    if (field !== undefined) return [field.name];
    const explanation = unknownMember(kind, { member: plain(name), path: `UpdateRequest.filters[${i}]`, kind: kind.name });
    problems.push(notOffered(`'${plain(name)}' is not a property of '${kind.name}'.`, explanation));
    return [];
  });
  if (problems.length > 0) throw new Refusal(400, problems);
  return new Set(names);
}
