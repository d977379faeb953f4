/** What an answer has to know of its call. */
import type { ServiceRequest } from '../request/request.ts';
import type { ServiceHost } from '../service-host.ts';

export interface AnswerContext {
  readonly host: ServiceHost;
  readonly request: ServiceRequest;
  /** As negotiated; a type that the caller gave is echoed as it was written. */
  readonly contentType: string;
  /** Names the file of a CSV and the report page. */
  readonly operation: string;
  /** `Set-Cookie` lines so far. */
  readonly cookies: string[];
  /** Set where the answer holds what its format cannot. */
  isUnwritable?: boolean;
  /** Whether the whole of the answer is tried at once: nothing may come between what was done and the answer to it. */
  isInOneGo?: boolean;
}
