/** What one service has configured its serializers to: data for the codecs, so that none of them knows a service. */
export interface WireProfile {
  /** Guids in JSON, JSV and CSV: 32 digits (`N`) or with dashes (`D`). XML always has dashes. */
  readonly guid: 'N' | 'D';
  /** The same for `Guid?`: a custom function for Guid does not apply to it (servicestack.md §0, §12 E2). */
  readonly nullableGuid: 'N' | 'D';
  /** JSV leaves a zero Guid out: what a custom function for a value type does where nulls are not written. */
  readonly isZeroGuidLeftOut: boolean;
  /** Dates in JSON: ISO 8601 with seven digits, or `\/Date(milliseconds)\/`. */
  readonly date: 'iso' | 'wcf';
  /** Members without a value in JSON. JSV never writes them, XML and CSV always do. */
  readonly nulls: 'omitted' | 'written';
}

/** `wire`: as the service's serializer would. `placeholder`: scalars without a value show the documented placeholder. */
export type Nulls = 'wire' | 'placeholder';
