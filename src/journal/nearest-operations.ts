/** For a call that reached no operation: which ones come closest, and what differs. */
import { editDistance } from '../mock-error.ts';
import type { Route } from '../protocols/protocol.ts';

export interface NearOperation {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** In plain words. */
  readonly differs: readonly string[];
}

const MAX_SHOWN = 3;
/** How much of a path is compared; the rest of a longer one says nothing more. */
const MAX_LENGTH = 1024;
const MAX_SEGMENTS = 32;
/** What a wrong verb weighs beside letters of the path. */
const VERB_WEIGHT = 1;
const MISSING_SEGMENT_WEIGHT = 4;

interface Candidate {
  readonly route: Route;
  readonly distance: number;
}

export function nearOperations(routes: readonly Route[], method: string, path: string): readonly NearOperation[] {
  const sent = path.slice(0, MAX_LENGTH).split('/').filter(Boolean).slice(0, MAX_SEGMENTS);
  const best = new Map<string, Candidate>();
  for (const route of routes) {
    const known = best.get(route.operation);
    const distance = distanceTo(route, method, sent, known?.distance ?? Number.POSITIVE_INFINITY);
    if (known === undefined || distance < known.distance) best.set(route.operation, { route, distance });
  }
  return [...best.values()]
    .sort((left, right) => left.distance - right.distance)
    .slice(0, MAX_SHOWN)
    .map(({ route }) => ({
      operation: route.operation,
      method: route.method,
      path: route.path,
      differs: differences(route, method, sent),
    }));
}

const matches = (is: string, should: string): boolean => should.includes('{') || is.toLowerCase() === should.toLowerCase();

/** Stops once the distance is known to be `limit` or more. */
function distanceTo(route: Route, method: string, sent: readonly string[], limit: number): number {
  const wanted = route.path.split('/').filter(Boolean);
  const shared = Math.min(sent.length, wanted.length);
  let distance = MISSING_SEGMENT_WEIGHT * (Math.max(sent.length, wanted.length) - shared) + (route.method === method ? 0 : VERB_WEIGHT);
  for (let i = 0; i < shared && distance < limit; i++) {
    const [is, should] = [sent[i]!, wanted[i]!];
    if (!matches(is, should)) distance += editDistance(is.toLowerCase(), should.toLowerCase());
  }
  return distance;
}

function differences(route: Route, method: string, sent: readonly string[]): readonly string[] {
  const wanted = route.path.split('/').filter(Boolean);
  const differs = route.method === method ? [] : [`the verb is ${route.method}, not ${method}`];
  for (let i = 0; i < Math.max(sent.length, wanted.length); i++) {
    const [is, should] = [sent[i], wanted[i]];
    if (is === undefined) differs.push(`"${should}" is missing at the end`);
    else if (should === undefined) differs.push(`"${is}" is too much`);
    else if (!matches(is, should)) differs.push(`"${should}" stands where "${is}" was sent`);
  }
  return differs;
}
