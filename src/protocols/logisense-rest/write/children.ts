/** Children in the body of POST and PUT, which are not read there: the PATCH that writes them (DECISIONS.md). */
import { isJsonObject, type JsonObject } from '../../../json-object.ts';
import type { ModelTable } from '../model/model-table.ts';
import type { Child, Resource } from '../model/resource.ts';
import type { RestRequest } from '../rest-request.ts';

/** Characters of the children that an explanation shows. */
const MAX_TEXT = 2000;

/** `sent`: the names of children in the body. */
export function noticeChildren(
  request: RestRequest,
  resource: Resource,
  tableOf: (child: Child) => ModelTable,
  body: JsonObject,
  sent: readonly string[],
  identity: number,
): void {
  for (const name of sent) noticeChild(name);

  function noticeChild(sent: string): void {
    const value = body[sent];
    const holder = sent.toLowerCase() === 'details' ? value : { [sent]: value };
    if (!isJsonObject(holder) || Object.keys(holder).length === 0) return;
    request.notice(() => {
      const { method } = request.call.inbound;
      const address = request.address(`${resource.path}/${identity}`);
      const patch = JSON.stringify({ details: asPatched(resource, tableOf, holder) });
      return {
        message: `\`${sent}\` is not read in ${method}; send PATCH ${address} with ${patch}`,
        member: sent,
        rule: 'children are written by PATCH',
        contract: `${resource.name}.patch`,
      };
    });
  }
}

/** Children in the form that a PATCH takes, whatever form they came in: a list, one object, or a set of items. */
function asPatched(resource: Resource, tableOf: (child: Child) => ModelTable, details: JsonObject): JsonObject {
  const sets: Record<string, { items: JsonObject[] }> = {};
  let left = MAX_TEXT;
  for (const [sent, value] of Object.entries(details)) {
    const child = resource.children.find(({ names }) => names.some((name) => name.toLowerCase() === sent.toLowerCase()));
    if (child === undefined) continue;
    const items = Array.isArray(value) ? value : isJsonObject(value) && Array.isArray(value['items']) ? value['items'] : [value];
    for (const item of items) {
      if (!isJsonObject(item)) continue;
      const patched = itemOf(tableOf(child), item);
      left -= JSON.stringify(patched).length;
      if (left < 0) break;
      (sets[child.names[0]!] ??= { items: [] }).items.push(patched);
    }
  }
  return sets;
}

/** A row that has an identity is updated, any other one is created. */
function itemOf(table: ModelTable, sent: JsonObject): JsonObject {
  const { identity } = sent;
  const isKnown = typeof identity === 'number' && identity > 0;
  const members = Object.entries(sent).filter(([name]) => table.memberNamed(name)?.isWritable);
  return { patchType: isKnown ? 'update' : 'create', ...(isKnown && { identity }), ...Object.fromEntries(members) };
}
