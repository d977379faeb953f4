/** What goes wrong between values and text: a text that cannot be read, a value that cannot be written. */

/** A text that the service could not read either; the message is the framework's own inner message. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** A value that the service could not write either, or that is no value of its kind. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
  /** What the framework throws in its place. */
  readonly errorCode: 'ArgumentException' | 'NullReferenceException' | 'SerializationException';

  constructor(message: string, errorCode: EncodeError['errorCode'] = 'ArgumentException') {
    super(message);
    this.errorCode = errorCode;
  }
}

/** One that the framework does not pass over even where it passes over values that cannot be read. */
export class RefusalError extends DecodeError {}
