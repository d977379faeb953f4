/** A ServiceStack operation: an operation with its two messages and what its metadata page says about callers. */
import type { Dto } from '../../contract/dto.ts';
import { METHODS, type Method, type Operation } from '../../contract/operation.ts';
import { ErrorResponse } from './answer/response-status.ts';

export interface ServiceOperation<Q extends Dto = Dto, S extends Dto = Dto> extends Operation {
  readonly request: Q;
  readonly response: S;
  /** As the page says: "All Verbs", or a list. */
  readonly verbs: 'all' | readonly Method[];
  /** What single verbs do, where that is not `doc`. */
  readonly verbDocs: Readonly<Partial<Record<Method, string>>>;
  /** The document states "Requires Authentication". */
  readonly isAuthenticated: boolean;
  /** The caller needs one of these; none: any caller will do. */
  readonly anyRole: readonly string[];
  /** What wraps a service's error: the operation's own response, or `ErrorResponse` (servicestack.md §4.1). */
  readonly errorResponse: 'typed' | 'generic';
}

/** The DTO that an error is told in. */
export const errorType = ({ errorResponse, response }: ServiceOperation): Dto => (errorResponse === 'typed' ? response : ErrorResponse);

/** The `{Name}`s of a path. */
type PathNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never;

interface ServiceOperationOptions<P extends string, Q extends Dto, S extends Dto> {
  doc: string;
  /** Each `{Name}` must be a member of the request. */
  path: PathNames<P> extends keyof Q['fields'] ? P : never;
  request: Q;
  response: S;
  verbs: 'all' | readonly Method[];
  verbDocs?: Partial<Record<Method, string>>;
  isAuthenticated: boolean;
  anyRole?: readonly string[];
  errorResponse: 'typed' | 'generic';
}

/** Declares an operation; it is named after its request, as ServiceStack names it. */
export function serviceOperation<const P extends string, Q extends Dto, S extends Dto>(
  options: ServiceOperationOptions<P, Q, S>,
): ServiceOperation<Q, S> {
  return Object.freeze({
    ...options,
    name: options.request.name,
    methods: options.verbs === 'all' ? METHODS : options.verbs,
    verbDocs: options.verbDocs ?? {},
    anyRole: options.anyRole ?? [],
  });
}
