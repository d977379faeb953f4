/** What a line of a recordings file holds: requests to a real ServiceStack host with its answers, and how ours are compared. */
import { readdirSync, readFileSync } from 'node:fs';

export type Body = string | { readonly base64: string };
export type Compare = 'exact' | 'head' | 'shape' | 'bound' | 'text-only' | 'encode' | 'reference' | 'none';

export interface Step {
  readonly request: {
    readonly method: string;
    readonly target: string;
    /** A list: the header is sent once for each; an empty list: not at all. */
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
    readonly body?: Body;
    readonly raw?: 'chunked';
    /** Send the cookies that the scenario was given so far. */
    readonly cookies?: boolean;
    /** Keep what a pattern finds in the answer, for `{var:name}`. */
    readonly take?: Readonly<Record<string, string>>;
  };
  readonly response: {
    readonly status: number;
    readonly reason: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body?: Body;
  };
  readonly compare: Compare;
  /** Why an error's text is compared in its beginning only (`text-only`). */
  readonly why?: string;
  readonly bound?: unknown;
  readonly mask?: readonly string[];
}

export interface Scenario {
  readonly id: string;
  readonly api: 'trendsic' | 'canvara';
  readonly default: 'json' | 'html';
  readonly steps: readonly Step[];
}

const folder = new URL('../../../fixtures/recordings/', import.meta.url);

export const recordingFiles = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

export const scenariosOf = (file: string): Scenario[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Scenario);

export const textOf = (body: Body): string => (typeof body === 'string' ? body : Buffer.from(body.base64, 'base64').toString('utf8'));
export const bytesOf = (body: Body): Buffer => (typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body.base64, 'base64'));

/** An error in JSON, its message cut off where the words of .NET's XML reader begin. */
export function beginning(errorBody: string): unknown {
  const { ResponseStatus } = JSON.parse(errorBody) as { ResponseStatus: { ErrorCode: string; Message: string } };
  const [start] = /^.*\nError: (?:There was an error deserializing the object of type \S+\. )?/.exec(ResponseStatus.Message)!;
  return { ...ResponseStatus, Message: start };
}
