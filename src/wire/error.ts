/** What goes wrong between values and text: a text that cannot be read, a value that cannot be written. */

/** Messages tell of values that callers sent, and those may be as long as a body. */
const MAX_MESSAGE = 5000;
const bounded = (message: string): string => (message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message);

/** A text that the service could not read either; the message is the framework's own inner message. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';

  constructor(message: string) {
    // A body may hold a million values that are passed over, each by such an error; where it was thrown says nothing of them.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(bounded(message));
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** One that the framework does not pass over even where it passes over values that cannot be read. */
export class RefusalError extends DecodeError {}

/** A value that the service could not write either, or that is not a value of its type. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
  /** What the framework throws in its place. */
  readonly errorCode: 'ArgumentException' | 'NullReferenceException' | 'OutOfMemoryException' | 'SerializationException';

  constructor(message: string, errorCode: EncodeError['errorCode'] = 'ArgumentException') {
    super(bounded(message));
    this.errorCode = errorCode;
  }
}
