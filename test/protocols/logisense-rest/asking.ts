/** A mock and a short way to ask it. */
import { createMock, type Mock } from '../../support/target.ts';
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

/** A contact of a contact type of its own, which offers `Own Mail`, of which there may be several, and `Own Phone`, of which not. */
export async function ownContact(ask: Ask): Promise<{ contact: number; type: number; mail: number; phone: number }> {
  const { identity: type } = (await ask('POST', '/ContactType/', { body: { name: 'Own' } })).body.results.items[0];
  const items = [
    { patchType: 'create', name: 'Own Mail', dataTypeId: 1, allowMultiple: true, isCore: false },
    { patchType: 'create', name: 'Own Phone', dataTypeId: 3, allowMultiple: false, isCore: true },
  ];
  const { body } = await ask('PATCH', `/ContactType/${type}`, { body: { details: { contactPointTypes: { items } } } });
  const [mail, phone] = body.results.items.map(({ identity }: { identity: number }) => identity);
  const { identity: contact } = (await ask('POST', '/Contact/', { body: { contactTypeId: type, firstName: 'Own' } })).body.results.items[0];
  return { contact, type, mail, phone };
}
