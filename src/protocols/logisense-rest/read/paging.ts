/** Which page: from the `Pagination` header, whose value is JSON, or from a search's body (logisense.md §4). */
import type { Call } from '../../protocol.ts';
import type { Page } from '../envelope.ts';
import { jsonHeader } from '../header.ts';
import { type JsonObject, withKnownNames } from '../json.ts';
import { notPositive, type Problem, Refusal, type Spot, wrongType } from '../problem.ts';

/** The documents' sample values. */
const FIRST: Page = { pageNumber: 1, pageSize: 20, excludeTotalCount: false };
const MOST = 2_147_483_647;

export function pageAsked(call: Call): Page {
  const asked = jsonHeader(call, 'Pagination');
  return asked === undefined ? FIRST : pageOf(asked, 'Pagination');
}

const NAMES = ['pageNumber', 'pageSize', 'excludeTotalCount'];

export function pageOf(sent: JsonObject, path: string): Page {
  const asked = withKnownNames(sent, NAMES);
  const problems: Problem[] = [];
  const number = (member: 'pageNumber' | 'pageSize'): number => {
    const given = asked[member];
    const value = typeof given === 'string' && /^\s*[+-]?\d+\s*$/.test(given) ? Number(given) : given;
    if (value === undefined || value === null) return FIRST[member];
    const spot: Spot = { member, path: `${path}.${member}`, dto: 'Pagination' };
    if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > MOST) problems.push(wrongType(spot, given, 'Number'));
    else if (value < 1) problems.push(notPositive(spot, given, 'using'));
    return value as number;
  };
  const flag = (): boolean => {
    const given = asked['excludeTotalCount'];
    if (given === undefined || given === null) return false;
    if (typeof given === 'boolean') return given;
    if (typeof given === 'string' && /^(true|false)$/i.test(given)) return given.toLowerCase() === 'true';
    problems.push(wrongType({ member: 'excludeTotalCount', path: `${path}.excludeTotalCount`, dto: 'Pagination' }, given, 'Boolean'));
    return false;
  };
  const page = { pageNumber: number('pageNumber'), pageSize: number('pageSize'), excludeTotalCount: flag() };
  if (problems.length > 0) throw new Refusal(400, problems);
  return page;
}

export const offsetOf = ({ pageNumber, pageSize }: Page): number => (pageNumber - 1) * pageSize;
