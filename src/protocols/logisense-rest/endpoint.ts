/** One method on one path of a resource. */
import type { MaybePromise, Reply } from '../../http/message.ts';
import type { WriteType } from './envelope.ts';
import type { JsonHeader } from './header.ts';
import type { ModelTable } from './model/model-table.ts';
import type { RestRequest } from './rest-request.ts';

export interface Endpoint {
  /** `logisense.Contact.get` */
  readonly operation: string;
  readonly method: string;
  /** `Contact/{id}` */
  readonly path: string;
  /** `type` of its errors. */
  readonly type: WriteType | 'retrieve';
  /** The documented answer; undefined for what the documents do not show. */
  readonly example: string | undefined;
  /** The headers with JSON that it looks at. */
  readonly headers: readonly JsonHeader[];
  readonly hasBody: boolean;
  readonly table: ModelTable;
  /** All end points of its resource. */
  readonly siblings: readonly Endpoint[];
  readonly work: (request: RestRequest, identity: number) => MaybePromise<Reply>;
}
