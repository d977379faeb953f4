/** What a caller may ask of the generators: ServiceStack's own options, by its names and with its defaults (servicestack.md §13 F1). */

export interface DeclarationOptions {
  /** One namespace or module for all types. */
  readonly GlobalNamespace: string;
  readonly ExcludeNamespace: boolean;
  readonly MakePartial: boolean;
  readonly MakeVirtual: boolean;
  readonly MakeInternal: boolean;
  readonly MakeDataContractsExtensible: boolean;
  readonly MakePropertiesOptional: boolean;
  /** C#: references that may be null have a `?`. */
  readonly AddNullableAnnotations: boolean;
  /** Requests say what they return. */
  readonly AddReturnMarker: boolean;
  readonly AddDescriptionAsComments: boolean;
  readonly AddDocAnnotations: boolean;
  readonly AddDataContractAttributes: boolean;
  readonly AddIndexesToDataMembers: boolean;
  readonly AddGeneratedCodeAttributes: boolean;
  /** Responses without a `ResponseStatus` get one. */
  readonly AddResponseStatus: boolean;
  /** Types of ServiceStack itself, which a client library may bring along. */
  readonly AddServiceStackTypes: boolean;
  /** A version that every request carries. */
  readonly AddImplicitVersion: number | null;
  readonly InitializeCollections: boolean;
  /** Structures as well as classes; these services have none. */
  readonly ExportValueTypes: boolean;
  /** Names, `Operation.*` (with all that it needs), `*.Type` (what needs it), `Namespace/*`, `{tag}`. */
  readonly IncludeTypes: readonly string[];
  readonly ExcludeTypes: readonly string[];
  /** `name:module`, or what stands after `import`. */
  readonly DefaultImports: readonly string[];
  readonly AddNamespaces: readonly string[];
  readonly AddDefaultXmlNamespace: string;
}

export const DEFAULT_OPTIONS: DeclarationOptions = {
  GlobalNamespace: '',
  ExcludeNamespace: false,
  MakePartial: true,
  MakeVirtual: true,
  MakeInternal: false,
  MakeDataContractsExtensible: false,
  MakePropertiesOptional: false,
  AddNullableAnnotations: true,
  AddReturnMarker: true,
  AddDescriptionAsComments: true,
  AddDocAnnotations: true,
  AddDataContractAttributes: false,
  AddIndexesToDataMembers: false,
  AddGeneratedCodeAttributes: false,
  AddResponseStatus: false,
  AddServiceStackTypes: true,
  AddImplicitVersion: null,
  InitializeCollections: false,
  ExportValueTypes: false,
  IncludeTypes: [],
  ExcludeTypes: [],
  DefaultImports: [],
  AddNamespaces: [],
  AddDefaultXmlNamespace: 'http://schemas.servicestack.net/types',
};
