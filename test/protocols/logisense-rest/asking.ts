/** A mock and a short way to ask it. */
import { createMock, type Mock } from '../../../src/mock.ts';
import type { MockOptions } from '../../../src/options.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly body: any;
}

export interface Asked {
  /** An object is sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Ask = (method: string, path: string, asked?: Asked) => Promise<Answer>;

export function asking(options: MockOptions = {}): { mock: Mock; ask: Ask } {
  const mock = createMock({ apis: ['logisense'], ...options });
  return { mock, ask: askOf(mock) };
}

export const askOf =
  (mock: Mock): Ask =>
  async (method, path, { body, headers = {} } = {}) => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await mock.fetch(`http://mock${path}`, { method, headers: { ...type, ...headers }, ...sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === '' ? undefined : JSON.parse(text) };
  };

/** A header whose value is JSON. */
export const json = (name: string, value: unknown): Record<string, string> => ({ [name]: JSON.stringify(value) });

export const messages = (answer: Answer): string[] => answer.body.errors.map((error: { message: string }) => error.message);
export const codes = (answer: Answer): number[] => answer.body.errors.map((error: { code: number }) => error.code);

/** The sentence that closes every refused write. */
export const CLOSING = 'Errors found. Transaction has been rolled back.';
