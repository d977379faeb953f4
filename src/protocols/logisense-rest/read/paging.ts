/** Which page: from the `Pagination` header, whose value is JSON, or from a search's body (logisense.md §4). */
import type { Page } from '../envelope.ts';
import { jsonHeader } from '../header.ts';
import type { JsonObject } from '../../../json-object.ts';
import { notPositive, type Problem, refuseIfAny, type Spot, wrongType } from '../problem.ts';
import type { RestRequest } from '../rest-request.ts';

/** The documents' sample values. */
const DEFAULT_PAGE: Page = { pageNumber: 1, pageSize: 20, excludeTotalCount: false };
const MAX_INT32 = 2_147_483_647;

export function pageAsked(request: RestRequest): Page {
  const sent = jsonHeader(request, 'Pagination');
  return sent === undefined ? DEFAULT_PAGE : pageOf(sent, 'Pagination');
}

/** From an object whose members have their own names. */
export function pageOf(sent: JsonObject, path: string): Page {
  const problems: Problem[] = [];
  const number = (member: 'pageNumber' | 'pageSize'): number => {
    const written = sent[member];
    const value = typeof written === 'string' && /^\s*[+-]?\d+\s*$/.test(written) ? Number(written) : written;
    if (value === undefined || value === null) return DEFAULT_PAGE[member];
    const spot: Spot = { member, path: `${path}.${member}`, dto: 'Pagination' };
    if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > MAX_INT32)
      problems.push(wrongType(spot, written, 'Number'));
    else if (value < 1) problems.push(notPositive(spot, written, 'using'));
    return value as number;
  };
  const flag = (): boolean => {
    const written = sent['excludeTotalCount'];
    if (written === undefined || written === null) return false;
    if (typeof written === 'boolean') return written;
    if (typeof written === 'string' && /^(true|false)$/i.test(written)) return written.toLowerCase() === 'true';
    const spot: Spot = { member: 'excludeTotalCount', path: `${path}.excludeTotalCount`, dto: 'Pagination' };
    problems.push(wrongType(spot, written, 'Boolean'));
    return false;
  };
  const page = { pageNumber: number('pageNumber'), pageSize: number('pageSize'), excludeTotalCount: flag() };
  refuseIfAny(problems);
  return page;
}

export const offsetOf = ({ pageNumber, pageSize }: Page): number => (pageNumber - 1) * pageSize;
