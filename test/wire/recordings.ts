/** The recordings of a real host, and what the codec tests need to play them. */
import { readFileSync } from 'node:fs';
import * as canvara from '../../src/apis/canvara/contract.ts';
import * as trendsic from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { ErrorResponse } from '../../src/protocols/servicestack/answer/response-status.ts';
import type { WireProfile } from '../../src/wire/profile.ts';

export interface Step {
  request: { method: string; target: string; headers: Record<string, string | string[]>; body?: string | { base64: string } };
  response: { status: number; headers: [string, string][]; body?: string | { base64: string } };
  compare: string;
  bound?: unknown;
}
export interface Scenario {
  id: string;
  api: 'trendsic' | 'canvara';
  note?: string;
  steps: Step[];
}

export const recordings = (name: string): Scenario[] =>
  readFileSync(new URL(`../../fixtures/recordings/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Scenario);

export const fixture = (path: string): string =>
  readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8').replace(/\n$/, '');

const contracts = { trendsic, canvara };

export const profileOf = (api: Scenario['api']): WireProfile => contracts[api].profile;

export function dtoOf(api: Scenario['api'], name: string): Dto {
  if (name === 'ErrorResponse') return ErrorResponse as unknown as Dto;
  const found = (contracts[api] as unknown as Record<string, Dto>)[name];
  if (found === undefined) throw new Error(`${api} declares no ${name}`);
  return found;
}

export const text = (body: string | { base64: string } | undefined): string | undefined =>
  body === undefined || typeof body === 'string' ? body : Buffer.from(body.base64, 'base64').toString('utf8');

export const bodyBytes = (body: string | { base64: string } | undefined): Uint8Array =>
  body === undefined ? new Uint8Array() : typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body.base64, 'base64');

/** The time of an untouched world. */
export const NOW = Date.UTC(2026, 0, 1);
