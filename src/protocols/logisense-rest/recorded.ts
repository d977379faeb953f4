/** The rows that an answer of a LogiSense service shows: resources, their children, and by name what their keys lead to. */
import { isJsonObject, type JsonObject } from '../../json-object.ts';
import type { RecordedRow } from '../protocol.ts';
import type { Model } from './model/model.ts';
import type { Resource } from './model/resource.ts';
import type { Service } from './service.ts';

/** `message`: the parsed body of a successful answer. */
export function recordedRows(service: Service, model: Model, message: object): RecordedRow[] {
  const resource = service.options.resources.find((candidate) => candidate.model.entity === model.entity);
  return rootsOf(message).flatMap((root) => [
    ...rowsOf(service, model, root),
    ...(resource === undefined ? [] : childRows(service, resource, root)),
  ]);
}

/** What stands in the envelopes of one, of a list, of a page and of a write. */
function rootsOf(message: object): JsonObject[] {
  const { instance, items, pagedResults, results } = message as JsonObject;
  const lists = [items, (pagedResults as JsonObject | undefined)?.['items'], (results as JsonObject | undefined)?.['items']];
  const roots = lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((item: unknown) => (isJsonObject(item) && isJsonObject(item['instance']) ? item['instance'] : item));
  return [instance, ...roots].filter(isJsonObject);
}

function rowsOf(service: Service, model: Model, shown: JsonObject, more: JsonObject = {}): RecordedRow[] {
  const { identity } = shown;
  if (typeof identity !== 'number') return [];
  const table = service.tableOf(model);
  const members: Record<string, unknown> = { ...more };
  for (const { name } of model.dto.members) if (!table.shown.has(name) && shown[name] !== undefined) members[name] = shown[name];
  const leads = Object.entries(model.lookups).flatMap(([key, { entity, shows }]) => {
    const named = Object.entries(shows).filter(([ours]) => typeof shown[ours] === 'string');
    if (typeof shown[key] !== 'number' || named.length === 0) return [];
    return [{ entity, key: shown[key], members: Object.fromEntries(named.map(([ours, theirs]) => [theirs, shown[ours]])) }];
  });
  return [{ entity: model.entity, key: identity, members }, ...leads];
}

function childRows(service: Service, resource: Resource, root: JsonObject): RecordedRow[] {
  const details = root['details'];
  if (!isJsonObject(details)) return [];
  const { entity } = resource.model;
  const key = root['identity'] as number;
  return resource.children.flatMap(({ model, names, relation }) => {
    const shown = details[names[0] as string];
    const children = (Array.isArray(shown) ? shown : [shown]).filter(isJsonObject);
    const keys = children.map(({ identity }) => identity as number);
    if (relation.form === 'many') {
      const rows = children.flatMap((child) => rowsOf(service, model, child, { [relation.foreignKey]: key }));
      return [...rows, { entity, key, members: {}, allOf: { entity: model.entity, foreignKey: relation.foreignKey, keys } }];
    }
    const link = { entity, key, members: { [relation.link]: keys[0] ?? null } };
    return [...children.flatMap((child) => rowsOf(service, model, child)), link];
  });
}
