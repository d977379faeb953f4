/** Public entry: a mock in code, the bytes of a service without one, and the documented DTOs as types. */
export type * as Canvara from './apis/canvara/contract.ts';
export type * as LogiSense from './apis/logisense/contract.ts';
export type * as Trendsic from './apis/trendsic/contract.ts';
export type { ApiName } from './apis/catalogue.ts';
export type { LogEvent } from './journal/log.ts';
export type { JournalEntry } from './journal/entry.ts';
export type { FetchInit, MockWorld } from './worlds/mock-world.ts';
export { type DecodeOptions, decode, type EncodeOptions, encode } from './messages.ts';
export { createMock, type ListenOptions, type Mock, type Server } from './mock.ts';
export { MockError } from './mock-error.ts';
export type { DataRecords, MockOptions } from './options.ts';
export { type RemoteRequests, type RemoteWorld, remoteWorld } from './remote-world.ts';
export { DecodeError, EncodeError } from './wire/error.ts';
