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
/** What a wrong verb weighs beside letters of the path. */
const VERB_WEIGHT = 1;
const MISSING_SEGMENT_WEIGHT = 4;

interface Candidate extends NearOperation {
  readonly distance: number;
}

export function nearOperations(routes: readonly Route[], method: string, path: string): readonly NearOperation[] {
  const best = new Map<string, Candidate>();
  for (const route of routes) {
    const candidate = compare(route, method, path);
    const known = best.get(route.operation);
    if (known === undefined || candidate.distance < known.distance) best.set(route.operation, candidate);
  }
  return [...best.values()]
    .sort((left, right) => left.distance - right.distance)
    .slice(0, MAX_SHOWN)
    .map(({ distance: _, ...near }) => near);
}

function compare(route: Route, method: string, path: string): Candidate {
  const sent = path.split('/').filter(Boolean);
  const wanted = route.path.split('/').filter(Boolean);
  const differs: string[] = [];
  let distance = 0;
  if (route.method !== method) {
    differs.push(`the verb is ${route.method}, not ${method}`);
    distance += VERB_WEIGHT;
  }
  for (let i = 0; i < Math.max(sent.length, wanted.length); i++) {
    const [is, should] = [sent[i], wanted[i]];
    if (is !== undefined && should !== undefined && (should.includes('{') || is.toLowerCase() === should.toLowerCase())) continue;
    differs.push(
      is === undefined
        ? `"${should}" is missing at the end`
        : should === undefined
          ? `"${is}" is too much`
          : `"${should}" stands where "${is}" was sent`,
    );
    distance += is === undefined || should === undefined ? MISSING_SEGMENT_WEIGHT : editDistance(is.toLowerCase(), should.toLowerCase());
  }
  return { operation: route.operation, method: route.method, path: route.path, differs, distance };
}
