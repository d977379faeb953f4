/**
 * Dates in JSON. `iso`: ISO 8601 with seven digits; `wcf`: `\/Date(milliseconds)\/`, `wcfLocal` with an offset wherever it is not
 * UTC; `unix` and `unixMs`: numbers, in JSV too.
 */
export type DateHandler = 'iso' | 'wcf' | 'wcfLocal' | 'isoDate' | 'isoDateTime' | 'rfc1123' | 'unix' | 'unixMs';

/** What a caller may change for one answer, by ServiceStack.Text's own settings (`?jsconfig=`, servicestack.md §13 F7). */
export interface SerializerSettings {
  /** In place of the service's own. */
  readonly dateHandler?: DateHandler;
  /** Members without a value in JSON. JSV never writes them, XML and CSV always do. */
  readonly nulls: 'omitted' | 'written';
  /** Names of members in JSON and JSV; as declared where it is left out. */
  readonly textCase?: 'camel' | 'snake' | undefined;
  /** Members that have their type's default are left out; enums stay. */
  readonly isDefaultOmitted?: boolean;
  /** Objects begin with the name of their class, `__type`. */
  readonly isTyped?: boolean;
  /** They do not, even so. */
  readonly isTypeExcluded?: boolean;
  /** JSON over several lines. */
  readonly isIndented?: boolean;
  /** A moment without zone is written as UTC. */
  readonly isUtcAssumed?: boolean;
  /** JSV writes dates in full, without a zone where they have none. */
  readonly isDateKept?: boolean;
  /** `wcf` gives UTC an offset as well. */
  readonly isUtcOffsetWritten?: boolean;
}

/** What one service has configured its serializers to: data for the codecs, so that none of them knows a service. */
export interface WireProfile extends SerializerSettings {
  /** Guids in JSON, JSV and CSV: 32 digits (`N`) or with dashes (`D`). XML always has dashes. */
  readonly guid: 'N' | 'D';
  /** The same for `Guid?`: a custom function for Guid does not apply to it (servicestack.md §0, §12 E2). */
  readonly nullableGuid: 'N' | 'D';
  /** JSV leaves a zero Guid out: what a custom function for a value type does where nulls are not written. */
  readonly isZeroGuidLeftOut: boolean;
  readonly date: 'iso' | 'wcf';
  /** The .NET assembly of its classes, as `__type` has it. */
  readonly assembly: string;
}

/** `wire`: as the service's serializer would. `placeholder`: scalars without a value show the documented placeholder. */
export type Nulls = 'wire' | 'placeholder';
