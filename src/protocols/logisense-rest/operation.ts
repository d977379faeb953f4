/** A call of a LogiSense resource: one verb on it, with the two messages and their documented samples. */
import type { Dto } from '../../contract/dto.ts';
import type { Operation } from '../../contract/operation.ts';

export type Verb = 'list' | 'paged' | 'pagedDetail' | 'get' | 'getDetail' | 'patch' | 'create' | 'update' | 'delete';

/** A request header whose value is a JSON object (logisense.md §3). */
export interface HeaderParameter {
  readonly name: string;
  readonly doc: string;
  readonly dto: Dto;
  readonly sample: object;
}

export interface RestOperation<V extends Verb = Verb> extends Operation {
  /** `Contact` */
  readonly resource: string;
  readonly verb: V;
  readonly request: Dto | undefined;
  readonly response: Dto;
  /** What a refused call answers. */
  readonly error: Dto;
  readonly headers: readonly HeaderParameter[];
  /** The documented bodies. */
  readonly sample: { readonly request: object | undefined; readonly response: object };
}
