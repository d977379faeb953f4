/** `/types/metadata` and `/operations/metadata`: the contract as data, in the framework's own words (recorded: `describe`). */
import type { Dto } from '../../../contract/dto.ts';
import type { Enumeration, Field } from '../../../contract/field.ts';
import { clrNamespace } from '../../../derive/declarations/csharp.ts';
import { innerTypes, isEnumeration } from '../../../derive/declarations/declared.ts';
import { clrType, isReference, referredEnumeration } from '../../../derive/metadata.ts';
import { CLR } from '../../../wire/values/clr.ts';
import type { ServiceOperation } from '../operation.ts';
import { asksForCaller, type ServiceHost, isLibraryType, routeOf } from '../service-host.ts';

type Data = Readonly<Record<string, unknown>>;

const SYSTEM = 'System';

/** The library's own namespace is not the one that XML shows. */
const namespaceOf = (dto: Dto): string => (isLibraryType(dto) ? 'ServiceStack' : clrNamespace(dto));

/** Type and namespace as reflection names them: `List\`1` of `Contact`, `Nullable\`1` of `Guid`. */
function reflected(field: Field, owner: Dto): Data {
  const { type, isNullable, item, of, enumeration } = field.facts;
  if (type === 'list') return { Type: 'List`1', Namespace: 'System.Collections.Generic', GenericArgs: [reflected(item!, owner)['Type']] };
  if (type === 'map') return { Type: 'Dictionary`2', Namespace: 'System.Collections.Generic', GenericArgs: ['String', 'String'] };
  if (type === 'object') return { Type: of!().name, Namespace: namespaceOf(of!()) };
  const name = type === 'enum' ? enumeration!.name : CLR[type].name;
  const namespace = type === 'enum' ? namespaceOf(owner) : SYSTEM;
  if (isNullable && !isReference(type)) return { Type: 'Nullable`1', Namespace: SYSTEM, IsValueType: true, GenericArgs: [name] };
  return {
    Type: name,
    Namespace: namespace,
    ...(isReference(type) ? {} : { IsValueType: true }),
    ...(type === 'enum' ? { IsEnum: true } : {}),
  };
}

const property = (name: string, field: Field, owner: Dto): Data => {
  const { doc, place, documentedType, isRequired } = field.facts;
  return {
    Name: name,
    ...reflected(field, owner),
    ...(doc === '' ? {} : { Description: doc }),
    ...(place === undefined ? {} : { ParamType: place, DisplayType: documentedType ?? clrType(field) }),
    ...(isRequired ? { IsRequired: true } : {}),
  };
};

const message = (dto: Dto): Data => ({
  Name: dto.name,
  Namespace: namespaceOf(dto),
  ...(dto.base === undefined ? {} : { Inherits: { Name: dto.base.name, Namespace: namespaceOf(dto.base) } }),
  Implements: [],
  ...(dto.doc === '' ? {} : { Description: dto.doc }),
  Properties: Object.entries(dto.fields).map(([name, field]) => property(name, field, dto)),
});

function enumerationType({ name, values }: Enumeration, types: readonly (Dto | Enumeration)[]): Data {
  const user = types.find(
    (type): type is Dto => !isEnumeration(type) && Object.values(type.fields).some((field) => referredEnumeration(field)?.name === name),
  );
  return { Name: name, Namespace: user === undefined ? '' : namespaceOf(user), Implements: [], IsEnum: true, EnumNames: values };
}

/** What services that write nulls write for the rest. */
const MEMBERS = {
  property: ['IsValueType', 'IsEnum', 'GenericArgs', 'Description', 'ParamType', 'DisplayType', 'IsRequired'],
  type: ['GenericArgs', 'Inherits', 'Description', 'IsEnum', 'Properties', 'EnumNames'],
  operation: ['ReturnsVoid', 'ReturnType', 'RequiresAuth', 'RequiredRoles', 'RequiresAnyRole', 'RequiredPermissions', 'Tags'],
};

const filled = (data: Data, names: readonly string[]): Data => ({
  ...data,
  ...Object.fromEntries(names.filter((name) => !(name in data)).map((name) => [name, null])),
});

function filledType(type: Data): Data {
  const properties = type['Properties'] as readonly Data[] | undefined;
  return filled(
    properties === undefined ? type : { ...type, Properties: properties.map((one) => filled(one, MEMBERS.property)) },
    MEMBERS.type,
  );
}

export function typesMetadata(host: ServiceHost, origin: string): Data {
  const { service, settings, profile } = host;
  const all = Object.values(host.operations);
  const writesNulls = profile.nulls === 'written';
  const finish = (type: Data): Data => (writesNulls ? filledType(type) : type);
  const inner = innerTypes(
    all.map(({ request, response }) => ({ request, response, routes: [], method: '' })),
    (dto) => !isLibraryType(dto),
  );
  const declared = [...inner, ...all.flatMap(({ response, request }) => [response, request])];
  const operation = (one: ServiceOperation): Data => {
    const data = {
      Request: finish(message(one.request)),
      Response: finish(message(one.response)),
      Actions: actionsOf(one),
      Method: one.verbs === 'all' ? 'POST' : one.verbs[0],
      Routes: [{ Path: routeOf(one, service), ...(one.verbs === 'all' ? {} : { Verbs: one.verbs.join(',') }) }],
      ...(asksForCaller(one, settings) ? { RequiresAuth: true } : {}),
      ...(one.anyRole.length > 0 ? { RequiresAnyRole: one.anyRole } : {}),
    };
    return writesNulls ? filled(data, MEMBERS.operation) : data;
  };
  return {
    Config: {
      BaseUrl: origin + service.basePath,
      MakePartial: true,
      MakeVirtual: true,
      AddReturnMarker: true,
      AddDescriptionAsComments: true,
      AddServiceStackTypes: true,
      InitializeCollections: service.initializesLists ?? false,
      AddDefaultXmlNamespace: 'http://schemas.servicestack.net/types',
    },
    Namespaces: [SYSTEM, ...new Set(declared.flatMap((type) => (isEnumeration(type) ? [] : [namespaceOf(type)])))],
    Types: inner.map((type) => finish(isEnumeration(type) ? enumerationType(type, declared) : message(type))),
    Operations: all.map(operation),
  };
}

const actionsOf = ({ verbs }: ServiceOperation): readonly string[] => (verbs === 'all' ? ['ANY'] : verbs);

export function operationsMetadata({ service, operations, profile }: ServiceHost): readonly Data[] {
  const nothing = profile.nulls === 'written' ? { RestrictTo: null, VisibleTo: null } : {};
  return Object.values(operations).map((operation) => ({
    Name: operation.name,
    ResponseName: operation.response.name,
    ServiceName: `${operation.name}Service`,
    ...nothing,
    Actions: actionsOf(operation),
    Routes: [routeOf(operation, service)],
    Tags: [],
  }));
}
