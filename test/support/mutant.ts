/** A server that is true but for one thing: passes calls on and changes some of the answers. */
import type { Mock } from '../../src/index.ts';

export interface Told {
  /** Of the request: path and query. */
  readonly target: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Mutation {
  /** Which answers: part of the method and path. */
  readonly of: RegExp;
  /** Which of them: part of the Accept header. */
  readonly accept?: string;
  readonly change: (told: Told) => Partial<Told>;
}

/** `fetch` of a mock with one thing changed, and how many answers it has changed so far. */
export function mutant(
  mock: Mock,
  { of, accept = '', change }: Mutation,
): { readonly fetch: typeof fetch; readonly changed: () => number } {
  let changed = 0;
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input as string, init);
    const { pathname, search } = new URL(request.url);
    const answer = await mock.fetch(request);
    if (!of.test(`${request.method} ${pathname}`) || !(request.headers.get('accept') ?? '').includes(accept)) return answer;
    const told = { target: pathname + search, status: answer.status, headers: new Headers(answer.headers), text: await answer.text() };
    const now = { ...told, ...change(told) };
    if (now.text !== told.text || now.status !== told.status || now.headers !== told.headers) changed++;
    return new Response(now.status === 204 ? null : now.text, { status: now.status, headers: now.headers });
  };
  return { fetch: send, changed: () => changed };
}

/** Another text of the answer. */
export const inText =
  (from: string | RegExp, to: string) =>
  ({ text }: Told): Partial<Told> => ({ text: text.replace(from, to) });

/** Another value of the answer: the one that is returned, or the one that was changed in place. */
export const inJson =
  // biome-ignore lint/suspicious/noExplicitAny: a mutation knows the body that it changes
    (change: (body: any) => unknown) =>
    ({ text }: Told): Partial<Told> => {
      const body: unknown = JSON.parse(text);
      return { text: JSON.stringify(change(body) ?? body) };
    };

export const withType =
  (type: string) =>
  ({ headers }: Told): Partial<Told> => ({
    headers: new Headers(
      [...headers, ['content-type', type]].filter(([name, value]) => name !== 'content-type' || value === type) as [string, string][],
    ),
  });
