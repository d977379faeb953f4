/** What one of ServiceStack's sign-in services is: a bound message in, a message or a finished reply out. */
import type { MaybePromise, Reply } from '../../../http/message.ts';
import type { AnswerContext } from '../answer/answer-context.ts';
import type { BoundMessage } from '../request/bind.ts';
import type { SessionIds } from './sessions.ts';

/** A message of the response type, or a reply that holds none: a redirect, an empty 401. */
export type SignInOutcome =
  | {
      readonly message: object;
      /** Where the service does not answer as was negotiated. */
      readonly contentType?: string;
    }
  | { readonly reply: MaybePromise<Reply> };
export type SignInService = (context: AnswerContext, message: BoundMessage, ids: SessionIds) => MaybePromise<SignInOutcome>;
