/** Public entry: a mock in code. */
export { createMock, type Mock, type Server } from './mock.ts';
export { MockError } from './mock-error.ts';
export type { MockOptions } from './options.ts';
