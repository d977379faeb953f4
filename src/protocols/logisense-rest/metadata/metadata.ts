/** What `/Metadata` and `/Metadata/sql` say about a resource: drawn from its model, in the vendor's form (logisense.md §10). */
import type { FieldType } from '../../../contract/field.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { jsonReply } from '../envelope.ts';
import { companions, type Model, pascalCase } from '../model/model.ts';
import type { PatchType } from '../model/variants.ts';
import type { Service } from '../service.ts';

/** What metadata is drawn from. */
export interface MetadataSource {
  readonly name: string;
  /** `ContactType/Type` */
  readonly path: string;
  readonly model: Model;
  readonly dataFlow: Readonly<Record<string, readonly PatchType[]>>;
  /** Verb and template: `Get`, `{id:int}`. */
  readonly routes: readonly { readonly name: string; readonly template: string }[];
}

const SQL_TYPES: { readonly [K in FieldType]?: string } = {
  int: 'int',
  long: 'bigint',
  string: 'nvarchar',
  bool: 'bit',
  double: 'float',
  dateTime: 'datetime',
};

export function metadata(call: Call, service: Service, source: MetadataSource, isSql: boolean): Reply {
  const { name, path, model } = source;
  const shown = companions(model);
  const own = model.dto.members.filter((member) => !shown.has(member.name));
  const table = service.tableOf(model);
  const writable = own.filter((member) => table.memberNamed(member.name)?.isWritable);
  const details = {
    pagination: { pageNumber: 1, pageSize: 20 },
    searchRequest: {
      groups: [{ filters: [{ name: writable[0]?.name ?? 'identity', value: '', operator: 'eq', condition: 'and' }], condition: 'and' }],
      orderBy: [{ name: 'identity' }],
    },
    updateRequest: { filters: writable.map((member) => member.name) },
    dataFlowPatchTypes: source.dataFlow,
    jsonDataSupport: false,
    resourceRouting: {
      name: words(name),
      shortName: model.key,
      prefix: `api/v6/${path}`,
      routes: source.routes.map(({ name: verb, template }) => ({ name: `${name}.${verb}`, template })),
    },
  };
  const references = table.of(call.world).base.entity.references ?? {};
  const sqlMetadata = {
    columns: own.map(({ name: member, field }) => ({
      name: pascalCase(member),
      dataType: SQL_TYPES[field.facts.type] ?? 'nvarchar',
      isNullable: member !== 'identity' && !model.required.includes(member),
    })),
    primaryKeys: ['Identity'],
    foreignKeys: own.filter(({ name: member }) => member in references).map(({ name: member }) => pascalCase(member)),
    foreignKeyReferences: referring(service, model),
  };
  const body = {
    trackingId: call.world.base.guid('request', call.number),
    dtoTypeKey: model.key,
    dtoTypeTableKey: name,
    details: isSql ? { ...details, sqlMetadata } : details,
  };
  return jsonReply(200, JSON.stringify(body));
}

/** Entities whose records refer to this one. */
const referring = (service: Service, model: Model): string[] =>
  Object.values(service.options.entities)
    .filter(({ references }) => Object.values(references ?? {}).includes(model.entity))
    .map(({ name }) => pascalCase(name));

/** `ContactPointType` → `Contact Point Type` */
const words = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
