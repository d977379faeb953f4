/** An error on its way to the caller, before it has a format. */
import type { ResponseError, ResponseStatus } from './response-status.ts';
import { ServiceError } from '../service.ts';

export interface Failure {
  readonly status: number;
  readonly errorCode: string;
  readonly message: string;
  /** The reason phrase, where it is not the standard one. */
  readonly reason?: string;
  readonly errors?: readonly ResponseError[];
  readonly meta?: Readonly<Record<string, string>>;
}

/** Thrown before a service is asked; the framework wraps it in `ErrorResponse` under the standard reason phrase (servicestack.md §4.1). */
export class FrameworkError extends Error implements Failure {
  readonly status: number;
  readonly errorCode: string;
  readonly errors: readonly ResponseError[];

  constructor(status: number, errorCode: string, message: string, errors: readonly ResponseError[] = []) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.errors = errors;
  }
}

/** What a service threw. Anything but one of our two errors is a mistake of ours, told as the service would tell its own. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ServiceError || error instanceof FrameworkError) {
    const { status, errorCode, message, errors } = error;
    return { status, errorCode, message, reason: errorCode, errors };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, errorCode: 'Exception', message, reason: 'Exception' };
}

/** Errors is always a list, Meta and StackTrace are null (servicestack.md §4.1). */
export const responseStatus = ({ errorCode, message, errors = [], meta }: Failure): ResponseStatus => ({
  ErrorCode: errorCode,
  Message: message,
  StackTrace: null,
  Errors: errors,
  Meta: meta ?? null,
});
